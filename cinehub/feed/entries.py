"""Entries of a feed with all that is shown of them: the same questions however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.expressions import Subquery
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from accounts.models import User
from catalog.carded import speak
from catalog.models import Title
from catalog.models.title import fitting
from cinehub.feed.circle import Circle
from cinehub.feed.sources import ADDED, MADE, RATED, REVIEWED, SOURCES, WATCHED, Place, same_day
from lists.models import List, ListItem, Viewing
from reviews.models import Rating, Review

# Posters of a list that are shown.
POSTERS = 4


@dataclass
class Entry:
    place: Place
    kind: str
    member: User
    # The row that it is about, and how many such there are.
    row: Any
    count: int = 1
    titles: list[Title] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.place.at

    @property
    def template(self) -> str:
        return f"feed/_{self.kind}.html"


def entries(circle: Circle, places: Sequence[Place], *, adult: bool, language: str) -> list[Entry]:
    found: dict[tuple[int, int], Entry] = {}
    for source in SOURCES:
        here = {place.pk: place for place in places if place.rank == source.rank}
        if here:
            for entry in FILL[source.kind](circle, here, adult):
                found[source.rank, entry.place.pk] = entry
    told = [found[place.rank, place.pk] for place in places if (place.rank, place.pk) in found]
    _speak(told, language)
    return told


Here = dict[int, Place]


def _watched(circle: Circle, here: Here, adult: bool) -> Iterable[Entry]:
    alike = Viewing.objects.filter(episode__isnull=False)
    rows = _counted(Viewing.objects.all(), alike, here, "created_at", ("user", "title"))
    for row in rows.select_related("user", "title", "episode__season"):
        yield Entry(here[row.pk], WATCHED, row.user, row, row.number, [row.title])


def _rated(circle: Circle, here: Here, adult: bool) -> Iterable[Entry]:
    alike = Rating.objects.filter(episode__isnull=False)
    rows = _counted(Rating.objects.all(), alike, here, "rated_at", ("user", "title"))
    for row in rows.select_related("user", "title", "season", "episode__season"):
        count = row.number if row.episode_id else 1
        yield Entry(here[row.pk], RATED, row.user, row, count, [row.title])


def _reviewed(circle: Circle, here: Here, adult: bool) -> Iterable[Entry]:
    rows = Review.objects.filter(pk__in=here).told_to(circle.viewer).select_related("title")
    for row in rows.order_by("pk"):
        yield Entry(here[row.pk], REVIEWED, row.author, row, 1, [row.title])


def _made(circle: Circle, here: Here, adult: bool) -> Iterable[Entry]:
    on = Count("items", filter=Q(items__is_accepted=True))
    rows = List.objects.filter(pk__in=here).select_related("owner").annotate(number=on)
    first = _first(_shown(adult).filter(list__in=here), ["list"], ["position", "pk"])
    posters = _by(first, "list_id")
    for row in rows.order_by("pk"):
        yield Entry(here[row.pk], MADE, row.owner, row, row.number, posters.get((row.pk,), []))


def _added(circle: Circle, here: Here, adult: bool) -> Iterable[Entry]:
    fields = ("list", "added_by")
    items = ListItem.objects.accepted()
    rows = list(
        _counted(ListItem.objects.all(), items, here, "added_at", fields).select_related(
            "list__owner", "added_by"
        )
    )
    alike = Q(pk__in=[])
    for row in rows:
        alike |= Q(list=row.list_id, added_by=row.added_by_id, day=row.day)
    days = _shown(adult).annotate(day=TruncDate("added_at")).filter(alike)
    last = _first(days, ["list", "added_by", "day"], ["-added_at", "-pk"])
    posters = _by(last, "list_id", "added_by_id", "day")
    for row in rows:
        titles = posters.get((row.list_id, row.added_by_id, row.day), [])
        yield Entry(here[row.pk], ADDED, row.added_by, row, row.number, titles)


FILL = {WATCHED: _watched, RATED: _rated, REVIEWED: _reviewed, MADE: _made, ADDED: _added}


def _counted(
    rows: QuerySet[Any], alike: QuerySet[Any], here: Here, moment: str, fields: Sequence[str]
) -> QuerySet[Any]:
    """With how many of them each stands for: all of its day."""
    same = same_day(alike, moment, fields).order_by().values("day")
    told = rows.filter(pk__in=here).annotate(day=TruncDate(moment))
    return told.annotate(number=Coalesce(Subquery(same.annotate(n=Count("pk")).values("n")), 1))


def _shown(adult: bool) -> QuerySet[ListItem]:
    items = ListItem.objects.accepted().select_related("title")
    return items.filter(fitting(adult=adult))


def _first(items: QuerySet[ListItem], each: list[str], order: list[str]) -> QuerySet[ListItem]:
    """So many of each list, as there is room for posters."""
    place = Window(RowNumber(), partition_by=[F(name) for name in each], order_by=order)
    return items.annotate(place=place).filter(place__lte=POSTERS).order_by(*each, "place", "pk")


def _by(items: QuerySet[ListItem], *names: str) -> dict[tuple[Any, ...], list[Title]]:
    found: dict[tuple[Any, ...], list[Title]] = {}
    for item in items:
        found.setdefault(tuple(getattr(item, name) for name in names), []).append(item.title)
    return found


def _speak(told: Iterable[Entry], language: str) -> None:
    speak([title for entry in told for title in entry.titles], language)
