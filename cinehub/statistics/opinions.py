"""What somebody gives, and what members give on average."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, OuterRef, Subquery

from cinehub.statistics.span import Span
from reviews.models import Tally
from reviews.models.ratings import OF_TITLE, STEPS, RatingQuerySet

SHOWN = 5


class Opinion(NamedTuple):
    title: int
    value: Decimal
    average: Decimal


@dataclass(frozen=True, slots=True)
class Opinions:
    # How many of 0.5, 1, ... 10.
    histogram: list[int]
    # Of theirs, and of members' averages of what others have rated, too; None without any.
    mean: Decimal | None
    members: Decimal | None
    # Where they and members are furthest apart.
    over: list[Opinion]
    under: list[Opinion]

    @property
    def count(self) -> int:
        return sum(self.histogram)


def opinions(span: Span) -> Opinions:
    compared = _compared(span.ratings)
    found = compared.aggregate(mean=Avg("value"), members=Avg("average"))
    rated = _values(span.ratings)
    return Opinions(
        histogram=[rated.get(Decimal(n) / 2, 0) for n in range(1, STEPS + 1)],
        mean=_rounded(found["mean"]),
        members=_rounded(found["members"]),
        over=_furthest(compared.filter(apart__gt=0).order_by("-apart", "-rated_at", "pk")),
        under=_furthest(compared.filter(apart__lt=0).order_by("apart", "-rated_at", "pk")),
    )


def _compared(ratings: RatingQuerySet) -> Any:
    """Those with members' average beside them, which is not their own rating alone."""
    tally = Tally.objects.filter(OF_TITLE, title=OuterRef("title"), count__gt=1)
    rows = ratings.annotate(average=Subquery(tally.values("average")[:1]))
    return rows.filter(average__isnull=False).annotate(apart=F("value") - F("average"))


def _values(ratings: RatingQuerySet) -> dict[Decimal, int]:
    rows: Iterable[tuple[Decimal, int]] = (
        ratings.order_by().values_list("value").annotate(of=Count("pk"))
    )
    return dict(rows)


def _furthest(rows: Any) -> list[Opinion]:
    return [Opinion(*row) for row in rows.values_list("title", "value", "average")[:SHOWN]]


def _rounded(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else round(Decimal(value), 2)
