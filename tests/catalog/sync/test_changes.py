"""TMDB's changes feed: what it names is wanted once, and what has not changed is not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from catalog.models import ChangesCursor, Errand, Person, Title, Urgency
from catalog.sync.changes import DAYS_TOLD, sync_changes
from catalog.tmdb.sample import SampleAdapter
from tests.catalog.tmdb.answers.served import Served, client
from tests.make import make_person, make_show, make_title

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Feed:
    """TMDB's lists of what changed, day by day, the latest first."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.days: dict[tuple[str, str], list[int]] = {}
        paths = {f"{kind}/changes": self._answer(kind) for kind in ("movie", "tv", "person")}
        self.served = Served(paths)

    def change(self, *ids: int, kind: str = "movie", days_ago: int = 0) -> None:
        """One after the other."""
        day = f"{timezone.now() - days_ago * DAY:%Y-%m-%d}"
        for pk in ids:
            listed = self.days.setdefault((kind, day), [])
            listed[:] = [pk, *(other for other in listed if other != pk)]

    def read(self) -> set[int]:
        """One cycle; what it wants. Nothing is fetched by it."""
        Errand.objects.all().delete()
        run = sync_changes(client(self.served))
        assert run.state == "done", run.error
        assert set(Errand.objects.values_list("urgency", flat=True)) <= {Urgency.CHANGED}
        return set(Errand.objects.values_list("tmdb_id", flat=True))

    def later(self, by: timedelta) -> None:
        self.clock.shift(by)

    def _answer(self, kind: str) -> Any:
        def page(params: dict[str, str]) -> Any:
            assert params["start_date"] == params["end_date"]
            ids = self.days.get((kind, params["start_date"]), [])
            number = int(params["page"])
            some = ids[(number - 1) * 100 : number * 100]
            results = [{"id": pk, "adult": None} for pk in some]
            return {"results": results, "page": number, "total_pages": -(-len(ids) // 100)}

        return page


@pytest.fixture
def feed() -> Iterator[Feed]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Feed(clock)


def held(*ids: int, **values: Any) -> None:
    for pk in ids:
        make_title(**{"tmdb_id": pk, "fetched_at": NOON - 3 * DAY} | values)


def fetch(*ids: int) -> None:
    """As errands do: now."""
    Title.objects.filter(tmdb_id__in=ids).update(fetched_at=timezone.now())


# --- What is wanted -------------------------------------------------------------------------------
def test_what_is_held_in_full_and_named_is_wanted(feed: Feed) -> None:
    held(1, 2)
    held(3, details_at=None)
    feed.change(1, 3, 9)
    feed.change(2, days_ago=1)
    assert feed.read() == {1, 2}


def test_shows_and_people_are_read_about_too(feed: Feed) -> None:
    make_show(tmdb_id=8, fetched_at=NOON - DAY)
    make_person(tmdb_id=61, details_at=NOON, fetched_at=NOON - DAY)
    make_person(tmdb_id=62)
    held(8)
    feed.change(8, kind="tv")
    feed.change(61, 62, kind="person")
    feed.read()
    assert set(Errand.objects.values_list("kind", "tmdb_id")) == {("tv", 8), ("person", 61)}


def test_a_second_cycle_with_nothing_new_wants_nothing(feed: Feed) -> None:
    held(1, 2)
    feed.change(1, 2)
    assert feed.read() == {1, 2}
    fetch(1, 2)
    for _ in range(3):
        feed.later(HOUR)
        assert feed.read() == set()


def test_what_was_wanted_and_not_fetched_is_still_wanted(feed: Feed) -> None:
    held(1)
    feed.change(1)
    feed.read()
    for _ in range(2):
        feed.later(HOUR)
        assert feed.read() == {1}


def test_what_is_new_in_the_list_is_wanted_though_it_is_young(feed: Feed) -> None:
    held(1, 2)
    feed.change(1)
    feed.read()
    fetch(1, 2)
    feed.later(HOUR)
    feed.change(2)
    assert feed.read() == {2}


def test_what_changes_again_moves_ahead_and_is_wanted_again(feed: Feed) -> None:
    held(1, 2, 3, 4)
    feed.change(1, 2, 3, 4)
    feed.read()
    fetch(1, 2, 3, 4)
    feed.later(HOUR)
    feed.change(2, 9)
    assert feed.read() == {2}


def test_a_day_that_is_over_counts_whole(feed: Feed) -> None:
    held(1, 2)
    feed.change(1)
    feed.read()
    fetch(1)
    # Changed a second time at once: the list looks the same.
    feed.later(13 * HOUR)
    fetch(2)
    feed.change(2, days_ago=1)
    assert feed.read() == {1}


def test_the_next_day_begins_with_an_empty_list(feed: Feed) -> None:
    held(1)
    feed.change(1)
    feed.read()
    feed.later(DAY)
    fetch(1)
    feed.change(1)
    feed.later(HOUR)
    assert feed.read() == {1}


def test_a_dropped_title_is_asked_about_again_only_when_it_is_named_again(feed: Feed) -> None:
    held(1, hidden_at=NOON - DAY)
    feed.change(1)
    assert feed.read() == {1}
    fetch(1)
    assert feed.read() == set()


def test_a_long_list_is_read_page_by_page(feed: Feed) -> None:
    held(1, 250)
    feed.change(*range(1, 251))
    assert feed.read() == {1, 250}
    assert feed.served.times["movie/changes"] == 4


# --- How far it was read --------------------------------------------------------------------------
def test_each_day_since_the_last_read_is_asked_about_and_that_day_again(feed: Feed) -> None:
    feed.read()
    feed.served.asked.clear()
    feed.later(3 * DAY)
    feed.read()
    days = [asked.params["start_date"] for asked in feed.served.asked if "movie" in asked.path]
    assert days == ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]


def test_after_a_long_downtime_the_rest_is_left_to_age(feed: Feed) -> None:
    feed.read()
    feed.later(30 * DAY)
    held(1, fetched_at=NOON, refresh_at=NOON + 90 * DAY)
    held(2, fetched_at=NOON + 29 * DAY, refresh_at=NOON + 90 * DAY)
    make_person(tmdb_id=61, details_at=NOON, fetched_at=NOON, refresh_at=NOON + 90 * DAY)
    feed.served.asked.clear()
    feed.read()
    assert feed.served.times["movie/changes"] == DAYS_TOLD
    assert [title.tmdb_id for title in Title.objects.due()] == [1]
    assert Person.objects.due().count() == 1


def test_a_feed_that_breaks_off_is_read_again_from_where_it_was(feed: Feed) -> None:
    held(1)
    feed.read()
    before = ChangesCursor.objects.get(pk="movie")
    feed.change(1)
    whole = feed.served.answers["movie/changes"]
    feed.served.answers["movie/changes"] = {"results": "nonsense"}
    feed.later(HOUR)
    run = sync_changes(client(feed.served))
    assert run.state == "failed"
    assert ChangesCursor.objects.get(pk="movie").read_at == before.read_at
    feed.served.answers["movie/changes"] = whole
    assert feed.read() == {1}


def test_a_clock_that_was_ahead_does_no_harm(feed: Feed) -> None:
    feed.read()
    ChangesCursor.objects.update(day=(NOON + 9 * DAY).date())
    held(1)
    feed.change(1)
    assert feed.read() == {1}


def test_in_the_sample_nothing_ever_changes() -> None:
    run = sync_changes(client(SampleAdapter()))
    assert (run.state, run.updated) == ("done", 0)
