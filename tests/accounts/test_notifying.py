"""The one door to a member's bell."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from accounts import notifying
from accounts.choosing import Way, choose
from accounts.models import Block, Kind, Mail, Mute, Notification, User
from accounts.notifying import notify
from tests.make import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def ben() -> User:
    return make_user(username="ben")


def follows(recipient: User, actor: User | None, **values: Any) -> Notification | None:
    values = {"kind": Kind.FOLLOW, "text": "Ben follows you.", "url": "/@ben"} | values
    return notify(recipient=recipient, actor=actor, **values)


def test_what_happened_is_told_once(ann: User, ben: User) -> None:
    told = follows(ann, ben)

    assert ann.notifications.get() == told
    assert (told.actor, told.kind, told.text, told.url) == (
        ben,
        "follow",
        "Ben follows you.",
        "/@ben",
    )
    assert (told.text, told.read_at) == ("Ben follows you.", None)


def test_nobody_is_told_what_they_did_themselves(ann: User) -> None:
    assert follows(ann, ann) is None
    assert not Notification.objects.exists()


@pytest.mark.parametrize("blocker", ["ann", "ben"])
def test_who_blocks_or_is_blocked_tells_nothing(ann: User, ben: User, blocker: str) -> None:
    one, other = (ann, ben) if blocker == "ann" else (ben, ann)
    Block.objects.create(blocker=one, blocked=other)

    assert follows(ann, ben) is None


def test_who_is_muted_tells_nothing_but_hears(ann: User, ben: User) -> None:
    Mute.objects.create(muter=ann, muted=ben)

    assert follows(ann, ben) is None
    assert follows(ben, ann)


def test_a_kind_that_was_turned_off_is_not_told(ann: User, ben: User) -> None:
    choose(ann, {Kind.FOLLOW: Way(False, Mail.OFF)})

    assert follows(ann, ben) is None
    assert follows(ann, ben, kind=Kind.LIKE)


def test_what_is_for_the_mail_alone_does_not_stand_on_the_page(ann: User, ben: User) -> None:
    choose(ann, {Kind.FOLLOW: Way(False, Mail.DAILY)})

    follows(ann, ben)

    assert not ann.notifications.on_site().exists()
    assert ann.notifications.get().mail == Mail.DAILY


@pytest.mark.parametrize("gone", [{"is_active": False}, {"leaves_at": timezone.now()}])
def test_who_is_gone_is_told_nothing(ann: User, ben: User, gone: dict[str, Any]) -> None:
    User.objects.filter(pk=ann.pk).update(**gone)

    assert follows(ann, ben) is None


def test_what_happens_to_an_account_cannot_be_turned_off(ann: User) -> None:
    choose(ann, {Kind.SECURITY: Way(False, Mail.OFF)})

    told = follows(ann, None, kind=Kind.SECURITY)

    assert told
    assert (told.is_on_site, told.mail) == (True, Mail.AT_ONCE)
    assert not ann.choices.exists()


def test_what_is_told_again_before_it_was_read_is_renewed(ann: User, ben: User) -> None:
    first = follows(ann, ben)
    Notification.objects.update(created_at=timezone.now() - timedelta(days=3))

    again = follows(ann, ben, text="Benny follows you.")

    assert first == again == ann.notifications.get()
    kept = ann.notifications.get()
    assert kept.text == "Benny follows you."
    assert timezone.now() - kept.created_at < timedelta(minutes=1)


def test_what_was_read_is_told_anew(ann: User, ben: User) -> None:
    follows(ann, ben)
    ann.notifications.update(read_at=timezone.now())

    follows(ann, ben)

    assert ann.notifications.count() == 2


def test_two_who_do_the_same_are_both_told(ann: User, ben: User) -> None:
    follows(ann, ben)
    follows(ann, make_user())

    assert ann.notifications.count() == 2


def test_the_text_is_in_the_recipient_s_language(ann: User, ben: User) -> None:
    User.objects.filter(pk=ann.pk).update(language="de")

    with translation.override("en"):
        told = follows(ann, ben, text=gettext_lazy("Yes"))
        assert translation.get_language() == "en"

    assert told
    assert told.text == "Ja"


def test_a_long_text_is_cut(ann: User, ben: User) -> None:
    told = follows(ann, ben, text=lazystr("x" * 400))

    assert told
    assert len(told.text) == 300
    assert told.text.endswith("…")


def test_pages_that_are_open_hear_how_many_are_unread(
    ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(
        notifying.live, "publish", lambda group, kind, **facts: heard.append((group, kind, facts))
    )

    follows(ann, ben)
    follows(ann, ben, kind=Kind.LIKE)

    assert heard == [
        (f"user.{ann.pk}", "notified", {"unread": 1}),
        (f"user.{ann.pk}", "notified", {"unread": 2}),
    ]
