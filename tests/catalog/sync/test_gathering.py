"""Gathering errands: what is popular, on a chart, tracked or old, and nothing that is fresh."""

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog.models import Errand, Title, Urgency
from catalog.sync import gathering
from catalog.sync.errands import want
from catalog.sync.gathering import gather_due, sync_popular_lists, track, want_charts
from tests.catalog.tmdb.answers import listed, page
from tests.catalog.tmdb.answers.served import Served, client
from tests.make import make_chart, make_collection, make_person, make_show, make_title

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def wanted(urgency: Urgency) -> set[tuple[str, int]]:
    assert set(Errand.objects.values_list("urgency", flat=True)) <= {urgency}
    return set(Errand.objects.values_list("kind", "tmdb_id"))


# --- What is popular or on a chart ----------------------------------------------------------------
def test_what_is_popular_and_not_fresh_is_wanted() -> None:
    make_title(tmdb_id=1)
    make_title(tmdb_id=2, refresh_at=PAST)
    make_title(tmdb_id=3, details_at=None)
    answers = {
        "movie/popular": page(*(listed(n) for n in (1, 2, 3, 4))),
        "tv/popular": page(listed(8, "name")),
    }
    run = sync_popular_lists(client(Served(answers)), pages=2)
    assert wanted(Urgency.CHART) == {("movie", 2), ("movie", 3), ("movie", 4), ("tv", 8)}
    assert (run.state, run.asked, run.fresh, run.done, run.total) == ("done", 4, 1, 4, 4)
    assert Title.objects.filter(tmdb_id=4, kind="movie").exists()


def test_a_page_that_is_not_told_costs_that_page_only() -> None:
    answers: dict[str, Any] = {"movie/popular": page(listed(1)), "tv/popular": 404}
    run = sync_popular_lists(client(Served(answers)), pages=1)
    assert wanted(Urgency.CHART) == {("movie", 1)}
    assert (run.state, run.failed) == ("partial", 1)


def test_what_stands_on_a_chart_is_wanted_before_anybody_opens_it() -> None:
    titles = [
        make_title(tmdb_id=1),
        make_title(tmdb_id=2, refresh_at=PAST),
        make_title(tmdb_id=3, details_at=None),
        make_title(tmdb_id=4, details_at=None, hidden_at=PAST),
    ]
    make_title(tmdb_id=5, refresh_at=PAST)
    make_chart(*titles)
    make_chart(*titles[1:], name="trending_day")
    want_charts()
    assert wanted(Urgency.CHART) == {("movie", 2), ("movie", 3)}


# --- What upper apps name -------------------------------------------------------------------------
def test_what_is_tracked_is_wanted_unless_it_is_fresh_or_dropped() -> None:
    make_title(tmdb_id=1)
    make_title(tmdb_id=2, refresh_at=PAST)
    make_show(tmdb_id=2)
    make_title(tmdb_id=3, hidden_at=PAST)
    assert track([("movie", 1), ("movie", 2), ("tv", 2), ("movie", 3), ("movie", 4)]) == 2
    assert wanted(Urgency.TRACKED) == {("movie", 2), ("movie", 4)}


def test_what_is_no_title_is_not_tracked() -> None:
    assert track([("person", 61), ("nonsense", 1)]) == 0


# --- What is old ----------------------------------------------------------------------------------
def test_what_is_old_is_wanted() -> None:
    make_title(tmdb_id=1, refresh_at=PAST)
    make_show(tmdb_id=2, refresh_at=PAST)
    make_title(tmdb_id=3)
    make_title(tmdb_id=4, refresh_at=PAST, hidden_at=PAST)
    make_person(tmdb_id=61, refresh_at=PAST)
    make_person(tmdb_id=62)
    make_collection(tmdb_id=31)
    make_collection(tmdb_id=32, refresh_at=datetime(2100, 1, 1, tzinfo=UTC))
    assert gather_due() == 4
    due = {("movie", 1), ("tv", 2), ("person", 61), ("collection", 31)}
    assert wanted(Urgency.AGE) == due


def test_what_is_an_errand_already_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "TITLES_AT_ONCE", 1)
    make_title(tmdb_id=1, refresh_at=PAST)
    make_title(tmdb_id=2, refresh_at=datetime(2021, 1, 1, tzinfo=UTC))
    gather_due()
    Errand.objects.update(given_up_at=PAST)
    gather_due()
    assert wanted(Urgency.AGE) == {("movie", 1), ("movie", 2)}


def test_while_enough_of_it_waits_no_more_is_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "FEW", 2)
    make_title(tmdb_id=1, refresh_at=PAST)
    want([("movie", 8), ("movie", 9)], Urgency.AGE)
    assert gather_due() == 0
    Errand.objects.filter(tmdb_id=9).delete()
    assert gather_due() == 1
