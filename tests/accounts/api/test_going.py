"""Inviting others, and leaving oneself, for machines."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import issuing
from accounts.models import Invitation, User
from tests.accounts.api.entering import codes, enter, kind
from tests.accounts.coming import PASSWORD, sign_in
from tests.make import make_user

pytestmark = pytest.mark.django_db

INVITATIONS = "/api/v1/users/me/invitations/"
LEAVE = "/api/v1/users/me/leave/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann", password=PASSWORD)
    client.force_login(ann)
    return ann


def invite(client: Client, email: str = "cal@example.org") -> Any:
    return client.post(INVITATIONS, {"email": email}, content_type="application/json")


def test_who_is_invited_gets_a_mail(client: Client, ann: User, mailbox: list[Any]) -> None:
    answer = invite(client, "Cal@example.org")

    assert answer.status_code == 201
    told = answer.json()
    assert (told["email"], told["is_open"]) == ("cal@example.org", True)
    assert client.get(INVITATIONS).json()["results"] == [told]
    assert [letter.to for letter in mailbox] == [["cal@example.org"]]


def test_who_is_invited_twice_is_one(client: Client, ann: User) -> None:
    assert [invite(client).status_code for _ in range(2)] == [201, 200]

    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("email", ["cal", "", 5, None])
def test_nobody_is_invited_without_an_address(client: Client, ann: User, email: Any) -> None:
    assert list(codes(invite(client, email))) == ["email"]


def test_a_day_has_so_many_invitations(client: Client, ann: User, settings: Any) -> None:
    settings.INVITATIONS_A_DAY = 1
    invite(client)

    assert kind(invite(client, "dee@example.org")) == (422, "unprocessable")


def test_an_invitation_is_sent_again_with_another_key(client: Client, ann: User) -> None:
    pk = invite(client).json()["id"]
    before = Invitation.objects.get().key_hash

    assert client.post(f"{INVITATIONS}{pk}/resend/").status_code == 200

    assert Invitation.objects.get().key_hash != before


def test_one_address_is_not_buried_in_mail(client: Client, ann: User) -> None:
    pk = invite(client).json()["id"]
    answers = [client.post(f"{INVITATIONS}{pk}/resend/").status_code for _ in range(30)]

    assert answers == [200] * 29 + [429]


def test_an_invitation_is_withdrawn(client: Client, ann: User) -> None:
    pk = invite(client).json()["id"]

    assert client.delete(f"{INVITATIONS}{pk}/").status_code == 204

    assert not Invitation.objects.exists()


@pytest.mark.parametrize("rest", ["", "resend/"])
def test_others_invitations_are_theirs(client: Client, ann: User, rest: str) -> None:
    of_bob = Invitation.objects.create(email="x@example.org", invited_by=make_user())
    method = client.post if rest else client.delete

    assert method(f"{INVITATIONS}{of_bob.pk}/{rest}").status_code == 404


def test_no_token_of_limited_reach_invites_anybody(client: Client) -> None:
    _token, value = issuing.issue(make_user(), name="script", reach=("profile",), expires_at=None)
    headers = {"Authorization": f"Bearer {value}"}

    answer = client.post(
        INVITATIONS, {"email": "cal@example.org"}, "application/json", headers=headers
    )

    assert kind(answer) == (403, "insufficient-scope")


# --- Leaving -------------------------------------------------------------------------------------
def leave(client: Client, username: str = "ann", token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    told = {"username": username}
    return client.post(LEAVE, told, content_type="application/json", headers=headers)


def test_who_has_just_signed_in_leaves(ann: User) -> None:
    token = enter()["access_token"]

    answer = leave(Client(), token=token)

    assert answer.status_code == 200
    ann.refresh_from_db()
    assert ann.leaves_at
    assert Client().get("/api/v1/users/ann/").status_code == 404


def test_who_has_left_is_let_in_no_longer(ann: User) -> None:
    token = enter()["access_token"]
    leave(Client(), token=token)

    assert leave(Client(), token=token).status_code == 401


def test_who_has_signed_in_a_while_ago_does_so_again(ann: User) -> None:
    token = enter()["access_token"]

    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert kind(leave(Client(), token=token)) == (403, "reauthentication-required")


def test_a_session_has_to_be_confirmed_as_on_the_page(client: Client, ann: User) -> None:
    assert kind(leave(client)) == (403, "reauthentication-required")

    client.post("/sign-in/again", {"password": PASSWORD})

    assert leave(client).status_code == 200


def test_nobody_leaves_by_accident(client: Client, ann: User) -> None:
    assert list(codes(leave(Client(), "bob", enter()["access_token"]))) == ["username"]


def test_the_last_admin_stays(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_superuser=True)

    answer = leave(Client(), token=enter()["access_token"])

    assert kind(answer) == (422, "unprocessable")


def test_who_thinks_better_of_it_stays(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(leaves_at=timezone.now() + timedelta(days=3))
    browser = Client()
    sign_in(browser, "ann")

    assert browser.delete(LEAVE).status_code == 204

    ann.refresh_from_db()
    assert ann.leaves_at is None
