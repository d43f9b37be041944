"""Mails about what has happened: at once, or in the morning, and once only."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts import digest, mailing, tasks
from accounts.choosing import Way, choose
from accounts.models import Kind, Mail, Notification, User
from accounts.models.notices import KEPT, KEPT_OFF_SITE
from accounts.notifying import notify
from tests.make import make_user

pytestmark = pytest.mark.django_db

# Eight in the morning in UTC; in Berlin it is ten, in New York four, in Auckland eight at night.
EIGHT = datetime(2026, 7, 1, 8, 5, tzinfo=UTC)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[EmailMultiAlternatives]:
    """Mails that were handed to the post."""
    found: list[EmailMultiAlternatives] = []
    monkeypatch.setattr(mailing, "post", found.append)
    return found


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom mails that were queued are for."""
    found: list[str] = []
    monkeypatch.setattr(
        tasks.send_mail,
        "delay",
        lambda subject, sealed: found.extend(tasks.mails.unpack(sealed).to),
    )
    return found


def make_member(**values: Any) -> User:
    """Whose address is confirmed."""
    member = make_user(**values)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    return member


def tell(member: User, text: str = "Ben follows you.", **values: Any) -> Notification:
    values = {"kind": Kind.FOLLOW, "url": "/@ben", "mail": Mail.DAILY} | values
    return member.notifications.create(text=text, **values)


# --- At once -------------------------------------------------------------------------------------
def asks(recipient: User, **values: Any) -> Notification | None:
    told = {"kind": Kind.REQUEST, "text": "Ben asks to follow you.", "url": "/@ben"} | values
    return notify(recipient=recipient, actor=make_user(), **told)


def test_what_is_wanted_at_once_is_mailed_at_once(posted: list[EmailMultiAlternatives]) -> None:
    ann = make_member(email="ann@example.org")

    asks(ann)

    (mail,) = posted
    assert mail.to == ["ann@example.org"]
    assert mail.subject == "Ben asks to follow you."
    assert "http://testserver/@ben" in mail.body
    assert "http://testserver/@ben" in str(mail.alternatives[0][0])
    assert ann.notifications.get().mailed_at


def test_what_is_told_again_is_mailed_once(posted: list[EmailMultiAlternatives]) -> None:
    ann, ben = make_member(), make_user()
    for _ in range(3):
        notify(recipient=ann, actor=ben, kind=Kind.REQUEST, text="x", url="/@ben")

    assert len(posted) == 1


def test_nobody_is_mailed_at_an_address_that_is_not_known_to_be_theirs(
    posted: list[EmailMultiAlternatives],
) -> None:
    asks(make_user())

    assert posted == []


def test_what_happens_to_the_account_is_mailed_all_the_same(
    posted: list[EmailMultiAlternatives],
) -> None:
    asks(make_user(), kind=Kind.SECURITY)

    (mail,) = posted
    assert "List-Unsubscribe" not in mail.extra_headers
    assert "/unsubscribe/" not in mail.body


def test_a_mail_can_be_stopped_from_within_it(posted: list[EmailMultiAlternatives]) -> None:
    ann = make_member()
    asks(ann)

    headers = posted[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in posted[0].body
    Client().post(address, {"List-Unsubscribe": "One-Click"})
    assert ann.choices.get(kind=Kind.REQUEST).mail == Mail.OFF


def test_a_mail_is_in_its_reader_s_language(posted: list[EmailMultiAlternatives]) -> None:
    asks(make_member(language="de"))

    assert '<html lang="de"' in str(posted[0].alternatives[0][0])


def test_words_of_others_are_no_markup(posted: list[EmailMultiAlternatives]) -> None:
    asks(make_member(), text="<script>alert(1)</script> follows you.")

    assert "<script" not in str(posted[0].alternatives[0][0])
    assert "<script>" in posted[0].body


# --- In the morning ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "is_morning"),
    [
        ("", True),
        ("UTC", True),
        ("Europe/Berlin", True),
        ("America/New_York", False),
        ("Pacific/Auckland", False),
        ("Nowhere/Atall", False),
    ],
)
@time_machine.travel(EIGHT)
def test_it_comes_in_the_morning_of_one_s_own_day(
    queued: list[str], zone: str, is_morning: bool
) -> None:
    ann = make_member(time_zone=zone)
    tell(ann)

    tasks.send_digests()

    assert queued == ([ann.email] if is_morning else [])


@time_machine.travel(EIGHT)
def test_one_mail_tells_of_several_things(queued: list[str]) -> None:
    ann = make_member()
    for number in range(35):
        tell(ann, f"Number {number} follows you.")

    mail = digest.claim(ann.pk, EIGHT)

    assert mail
    assert mail.subject == "35 notifications from CineHub"
    assert mail.body.count("follows you.") == 30
    assert "And 5 more." in mail.body
    assert not ann.notifications.filter(mailed_at=None).exists()


@time_machine.travel(EIGHT)
def test_whoever_comes_second_finds_nothing_to_mail() -> None:
    ann = make_member()
    tell(ann)

    assert digest.claim(ann.pk, EIGHT)
    assert digest.claim(ann.pk, EIGHT) is None


def test_a_worker_that_died_sends_nothing_a_second_time(
    queued: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = make_member(), make_member()
    with time_machine.travel(EIGHT):
        tell(ann)
        tell(ben)
        usual = tasks.send_mail.delay

        def dies_after_one(subject: str, sealed: str) -> None:
            if queued:
                raise SystemExit
            usual(subject, sealed)

        monkeypatch.setattr(tasks.send_mail, "delay", dies_after_one)
        with pytest.raises(SystemExit):
            tasks.send_digests()
        monkeypatch.setattr(tasks.send_mail, "delay", usual)
        tasks.send_digests()

    assert queued == [ann.email]


def test_nobody_gets_two_in_a_morning_and_everybody_one_in_the_next(queued: list[str]) -> None:
    ann = make_member()
    for hours in (0, 1, 24):
        with time_machine.travel(EIGHT + timedelta(hours=hours)):
            tell(ann)
            tasks.send_digests()

    assert len(queued) == 2


@time_machine.travel(EIGHT)
@pytest.mark.parametrize(
    "values",
    [
        {"read_at": EIGHT},
        {"mailed_at": EIGHT - timedelta(days=1)},
        {"mail": Mail.OFF},
        {"mail": Mail.AT_ONCE},
    ],
)
def test_what_is_no_news_is_not_mailed(queued: list[str], values: dict[str, Any]) -> None:
    tell(make_member(), **values)

    tasks.send_digests()

    assert queued == []


@time_machine.travel(EIGHT)
@pytest.mark.parametrize("gone", [{"is_active": False}, {"leaves_at": EIGHT}])
def test_who_is_gone_is_not_mailed(queued: list[str], gone: dict[str, Any]) -> None:
    ann = make_member()
    tell(ann)
    User.objects.update(**gone)

    tasks.send_digests()

    assert queued == []
    assert digest.claim(ann.pk, EIGHT) is None


@time_machine.travel(EIGHT)
def test_who_has_not_confirmed_their_address_is_not_mailed(queued: list[str]) -> None:
    tell(make_user())
    other = make_user()
    other.emailaddress_set.create(email="old@example.org", verified=True)
    tell(other)

    tasks.send_digests()

    assert queued == []


@time_machine.travel(EIGHT)
def test_they_leave_in_portions(queued: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "DIGESTS_AT_ONCE", 2)
    members = [make_member() for _ in range(3)]
    for member in members:
        tell(member)

    tasks.send_digests()
    assert len(queued) == 2
    tasks.send_digests()

    assert queued == [member.email for member in members]


@time_machine.travel(EIGHT)
def test_more_members_cost_no_more_questions(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        tell(make_member())

    with django_assert_num_queries(1):
        assert len(digest.due(EIGHT, 100)) == 5


def test_who_turned_the_daily_mail_off_gets_none(queued: list[str]) -> None:
    ann = make_member()
    choose(ann, {kind: Way(True, Mail.OFF) for kind in Kind})
    with time_machine.travel(EIGHT):
        notify(recipient=ann, actor=make_user(), kind=Kind.FOLLOW, text="x", url="/")
        tasks.send_digests()

    assert queued == []


# --- What is old ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ago", "values", "is_kept"),
    [
        (KEPT + timedelta(days=1), {"is_read": True}, False),
        (KEPT - timedelta(days=1), {"is_read": True}, True),
        (KEPT + timedelta(days=1), {}, True),
        (KEPT_OFF_SITE + timedelta(days=1), {"is_on_site": False}, False),
        (KEPT_OFF_SITE - timedelta(days=1), {"is_on_site": False}, True),
    ],
)
def test_what_was_read_long_ago_is_gone(
    ago: timedelta, values: dict[str, Any], is_kept: bool
) -> None:
    then = datetime.now(UTC) - ago
    read = then if values.pop("is_read", False) else None
    told = tell(make_user(), read_at=read, **values)
    Notification.objects.update(created_at=then)

    tasks.prune_notifications()

    assert Notification.objects.filter(pk=told.pk).exists() == is_kept


def test_what_could_not_be_mailed_in_time_waits_no_longer() -> None:
    old, new = tell(make_user()), tell(make_user())
    Notification.objects.filter(pk=old.pk).update(created_at=datetime.now(UTC) - timedelta(days=4))

    tasks.prune_notifications()

    assert list(Notification.objects.filter(mail=Mail.DAILY)) == [new]
