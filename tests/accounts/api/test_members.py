"""Members, for machines; who sees what is in test_privacy."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Block, Follow, Invitation, Mute, User
from catalog.models import Provider
from tests.make import make_user

pytestmark = pytest.mark.django_db

BOB = "/api/v1/users/bob/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def follows(follower: User, followed: User) -> Follow:
    return Follow.objects.create(follower=follower, followed=followed, accepted_at=timezone.now())


def test_a_member_is_told_whole(client: Client) -> None:
    bob = make_user(username="bob", display_name="Bob", bio="Silent films.")
    follows(make_user(), bob)
    Follow.objects.create(follower=make_user(), followed=bob)

    answer = client.get(BOB)

    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "username": "bob",
        "display_name": "Bob",
        "avatar": None,
        "audience": "public",
        "url": "http://testserver/@bob",
        "is_visible": True,
        "bio": "Silent films.",
        "member_since": timezone.now().date().isoformat(),
        "followers": 1,
        "following": 0,
        "ties": None,
    }


def test_a_picture_is_told_with_its_host(client: Client) -> None:
    make_user(username="bob", avatar="avatars/ab/abc-256.webp")

    assert client.get(BOB).json()["avatar"] == "http://testserver/avatar/256/abc.webp"


def test_who_is_signed_in_learns_what_ties_them(client: Client, ann: User) -> None:
    follows(make_user(username="bob"), ann)

    assert client.get(BOB).json()["ties"] == {
        "is_followed": False,
        "is_asked": False,
        "follows_back": True,
        "is_muted": False,
    }


def test_me_is_who_asks(client: Client, ann: User) -> None:
    follows(make_user(username="bob"), ann)

    told = client.get("/api/v1/users/me/followers/").json()

    assert [one["username"] for one in told["results"]] == ["bob"]


def test_me_is_nobody_for_who_is_not_signed_in(client: Client) -> None:
    assert client.get("/api/v1/users/me/followers/").status_code == 401


@pytest.mark.parametrize("rest", ["followers/", "following/"])
def test_people_come_in_pages_without_loss(client: Client, rest: str) -> None:
    bob = make_user(username="bob")
    for _ in range(5):
        other = make_user()
        follows(*((other, bob) if rest == "followers/" else (bob, other)))

    pages = [client.get(f"{BOB}{rest}?page_size=3&page={n}").json() for n in (1, 2)]

    assert [page["total_results"] for page in pages] == [5, 5]
    names = [one["username"] for page in pages for one in page["results"]]
    assert len(names) == len(set(names)) == 5


@pytest.mark.parametrize(("page", "status"), [("0", 400), ("x", 400), ("99", 404)])
def test_a_page_that_there_is_not_is_an_error(client: Client, page: str, status: int) -> None:
    make_user(username="bob")

    assert client.get(f"{BOB}followers/?page={page}").status_code == status


@pytest.mark.parametrize("rest", ["", "followers/", "following/"])
def test_pages_of_people_ask_no_more_for_more_of_them(client: Client, rest: str, ann: User) -> None:
    bob = make_user(username="bob")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(BOB + rest).status_code == 200
        return len(queries)

    follows(make_user(), bob)
    follows(bob, make_user())
    asked()
    few = asked()
    for _ in range(5):
        follows(make_user(), bob)
        follows(bob, make_user())

    assert asked() == few


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("rest", ["", "followers/", "following/"])
def test_what_others_see_is_for_reading_only(
    client: Client, ann: User, method: str, rest: str
) -> None:
    make_user(username="bob")

    assert getattr(client, method)(BOB + rest).status_code == 405


def test_no_address_of_a_member_is_told(client: Client) -> None:
    bob = make_user(username="bob", email="bob@secret.example", phone="+15550100")

    for place in (BOB, "/@bob"):
        page = client.get(place).content.decode()
        assert bob.email not in page
        assert str(bob.phone) not in page


# --- Ties ----------------------------------------------------------------------------------------
def test_to_follow_is_to_be_let_in_where_anybody_may(client: Client, ann: User) -> None:
    bob = make_user(username="bob")

    told = client.put(f"{BOB}follow/").json()

    assert (told["is_followed"], told["is_asked"]) == (True, False)
    assert Follow.objects.accepted().filter(follower=ann, followed=bob).exists()


def test_to_follow_is_to_ask_where_nobody_may_at_once(client: Client, ann: User) -> None:
    make_user(username="bob", audience="private")

    told = client.put(f"{BOB}follow/").json()

    assert (told["is_followed"], told["is_asked"]) == (False, True)


def test_to_follow_twice_changes_nothing(client: Client, ann: User) -> None:
    bob = make_user(username="bob")

    assert [client.put(f"{BOB}follow/").status_code for _ in range(2)] == [200, 200]

    assert bob.followers.count() == 1
    assert bob.notifications.count() == 1


@pytest.mark.parametrize(("deed", "of"), [("follow", Follow), ("mute", Mute), ("block", Block)])
def test_what_is_done_is_taken_back(client: Client, ann: User, deed: str, of: Any) -> None:
    make_user(username="bob")
    client.put(f"{BOB}{deed}/")
    assert of.objects.count() == 1

    answers = [client.delete(f"{BOB}{deed}/").status_code for _ in range(2)]

    assert not of.objects.exists()
    # Who is not blocked any more is no one to take it back from.
    assert answers == ([204, 404] if deed == "block" else [204, 204])


def test_what_nobody_has_read_can_not_have_changed(client: Client, ann: User) -> None:
    make_user(username="bob")

    assert client.put(f"{BOB}mute/", headers={"If-Match": '"x"'}).status_code == 204


def test_a_block_ends_what_was_between_them(client: Client, ann: User) -> None:
    follows(ann, make_user(username="bob"))

    assert client.put(f"{BOB}block/").status_code == 204

    assert not Follow.objects.exists()
    assert client.get(BOB).status_code == 404


@pytest.mark.parametrize("deed", ["follow", "mute", "block"])
@pytest.mark.parametrize("name", ["ann", "nobody", "me"])
def test_there_is_nobody_to_tie_oneself_to(client: Client, ann: User, deed: str, name: str) -> None:
    assert client.put(f"/api/v1/users/{name}/{deed}/").status_code == 404


@pytest.mark.parametrize("deed", ["follow", "mute", "block"])
def test_who_is_not_signed_in_ties_nobody(client: Client, deed: str) -> None:
    make_user(username="bob")

    assert client.put(f"{BOB}{deed}/").status_code == 401


def test_who_follows_one_after_the_other_is_stopped(client: Client, ann: User) -> None:
    make_user(username="bob")
    for _ in range(100):
        client.put(f"{BOB}mute/")
        client.delete(f"{BOB}mute/")

    answer = client.put(f"{BOB}follow/")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


# --- Who follows, and would like to --------------------------------------------------------------
MINE = "/api/v1/users/me/"


def ask(ann: User, name: str = "bob") -> User:
    other = make_user(username=name)
    Follow.objects.create(follower=other, followed=ann)
    return other


def test_who_asks_is_listed(client: Client, ann: User) -> None:
    ask(ann)

    told = client.get(f"{MINE}followers/requests/").json()

    assert [one["username"] for one in told["results"]] == ["bob"]


def test_who_asks_is_let_in(client: Client, ann: User) -> None:
    ask(ann)

    assert client.put(f"{MINE}followers/requests/bob/").status_code == 204

    assert ann.followers.accepted().count() == 1


def test_who_asks_is_declined(client: Client, ann: User) -> None:
    ask(ann)

    assert client.delete(f"{MINE}followers/requests/bob/").status_code == 204

    assert not ann.followers.exists()


def test_to_decline_is_not_to_remove(client: Client, ann: User) -> None:
    follows(make_user(username="bob"), ann)

    client.delete(f"{MINE}followers/requests/bob/")

    assert ann.followers.count() == 1


def test_who_follows_is_removed(client: Client, ann: User) -> None:
    follows(make_user(username="bob"), ann)

    assert client.delete(f"{MINE}followers/bob/").status_code == 204

    assert not ann.followers.exists()


def test_who_has_not_asked_is_not_let_in(client: Client, ann: User) -> None:
    make_user(username="bob")

    assert client.put(f"{MINE}followers/requests/bob/").status_code == 404


@pytest.mark.parametrize("rest", ["followers/requests/", "blocked/", "muted/", "invitations/", ""])
def test_what_is_ones_own_asks_no_more_for_more_of_it(client: Client, ann: User, rest: str) -> None:
    def more(n: int) -> None:
        Follow.objects.create(follower=make_user(), followed=ann)
        Block.objects.create(blocker=ann, blocked=make_user())
        Mute.objects.create(muter=ann, muted=make_user())
        ann.providers.add(Provider.objects.create(tmdb_id=n, name=str(n)))
        Invitation.objects.create(email=f"{n}@example.org", invited_by=ann, key_hash=str(n))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(MINE + rest).status_code == 200
        return len(queries)

    more(1)
    asked()
    few = asked()
    for n in range(2, 6):
        more(n)

    assert asked() == few


def test_the_blocked_and_the_muted_are_listed_for_who_does_not_want_to_meet_them(
    client: Client, ann: User
) -> None:
    Block.objects.create(blocker=ann, blocked=make_user(username="bob"))
    Mute.objects.create(muter=ann, muted=make_user(username="cal"))

    for of, name in (("blocked", "bob"), ("muted", "cal")):
        told = client.get(f"{MINE}{of}/").json()
        assert [one["username"] for one in told["results"]] == [name]
