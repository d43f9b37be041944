"""Who sees what of a member: the whole of it, as a table.

whole  all there is
stub   that there is such a member: their names, their picture, and whom they let in
none   nothing, as if there were no such member
"""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import Block, Follow, User
from tests.make import make_user

pytestmark = pytest.mark.django_db

# For each audience: the profile, its followers, and the API's member and followers.
TABLE = """
             | public                 | followers              | private
anonymous    | whole whole whole whole | stub  none  stub  none  | stub  none  stub  none
stranger     | whole whole whole whole | stub  none  stub  none  | stub  none  stub  none
requested    | whole whole whole whole | stub  none  stub  none  | stub  none  stub  none
follower     | whole whole whole whole | whole whole whole whole | whole whole whole whole
followed     | whole whole whole whole | stub  none  stub  none  | stub  none  stub  none
blocked      | none  none  none  none  | none  none  none  none  | none  none  none  none
blocking     | none  none  none  none  | none  none  none  none  | none  none  none  none
owner        | whole whole whole whole | whole whole whole whole | whole whole whole whole
staff        | whole whole whole whole | whole whole whole whole | whole whole whole whole
staff, blocked | whole whole whole whole | whole whole whole whole | whole whole whole whole
"""
# The same for who is deactivated or about to leave, whatever their audience.
GONE = """
             | public                 | followers              | private
anonymous    | none  none  none  none  | none  none  none  none  | none  none  none  none
stranger     | none  none  none  none  | none  none  none  none  | none  none  none  none
follower     | none  none  none  none  | none  none  none  none  | none  none  none  none
staff        | whole whole whole whole | whole whole whole whole | whole whole whole whole
"""
PLACES = ("/@ann", "/@ann/followers", "/api/v1/users/ann/", "/api/v1/users/ann/followers/")
# What is in each place for whom the whole of it is.
SECRETS = ("A secret that is in my words", "@fan", "A secret that is in my words", '"fan"')


def cells(table: str) -> list[tuple[str, str, str, str, str]]:
    """Who looks, at a member with which audience, where; what they see, and what they must not."""
    head, *rows = table.strip().splitlines()
    _, *audiences = (word.strip() for word in head.split("|"))
    found = []
    for row in rows:
        who, *columns = (part.strip() for part in row.split("|"))
        for audience, column in zip(audiences, columns, strict=True):
            for place, sees, secret in zip(PLACES, column.split(), SECRETS, strict=True):
                found.append((who, audience, place, sees, secret))
    return found


def ties(viewer: User, ann: User) -> dict[str, Callable[[], object]]:
    now = timezone.now()
    follow, block = Follow.objects.create, Block.objects.create
    return {
        "stranger": lambda: None,
        "requested": lambda: follow(follower=viewer, followed=ann),
        "follower": lambda: follow(follower=viewer, followed=ann, accepted_at=now),
        "followed": lambda: follow(follower=ann, followed=viewer, accepted_at=now),
        "blocked": lambda: block(blocker=ann, blocked=viewer),
        "blocking": lambda: block(blocker=viewer, blocked=ann),
        "staff": lambda: None,
        "staff, blocked": lambda: block(blocker=ann, blocked=viewer),
    }


def sign_in(client: Client, who: str, ann: User) -> None:
    if who == "anonymous":
        return
    viewer = ann if who == "owner" else make_user(is_staff=who.startswith("staff"))
    if who != "owner":
        ties(viewer, ann)[who]()
    client.force_login(viewer)


def make_ann(audience: str, **values: object) -> User:
    ann = make_user(username="ann", bio=SECRETS[0], audience=audience, **values)
    fan = make_user(username="fan")
    Follow.objects.create(follower=fan, followed=ann, accepted_at=timezone.now())
    return ann


def seen(client: Client, place: str, secret: str) -> str:
    answer = client.get(place)
    body = answer.content.decode()
    if answer.status_code == 404:
        assert secret not in body
        return "none"
    assert answer.status_code == 200
    return "whole" if secret in body else "stub"


@pytest.mark.parametrize(("who", "audience", "place", "sees", "secret"), cells(TABLE))
def test_what_who_sees_of_whom(
    client: Client, who: str, audience: str, place: str, sees: str, secret: str
) -> None:
    sign_in(client, who, make_ann(audience))

    assert seen(client, place, secret) == sees


@pytest.mark.parametrize(("who", "audience", "place", "sees", "secret"), cells(GONE))
@pytest.mark.parametrize("gone", [{"is_active": False}, {"leaves_at": timezone.now()}])
def test_who_is_gone_is_gone_for_all_but_the_staff(
    client: Client,
    gone: dict[str, object],
    who: str,
    audience: str,
    place: str,
    sees: str,
    secret: str,
) -> None:
    sign_in(client, who, make_ann(audience, **gone))

    assert seen(client, place, secret) == sees


@pytest.mark.parametrize(
    ("who", "audience", "sees"),
    [(who, audience, sees) for who, audience, place, sees, _ in cells(TABLE) if place == PLACES[0]],
)
def test_the_rule_asked_of_rows_is_the_rule_of_pages(who: str, audience: str, sees: str) -> None:
    """`reachable_by`, `visible_to`, `tied_to` and `lets_in` agree with the table."""
    ann = make_ann(audience)
    viewer = ann if who == "owner" else make_user(is_staff=who.startswith("staff"))
    if who not in {"owner", "anonymous"}:
        ties(viewer, ann)[who]()
    eyes = AnonymousUser() if who == "anonymous" else viewer

    members = User.objects.filter(pk=ann.pk)
    tied = members.reachable_by(eyes).tied_to(eyes).first()

    assert bool(tied) == (sees != "none")
    assert bool(tied and tied.is_visible) == (sees == "whole")
    assert members.visible_to(eyes).exists() == ann.lets_in(eyes) == (sees == "whole")


@pytest.mark.parametrize("audience", ["followers", "private"])
def test_a_stub_tells_no_more_than_names_and_picture(client: Client, audience: str) -> None:
    make_ann(audience)

    page = client.get("/@ann").content.decode()
    told = json.loads(client.get("/api/v1/users/ann/").content)

    assert {name: value for name, value in told.items() if value not in (None, "")} == {
        "username": "ann",
        "audience": audience,
        "url": "http://testserver/@ann",
        "is_visible": False,
    }
    assert "follower</span>" not in page
    assert "Member since" not in page


@pytest.mark.parametrize("place", PLACES)
def test_who_is_blocked_sees_what_they_see_of_nobody(client: Client, place: str) -> None:
    sign_in(client, "blocked", make_ann("public"))

    blocked, nobody = client.get(place), client.get(place.replace("ann", "nobody"))

    assert (blocked.status_code, blocked.headers["Content-Type"]) == (
        nobody.status_code,
        nobody.headers["Content-Type"],
    )


@pytest.mark.parametrize("tie", ["followers", "following"])
@pytest.mark.parametrize("hides", [{"is_active": False}, {"leaves_at": timezone.now()}, "block"])
def test_among_others_nobody_is_listed_or_counted_whom_the_reader_does_not_reach(
    client: Client, tie: str, hides: object
) -> None:
    ann, eve, viewer = make_user(username="ann"), make_user(username="eve"), make_user()
    for one, other in ((eve, ann), (ann, eve)):
        Follow.objects.create(follower=one, followed=other, accepted_at=timezone.now())
    if isinstance(hides, dict):
        User.objects.filter(pk=eve.pk).update(**hides)
    else:
        Block.objects.create(blocker=eve, blocked=viewer)
    client.force_login(viewer)

    assert "@eve" not in client.get(f"/@ann/{tie}").content.decode()
    assert json.loads(client.get("/api/v1/users/ann/").content)[tie] == 0
    assert json.loads(client.get(f"/api/v1/users/ann/{tie}/").content)["results"] == []


@pytest.mark.parametrize("deed", ["follow", "unfollow", "mute", "unmute", "block"])
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("who", ["blocked", "blocking"])
def test_across_a_block_nobody_reaches_anybody(
    client: Client, deed: str, htmx: dict[str, str], who: str
) -> None:
    sign_in(client, who, make_ann("public"))
    before = (Follow.objects.count(), Block.objects.count())

    assert client.post(f"/@ann/{deed}", headers=htmx).status_code == 404
    assert (Follow.objects.count(), Block.objects.count()) == before
