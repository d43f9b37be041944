"""All figures of a member, worked out once and kept until something of theirs has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

from accounts.models import User
from accounts.records import stamp
from catalog.models import Kind
from cinehub.statistics.history import (
    Day,
    Distinct,
    Moment,
    Often,
    Part,
    Streak,
    busiest,
    by_day,
    distinct,
    ends,
    longest,
    months,
    often,
    running,
    streaks,
    weekdays,
    years,
)
from cinehub.statistics.opinions import Opinions, opinions
from cinehub.statistics.span import Span, span_of
from cinehub.statistics.taste import Taste, taste, wall

Kept = TypeVar("Kept")

# Members' averages and what TMDB says of titles change, too, and throw nothing away.
A_DAY = 24 * 3600
# Where a write is not heard by all processes.
A_MINUTE = 60
TOP = 5
# Another one whenever what is kept looks otherwise: a release reads what the one before has kept.
SHAPE = 1


@dataclass(frozen=True, slots=True)
class Figures:
    year: int | None
    # Of what is dated: in months and weekdays taken together, in years, and of a year its days.
    months: list[Part]
    weekdays: list[Part]
    years: list[Part]
    days: list[Day]
    day_count: int
    films: int
    episodes: int
    minutes: int
    shows: int
    rewatches: int
    history: Distinct
    top_shows: list[Often]
    top_films: list[Often]
    longest: Streak | None
    running: Streak | None
    busiest: Day | None
    film_ends: list[Moment]
    episode_ends: list[Moment]
    taste: Taste
    opinions: Opinions
    wall: list[int]

    @property
    def viewings(self) -> int:
        return self.films + self.episodes

    @property
    def is_empty(self) -> bool:
        return not self.viewings and not self.opinions.count


def figures_of(member: User, year: int | None = None) -> Figures:
    """Of a year, or of all time."""
    return kept(member, year, "figures", _worked_out)


def kept(member: User, year: int | None, what: str, work_out: Callable[[Span], Kept]) -> Kept:
    """What is worked out of a span, until something of its member's changes."""
    span = span_of(member, year)
    # Asked before: what changes while it is worked out is under another one.
    of = (SHAPE, span.member, span.year, span.today, span.zone, stamp(span.member))
    key = f"statistics-{what}-{'-'.join(map(str, of))}"
    found: Kept | None = cache.get(key)
    if found is None:
        found = work_out(span)
        cache.set(key, found, A_DAY if settings.KEEP_PAGES else A_MINUTE)
    return found


def _worked_out(span: Span) -> Figures:
    days, new, titles = by_day(span), distinct(span), often(span)
    dated = [day for day in days if day.on]
    runs = streaks(day.on for day in dated if day.on)
    shows = [one for one in titles if one.kind == Kind.TV]
    films, episodes = sum(day.films for day in days), sum(day.episodes for day in days)
    film_ends, episode_ends = ends(span)
    return Figures(
        year=span.year,
        months=months(dated),
        weekdays=weekdays(dated),
        years=years(dated),
        days=dated if span.year else [],
        day_count=len(dated),
        films=films,
        episodes=episodes,
        minutes=sum(day.minutes for day in days),
        shows=len(shows),
        rewatches=films + episodes - new.films - new.episodes,
        history=new,
        top_shows=shows[:TOP],
        top_films=[one for one in titles if one.kind == Kind.MOVIE][:TOP],
        longest=longest(runs),
        running=running(runs, span.today),
        busiest=busiest(dated),
        film_ends=film_ends,
        episode_ends=episode_ends,
        taste=taste(span),
        opinions=opinions(span),
        wall=wall(span) if span.year else [],
    )
