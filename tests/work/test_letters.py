"""Dead letters: queued again once, dismissed, and never lost while the broker is away."""

from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import NotRegistered
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from cinehub.work import letters
from cinehub.work.models import DeadLetter
from tests.work.running import messages, works

pytestmark = pytest.mark.django_db


def make_letter(**fields: Any) -> DeadLetter:
    values = {
        "task_id": "one",
        "task": works.name,
        "queue": "images",
        "arguments": {"n": 7},
        "died_at": timezone.now(),
    }
    return DeadLetter.objects.create(**values | fields)


def retry(letter: DeadLetter, committing: Any) -> None:
    with committing(execute=True):
        letters.retry(letter)


def test_a_retried_letter_is_the_same_task_in_the_same_queue(
    django_capture_on_commit_callbacks: Any,
) -> None:
    letter = make_letter()

    retry(letter, django_capture_on_commit_callbacks)

    [message] = messages("images")
    assert message.headers["task"] == works.name
    assert message.payload[1] == {"n": 7}
    letter.refresh_from_db()
    assert letter.settled_at
    assert not DeadLetter.objects.open().exists()


def test_a_letter_is_not_queued_before_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks():
        letters.retry(make_letter())

    assert messages("images") == []


def test_a_letter_is_queued_once_however_often_the_button_is_pressed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    letter = make_letter()

    for _ in range(2):
        retry(letter, django_capture_on_commit_callbacks)

    assert len(messages("images")) == 1


@pytest.mark.parametrize("error", [OperationalError("no broker"), NotRegistered("gone")])
def test_a_letter_that_cannot_be_queued_stays_open(
    error: Exception, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(letters, "send", refuse)
    letter = make_letter()

    with pytest.raises(type(error)):
        retry(letter, django_capture_on_commit_callbacks)

    assert list(DeadLetter.objects.open()) == [letter]


def test_a_letter_of_a_task_that_is_no_more_stays_open(
    django_capture_on_commit_callbacks: Any,
) -> None:
    letter = make_letter(task="catalog.tasks.titles.of_last_year")

    with pytest.raises(NotRegistered):
        retry(letter, django_capture_on_commit_callbacks)

    assert list(DeadLetter.objects.open()) == [letter]


def test_a_dismissed_letter_is_not_open_and_not_queued() -> None:
    letter = make_letter()

    letters.dismiss(letter)

    assert not DeadLetter.objects.open().exists()
    assert messages("images") == []


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (91, False)])
def test_a_letter_is_kept_for_ninety_days_after_somebody_has_seen_to_it(
    days: int, is_kept: bool
) -> None:
    make_letter(settled_at=timezone.now() - timedelta(days=days))

    assert DeadLetter.objects.outdated().exists() is not is_kept


def test_a_letter_that_nobody_has_seen_to_is_kept_for_good() -> None:
    long_ago = timezone.now() - timedelta(days=1000)
    make_letter(died_at=long_ago)
    make_letter(task_id="came back", died_at=None)
    DeadLetter.objects.update(first_at=long_ago)

    assert not DeadLetter.objects.outdated().exists()


def test_a_task_that_fails_again_opens_its_letter_again() -> None:
    letter = make_letter(settled_at=timezone.now())

    letters.write(
        "one", task=works.name, queue="images", arguments={"n": 7}, error="again", traceback=""
    )

    assert list(DeadLetter.objects.open()) == [letter]


def test_a_long_traceback_keeps_its_end() -> None:
    told = "x" * 50_000 + "ValueError: this is why"

    with transaction.atomic():
        letters.write("one", task="t", queue="bulk", arguments={}, error="e", traceback=told)

    assert DeadLetter.objects.get().traceback.endswith("this is why")
    assert len(DeadLetter.objects.get().traceback) == letters.LONGEST_TEXT


def test_the_figures_count_open_letters_only() -> None:
    make_letter()
    make_letter(task_id="two", settled_at=timezone.now())
    make_letter(task_id="three", died_at=None)

    assert letters.figures() == {"letters.open": 1.0}
