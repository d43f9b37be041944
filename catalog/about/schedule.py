"""What comes out when: films by their release in a country, shows by their episodes.

A month can hold tens of thousands of both, so the database ranks them within each day and hands
out the best known; nobody ever loads a whole month.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Episode, Kind, ReleaseDate, Title
from catalog.models.title import TitleQuerySet

Days = tuple[date, date]
Totals = Mapping[date, int]
# Titles that somebody has chosen; None for all there are.
Among = TitleQuerySet | None

# Lines of what somebody has chosen.
AT_ONCE = 3000

# Where a line of the calendar comes from.
RELEASE, FIRST_RELEASE, EPISODES, FIRST_EPISODE = range(4)


class Line(NamedTuple):
    """One title on one day, as the database tells it.

    `first` and `last` are types of release, or numbers of episodes; `part` is their season.
    """

    source: int
    day: date
    of: int
    fame: float
    first: int
    last: int
    part: int
    last_part: int
    pieces: int


@dataclass(frozen=True)
class Event:
    """A title on a day, and in words what of it comes out then."""

    day: date
    title: Title
    words: str


@dataclass(frozen=True)
class Day:
    date: date
    events: list[Event]
    total: int

    @property
    def rest(self) -> int:
        return self.total - len(self.events)


def best_by_day(
    days: Days, *, kind: str, country: str, titles: TitleQuerySet, most: int
) -> list[Day]:
    """Every day on which something comes out, with the best known of it."""
    lines: list[Line] = []
    totals: Counter[date] = Counter()
    for source in _sources(days, kind, country):
        for *line, place, total in _ranked(source, most):
            lines.append(Line(*line))
            if place == 1:
                totals[lines[-1].day] += total
    lines.sort(key=lambda line: (line.day, -line.fame, line.of))
    return _by_day(lines, titles, most, totals)


def each_day(
    days: Days, *, kind: str, country: str, titles: TitleQuerySet, most: int, among: Among
) -> list[Day]:
    """The same of what somebody has chosen, which is no more than can be read at once."""
    rows = lines_of(days, kind=kind, country=country, among=among)
    lines = [Line(*row) for row in rows[:AT_ONCE]]
    return _by_day(lines, titles, most, Counter(line.day for line in lines))


def lines_of(
    days: Days, *, kind: str = "", country: str, among: Among = None
) -> QuerySet[Any, Any]:
    """Everything of these days, of each the best known first: rows for `told`."""
    return _together(_sources(days, kind, country, among)).order_by("day", "-fame", "of")


def coming_soon(today: date, *, country: str, titles: TitleQuerySet, most: int) -> list[Event]:
    """The best known of the films that come out in two months and are not out yet in this country,
    in the order of their days."""
    days = (today, today + timedelta(days=60))
    out = ReleaseDate.objects.filter(title=OuterRef("title"), country=country, date__lt=today)
    sources = [
        _releases(days, country).filter(~Exists(out)),
        _first_releases(days, country),
    ]
    lines = [Line(*row) for row in _together(sources).order_by("-fame", "day", "of")[:most]]
    return told(sorted(lines, key=lambda line: (line.day, -line.fame, line.of)), titles)


def told(rows: Iterable[Any], titles: TitleQuerySet) -> list[Event]:
    """Lines with their titles, which bring what is shown of them."""
    lines = [Line(*row) for row in rows]
    found = titles.in_bulk({line.of for line in lines})
    return [Event(line.day, found[line.of], _words(line)) for line in lines if line.of in found]


def _by_day(lines: list[Line], titles: TitleQuerySet, most: int, totals: Totals) -> list[Day]:
    """Lines in their order; so many of each day are shown."""
    by_day = groupby(lines, key=attrgetter("day"))
    shown = [line for _day, of_day in by_day for line in list(of_day)[:most]]
    events = groupby(told(shown, titles), key=attrgetter("day"))
    return [Day(day, list(of_day), totals[day]) for day, of_day in events]


def _sources(days: Days, kind: str, country: str, among: Among = None) -> list[QuerySet[Any, Any]]:
    """Sets of lines that have none in common; `kind` may be empty, for both."""
    films = [_releases(days, country, among), _first_releases(days, country, among)]
    shows = [_episodes(days, among), _first_episodes(days, among)]
    return {Kind.MOVIE.value: films, Kind.TV.value: shows}.get(kind, films + shows)


def _shown(among: Among, path: str = "") -> Q:
    """Of titles that are chosen all; else those that may stand on a page for everybody."""
    chosen = {"adult": False} if among is None else {"pk__in": among.order_by().values("pk")}
    return Q(**{f"{path}{name}": value for name, value in ({"hidden_at": None} | chosen).items()})


def _releases(days: Days, country: str, among: Among = None) -> QuerySet[Any, Any]:
    shown = ReleaseDate.objects.filter(_shown(among, "title__"), country=country, date__range=days)
    lines = shown.values(
        source=Value(RELEASE), day=F("date"), of=F("title_id"), fame=F("title__popularity")
    )
    return lines.annotate(
        first=Min("type"),
        last=Max("type"),
        part=Value(0),
        last_part=Value(0),
        pieces=Count("pk"),
    )


def _first_releases(days: Days, country: str, among: Among = None) -> QuerySet[Any, Any]:
    """Films of which TMDB knows no date in this country."""
    dated = ReleaseDate.objects.filter(title=OuterRef("pk"), country=country)
    return _first_days(FIRST_RELEASE, Kind.MOVIE, days, among).filter(~Exists(dated))


def _first_episodes(days: Days, among: Among) -> QuerySet[Any, Any]:
    """Shows whose episodes have not been fetched."""
    return _first_days(FIRST_EPISODE, Kind.TV, days, among).filter(details_at=None)


def _first_days(source: int, kind: str, days: Days, among: Among) -> QuerySet[Any, Any]:
    shown = Title.objects.of_kind(kind).filter(_shown(among), release_date__range=days)
    return shown.values(
        source=Value(source),
        day=F("release_date"),
        of=F("pk"),
        fame=F("popularity"),
        first=Value(1),
        last=Value(1),
        part=Value(1),
        last_part=Value(1),
        pieces=Value(1),
    )


def _episodes(days: Days, among: Among) -> QuerySet[Any, Any]:
    """One line for all episodes of a show on a day."""
    shown = Episode.objects.visible().filter(
        _shown(among, "season__title__"), air_date__range=days, season__hidden_at=None
    )
    lines = shown.values(
        source=Value(EPISODES),
        day=F("air_date"),
        of=F("season__title_id"),
        fame=F("season__title__popularity"),
    )
    return lines.annotate(
        first=Min("number"),
        last=Max("number"),
        part=Min("season__number"),
        last_part=Max("season__number"),
        pieces=Count("pk"),
    )


def _ranked(lines: QuerySet[Any, Any], most: int) -> QuerySet[Any, Any]:
    """The best known of each day, with their place in it and how many there are."""
    order = [F("fame").desc(), F("of").asc()]
    ranked = lines.annotate(
        place=Window(RowNumber(), partition_by=F("day"), order_by=order),
        total=Window(Count("*"), partition_by=F("day")),
    )
    return ranked.filter(place__lte=most).values_list(*Line._fields, "place", "total")


def _together(sources: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = [source.values_list(*Line._fields) for source in sources]
    return first.union(*others, all=True)


def _words(line: Line) -> str:
    if line.source == RELEASE:
        types = dict.fromkeys((line.first, line.last))
        return ", ".join(str(ReleaseDate.Type(found).label) for found in types)
    if line.source == FIRST_RELEASE:
        return _("First release")
    if line.source == FIRST_EPISODE:
        return _("Begins")
    return _episode_words(line)


def _episode_words(line: Line) -> str:
    """By their numbers where these follow each other, else how many."""
    said = {"season": line.part, "first": line.first, "last": line.last}
    count = {"count": line.pieces}
    if line.last_part == 0:
        return ngettext("Special", "%(count)d specials", line.pieces) % count
    if line.part == line.last_part and line.pieces == 1:
        return _("S%(season)d E%(first)d") % said
    if line.part == line.last_part and line.pieces == line.last - line.first + 1:
        return _("S%(season)d E%(first)d–E%(last)d") % said
    return ngettext("%(count)d episode", "%(count)d episodes", line.pieces) % count
