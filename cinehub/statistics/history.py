"""How much somebody has watched, and when."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, Q, Subquery, Sum
from django.db.models.functions import Coalesce, NullIf

from catalog.models import Kind
from cinehub.statistics.span import Span
from lists.models import Viewing

FILM = Q(episode=None)
# An episode is as long as TMDB says, or as they are usually.
MINUTES = Coalesce(NullIf("episode__runtime", 0), "title__runtime", 0)


class Day(NamedTuple):
    """None is what nobody remembers the day of."""

    on: date | None
    films: int
    episodes: int
    minutes: int

    @property
    def viewings(self) -> int:
        return self.films + self.episodes


class Part(NamedTuple):
    """A month, a weekday (Monday is 0) or a year, and what was watched in it."""

    at: int
    viewings: int
    minutes: int


class Streak(NamedTuple):
    """Days in a row on which something was watched."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Distinct:
    """Films and episodes watched for the first time, and the days of the whole history."""

    films: int
    episodes: int
    since: date | None
    until: date | None


class Often(NamedTuple):
    """A title, and what was watched of it."""

    title: int
    kind: str
    viewings: int
    minutes: int


class Moment(NamedTuple):
    """A viewing at an end of the history; an episode has numbers."""

    title: int
    on: date | None
    season: int | None = None
    number: int | None = None


def by_day(span: Span) -> list[Day]:
    """In order, what nobody remembers first."""
    days = (
        span.viewings.order_by()
        .values("watched_on")
        .annotate(films=Count("pk", filter=FILM), episodes=Count("episode"), minutes=Sum(MINUTES))
        .order_by(F("watched_on").asc(nulls_first=True))
    )
    return [Day(*row) for row in days.values_list("watched_on", "films", "episodes", "minutes")]


def distinct(span: Span) -> Distinct:
    """What was new in the span is what is distinct until its end and was not before it."""
    until = Q(watched_on=None) | Q(watched_on__lte=span.last)
    found = Viewing.objects.filter(user=span.member).aggregate(
        films=Count("title", distinct=True, filter=FILM & until),
        episodes=Count("episode", distinct=True, filter=until),
        films_before=Count("title", distinct=True, filter=FILM & span.earlier),
        episodes_before=Count("episode", distinct=True, filter=span.earlier),
        since=Min("watched_on"),
        until=Max("watched_on"),
    )
    return Distinct(
        films=found["films"] - found["films_before"],
        episodes=found["episodes"] - found["episodes_before"],
        since=found["since"],
        until=found["until"],
    )


def often(span: Span) -> list[Often]:
    """All shows, and films that were watched more than once; the most watched first."""
    rows = (
        span.viewings.order_by()
        .values("title", "title__kind")
        .annotate(viewings=Count("pk"), minutes=Sum(MINUTES))
        .filter(Q(viewings__gt=1) | Q(title__kind=Kind.TV))
        .order_by("-viewings", "-minutes", "title")
    )
    return [Often(*row) for row in rows.values_list("title", "title__kind", "viewings", "minutes")]


def ends(span: Span) -> tuple[list[Moment], list[Moment]]:
    """The first film and the last, the first episode and the last; one where they are the same."""
    known = span.viewings.filter(watched_on__isnull=False)
    films, episodes = known.filter(FILM), known.exclude(FILM)
    wanted = Q()
    for rows in (films, episodes):
        for order in (("watched_at", "pk"), ("-watched_at", "-pk")):
            wanted |= Q(pk=Subquery(rows.order_by(*order).values("pk")[:1]))
    found = (
        Viewing.objects.filter(wanted)
        .order_by("watched_at", "pk")
        .values_list("title", "watched_on", "episode__season__number", "episode__number")
    )
    moments = [Moment(*row) for row in found]
    return (
        [one for one in moments if one.season is None],
        [one for one in moments if one.season is not None],
    )


def months(days: Iterable[Day]) -> list[Part]:
    return _parts(days, lambda on: on.month, range(1, 13))


def weekdays(days: Iterable[Day]) -> list[Part]:
    return _parts(days, lambda on: on.weekday(), range(7))


def years(days: Sequence[Day]) -> list[Part]:
    """Those between without anything, too."""
    known = [day.on.year for day in days if day.on]
    return _parts(days, lambda on: on.year, range(known[0], known[-1] + 1) if known else ())


def streaks(days: Iterable[date]) -> list[Streak]:
    """In order: as long as days follow each other, day and place in the row grow alike."""
    numbered = enumerate(sorted(days))
    runs = (
        [day for _n, day in run]
        for _begin, run in groupby(numbered, key=lambda each: each[1] - timedelta(days=each[0]))
    )
    return [Streak(run[0], run[-1]) for run in runs]


def longest(found: Sequence[Streak]) -> Streak | None:
    """The latest of those."""
    return max(found, key=lambda one: (one.days, one.last), default=None)


def running(found: Sequence[Streak], today: date) -> Streak | None:
    """Today may still be to come."""
    last = found[-1] if found else None
    return last if last and last.last >= today - timedelta(days=1) else None


def busiest(days: Iterable[Day]) -> Day | None:
    """The first of those on which most was watched."""
    return max(days, key=lambda day: (day.viewings, day.minutes), default=None)


def _parts(days: Iterable[Day], part: Callable[[date], int], parts: Iterable[int]) -> list[Part]:
    viewings, minutes = Counter[int](), Counter[int]()
    for day in days:
        if day.on:
            viewings[part(day.on)] += day.viewings
            minutes[part(day.on)] += day.minutes
    return [Part(at, viewings[at], minutes[at]) for at in parts]
