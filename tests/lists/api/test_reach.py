"""Of all addresses of lists and history: who gets where, at what cost, and that none lacks."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import issuing
from accounts.models import User
from lists import keeping, watching
from lists.api import urls
from lists.urls import urlpatterns as pages
from lists.watching import When
from tests.lists.keep import make_list, make_smart_list, share
from tests.lists.shows import make_running_show
from tests.lists.test_list_privacy import TABLE, sign_in
from tests.make import make_release, make_title, make_user
from tests.reviews.api.asking import API, kind, send

pytestmark = pytest.mark.django_db


# --- Privacy -------------------------------------------------------------------------------------
def cells() -> list[tuple[str, str, bool, bool]]:
    """Who, of which visibility, whether they come upon it, and whether by its link."""
    head, *rows = TABLE.strip().splitlines()
    _, *kinds = (word.strip() for word in head.split("|"))
    found = []
    for row in rows:
        who, *columns = (part.strip() for part in row.split("|"))
        for visibility, column in zip(kinds, columns, strict=True):
            page, link, *_more = (word == "seen" for word in column.split())
            found.append((who, visibility, page, link))
    return found


@pytest.mark.parametrize(("who", "visibility", "page", "link"), cells())
def test_a_list_is_for_whom_its_page_is_for(
    client: Client, who: str, visibility: str, page: bool, link: bool
) -> None:
    made = make_list(make_user(username="ann"), make_title(), visibility=visibility)
    sign_in(client, who, made)
    own = f"{API}lists/{made.pk}/"

    for path in ("", "items/", f"items/{made.items.get().pk}/"):
        assert client.get(f"{own}{path}").status_code == (200 if page else 404), path
        by_link = client.get(f"{own}{path}?key={made.key}").status_code
        assert by_link == (200 if link and visibility == "unlisted" else 404), path
    assert client.get(f"{API}users/ann/lists/{made.slug}/").status_code == (200 if page else 404)
    theirs = client.get(f"{API}users/ann/lists/")
    named = [row["id"] for row in theirs.json().get("results", ())]
    assert named == ([made.pk] if page else [])


# --- Scopes --------------------------------------------------------------------------------------
SCOPES = """
watchlist/                          get read        post write:lists
watchlist/remove/                   post write:lists
watchlist/movie/1/                  get read        put write:lists     delete write:lists
favorites/                          get read        post write:lists
favorites/remove/                   post write:lists
favorites/movie/1/                  get read        put write:lists     delete write:lists
lists/                              get read        post write:lists
lists/1/                            get read        patch write:lists   delete write:lists
lists/1/clone/                      post write:lists
lists/1/link/                       get write:lists post write:lists
lists/1/items/                      get read        post write:lists
lists/1/items/remove/               post write:lists
lists/1/items/1/                    get read        patch write:lists   delete write:lists
lists/1/items/movie/1/              get read        put write:lists     delete write:lists
lists/1/order/                      get read        put write:lists
lists/1/transfer/                   post write:lists
lists/1/proposals/                  get read
lists/1/proposals/1/                put write:lists delete write:lists
lists/1/collaborators/              get read        post write:lists
lists/1/collaborators/bob/          get read        patch write:lists   delete write:lists
movies/1/lists/                     get read        put write:lists
tv/1/lists/                         get read        put write:lists
history/                            get read        post write:history
history/remove/                     post write:history
history/1/                          get read        patch write:history delete write:history
history/1/again/                    post write:history
movies/1/watched/                   put write:history delete write:history
tv/1/watched/                       put write:history delete write:history
tv/1/seasons/1/watched/             put write:history delete write:history
tv/1/seasons/1/episodes/1/watched/  put write:history delete write:history
tv/1/state/                         get read        put write:history
tv/1/progress/                      get read
progress/                           get read
progress/statuses/                  get read
up-next/                            get read
seen/                               get read
calendar/mine/                      get read
calendar/mine/link/                 get write:lists post write:lists    delete write:lists
users/ann/lists/                    get read
users/ann/lists/x/                  get read
users/ann/history/                  get read
"""
ALL = ("read", "write:lists", "write:history", "write:reviews", "profile")
# Read by passers-by, too.
OPEN = ("lists/1/", "lists/1/items/", "lists/1/items/1/", "lists/1/items/movie/1/", "users/")


def routes() -> list[tuple[str, str, str]]:
    found = []
    for line in SCOPES.strip().splitlines():
        path, *words = line.split()
        found += [(path, *pair) for pair in zip(words[::2], words[1::2], strict=True)]
    return found


@pytest.fixture
def token() -> Callable[..., dict[str, str]]:
    member = make_user()

    def made(*scopes: str) -> dict[str, str]:
        _token, value = issuing.issue(member, name="x", reach=scopes, expires_at=None)
        return {"Authorization": f"Bearer {value}"}

    return made


@pytest.mark.parametrize(("path", "method", "scope"), routes())
def test_a_token_reaches_as_far_as_its_scopes(
    client: Client, token: Callable[..., dict[str, str]], path: str, method: str, scope: str
) -> None:
    others = [one for one in ALL if one != scope]

    refused = send(client, method, path, {}, **token(*others))
    let_in = send(client, method, path, {}, **token(scope))

    assert kind(refused) == (403, "insufficient-scope")
    assert let_in.status_code not in (401, 403)
    assert let_in.status_code < 500


@pytest.mark.parametrize(("path", "method", "_scope"), routes())
def test_passers_by_read_what_is_public_and_nothing_else(
    client: Client, path: str, method: str, _scope: str
) -> None:
    answer = send(client, method, path, {})

    is_open = method == "get" and (path in OPEN or path.startswith("users/"))
    assert answer.status_code == (404 if is_open else 401)


def test_no_address_is_left_out_of_the_table() -> None:
    ids = {"pk": 1, "item": 1, "tmdb_id": 1, "season_number": 1, "episode_number": 1}
    words = {"media_type": "movie", "username": "ann", "slug": "x"}
    told = {path for path, _method, _scope in routes()}

    for pattern in urls.urlpatterns:
        given = {n: (ids | words)[n] for n in pattern.pattern.converters}
        address = reverse(f"api:{pattern.name}", kwargs=given | dict(pattern.default_args))
        path = address.removeprefix(API).replace("collaborators/ann/", "collaborators/bob/")
        assert path in told, pattern.name


# --- Pages and their twins -----------------------------------------------------------------------
TWINS = {
    "watchlist": "watchlist-title",
    "favorite": "favorites-title",
    "of-title": "movie-lists",
    "on-list": "list-title",
    "my-watchlist": "watchlist",
    "my-favorites": "favorites",
    "all-seen": "seen",
    "mine": "lists",
    "new": "lists",
    "of-member": "member-lists",
    "list": "member-list",
    "list-rss": "list-items",
    "list-atom": "list-items",
    "edit": "list",
    "delete": "list",
    "link": "list-link",
    "clone": "list-clone",
    "remove": "list-remove",
    "arrange": "list-order",
    "note": "list-item",
    "transfer": "list-transfer",
    "answer": "list-proposal",
    "people": "list-people",
    "role": "list-person",
    "part": "list-person",
    "leave": "list-person",
    "linked": "list",
    "clone-linked": "list-clone",
    "seen": "movie-watched",
    "seen-season": "season-watched",
    "seen-episode": "episode-watched",
    "state": "tv-state",
    "viewings": "history",
    "viewings-episode": "history",
    "viewing": "viewing",
    "viewing-again": "viewing-again",
    "viewing-delete": "viewing",
    "history": "history",
    "member-history": "member-history",
    "progress": "progress",
    "up-next": "up-next",
    "my-calendar": "my-calendar",
    "calendar-link": "calendar-link",
    "calendar-ical": "my-calendar",
    "calendar-rss": "my-calendar",
}


@pytest.mark.parametrize("page", [pattern.name for pattern in pages])
def test_every_page_has_its_twin(page: str) -> None:
    assert TWINS[page] in {pattern.name for pattern in urls.urlpatterns}


# --- Cost ----------------------------------------------------------------------------------------
# Numbers that no test counts to.
FILM, SHOW = 10**9 + 603, 10**9 + 1396


class World:
    """What Ann keeps and has watched, with Bob; it grows by so many of everything."""

    def __init__(self, ann: User) -> None:
        self.ann, self.bob = ann, make_user(username="bob")
        self.list = make_list(ann, is_ranked=True)
        share(self.list, self.bob)
        self.shared = make_list(self.bob, name="Bob's")
        share(self.shared, ann, "suggester")
        self.smart = make_smart_list(ann, scope="seen")
        make_running_show(tmdb_id=SHOW)
        make_title(tmdb_id=FILM)
        self.grow(1)

    def grow(self, number: int) -> None:
        for _ in range(number):
            film, soon = make_title(poster_path="/a.jpg"), make_title()
            show, episodes = make_running_show()
            make_release(soon, str(timezone.localdate() + timedelta(days=1)))
            for kept in (keeping.watchlist(self.ann), keeping.favorites(self.ann), self.list):
                keeping.add(kept, film, by=self.bob if kept == self.list else self.ann)
                keeping.add(kept, soon, by=self.bob if kept == self.list else self.ann)
            keeping.add(self.shared, film, by=self.ann)
            make_list(self.ann, film, name="More")
            share(self.list, make_user(), "suggester")
            share(make_list(make_user(), film), self.ann)
            watching.watch(self.ann, film, when=When.day(date(2024, 1, 1)), batch=uuid4())
            watching.watch(self.ann, show, episode=episodes[0], when=When.now(self.ann))

    def path(self, words: str) -> str:
        lists = {"list": self.list.pk, "shared": self.shared.pk, "smart": self.smart.pk}
        return words.format(**lists, film=FILM, show=SHOW)


READS = [
    "watchlist/",
    "watchlist/?expand=me",
    "favorites/",
    "lists/",
    "lists/{list}/",
    "lists/{list}/items/",
    "lists/{list}/items/?expand=me&sort=score",
    "lists/{smart}/items/",
    "lists/{list}/order/",
    "lists/{list}/collaborators/",
    "lists/{shared}/proposals/",
    "movies/{film}/lists/",
    "movies/{film}/me/",
    "history/",
    "history/?expand=me&again=1",
    "tv/{show}/progress/",
    "progress/",
    "progress/?expand=me",
    "progress/statuses/",
    "up-next/",
    "seen/",
    "seen/?expand=me",
    "calendar/mine/?region=US",
    "users/ann/lists/",
    "users/ann/history/",
]


@pytest.mark.parametrize("words", READS)
def test_the_cost_does_not_grow(client: Client, ann: User, words: str) -> None:
    world = World(ann)
    path = f"{API}{world.path(words)}"

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    cost()
    before = cost()
    world.grow(4)

    assert cost() == before


def test_many_titles_are_kept_at_a_cost_that_hardly_grows(client: Client, ann: User) -> None:
    def cost(number: int) -> int:
        items = [{"media_type": "movie", "id": make_title().tmdb_id} for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            send(client, "post", "watchlist/", {"items": items})
        return len(asked)

    cost(1)

    assert cost(20) == cost(2)


def test_a_list_of_a_hundred_titles_costs_few_questions(client: Client, ann: User) -> None:
    list_ = make_list(ann, *(make_title() for _ in range(100)), visibility="public")
    client.logout()

    with CaptureQueriesContext(connection) as asked:
        found = client.get(f"{API}lists/{list_.pk}/items/?page_size=100").json()

    assert len(found["results"]) == 100
    assert len(asked) <= 6
