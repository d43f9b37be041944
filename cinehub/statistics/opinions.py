"""What somebody gives, and what members give on average."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

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


class _Step(NamedTuple):
    """All ratings of one height; of some of them there is an average of members, too."""

    value: Decimal
    ratings: int
    compared: int
    averages: Decimal | None


def opinions(span: Span) -> Opinions:
    ratings = _beside_members(span.ratings)
    steps = _steps(ratings)
    rated = {step.value: step.ratings for step in steps}
    compared = sum(step.compared for step in steps)
    over, under = _furthest(ratings)
    return Opinions(
        histogram=[rated.get(Decimal(n) / 2, 0) for n in range(1, STEPS + 1)],
        mean=_mean((step.value * step.compared for step in steps), compared),
        members=_mean((step.averages or Decimal(0) for step in steps), compared),
        over=over,
        under=under,
    )


def _beside_members(ratings: RatingQuerySet) -> Any:
    """With members' average, unless it is their own rating alone."""
    tally = Tally.objects.filter(OF_TITLE, title=OuterRef("title"), count__gt=1)
    return ratings.annotate(average=Subquery(tally.values("average")[:1]))


def _steps(ratings: Any) -> list[_Step]:
    rows = (
        ratings.order_by()
        .values("value")
        .annotate(ratings=Count("pk"), compared=Count("average"), averages=Sum("average"))
    )
    return [_Step(*row) for row in rows.values_list("value", "ratings", "compared", "averages")]


def _furthest(ratings: Any) -> tuple[list[Opinion], list[Opinion]]:
    """Those that are furthest above members' average, and those that are furthest below."""
    rows = ratings.filter(average__isnull=False).annotate(apart=F("value") - F("average"))
    over = rows.filter(apart__gt=0).order_by("-apart", "-rated_at", "pk")[:SHOWN]
    under = rows.filter(apart__lt=0).order_by("apart", "-rated_at", "pk")[:SHOWN]
    both = rows.filter(Q(pk__in=over.values("pk")) | Q(pk__in=under.values("pk")))
    found = both.order_by("-apart", "-rated_at", "pk").values_list("title", "value", "average")
    opinions = [Opinion(*row) for row in found]
    return (
        [one for one in opinions if one.value > one.average],
        [one for one in reversed(opinions) if one.value < one.average],
    )


def _mean(values: Iterable[Decimal], count: int) -> Decimal | None:
    return round(sum(values, Decimal(0)) / count, 2) if count else None
