"""Where a feed's entries come from: rows of five kinds, each asked only for what a page needs.

An entry stands at a moment, and beside what happened at the same one by its kind and key. Of what
was done in one go, such as several episodes of a show on one day, the last row stands for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from catalog.models.title import fitting
from cinehub.feed.circle import Circle
from lists.models import List, ListItem, Precision, Viewing
from reviews.models import Rating, Review

WATCHED, RATED, REVIEWED, MADE, ADDED = "watched", "rated", "reviewed", "made", "added"
# What was noted longer after it was watched is a memory, and no news.
NEWS = timedelta(days=7)
BIGGEST = 2**63
# So many rows are read first; twice as many each time that too few of them told something.
HANDFUL = 120


class Place(NamedTuple):
    """Of an entry in a feed; the source's rank decides between equal moments."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.rank}_{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What is no place is the beginning."""
        moment, _, rest = text.partition("_")
        rank, _, pk = rest.partition("_")
        try:
            place = cls(datetime.fromisoformat(moment), int(rank), int(pk))
        except ValueError:
            return None
        is_sane = timezone.is_aware(place.at) and 1900 < place.at.year < 3000
        return place if is_sane and abs(place.pk) < BIGGEST else None


@dataclass(frozen=True)
class Source:
    rank: int
    kind: str
    # The column of the moment, and the rows that may be for whoever's circle it is.
    moment: str
    rows: Callable[[Circle, bool], QuerySet[Any]]
    # Which of them stand for an entry, where not all do.
    telling: Callable[[Circle, bool], QuerySet[Any]] | None = None

    def after(self, circle: Circle, adult: bool, place: Place | None, number: int) -> list[Place]:
        """The places of so many entries, the latest first.

        Rows are read along an index, a handful at a time, and of each it is asked whether it tells
        something: a database that was asked both at once would look at all there are.
        """
        found: list[Place] = []
        size = HANDFUL if self.telling else number
        while len(found) < number:
            keys = self._read(circle, adult, place, size)
            found += self._told(circle, adult, keys)
            if len(keys) < size:
                break
            place, size = keys[-1], size * 2
        return found[:number]

    def _read(self, circle: Circle, adult: bool, place: Place | None, size: int) -> list[Place]:
        rows = self.rows(circle, adult)
        if place:
            # The first of the two is what an index is read by.
            rows = rows.filter(Q(**{f"{self.moment}__lte": place.at}), self._beyond(place))
        read = rows.order_by(f"-{self.moment}", "-pk").values_list(self.moment, "pk")
        return [Place(at, self.rank, pk) for at, pk in read[:size]]

    def _told(self, circle: Circle, adult: bool, keys: list[Place]) -> list[Place]:
        if self.telling is None or not keys:
            return keys
        rows = self.telling(circle, adult).filter(pk__in=[place.pk for place in keys])
        told = set(rows.order_by().values_list("pk", flat=True))
        return [place for place in keys if place.pk in told]

    def _beyond(self, place: Place) -> Q:
        earlier, same = Q(**{f"{self.moment}__lt": place.at}), Q(**{self.moment: place.at})
        if self.rank > place.rank:
            return earlier | same
        return earlier | same & Q(pk__lt=place.pk) if self.rank == place.rank else earlier


def _viewings(circle: Circle, adult: bool) -> QuerySet[Viewing]:
    return _news().filter(fitting(adult=adult), user__in=circle.open)


def _last_viewings(circle: Circle, adult: bool) -> QuerySet[Viewing]:
    return _last(_news(), "created_at", ("user", "title"))


def _news() -> QuerySet[Viewing]:
    known = Viewing.objects.exclude(precision=Precision.UNKNOWN)
    return known.filter(watched_at__gte=F("created_at") - NEWS)


def _ratings(circle: Circle, adult: bool) -> QuerySet[Rating]:
    return Rating.objects.filter(fitting(adult=adult), user__in=circle.open)


def _last_ratings(circle: Circle, adult: bool) -> QuerySet[Rating]:
    """Who rates one episode after the other has rated some episodes."""
    episodes = Rating.objects.filter(episode__isnull=False)
    later = _later(episodes, "rated_at", ("user", "title"))
    told = Rating.objects.annotate(day=TruncDate("rated_at"))
    return told.filter(Q(episode=None) | ~Exists(later))


def _reviews(circle: Circle, adult: bool) -> QuerySet[Review]:
    rows = Review.objects.visible_to(circle.viewer).filter(fitting(adult=adult), hidden_at=None)
    return rows.filter(author__in=circle.people)


def _lists(circle: Circle, adult: bool) -> QuerySet[List]:
    return List.objects.visible_to(circle.viewer).custom().filter(owner__in=circle.people)


def _items(circle: Circle, adult: bool) -> QuerySet[ListItem]:
    return ListItem.objects.accepted().filter(fitting(adult=adult), added_by__in=circle.people)


def _last_items(circle: Circle, adult: bool) -> QuerySet[ListItem]:
    """But for what is on a list that was made on the same day: that is told with the list."""
    seen = List.objects.visible_to(circle.viewer).filter(pk=OuterRef("list"))
    made = List.objects.custom().annotate(day=TruncDate("created_at"))
    with_list = made.filter(pk=OuterRef("list"), owner=OuterRef("added_by"), day=OuterRef("day"))
    rows = ListItem.objects.accepted().filter(fitting(adult=adult))
    return _last(rows, "added_at", ("list", "added_by")).filter(~Exists(with_list), Exists(seen))


SOURCES = (
    Source(0, WATCHED, "created_at", _viewings, _last_viewings),
    Source(1, RATED, "rated_at", _ratings, _last_ratings),
    Source(2, REVIEWED, "created_at", _reviews),
    Source(3, MADE, "created_at", _lists),
    Source(4, ADDED, "added_at", _items, _last_items),
)


def places(
    circle: Circle, kinds: Sequence[str], *, adult: bool, after: Place | None, number: int
) -> list[Place]:
    """So many entries of these kinds, the latest first."""
    if not circle.people:
        return []
    wanted = [source for source in SOURCES if source.kind in kinds]
    found = [place for source in wanted for place in source.after(circle, adult, after, number)]
    found.sort(key=lambda place: (place.at, -place.rank, place.pk), reverse=True)
    return found[:number]


def same_day(rows: QuerySet[Any], moment: str, fields: Sequence[str]) -> QuerySet[Any]:
    """Those that belong to a row around them, which has its day."""
    same = {name: OuterRef(name) for name in fields}
    return rows.annotate(day=TruncDate(moment)).filter(day=OuterRef("day"), **same)


def _last(rows: QuerySet[Any], moment: str, fields: Sequence[str]) -> QuerySet[Any]:
    """Of each day: the row that stands for all that are alike in these fields."""
    later = _later(rows, moment, fields)
    return rows.annotate(day=TruncDate(moment)).filter(~Exists(later))


def _later(rows: QuerySet[Any], moment: str, fields: Sequence[str]) -> QuerySet[Any]:
    beyond = Q(**{f"{moment}__gt": OuterRef(moment)})
    beyond |= Q(**{moment: OuterRef(moment)}, pk__gt=OuterRef("pk"))
    return same_day(rows, moment, fields).filter(beyond)
