"""How long an answer is good for: daily, weekly or monthly, and never longer than TMDB allows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.sync import ages
from catalog.sync.ages import ask_again
from catalog.tmdb import shapes
from catalog.tmdb.shapes import TitleFacts
from tests.catalog.tmdb.answers import episode, film, show, with_seasons

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
# TMDB's half year, with a month to spare.
AT_MOST = timedelta(days=150)


def released(days_ago: int, tmdb_id: int = 24) -> TitleFacts:
    return shapes.movie(film(tmdb_id, release_date=str(TODAY - timedelta(days=days_ago))))


def aired(*days: date, **changes: str | None) -> TitleFacts:
    episodes = [episode(n, n, air_date=str(day)) for n, day in enumerate(days, 1)]
    told = with_seasons({1: episodes}, 24)
    return shapes.tv(show(24) | told | {"last_air_date": None} | changes)


@pytest.mark.parametrize("days_ago", [0, 1, 30, -1, -30])
def test_what_is_just_out_or_about_to_be_is_asked_about_daily(days_ago: int) -> None:
    assert ask_again(released(days_ago), NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize("days_ago", [31, 200, 365, -31, -365])
def test_what_is_recent_or_coming_is_asked_about_weekly(days_ago: int) -> None:
    assert ask_again(released(days_ago), NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize("days_ago", [366, 36_500])
def test_what_is_old_is_asked_about_monthly(days_ago: int) -> None:
    assert ask_again(released(days_ago), NOW) == NOW + timedelta(days=30)


def test_what_has_no_date_is_asked_about_weekly() -> None:
    assert ask_again(shapes.movie(film(24, release_date="")), NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize("days", [-20, 0, 20])
def test_an_old_show_is_asked_about_daily_while_an_episode_is_near(days: int) -> None:
    facts = aired(date(2010, 1, 1), TODAY + timedelta(days=days), first_air_date="2010-01-01")
    assert ask_again(facts, NOW) == NOW + timedelta(days=1)


def test_a_show_told_without_its_episodes_goes_by_the_day_it_last_aired() -> None:
    facts = aired(first_air_date="2010-01-01", last_air_date=str(TODAY - timedelta(days=2)))
    assert ask_again(facts, NOW) == NOW + timedelta(days=1)


def test_an_ended_show_is_asked_about_monthly() -> None:
    assert ask_again(shapes.tv(show(24)), NOW) == NOW + timedelta(days=30)


def test_what_was_fetched_together_is_not_asked_about_in_the_same_hour() -> None:
    hours = {ask_again(released(9000, tmdb_id), NOW) for tmdb_id in range(1, 25)}
    assert len(hours) == 24


@pytest.mark.parametrize("days_ago", [-400_000, -3000, -300, 0, 300, 3000, 700_000])
@pytest.mark.parametrize("tmdb_id", [1, 23, 24, 2**62])
def test_nothing_is_kept_as_long_as_tmdb_allows(days_ago: int, tmdb_id: int) -> None:
    assert NOW < ask_again(released(days_ago, tmdb_id), NOW) <= NOW + AT_MOST


@pytest.mark.parametrize("name", ["PERSON_DAYS", "COLLECTION_DAYS", "TERM_DAYS", "STUB_DAYS"])
def test_nor_is_anything_else(name: str) -> None:
    assert timedelta(days=getattr(ages, name)) <= AT_MOST
