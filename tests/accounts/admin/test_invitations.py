"""Inviting from the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, User
from tests.make import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/invitation/"


def make_invitation(email: str, **values: Any) -> Invitation:
    return Invitation.objects.create(email=email, key_hash=email, **values)


def test_whom_an_admin_invites_gets_a_mail(
    client: Client, staff: Callable[..., User], mailbox: list[Any]
) -> None:
    admin = staff("accounts.add_invitation", "accounts.view_invitation")
    client.force_login(admin)

    client.post(f"{LIST}add/", {"email": "new@example.org"})

    assert Invitation.objects.get().invited_by == admin
    assert [message.to for message in mailbox] == [["new@example.org"]]
    assert LogEntry.objects.get().object_repr == "new@example.org"


def test_who_was_invited_before_is_invited_again(as_superuser: Client, mailbox: list[Any]) -> None:
    for _ in range(2):
        as_superuser.post(f"{LIST}add/", {"email": "new@example.org"})

    assert Invitation.objects.count() == 1
    assert len(mailbox) == 2


@pytest.mark.parametrize(
    ("state", "found"), [("open", "a@x.org"), ("accepted", "b@x.org"), ("lapsed", "c@x.org")]
)
def test_invitations_are_narrowed_down(as_superuser: Client, state: str, found: str) -> None:
    make_invitation("a@x.org")
    make_invitation("b@x.org", accepted_at=timezone.now())
    make_invitation("c@x.org", sent_at=timezone.now() - timedelta(days=30))

    page = as_superuser.get(f"{LIST}?state={state}")

    assert [invitation.email for invitation in page.context["cl"].queryset] == [found]
    assert found in page.content.decode()


def test_what_was_not_taken_up_is_withdrawn(as_superuser: Client) -> None:
    taken = make_invitation("a@x.org", accepted_at=timezone.now(), accepted_by=make_user())
    left = make_invitation("b@x.org")

    chosen = {"action": "withdraw", "_selected_action": [taken.pk, left.pk]}
    as_superuser.post(LIST, chosen)

    assert [*Invitation.objects.all()] == [taken]


def test_who_may_only_look_neither_invites_nor_withdraws(
    client: Client, staff: Callable[..., User]
) -> None:
    client.force_login(staff("accounts.view_invitation"))
    left = make_invitation("b@x.org")

    client.post(LIST, {"action": "withdraw", "_selected_action": [left.pk]})

    assert client.post(f"{LIST}add/", {"email": "new@example.org"}).status_code == 403
    assert Invitation.objects.count() == 1
