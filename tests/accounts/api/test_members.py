"""Members, for machines; who sees what is in test_privacy."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Follow
from tests.make import make_user

pytestmark = pytest.mark.django_db

MEMBER = "/api/v1/users/bob"


def test_a_member_is_told_whole(client: Client) -> None:
    bob = make_user(username="bob", display_name="Bob", bio="Silent films.")
    Follow.objects.create(follower=make_user(), followed=bob, accepted_at=timezone.now())
    Follow.objects.create(follower=make_user(), followed=bob)

    answer = client.get(MEMBER)

    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "username": "bob",
        "display_name": "Bob",
        "avatar": None,
        "audience": "public",
        "is_visible": True,
        "bio": "Silent films.",
        "member_since": timezone.now().date().isoformat(),
        "followers": 1,
        "following": 0,
    }


def test_a_picture_is_told_with_its_host(client: Client) -> None:
    make_user(username="bob", avatar="avatars/ab/abc-256.webp")

    assert client.get(MEMBER).json()["avatar"] == "http://testserver/avatar/256/abc.webp"


def test_followers_come_fifty_a_page(client: Client) -> None:
    bob = make_user(username="bob")
    for _ in range(51):
        Follow.objects.create(follower=make_user(), followed=bob, accepted_at=timezone.now())

    first = client.get(f"{MEMBER}/followers").json()
    second = client.get(first["next"]).json()

    assert (first["count"], len(first["results"]), len(second["results"])) == (51, 50, 1)
    assert second["next"] is None
    names = [one["username"] for page in (first, second) for one in page["results"]]
    assert len(set(names)) == 51
    assert set(first["results"][0]) == {"username", "display_name", "avatar", "audience"}


@pytest.mark.parametrize("page", ["0", "x", "99"])
def test_a_page_that_there_is_not_is_not_found(client: Client, page: str) -> None:
    make_user(username="bob")

    assert client.get(f"{MEMBER}/followers?page={page}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("rest", ["", "/followers", "/following"])
def test_it_is_for_reading_only(client: Client, method: str, rest: str) -> None:
    make_user(username="bob")
    client.force_login(make_user())

    assert getattr(client, method)(MEMBER + rest).status_code in {403, 405}


def test_what_is_not_there_is_said_in_json(client: Client) -> None:
    answer = client.get("/api/v1/users/nobody")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")


def test_no_address_of_a_member_is_told(client: Client) -> None:
    bob = make_user(username="bob", email="bob@secret.example", phone="+15550100")

    for place in (MEMBER, "/@bob"):
        page = client.get(place).content.decode()
        assert bob.email not in page
        assert str(bob.phone) not in page
