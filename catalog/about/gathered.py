"""A collection's films, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F

from catalog.models import Collection, Title
from catalog.models.title import fitting


@dataclass(frozen=True)
class Gathered:
    films: Sequence[Title]

    @property
    def minutes(self) -> int:
        return sum(film.runtime or 0 for film in self.films)

    @property
    def timed(self) -> int:
        """Of how many the runtime is known."""
        return sum(bool(film.runtime) for film in self.films)

    @property
    def score(self) -> float | None:
        """Each film counts the same, whoever voted."""
        scores = [film.vote_average for film in self.films if film.vote_average]
        return sum(scores) / len(scores) if scores else None

    @property
    def years(self) -> tuple[int, int] | None:
        years = [film.year for film in self.films if film.year]
        return (min(years), max(years)) if years else None


def films_of(collection: Collection, language: str, *, adult: bool = False) -> Gathered:
    """In the order they came out, what has no date yet last."""
    films = Title.objects.in_language(language).visible().filter(collection=collection)
    films = films.filter(fitting(adult=adult, of=""))
    return Gathered(list(films.order_by(F("release_date").asc(nulls_last=True), "pk")))


def linked(collection: Collection, gathered: Gathered) -> dict[str, Any]:
    """For machines, in schema.org's words."""
    site = settings.SITE_URL
    films = [
        {"@type": "Movie", "name": film.shown_name.name, "url": f"{site}{film.get_absolute_url()}"}
        for film in gathered.films
    ]
    return {
        "@context": "https://schema.org",
        "@type": "MovieSeries",
        "name": collection.name,
        "url": f"{site}{collection.get_absolute_url()}",
        "hasPart": films,
    }
