"""Leaving: gone at once for others, two weeks to think better of it, and then for good."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts import avatars, erasure, leaving
from accounts.models import Block, Follow, Invitation, Kind, Mute, Notification, User
from accounts.models.user import GRACE
from cinehub import tasks
from cinehub.work.models import DeadLetter
from tests.make import make_offer, make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough word for it"
LEAVE = "/settings/data/leave"
AFTER = GRACE + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does at once what is queued."""
    monkeypatch.setattr(tasks.erase_member, "delay", tasks.erase_member.run)


@pytest.fixture
def ann() -> User:
    return make_user(username="annabella", email="annabella@example.org", password=PASSWORD)


def sign_in(client: Client) -> None:
    """By the site's own door, which writes down where somebody is signed in."""
    client.post("/sign-in", {"login": "annabella", "password": PASSWORD})


@pytest.fixture
def at_home(client: Client, ann: User) -> Client:
    """Signed in, and asked for the password just now."""
    sign_in(client)
    client.post("/sign-in/again", {"password": PASSWORD})
    return client


# --- Going ---------------------------------------------------------------------------------------
def test_who_leaves_is_gone_for_others_at_once(at_home: Client, ann: User) -> None:
    answer = at_home.post(LEAVE, {"username": "annabella"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert "sign in and stay after all" in shown(at_home, "/")
    assert not User.objects.present().filter(pk=ann.pk).exists()
    assert Client().get("/@annabella").status_code == 404


def test_who_leaves_is_signed_out_everywhere(at_home: Client, ann: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)

    at_home.post(LEAVE, {"username": "Annabella"})

    for client in (at_home, elsewhere):
        assert client.get("/settings/data").headers["Location"].startswith("/sign-in")


def test_a_mail_says_so(at_home: Client, mailbox: Any) -> None:
    at_home.post(LEAVE, {"username": "@annabella"})

    (told,) = [one for one in mail.outbox if "leaving" in one.subject]
    assert told.to == ["annabella@example.org"]
    assert "http://testserver/sign-in" in told.body


@pytest.mark.parametrize("typed", ["", "ben", "annabell"])
def test_nobody_leaves_by_accident(at_home: Client, ann: User, typed: str) -> None:
    page = at_home.post(LEAVE, {"username": typed})

    assert page.status_code == 422
    assert User.objects.present().filter(pk=ann.pk).exists()


def test_the_password_is_asked_for_first(client: Client, ann: User) -> None:
    sign_in(client)

    answer = client.post(LEAVE, {"username": "annabella"})

    assert answer["Location"].startswith("/sign-in/again")
    assert User.objects.present().filter(pk=ann.pk).exists()


def test_the_last_admin_stays(at_home: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_superuser=True)
    make_user(is_superuser=True, leaves_at=timezone.now())
    make_user(is_superuser=True, is_active=False)

    page = at_home.post(LEAVE, {"username": "annabella"})

    assert "You are the only admin" in page.content.decode()
    make_user(is_superuser=True)
    assert at_home.post(LEAVE, {"username": "annabella"}).status_code == 303


def test_looking_at_the_page_changes_nothing(at_home: Client, ann: User) -> None:
    assert "Delete my account" in shown(at_home, "/settings/data")
    assert at_home.get(LEAVE).status_code == 405
    assert at_home.get("/leaving")["Location"] == "/settings/data"


# --- Coming back ---------------------------------------------------------------------------------
@pytest.fixture
def came_back(client: Client, ann: User) -> Client:
    leaving.leave(ann)
    sign_in(client)
    return client


@pytest.mark.parametrize(
    "address", ["/", "/settings/profile", "/@annabella", "/notifications/bell"]
)
def test_who_comes_back_is_asked_whether_to_stay(came_back: Client, address: str) -> None:
    answer = came_back.get(address)

    assert (answer.status_code, answer["Location"]) == (303, "/leaving")
    assert "The door is still open" in shown(came_back, "/leaving")


def test_who_stays_has_everything_as_it_was(came_back: Client, ann: User) -> None:
    came_back.post("/leaving/stay")

    assert came_back.get("/").status_code == 200
    assert User.objects.present().filter(pk=ann.pk).exists()
    with time_machine.travel(timezone.now() + AFTER):
        tasks.erase_leavers()
    assert User.objects.filter(pk=ann.pk).exists()


def test_to_look_is_not_to_stay(came_back: Client, ann: User) -> None:
    assert came_back.get("/leaving/stay").status_code == 405

    ann.refresh_from_db()
    assert ann.leaves_at


def test_who_leaves_may_still_take_their_data_and_sign_out(came_back: Client) -> None:
    asked = came_back.post("/settings/data/download")

    assert came_back.post(asked["Location"], {"password": PASSWORD}).status_code == 200
    came_back.post("/sign-out")
    assert came_back.get("/").status_code == 200


# --- For good ------------------------------------------------------------------------------------
def everything() -> str:
    """All that is in the database, as text."""
    rows = (
        str(row)
        for model in apps.get_models()
        for row in model._base_manager.values_list().iterator()
    )
    return "\n".join(rows).lower()


def fill(ann: User) -> None:
    """With something of theirs wherever there may be."""
    ben, staff = make_user(username="ben"), make_user(username="keeper", is_staff=True)
    Follow.objects.create(follower=ann, followed=ben)
    Follow.objects.create(follower=ben, followed=ann)
    Block.objects.create(blocker=ann, blocked=staff)
    Mute.objects.create(muter=ben, muted=ann)
    told = {"kind": Kind.FOLLOW, "url": "/@annabella"}
    Notification.objects.create(recipient=ben, actor=ann, text="Annabella follows you.", **told)
    Notification.objects.create(recipient=ann, actor=ben, text="x", **told)
    ann.choices.create(kind=Kind.LIKE)
    ann.providers.add(make_offer(make_title()).provider)
    address = EmailAddress.objects.create(user=ann, email="annabella@example.org")
    EmailAddress.objects.create(user=ann, email="bella@example.com")
    ann.socialaccount_set.create(provider="github", uid="1", extra_data={"login": "annabella"})
    ann.authenticator_set.create(type="totp", data={})
    Invitation.objects.create(email="Bella@example.com", key_hash="1", invited_by=ben)
    Invitation.objects.create(email="kim@example.com", key_hash="2", invited_by=ann)
    for thing in (ann, address):
        LogEntry.objects.log_actions(staff.pk, [thing], CHANGE, "Changed annabella@example.org.")
    for number, letter in enumerate(
        (
            {"arguments": {"subject": "annabella follows you."}},
            {"error": "SMTPRecipientsRefused({'Bella@example.com': (550, b'?')})"},
            {"arguments": {"subject": "Annabellas follow you."}},
        )
    ):
        values = {"task": "accounts.tasks.send_mail", "queue": "mail", "arguments": {}} | letter
        DeadLetter.objects.create(task_id=f"letter{number}", **values)
    sign_in(Client())


def erase_all() -> None:
    with time_machine.travel(timezone.now() + AFTER):
        tasks.erase_leavers()


def test_nothing_with_a_name_or_an_address_is_left(
    ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    fill(ann)
    assert "annabella" in everything()
    leaving.leave(ann)

    with django_capture_on_commit_callbacks(execute=True):
        erase_all()

    # Somebody else's name, which begins like theirs.
    DeadLetter.objects.get(arguments__subject="Annabellas follow you.").delete()
    left = everything()
    assert "annabella" not in left
    assert "bella@example" not in left
    assert not User.objects.filter(pk=ann.pk).exists()
    # What is others' stays: whom they invited, and that something was done.
    assert Invitation.objects.get().invited_by is None
    assert LogEntry.objects.count() == 2
    assert User.objects.filter(username="ben").exists()


def test_their_sessions_are_gone(ann: User) -> None:
    leaving.leave(ann)
    sign_in(Client())
    assert Session.objects.exists()

    erase_all()

    assert not Session.objects.exists()


def test_their_picture_is_gone(ann: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        avatars.choose(ann, avatars.Avatar(tuple(b"picture" for _ in avatars.SIZES)))
    files = [avatars.file_of(avatars.digest_of(ann), size) for size in avatars.SIZES]
    other = default_storage.save("avatars/other.webp", ContentFile(b"x"))
    assert all(map(default_storage.exists, files))
    leaving.leave(ann)

    with django_capture_on_commit_callbacks(execute=True):
        erase_all()

    assert not any(map(default_storage.exists, files))
    assert default_storage.exists(other)


def test_before_the_time_is_up_nothing_is_erased(ann: User) -> None:
    leaving.leave(ann)

    with time_machine.travel(timezone.now() + GRACE - timedelta(minutes=5)):
        tasks.erase_leavers()
        assert erasure.due() == []

    assert erasure.erase(ann.pk) is False
    assert User.objects.filter(pk=ann.pk).exists()


def test_erasing_again_does_nothing(ann: User) -> None:
    leaving.leave(ann)
    erase_all()

    erase_all()

    assert erasure.erase(ann.pk) is False


def test_who_decides_to_stay_at_the_last_moment_stays(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving.leave(ann)
    # Between the question who is due and the end of it.
    monkeypatch.setattr(erasure.avatars, "clear", lambda member: leaving.stay(member))

    erase_all()

    assert User.objects.present().filter(pk=ann.pk).exists()


def test_the_last_admin_is_not_erased(ann: User, caplog: Any) -> None:
    User.objects.filter(pk=ann.pk).update(is_superuser=True, leaves_at=timezone.now())

    erase_all()

    assert User.objects.filter(pk=ann.pk).exists()
    assert "The last admin is not erased" in caplog.text


def test_others_are_erased_all_the_same(ann: User) -> None:
    ben = make_user(leaves_at=timezone.now())
    User.objects.filter(pk=ann.pk).update(is_superuser=True, leaves_at=timezone.now())

    erase_all()

    assert not User.objects.filter(pk=ben.pk).exists()
