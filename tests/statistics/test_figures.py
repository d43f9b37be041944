"""What a history comes to, against small ones that were counted by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.records import touch
from catalog.models import Country, Episode, Language, Title
from cinehub.statistics import Figures, figures_of
from cinehub.statistics.history import Streak, streaks
from lists.models import Viewing
from lists.when import When
from reviews.models import Rating, Tally
from tests.make import (
    make_credit,
    make_episode,
    make_genre,
    make_person,
    make_season,
    make_show,
    make_title,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", time_zone="Europe/Berlin")


def watched(
    member: User, title: Title, on: str | datetime | None = None, episode: Episode | None = None
) -> Viewing:
    """On a day, at an instant, or nobody remembers when."""
    when = When.unknown()
    if isinstance(on, datetime):
        when = When.instant(on, member)
    elif on:
        when = When.day(date.fromisoformat(on))
    return Viewing.objects.create(
        user=member,
        title=title,
        episode=episode,
        precision=when.precision,
        watched_at=when.at,
        watched_on=when.on,
    )


def rated(member: User, title: Title, value: str, at: datetime | None = None) -> Rating:
    values = {"rated_at": at} if at else {}
    return Rating.objects.create(user=member, title=title, value=Decimal(value), **values)


def tallied(title: Title, average: str, count: int = 10) -> None:
    Tally.objects.create(title=title, average=Decimal(average), count=count)


def make_parts(number: int, **values: Any) -> tuple[Title, list[Episode]]:
    show = make_show(**values)
    season = make_season(show, number=2)
    return show, [make_episode(season, number=n, runtime=50) for n in range(1, number + 1)]


def names(shares: list[Any]) -> list[tuple[str, int]]:
    return [(share.name, share.titles) for share in shares]


# --- How much ------------------------------------------------------------------------------------
def test_films_episodes_and_minutes_are_counted(ann: User) -> None:
    show, parts = make_parts(3)
    watched(ann, make_title(runtime=120), "2025-03-01")
    watched(ann, make_title(runtime=90))
    for part in parts:
        watched(ann, show, "2025-03-02", part)

    found = figures_of(ann)

    assert (found.films, found.episodes, found.shows) == (2, 3, 1)
    assert found.minutes == 120 + 90 + 3 * 50


def test_an_episode_of_unknown_length_is_as_long_as_they_are_usually(ann: User) -> None:
    show = make_show(runtime=25)
    season = make_season(show)
    for runtime in (None, 0):
        watched(ann, show, "2025-03-01", make_episode(season, runtime=runtime))

    assert figures_of(ann).minutes == 50


def test_what_has_no_length_at_all_takes_no_time(ann: User) -> None:
    watched(ann, make_title(runtime=None), "2025-03-01")

    assert figures_of(ann).minutes == 0


def test_what_others_watch_counts_for_them(ann: User) -> None:
    film = make_title(runtime=120)
    watched(make_user(), film, "2025-03-01")
    rated(make_user(), film, "8")

    assert figures_of(ann).is_empty


def test_what_is_seen_again_is_a_rewatch(ann: User) -> None:
    film, (show, parts) = make_title(), make_parts(1)
    for day in ("2025-01-01", "2025-01-02", "2025-01-03"):
        watched(ann, film, day)
    for day in ("2025-01-01", "2025-01-02"):
        watched(ann, show, day, parts[0])

    assert figures_of(ann).rewatches == 3


@pytest.mark.parametrize("before", ["2024-12-31", None])
def test_what_was_seen_before_the_year_is_a_rewatch_in_it(ann: User, before: str | None) -> None:
    old, new = make_title(), make_title()
    watched(ann, old, before)
    watched(ann, old, "2025-01-01")
    watched(ann, new, "2025-06-01")
    watched(ann, new, "2026-06-01")

    assert figures_of(ann, 2025).rewatches == 1


def test_a_year_has_its_own_days_alone(ann: User) -> None:
    for day in ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", None):
        watched(ann, make_title(runtime=60), day)

    found = figures_of(ann, 2025)

    assert (found.films, found.minutes, found.day_count) == (2, 120, 2)
    assert [day.on for day in found.days] == [date(2025, 1, 1), date(2025, 12, 31)]


# --- When ----------------------------------------------------------------------------------------
def test_months_weekdays_and_years_are_counted(ann: User) -> None:
    watched(ann, make_title(runtime=60), "2023-03-06")
    watched(ann, make_title(runtime=70), "2025-03-10")
    watched(ann, make_title(runtime=80), "2025-04-01")
    watched(ann, make_title(runtime=90))

    found = figures_of(ann)

    assert {part.at: part[1:] for part in found.months if part.viewings} == {
        3: (2, 130),
        4: (1, 80),
    }
    assert {part.at: part[1:] for part in found.weekdays if part.viewings} == {
        0: (2, 130),
        1: (1, 80),
    }
    assert [(part.at, part.viewings) for part in found.years] == [(2023, 1), (2024, 0), (2025, 2)]


def test_a_day_is_the_one_where_the_member_was(ann: User) -> None:
    """Half past eleven in London on New Year's Eve is another year in Berlin."""
    watched(ann, make_title(), datetime(2024, 12, 31, 23, 30, tzinfo=UTC))

    assert figures_of(ann, 2025).films == 1
    assert figures_of(ann, 2024).films == 0


def test_a_rating_is_of_the_year_that_it_was_where_the_member_is(ann: User) -> None:
    rated(ann, make_title(), "8", datetime(2024, 12, 31, 23, 30, tzinfo=UTC))

    assert figures_of(ann, 2025).opinions.count == 1
    assert figures_of(ann, 2024).opinions.count == 0


@pytest.mark.parametrize(
    ("days", "runs"),
    [
        ([], []),
        ([1], [(1, 1)]),
        ([1, 2, 3], [(1, 3)]),
        ([1, 3, 4, 6], [(1, 1), (3, 4), (6, 6)]),
        ([4, 3], [(3, 4)]),
    ],
)
def test_streaks_are_days_in_a_row(days: list[int], runs: list[tuple[int, int]]) -> None:
    found = streaks(date(2025, 1, day) for day in days)

    assert found == [Streak(date(2025, 1, a), date(2025, 1, b)) for a, b in runs]


def test_a_streak_goes_on_over_the_end_of_a_month(ann: User) -> None:
    for day in ("2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-03"):
        watched(ann, make_title(), day)
        watched(ann, make_title(), day)

    longest = figures_of(ann).longest

    assert longest == Streak(date(2024, 2, 27), date(2024, 3, 1))
    assert longest.days == 4


@pytest.mark.parametrize(
    ("now", "days"),
    [("2025-05-03 21:00", 2), ("2025-05-04 21:00", 2), ("2025-05-05 12:00", None)],
)
def test_a_streak_runs_until_a_day_has_passed(ann: User, now: str, days: int | None) -> None:
    for day in ("2025-05-02", "2025-05-03"):
        watched(ann, make_title(), day)

    with time_machine.travel(f"{now}+00:00", tick=False):
        running = figures_of(ann).running

    assert (running.days if running else None) == days


def test_whether_a_streak_runs_is_asked_where_the_member_is(ann: User) -> None:
    """Half past ten in the evening in London: in Berlin the day after has begun."""
    watched(ann, make_title(), "2025-07-01")

    with time_machine.travel("2025-07-02 22:30+00:00", tick=False):
        assert figures_of(ann).running is None


def test_the_busiest_day_is_the_one_with_most(ann: User) -> None:
    show, parts = make_parts(3)
    watched(ann, make_title(runtime=300), "2025-01-01")
    for part in parts:
        watched(ann, show, "2025-01-02", part)

    busiest = figures_of(ann).busiest

    assert busiest
    assert (busiest.on, busiest.viewings, busiest.minutes) == (date(2025, 1, 2), 3, 150)


def test_firsts_and_lasts_are_of_what_is_dated(ann: User) -> None:
    show, parts = make_parts(2)
    first, last = make_title(), make_title()
    watched(ann, make_title())
    watched(ann, last, "2025-09-01")
    watched(ann, first, "2025-01-01")
    watched(ann, show, "2025-02-01", parts[0])
    watched(ann, show, "2025-02-02", parts[1])

    found = figures_of(ann)

    assert [one.title for one in found.film_ends] == [first.pk, last.pk]
    assert [(one.season, one.number) for one in found.episode_ends] == [(2, 1), (2, 2)]


def test_the_only_film_is_the_first(ann: User) -> None:
    film = make_title()
    watched(ann, film, "2025-09-01")

    assert [one.title for one in figures_of(ann).film_ends] == [film.pk]
    assert figures_of(ann).episode_ends == []


# --- What ----------------------------------------------------------------------------------------
def test_the_most_watched_are_shows_by_episodes_and_films_by_times(ann: User) -> None:
    (little, few), (much, many) = make_parts(1), make_parts(3)
    again, once = make_title(), make_title()
    for show, parts in ((little, few), (much, many)):
        for part in parts:
            watched(ann, show, "2025-01-01", part)
    for film in (again, again, once):
        watched(ann, film, "2025-01-01")

    found = figures_of(ann)

    assert [(one.title, one.viewings) for one in found.top_shows] == [(much.pk, 3), (little.pk, 1)]
    assert [(one.title, one.viewings) for one in found.top_films] == [(again.pk, 2)]


def test_genres_and_countries_count_titles_not_viewings(ann: User) -> None:
    drama, comedy = make_genre(name="Drama"), make_genre(name="Comedy")
    france = Country.objects.create(code="FR", name="France")
    show, parts = make_parts(3)
    film = make_title()
    show.genres.add(drama)
    film.genres.add(drama, comedy)
    film.countries.add(france)
    for part in parts:
        watched(ann, show, "2025-01-01", part)
    watched(ann, film, "2025-01-01")
    watched(ann, film, "2025-01-02")

    taste = figures_of(ann).taste

    assert names(taste.genres) == [("Drama", 2), ("Comedy", 1)]
    assert names(taste.countries) == [("France", 1)]


def test_decades_and_languages_are_counted_apart(ann: User) -> None:
    french = Language.objects.create(code="fr", name="French")
    german = Language.objects.create(code="de", name="German")
    for year, language in ((1959, french), (1950, french), (1960, german), (None, None)):
        watched(ann, make_title(year=year, original_language=language), "2025-01-01")

    taste = figures_of(ann).taste

    assert taste.decades == [(1950, 2), (1960, 1)]
    assert names(taste.languages) == [("French", 2), ("German", 1)]


def test_people_are_those_of_most_titles(ann: User) -> None:
    keanu, lana, extra = (make_person(name=name) for name in ("Keanu", "Lana", "Extra"))
    films = [make_title(), make_title()]
    for film in films:
        watched(ann, film, "2025-01-01")
        watched(ann, film, "2025-01-02")
        make_credit(film, keanu)
        make_credit(film, keanu, character="And his twin")
        make_credit(film, extra, position=15)
    make_credit(films[0], lana, department="Directing", job="Director")
    make_credit(films[1], lana, department="Writing", job="Screenplay")
    make_credit(make_title(), extra)

    taste = figures_of(ann).taste

    assert names(taste.actors) == [("Keanu", 2)]
    assert names(taste.directors) == [("Lana", 1)]


# --- Ratings -------------------------------------------------------------------------------------
def test_ratings_are_counted_by_how_high_they_are(ann: User) -> None:
    show = make_show()
    for title, value in ((make_title(), "0.5"), (make_title(), "10"), (show, "10")):
        rated(ann, title, value)
    season = make_season(show)
    Rating.objects.create(user=ann, title=show, season=season, value=Decimal(1))

    opinions = figures_of(ann).opinions

    assert opinions.count == 3
    assert (opinions.histogram[0], opinions.histogram[1], opinions.histogram[19]) == (1, 0, 2)


def test_ratings_are_compared_with_members_averages(ann: User) -> None:
    more, less, same, alone = (make_title() for _ in range(4))
    for title, value in ((more, "9"), (less, "2"), (same, "6"), (alone, "10")):
        rated(ann, title, value)
    for title, average in ((more, "5"), (less, "8"), (same, "6")):
        tallied(title, average)
    # Nobody else has rated it, so there is nothing to compare.
    tallied(alone, "10", count=1)

    opinions = figures_of(ann).opinions

    assert [(one.title, one.value, one.average) for one in opinions.over] == [(more.pk, 9, 5)]
    assert [(one.title, one.value, one.average) for one in opinions.under] == [(less.pk, 2, 8)]
    assert (opinions.mean, opinions.members) == (Decimal("5.67"), Decimal("6.33"))


def test_without_others_ratings_there_is_nothing_to_compare(ann: User) -> None:
    rated(ann, make_title(), "9")

    assert figures_of(ann).opinions.mean is None


def test_what_was_liked_best_hangs_on_the_wall_first(ann: User) -> None:
    liked, known, bare = (
        make_title(poster_path="/a.jpg", popularity=1),
        make_title(poster_path="/b.jpg", popularity=2),
        make_title(),
    )
    for film in (liked, known, bare):
        watched(ann, film, "2025-01-01")
    rated(ann, liked, "9")

    assert figures_of(ann, 2025).wall == [liked.pk, known.pk]


# --- Kept ----------------------------------------------------------------------------------------
def counted(member: User) -> int:
    return figures_of(member).films


def test_figures_are_worked_out_once(ann: User) -> None:
    watched(ann, make_title(), "2025-01-01")
    counted(ann)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counted(ann) == 1

    assert len(asked) == 0


def test_figures_are_worked_out_anew_when_something_was_written(
    ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    watched(ann, make_title(), "2025-01-01")
    assert counted(ann) == 1

    watched(ann, make_title(), "2025-01-02")
    with django_capture_on_commit_callbacks(execute=True):
        touch(ann.pk)

    assert counted(ann) == 2


def test_what_others_write_throws_nothing_away(
    ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    counted(ann)
    watched(ann, make_title(), "2025-01-02")
    with django_capture_on_commit_callbacks(execute=True):
        touch(make_user().pk)

    assert counted(ann) == 0


def test_figures_are_worked_out_anew_on_another_day(ann: User) -> None:
    with time_machine.travel("2025-07-01 12:00+00:00", tick=False) as clock:
        counted(ann)
        watched(ann, make_title(), "2025-07-01")
        clock.move_to("2025-07-01 22:30+00:00")

        assert counted(ann) == 1


@pytest.mark.parametrize(("keeps", "seconds"), [(True, 86400), (False, 60)])
def test_figures_are_kept_as_long_as_writes_are_heard_of(
    ann: User, settings: Any, monkeypatch: pytest.MonkeyPatch, keeps: bool, seconds: int
) -> None:
    """Without Redis another process's writes are not."""
    kept: list[Any] = []
    monkeypatch.setattr(cache, "set", lambda *told: kept.append(told))
    settings.KEEP_PAGES = keeps

    found: Figures = figures_of(ann)

    assert [(one[1], one[2]) for one in kept] == [(found, seconds)]


def test_more_history_asks_no_more(ann: User) -> None:
    def history(number: int) -> None:
        for n in range(number):
            film = make_title(poster_path="/a.jpg")
            film.genres.add(make_genre())
            make_credit(film)
            watched(ann, film, f"2025-01-{n + 1:02}")
            rated(ann, film, "9")
            tallied(film, "5")
        show, parts = make_parts(number)
        for part in parts:
            watched(ann, show, "2025-02-01", part)

    history(1)
    with CaptureQueriesContext(connection) as few:
        figures_of(ann, 2025)
    history(9)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        figures_of(ann, 2025)

    assert len(few) == len(many)
