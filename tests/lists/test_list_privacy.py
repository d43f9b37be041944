"""Who sees which lists: the whole of it, as a table.

seen  what is on it; from its link, the list's own page may be where that leads
none  nothing, as if there were no such list
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Block, Follow, User
from lists import keeping
from lists.models import List, Viewing
from tests.lists.keep import make_list, share
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db

# For each visibility: the list's page, its link, its RSS, and its owner's page of lists.
TABLE = """
             | public              | unlisted            | followers           | private
anonymous    | seen none seen seen | none seen none none | none none none none | none none none none
stranger     | seen none seen seen | none seen none none | none none none none | none none none none
requested    | seen none seen seen | none seen none none | none none none none | none none none none
follower     | seen none seen seen | none seen none none | seen none seen seen | none none none none
followed     | seen none seen seen | none seen none none | none none none none | none none none none
blocked      | none none none none | none none none none | none none none none | none none none none
blocking     | none none none none | none none none none | none none none none | none none none none
collaborator | seen none seen seen | seen seen seen seen | seen none seen seen | seen none seen seen
owner        | seen none seen seen | seen seen seen seen | seen none seen seen | seen none seen seen
staff        | seen none seen seen | seen seen seen seen | seen none seen seen | seen none seen seen
ex, blocked  | none none none none | none none none none | none none none none | none none none none
"""
PLACES = ("page", "link", "rss", "lists")
SECRET = "A secret that is on the list"


def cells() -> list[tuple[str, str, str, str]]:
    head, *rows = TABLE.strip().splitlines()
    _, *kinds = (word.strip() for word in head.split("|"))
    found = []
    for row in rows:
        who, *columns = (part.strip() for part in row.split("|"))
        for visibility, column in zip(kinds, columns, strict=True):
            for place, sees in zip(PLACES, column.split(), strict=True):
                found.append((who, visibility, place, sees))
    return found


def tie(viewer: User, made: List, who: str) -> None:
    ann, now = made.owner, timezone.now()
    follow, block = Follow.objects.create, Block.objects.create
    ties: dict[str, Callable[[], object]] = {
        "requested": lambda: follow(follower=viewer, followed=ann),
        "follower": lambda: follow(follower=viewer, followed=ann, accepted_at=now),
        "followed": lambda: follow(follower=ann, followed=viewer, accepted_at=now),
        "blocked": lambda: block(blocker=ann, blocked=viewer),
        "blocking": lambda: block(blocker=viewer, blocked=ann),
        "collaborator": lambda: share(made, viewer),
        "ex, blocked": lambda: (share(made, viewer), block(blocker=ann, blocked=viewer)),
    }
    ties.get(who, lambda: None)()


def sign_in(client: Client, who: str, made: List) -> None:
    if who == "anonymous":
        return
    viewer = made.owner if who == "owner" else make_user(is_staff=who == "staff")
    tie(viewer, made, who)
    client.force_login(viewer)


def address_of(made: List, place: str) -> str:
    return {
        "page": made.get_absolute_url(),
        "link": made.get_link(),
        "rss": f"{made.get_absolute_url()}/rss",
        "lists": "/@ann/lists",
    }[place]


@pytest.mark.parametrize(("who", "visibility", "place", "sees"), cells())
def test_who_sees_which_list(
    client: Client, who: str, visibility: str, place: str, sees: str
) -> None:
    made = make_list(make_user(username="ann"), make_title(name=SECRET), visibility=visibility)
    sign_in(client, who, made)

    answer = client.get(address_of(made, place), follow=True)

    # The page of all lists names it, the others what is on it.
    secret = made.name if place == "lists" else SECRET
    assert (secret in answer.content.decode()) == (sees == "seen")
    assert answer.status_code == 200 or sees == "none"


@pytest.mark.parametrize("audience", ["followers", "private"])
@pytest.mark.parametrize("place", ["page", "rss", "lists"])
def test_a_public_list_is_never_for_more_than_see_its_owner(
    client: Client, audience: str, place: str
) -> None:
    made = make_list(make_user(username="ann", audience=audience), visibility="public")
    client.force_login(make_user())

    assert client.get(address_of(made, place)).status_code == 404


@pytest.mark.parametrize(
    ("visibility", "audience", "is_listed"),
    [
        ("public", "public", True),
        ("unlisted", "public", False),
        ("followers", "public", False),
        ("private", "public", False),
        ("public", "followers", False),
    ],
)
def test_only_what_everybody_comes_upon_is_for_search_engines(
    client: Client, visibility: str, audience: str, is_listed: bool
) -> None:
    ann = make_user(username="ann", audience=audience)
    made = make_list(ann, visibility=visibility)
    client.force_login(ann)

    page = client.get(made.get_absolute_url()).content.decode()

    assert ('content="noindex"' not in page) == is_listed
    assert ("application/rss+xml" in page) == is_listed


def test_what_was_opened_by_its_link_is_not_for_search_engines(client: Client) -> None:
    made = make_list(make_user(), visibility="unlisted")

    assert 'content="noindex"' in client.get(made.get_link()).content.decode()


def test_a_link_opens_nothing_once_the_list_is_not_unlisted_any_more(client: Client) -> None:
    made = make_list(make_user(), visibility="private")

    assert client.get(made.get_link()).status_code == 404


def test_who_is_blocked_is_not_named_beside_what_they_added(client: Client) -> None:
    ann, bob = make_user(username="ann"), make_user(username="bob", display_name="Bob the Bad")
    made = make_list(ann)
    share(made, bob)
    keeping.add(made, make_title(name="From him"), by=bob)
    Block.objects.create(blocker=ann, blocked=bob)
    client.force_login(ann)

    page = client.get("/@ann/list/rainy-sundays?view=table").content.decode()
    assert "Bob the Bad" not in page
    assert "From him" in client.get("/@ann/list/rainy-sundays").content.decode()


def test_the_owner_parts_with_whom_a_block_hides_by_name_alone(client: Client) -> None:
    ann, bob = make_user(username="ann"), make_user(username="bob", display_name="Bob the Bad")
    shared = share(make_list(ann), bob)
    Block.objects.create(blocker=bob, blocked=ann)
    client.force_login(ann)

    page = client.get("/@ann/list/rainy-sundays/people").content.decode()
    assert "Bob the Bad" in page
    assert bob.get_absolute_url() + '"' not in page
    assert f"/people/{shared.pk}/part" in page


def test_collaborators_who_blocked_each_other_do_not_see_each_other(client: Client) -> None:
    made, bob = make_list(make_user(username="ann")), make_user(display_name="Bob the Bad")
    eva = make_user()
    share(made, bob)
    share(made, eva)
    Block.objects.create(blocker=bob, blocked=eva)
    client.force_login(eva)

    assert "Bob the Bad" not in client.get("/@ann/list/rainy-sundays/people").content.decode()


def test_a_smart_list_of_what_i_have_seen_is_for_whom_my_history_is(client: Client) -> None:
    ann = make_user(username="ann", default_audience="private")
    Viewing.objects.create(
        user=ann, title=make_title(name=SECRET), watched_at=timezone.now(), watched_on="2026-01-01"
    )
    made = List.objects.create(
        owner=ann, name="S", slug="s", kind="smart", of_kind="movie", scope="seen"
    )

    assert SECRET not in client.get(made.get_absolute_url()).content.decode()
    client.force_login(ann)
    assert SECRET in client.get(made.get_absolute_url()).content.decode()


def test_titles_for_adults_are_shown_to_who_put_them_there_and_who_wants_them(
    client: Client,
) -> None:
    ann = make_user(username="ann")
    made = make_list(ann, make_title(name=SECRET, adult=True))
    address = made.get_absolute_url()

    assert SECRET not in client.get(address).content.decode()
    for reader in (ann, make_user(adult=True)):
        client.force_login(reader)
        assert SECRET in client.get(address).content.decode()
