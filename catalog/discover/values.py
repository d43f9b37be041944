"""What a reader asks for, once it is understood, and how that is written in a query string."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Span:
    """A year or a day, as it was written, with the days that it begins and ends on."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Values:
    """Every filter. The names are the query string's, but for `from` and `to`."""

    genre: tuple[int, ...] = ()
    genres: str = "all"
    without: tuple[int, ...] = ()
    since: Span | None = None
    until: Span | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    language: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    certification: tuple[str, ...] = ()
    certification_min: str = ""
    certification_max: str = ""
    keyword: tuple[int, ...] = ()
    company: tuple[int, ...] = ()
    network: tuple[int, ...] = ()
    person: tuple[int, ...] = ()
    provider: tuple[int, ...] = ()
    offer: tuple[str, ...] = ()
    score_min: float | None = None
    score_max: float | None = None
    votes_min: int | None = None
    status: tuple[str, ...] = ()
    type: tuple[str, ...] = ()

    def pairs(self) -> Sequence[tuple[str, str]]:
        """As (parameter, value), always in the same order; what asks for nothing is left out."""
        return self._pairs

    @cached_property
    def _pairs(self) -> Sequence[tuple[str, str]]:
        return tuple(self._each())

    def _each(self) -> Iterator[tuple[str, str]]:
        for field in fields(self):
            name = PARAMETERS.get(field.name, field.name)
            found = getattr(self, field.name)
            for value in found if isinstance(found, tuple) else (found,):
                if value not in (None, "") and name != "genres":
                    yield name, written(value)
            if name == "genre" and self.genres == "any" and len(self.genre) > 1:
                yield "genres", "any"

    @property
    def depends_on_region(self) -> bool:
        return any(name in OF_A_REGION for name, _value in self.pairs())


# `from` is a word of Python's own.
PARAMETERS = {"since": "from", "until": "to"}
OF_A_REGION = {"certification", "certification_min", "certification_max", "provider", "offer"}
SHOWS_ONLY = {"network", "status", "type"}

# As TMDB writes them.
STATUSES = {
    "Returning Series": _("Returning"),
    "Planned": _("Planned"),
    "In Production": _("In production"),
    "Ended": _("Ended"),
    "Canceled": _("Cancelled"),
    "Pilot": _("Pilot"),
}
# What films may be, too; of one that is out nobody needs to be told.
FILM_STATUSES = {
    "Rumored": _("Rumoured"),
    "Post Production": _("In post-production"),
}
TYPES = {
    "Scripted": _("Scripted"),
    "Miniseries": _("Miniseries"),
    "Reality": _("Reality"),
    "Documentary": _("Documentary"),
    "Talk Show": _("Talk show"),
    "News": _("News"),
    "Video": _("Video"),
}

# In the order of an address.
LABELS = {
    "kind": _("Kind"),
    "genre": _("Genre"),
    "genres": _("Genres"),
    "without": _("Without"),
    "from": pgettext_lazy("a date", "From"),
    "to": pgettext_lazy("a date", "Until"),
    "runtime_min": _("Minutes, at least"),
    "runtime_max": _("Minutes, at most"),
    "language": _("Original language"),
    "spoken": _("Spoken"),
    "country": _("Country"),
    "certification": _("Certification"),
    "certification_min": _("Certification, at least"),
    "certification_max": _("Certification, at most"),
    "keyword": _("Keyword"),
    "company": _("Company"),
    "network": _("Network"),
    "person": _("Person"),
    "provider": _("Provider"),
    "offer": _("Offer"),
    "score_min": _("Score, at least"),
    "score_max": _("Score, at most"),
    "votes_min": _("Votes, at least"),
    "status": _("Status"),
    "type": _("Type"),
    "region": _("Region"),
    "sort": _("Order"),
    "view": _("View"),
    "page": _("Page"),
    "after": _("Place in the list"),
}


def written(value: object) -> str:
    """7 rather than 7.0, so that one state has one address."""
    return f"{value:g}" if isinstance(value, float) else str(value)
