"""Beats: one ticks, the others stand by, and the work goes on when it dies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from cinehub.work import beat
from cinehub.work.beat import HELD_SECONDS, LOOK_SECONDS, NAME, RENEW_SECONDS, Scheduler
from cinehub.work.models import Claim
from tests.work.running import messages, works

# The scheduler closes connections as it pleases, which the transaction of a test would not bear.
pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVERY = 5


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Time that passes when a test says so, for the database's claims and for the beats."""
    with time_machine.travel(NOW, tick=False) as travelling:
        monkeypatch.setattr(beat, "monotonic", lambda: datetime.now(UTC).timestamp())
        yield travelling


@pytest.fixture
def periodic(clock: Any) -> PeriodicTask:
    each = IntervalSchedule.objects.create(every=EVERY, period="seconds")
    return PeriodicTask.objects.create(
        name="Try", task=works.name, kwargs='{"n": 1}', interval=each, expire_seconds=EVERY
    )


@pytest.fixture
def a_beat(periodic: PeriodicTask) -> Callable[[], Scheduler]:
    return lambda: Scheduler(app=current_app._get_current_object())


def pass_time(clock: Any, seconds: float, *beats: Scheduler) -> None:
    """All of these tick as often as they ask for, at least once in a second."""
    for _ in range(int(seconds)):
        clock.shift(timedelta(seconds=1))
        for each in beats:
            while each.tick() == 0:
                pass


def test_a_beat_sends_what_is_due(a_beat: Callable[[], Scheduler], clock: Any) -> None:
    pass_time(clock, 3 * EVERY + 1, a_beat())

    assert len(messages("bulk")) == 3


def test_of_two_beats_one_ticks(a_beat: Callable[[], Scheduler], clock: Any) -> None:
    pass_time(clock, 3 * EVERY + 1, a_beat(), a_beat())

    assert len(messages("bulk")) == 3


def test_another_takes_over_within_a_minute_of_a_death(
    a_beat: Callable[[], Scheduler], clock: Any
) -> None:
    killed, other = a_beat(), a_beat()
    pass_time(clock, EVERY + 1, killed, other)
    messages("bulk")

    pass_time(clock, HELD_SECONDS + LOOK_SECONDS + EVERY, other)

    assert messages("bulk")
    assert other.is_ticking


def test_another_takes_over_at_once_from_one_that_ends_in_order(
    a_beat: Callable[[], Scheduler], clock: Any
) -> None:
    ending, other = a_beat(), a_beat()
    pass_time(clock, EVERY, ending, other)

    ending.close()
    pass_time(clock, RENEW_SECONDS + 1, other)

    assert other.is_ticking


def test_who_takes_over_does_not_repeat_what_was_done(
    a_beat: Callable[[], Scheduler], clock: Any, periodic: PeriodicTask
) -> None:
    first, other = a_beat(), a_beat()
    periodic.interval = IntervalSchedule.objects.create(every=600, period="seconds")
    periodic.save()
    pass_time(clock, 601, first, other)
    first.close()

    pass_time(clock, 60, other)

    assert len(messages("bulk")) == 1


def test_who_was_thought_dead_stops_ticking(a_beat: Callable[[], Scheduler], clock: Any) -> None:
    stuck, other = a_beat(), a_beat()
    pass_time(clock, 1, stuck)
    pass_time(clock, HELD_SECONDS + RENEW_SECONDS, other)

    pass_time(clock, 1, stuck)

    assert (stuck.is_ticking, other.is_ticking) == (False, True)
    assert Claim.objects.get(name=NAME).owner == other.owner


def test_who_stands_by_writes_nothing(a_beat: Callable[[], Scheduler], clock: Any) -> None:
    ticking, standing = a_beat(), a_beat()
    pass_time(clock, 1, ticking, standing)

    with CaptureQueriesContext(connection) as asked:
        pass_time(clock, HELD_SECONDS - 2, standing)
        standing.sync()

    assert {query["sql"].split()[0] for query in asked} <= {"SELECT"}


def test_who_stands_by_asks_now_and_then(a_beat: Callable[[], Scheduler], clock: Any) -> None:
    ticking, standing = a_beat(), a_beat()
    pass_time(clock, 1, ticking)

    assert standing.tick() == LOOK_SECONDS


def test_a_change_in_the_database_is_seen_by_the_next_tick(
    a_beat: Callable[[], Scheduler], clock: Any, periodic: PeriodicTask
) -> None:
    ticking = a_beat()
    pass_time(clock, EVERY + 1, ticking)
    messages("bulk")

    periodic.enabled = False
    periodic.save()
    pass_time(clock, 3 * EVERY, ticking)

    assert messages("bulk") == []


def test_without_the_database_a_beat_waits_and_goes_on(
    a_beat: Callable[[], Scheduler], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away(*_: Any, **__: Any) -> bool:
        raise OperationalError("the database is away")

    ticking = a_beat()
    pass_time(clock, 1, ticking)
    with monkeypatch.context() as broken:
        broken.setattr(type(Claim.objects.all()), "take", is_away)
        clock.shift(timedelta(seconds=RENEW_SECONDS + 1))
        assert ticking.tick() == RENEW_SECONDS
        assert not ticking.is_ticking

    pass_time(clock, RENEW_SECONDS + EVERY + 1, ticking)

    assert ticking.is_ticking
    assert messages("bulk")


def test_the_next_turn_is_written_down_with_each_message(
    a_beat: Callable[[], Scheduler], clock: Any, periodic: PeriodicTask
) -> None:
    pass_time(clock, EVERY + 1, a_beat())

    periodic.refresh_from_db()
    assert periodic.total_run_count == 1
    assert periodic.last_run_at > NOW
