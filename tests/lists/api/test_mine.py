"""What a title is to a member, at its own address and within other answers."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import issuing, undoing
from accounts.models import Block, User
from catalog.models import Title
from cinehub.api.undoing import scope_of
from cinehub.undo import DEEDS
from lists import keeping, watching
from lists.watching import When
from tests.lists.keep import make_list, share
from tests.lists.shows import make_running_show
from tests.make import make_rating, make_review, make_title, make_user
from tests.reviews.api.asking import get, kind, send

pytestmark = pytest.mark.django_db

NOTHING = {
    "is_on_watchlist": False,
    "is_favorite": False,
    "lists": [],
    "is_seen": False,
    "plays": 0,
    "last_watched_on": None,
    "progress": None,
    "rating": None,
    "review": None,
}


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603)


def test_a_title_may_be_nothing_to_somebody(client: Client, ann: User, film: Title) -> None:
    assert get(client, "movies/603/me/") == NOTHING


def test_a_film_is_told_whole(client: Client, ann: User, film: Title) -> None:
    for list_ in (keeping.watchlist(ann), keeping.favorites(ann), own := make_list(ann)):
        keeping.add(list_, film, by=ann)
    for day in (1, 2):
        watching.watch(ann, film, when=When.day(date(2024, 1, day)), batch=uuid4())
    make_rating(ann, film, 8.5)
    review = make_review(ann, film)

    assert get(client, "movies/603/me/") == {
        "is_on_watchlist": True,
        "is_favorite": True,
        "lists": [own.pk],
        "is_seen": True,
        "plays": 2,
        "last_watched_on": "2024-01-02",
        "progress": None,
        "rating": 8.5,
        "review": review.pk,
    }


def test_of_a_show_there_is_progress(client: Client, ann: User) -> None:
    show, episodes = make_running_show(tmdb_id=1396)
    watching.watch(ann, show, episode=episodes[0], when=When.now(ann))
    make_rating(ann, show, 3, episode=episodes[0])

    told = get(client, "tv/1396/me/")

    assert (told["is_seen"], told["plays"], told["rating"]) == (False, 1, None)
    progress = told["progress"]
    assert [progress[name] for name in ("status", "seen", "left")] == ["watching", 1, 2]
    assert progress["next_episode"]["episode_number"] == 2


def test_what_others_keep_and_give_is_theirs(client: Client, ann: User, film: Title) -> None:
    bob = make_user()
    keeping.add(keeping.watchlist(bob), film, by=bob)
    watching.see(bob, film, when=When.now(bob))
    make_rating(bob, film)
    make_review(bob, film)

    assert get(client, "movies/603/me/") == NOTHING


def test_a_list_that_is_shared_with_me_counts_until_a_block(
    client: Client, ann: User, film: Title
) -> None:
    list_ = make_list(make_user(), film)
    share(list_, ann)
    assert get(client, "movies/603/me/")["lists"] == [list_.pk]

    Block.objects.create(blocker=list_.owner, blocked=ann)

    assert get(client, "movies/603/me/")["lists"] == []


def test_what_is_only_proposed_is_on_no_list(client: Client, ann: User, film: Title) -> None:
    list_ = make_list(make_user())
    share(list_, ann, "suggester")
    keeping.add(list_, film, by=ann)

    assert get(client, "movies/603/me/")["lists"] == []


def test_passers_by_have_nothing(client: Client, film: Title) -> None:
    assert kind(client.get("/api/v1/movies/603/me/")) == (401, "unauthenticated")


def test_it_is_told_of_all_titles_of_an_answer_in_as_many_questions(
    client: Client, ann: User
) -> None:
    def cost(number: int) -> int:
        for _ in range(number):
            keeping.add(keeping.watchlist(ann), film := make_title(), by=ann)
            make_rating(ann, film)
        with CaptureQueriesContext(connection) as asked:
            rows = get(client, "watchlist/?expand=me&page_size=100")["results"]
        assert all(row["title"]["me"]["rating"] == 8 for row in rows)
        return len(asked)

    cost(1)

    assert cost(2) == cost(10)


# --- Undo ----------------------------------------------------------------------------------------
def test_what_is_undone_is_gone(client: Client, ann: User, film: Title) -> None:
    undo = send(client, "put", "watchlist/movie/603/").json()["undo"]

    assert send(client, "post", f"undo/{undo}/").status_code == 204
    assert kind(send(client, "post", f"undo/{undo}/")) == (404, "not-found")


def test_nobody_undoes_what_another_one_did(client: Client, ann: User, film: Title) -> None:
    undo = send(client, "put", "watchlist/movie/603/").json()["undo"]
    client.force_login(make_user())

    assert kind(send(client, "post", f"undo/{undo}/")) == (404, "not-found")
    assert keeping.watchlist(ann).items.exists()


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_every_deed_takes_the_scope_of_its_room(deed: str) -> None:
    history = {"lists.marked", "lists.removed-viewings", "lists.said"}
    room = "history" if deed in history else deed.partition(".")[0]

    assert scope_of(deed) == f"write:{room}"


def test_a_token_undoes_no_more_than_it_may_do(ann: User) -> None:
    key = undoing.offer(ann, "lists.said", {"title": 1, "state": "", "rewatch": 0})
    _token, value = issuing.issue(ann, name="x", reach=("read", "write:lists"), expires_at=None)
    bearer = {"Authorization": f"Bearer {value}"}

    answer = send(Client(), "post", f"undo/{key}/", None, **bearer)

    assert kind(answer) == (403, "insufficient-scope")
    assert ann.undos.filter(pk=key).exists()
