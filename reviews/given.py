"""Of the ratings that a member has given, which are wanted, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Kind
from reviews.models.ratings import OF_EPISODE, OF_SEASON, OF_TITLE, RatingQuerySet
from reviews.scales import GIVEN


class Of(models.TextChoices):
    """What was rated."""

    MOVIE = "movie", _("Films")
    TV = "tv", _("Shows")
    SEASON = "season", _("Seasons")
    EPISODE = "episode", _("Episodes")


class Sort(models.TextChoices):
    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    HIGHEST = "highest", _("Highest")
    LOWEST = "lowest", _("Lowest")


RATED: dict[str, Q] = {
    Of.MOVIE: OF_TITLE & Q(title__kind=Kind.MOVIE),
    Of.TV: OF_TITLE & Q(title__kind=Kind.TV),
    Of.SEASON: OF_SEASON,
    Of.EPISODE: OF_EPISODE,
}
SORTED: dict[str, tuple[str, str]] = {
    Sort.NEWEST: ("-rated_at", "-pk"),
    Sort.OLDEST: ("rated_at", "pk"),
    Sort.HIGHEST: ("-value", "-pk"),
    Sort.LOWEST: ("value", "pk"),
}


@dataclass(frozen=True, slots=True)
class Query:
    of: str = ""
    value: Decimal | None = None
    sort: str = Sort.NEWEST
    # At least, and at most.
    least: Decimal | None = None
    most: Decimal | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """Of a page's query string; nonsense is as if nothing was said."""
        of, sort = asked.get("of", ""), asked.get("sort", "")
        return cls(
            of=of if of in RATED else "",
            value=GIVEN.get(asked.get("value", "")),
            sort=sort if sort in SORTED else Sort.NEWEST,
        )

    def among(self, ratings: RatingQuerySet) -> RatingQuerySet:
        if self.of:
            ratings = ratings.filter(RATED[self.of])
        bounds = {"value": self.value, "value__gte": self.least, "value__lte": self.most}
        asked = {name: value for name, value in bounds.items() if value is not None}
        return ratings.filter(**asked).order_by(*SORTED[self.sort])
