"""Inviting, and coming in by an invitation."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import inviting
from accounts.models import Block, Invitation, User
from tests.accounts.coming import confirm, sign_up
from tests.make import make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/invitations"


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def client(ann: User, mailbox: list[Any]) -> Client:
    client = Client()
    client.force_login(ann)
    return client


def link(mailbox: list[Any]) -> str:
    return re.search(r"http://testserver(/\S*)", mailbox[-1].body)[1]


def invite(client: Client, email: str) -> Any:
    return client.post(PAGE, {"email": email}, follow=True)


def test_who_is_invited_signs_up_though_the_site_is_closed_and_their_address_is_confirmed(
    client: Client, mailbox: list[Any], settings: Any
) -> None:
    settings.SIGN_UP_CLOSED = True
    invite(client, "Bob@example.org")
    bob = Client()
    assert b"By invitation only" in bob.get("/sign-up").content

    door = bob.post(link(mailbox), follow=True)
    assert b'value="bob@example.org"' in door.content
    sign_up(bob, username="bob", email="bob@example.org")

    member = User.objects.get(username="bob")
    assert member.emailaddress_set.get().verified
    assert Invitation.objects.get().accepted_by == member
    assert b"By invitation only" in Client().get("/sign-up").content


def test_an_invitation_is_good_once(client: Client, mailbox: list[Any], settings: Any) -> None:
    settings.SIGN_UP_CLOSED = True
    invite(client, "bob@example.org")
    first, second = Client(), Client()
    for visitor in (first, second):
        visitor.post(link(mailbox))

    sign_up(first, username="bob", email="bob@example.org")
    answer = sign_up(second, username="eve", email="eve@example.org")

    assert b"By invitation only" in answer.content
    assert not User.objects.filter(username="eve").exists()
    assert Client().get(link(mailbox)).status_code == 404


def test_another_address_than_the_invited_one_has_to_be_confirmed(
    client: Client, mailbox: list[Any]
) -> None:
    invite(client, "bob@example.org")
    bob = Client()
    bob.post(link(mailbox))

    sign_up(bob, username="bob", email="robert@example.org")

    [address] = User.objects.get(username="bob").emailaddress_set.all()
    assert (address.email, address.verified) == ("robert@example.org", False)


def test_to_open_the_link_changes_nothing(client: Client, mailbox: list[Any]) -> None:
    invite(client, "bob@example.org")
    visitor = Client()

    assert b"A seat is kept for you" in visitor.get(link(mailbox)).content

    assert not visitor.session.keys()
    assert Invitation.objects.open().exists()


def test_the_answer_is_the_same_whether_the_address_has_an_account(
    client: Client, mailbox: list[Any]
) -> None:
    confirm(make_user(email="bob@example.org"))

    known = invite(client, "bob@example.org")
    unknown = invite(client, "eve@example.org")

    said = [
        re.findall(r"An invitation is on its way to", page.content.decode())
        for page in (known, unknown)
    ]
    assert said[0] == said[1] != []
    assert "You have an account already" in mailbox[0].body
    assert "/invitation/" not in mailbox[0].body
    assert [each.is_open for each in Invitation.objects.all()] == [True, True]


def test_who_has_blocked_somebody_hears_nothing_of_them(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    bob = make_user(email="bob@example.org")
    confirm(bob)
    Block.objects.create(blocker=bob, blocked=ann)

    page = invite(client, "bob@example.org")

    assert b"An invitation is on its way" in page.content
    assert mailbox == []


def test_a_member_sends_so_many_a_day_and_the_staff_as_many_as_they_like(
    ann: User, mailbox: list[Any], settings: Any
) -> None:
    settings.INVITATIONS_A_DAY = 1
    inviting.invite(ann, "one@example.org")
    inviting.invite(ann, "ONE@example.org")

    with pytest.raises(inviting.Spent):
        inviting.invite(ann, "two@example.org")

    ann.is_staff = True
    inviting.invite(ann, "two@example.org")
    assert len(mailbox) == 3


def test_the_page_says_that_a_day_has_no_more(client: Client, settings: Any) -> None:
    settings.INVITATIONS_A_DAY = 0

    assert b"as many as a day has" in invite(client, "bob@example.org").content


def test_to_send_again_makes_the_first_link_void(client: Client, mailbox: list[Any]) -> None:
    invite(client, "bob@example.org")
    first = link(mailbox)

    client.post(f"{PAGE}/{Invitation.objects.get().pk}/resend")

    assert link(mailbox) != first
    assert Client().get(first).status_code == 404
    assert Client().get(link(mailbox)).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(client: Client, mailbox: list[Any]) -> None:
    invite(client, "bob@example.org")

    client.post(f"{PAGE}/{Invitation.objects.get().pk}/withdraw")

    assert Client().get(link(mailbox)).status_code == 404


def test_an_invitation_that_was_taken_up_is_neither_withdrawn_nor_sent_again(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    invite(client, "bob@example.org")
    Invitation.objects.update(accepted_at=timezone.now())
    pk = Invitation.objects.get().pk

    client.post(f"{PAGE}/{pk}/withdraw")
    client.post(f"{PAGE}/{pk}/resend")

    assert Invitation.objects.filter(pk=pk).exists()
    assert len(mailbox) == 1
    assert b"taken up" in client.get(PAGE).content


def test_an_old_invitation_opens_nothing_and_says_so(client: Client, mailbox: list[Any]) -> None:
    invite(client, "bob@example.org")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=15))

    assert Client().get(link(mailbox)).status_code == 404
    assert b"too old" in client.get(PAGE).content


@pytest.mark.parametrize("deed", ["resend", "withdraw"])
def test_others_invitations_are_not_ones_own(deed: str, ann: User, mailbox: list[Any]) -> None:
    inviting.invite(ann, "bob@example.org")
    eve = Client()
    eve.force_login(make_user())

    answer = eve.post(f"{PAGE}/{Invitation.objects.get().pk}/{deed}")

    assert answer.status_code == 404
    assert len(mailbox) == 1


def test_a_wrong_address_is_said_beside_the_field(client: Client) -> None:
    answer = client.post(PAGE, {"email": "nobody"})

    assert answer.status_code == 422
    assert b"Enter a valid email address" in answer.content


def test_the_page_asks_no_more_for_more_invitations(client: Client, ann: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PAGE)
        return len(asked)

    inviting.invite(ann, "one@example.org")
    queries()
    few = queries()
    for n in range(5):
        inviting.invite(ann, f"{n}@example.org")

    assert queries() == few


def test_too_many_invitations_in_an_hour_are_refused(client: Client) -> None:
    cache.clear()
    for n in range(30):
        client.post(PAGE, {"email": f"{n}@example.org"})

    answer = client.post(PAGE, {"email": "more@example.org"})

    assert answer.status_code == 429
    assert answer["Retry-After"]
