"""Figures, written down every few minutes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.models import SyncRun
from cinehub import measuring, tasks
from cinehub.work.models import Measure

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def one_room(monkeypatch: Any) -> None:
    monkeypatch.setattr(measuring, "ROOMS", (lambda: {"queue.mail.depth": 3.0},))


def measured(*moments: datetime, name: str = "letters.open") -> None:
    Measure.objects.bulk_create(Measure(name=name, at=at, value=1) for at in moments)


def moments(name: str) -> list[datetime]:
    return list(Measure.objects.filter(name=name).order_by("at").values_list("at", flat=True))


def test_every_room_has_its_say() -> None:
    names = measuring.figures()

    assert {"errands.open", "letters.open", "mirror.bytes", "tmdb.spent", "sync.failed"} <= {*names}


def test_what_failed_is_told_as_a_share_of_what_was_asked() -> None:
    now = datetime.now(UTC)
    SyncRun.objects.create(kind="charts", asked=30, failed=1, state="partial", finished_at=now)
    SyncRun.objects.create(kind="terms", asked=10, failed=1, state="partial", finished_at=now)
    old = now - timedelta(hours=2)
    SyncRun.objects.create(kind="changes", asked=9, failed=9, state="failed", finished_at=old)

    assert measuring.figures()["sync.failed"] == 5


def test_a_moment_is_measured_once(one_room: None) -> None:
    measuring.record(NOON)
    measuring.record(NOON + timedelta(seconds=59))

    assert list(Measure.objects.values_list("name", "at", "value")) == [
        ("queue.mail.depth", NOON, 3.0)
    ]


def test_after_ninety_days_it_is_forgotten(one_room: None) -> None:
    kept, gone = NOON - timedelta(days=90), NOON - timedelta(days=90, minutes=1)
    measured(kept, gone)

    measuring.record(NOON)

    assert moments("letters.open") == [kept]


def test_after_two_days_the_first_of_every_hour_stays(one_room: None) -> None:
    old = NOON - timedelta(days=3)
    hour = [old + timedelta(minutes=minutes) for minutes in (5, 10, 55)]
    next_hour = [old + timedelta(minutes=60)]
    fresh = [NOON - timedelta(hours=30), NOON - timedelta(hours=30, minutes=5)]
    measured(*hour, *next_hour, *fresh)
    measured(old + timedelta(minutes=20), name="tmdb.spent")

    measuring.record(NOON)

    assert moments("letters.open") == [hour[0], *next_hour, *sorted(fresh)]
    assert moments("tmdb.spent") == [old + timedelta(minutes=20)]


def test_a_worker_measures(one_room: None) -> None:
    tasks.measure()

    assert Measure.objects.count() == 1
