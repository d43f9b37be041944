"""What a title can be narrowed down by, as one list of numbers: where discover looks."""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from hashlib import md5
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from catalog.models.title import Title

# A number is what it tells of, and in the lower bits which.
BITS = 56
# Beyond these all years, and all lengths in tens of minutes, are one.
FIRST_YEAR, LAST_YEAR = 1870, 2040
LONGEST = 30
# A title is under each of these that it has as many votes as.
VOTES = (1, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
# So are those that an order begins with, the fewest first: under each of these that it is as
# popular as, scores as much as, or has a name before. Most titles have an average score.
POPULARITIES = (512, 256, 128, 64, 32, 16, 8, 4, 2, 1)
WEIGHTED = (8.0, 7.5, 7.0, 6.8, 6.6, 6.4, 6.3, 6.25, 6.22, 6.21)
NAMES = ("1", "A", "Am", "B", "C", "E")
# One title of so many, whatever it is like, stands for all.
LOTS = (16, 64)
# What an offer is; 0 is any.
OFFERS = {"flatrate": 1, "free": 2, "ads": 3, "rent": 4, "buy": 5}


class Of(IntEnum):
    """What numbers tell of; in a title's they stand in this order. What it has few of comes first,
    so that who looks through them finds it soon. What is written down has these: none may change.
    """

    KIND = 1
    VOTES = 2
    SCORE = 3
    RUNTIME = 4
    YEAR = 5
    DECADE = 6
    STATUS = 7
    TYPE = 8
    LANGUAGE = 9
    COUNTRY = 10
    GENRE = 11
    NETWORK = 12
    COMPANY = 13
    KEYWORD = 14
    CERTIFICATION = 15
    PERSON = 16
    OFFER = 17
    # What only the index is asked for.
    POPULARITY = 18
    WEIGHTED = 19
    NAME = 20
    LOT = 21
    # And what came later, of each title again.
    SPOKEN = 22


class Numbers(ArrayField):
    """On SQLite nothing is ever in it."""

    def db_type(self, connection: Any) -> str | None:
        return super().db_type(connection) if connection.vendor == "postgresql" else "text"


class Facets(models.Model):
    """A title's. PostgreSQL finds those with any or all of some numbers by one index (GIN), which
    the migration adds. The other columns are the title's own, for what numbers are too coarse for
    and to sort by; no index has them, so that to write a popularity down costs little.
    """

    title = models.OneToOneField(
        Title,
        models.CASCADE,
        primary_key=True,
        related_name="facets",
        verbose_name=_("title"),
    )
    # None, where the title is not for everybody.
    numbers = Numbers(models.BigIntegerField(), verbose_name=_("numbers"))
    name = models.CharField(_("name"), max_length=500)
    release_date = models.DateField(_("released or first aired on"), null=True)
    runtime = models.PositiveIntegerField(_("runtime in minutes"), null=True)
    popularity = models.FloatField(_("popularity"))
    vote_average = models.FloatField(_("TMDB votes' average"))
    vote_count = models.PositiveIntegerField(_("TMDB votes"))
    score = models.FloatField(_("average weighted by the number of votes"))

    class Meta:
        verbose_name = _("facets")
        verbose_name_plural = _("facets")

    def __str__(self) -> str:
        return f"{self.name}: {len(self.numbers)}"


def are_kept() -> bool:
    """SQLite has no index that finds by one number of many."""
    return connection.vendor == "postgresql"


def facet(of: Of, number: int) -> int:
    return (of << BITS) + number


@lru_cache(maxsize=10_000)
def worded(of: Of, *words: str) -> int:
    """Of what has no number: `sync.facets` tells PostgreSQL to do the same."""
    said = md5("|".join(words).encode(), usedforsecurity=False).hexdigest()
    return facet(of, int(said[: BITS // 4], 16))


def offer(country: str, provider: int = 0, kind: str = "") -> int:
    """Of any provider, and of any kind, where none is named."""
    first, second = (ord(letter) for letter in country)
    return facet(Of.OFFER, ((first << 8) + second << 35) + (provider << 3) + OFFERS.get(kind, 0))


def years(first: int, last: int) -> Iterable[int]:
    """One of these has whatever is from these years: decades, and the years that are over."""
    first, last = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in (first, last))
    year = first
    while year <= last:
        is_decade = year % 10 == 0 and year + 9 <= last
        yield facet(Of.DECADE, year // 10) if is_decade else facet(Of.YEAR, year)
        year += 10 if is_decade else 1
