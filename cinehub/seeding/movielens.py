"""MovieLens's ratings (https://grouplens.org/datasets/movielens/), as they are published.

`ratings.csv` has somebody's stars for a film and when they were given, `links.csv` what TMDB calls
the film. Both may be packed (.gz).
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from accounts.models import User
from catalog.models import Kind, Title
from cinehub.seeding.writing import batch_of
from lists.models import Viewing
from lists.when import When
from reviews.models import Rating


class Missing(Exception):
    """A file is not where it was said to be."""


class Given(NamedTuple):
    """What somebody gave a film."""

    person: int
    film: int
    # On TMDB's scale.
    value: Decimal
    at: datetime


@dataclass(frozen=True)
class Shelf:
    """The catalogue's films by MovieLens's numbers; `lacking` are those that are not in it."""

    titles: dict[int, int]
    lacking: int


def shelf(folder: Path) -> Shelf:
    films = Title.objects.of_kind(Kind.MOVIE).values_list("tmdb_id", "pk")
    held = dict(films)
    numbers = {int(row["movieId"]): row["tmdbId"] for row in _rows(folder, "links.csv")}
    named = {film: int(tmdb) for film, tmdb in numbers.items() if tmdb}
    titles = {film: held[tmdb] for film, tmdb in named.items() if tmdb in held}
    return Shelf(titles, len(numbers) - len(titles))


def people(folder: Path) -> Iterator[tuple[int, list[Given]]]:
    """One after the other, as the file has them."""
    given = (
        Given(
            int(row["userId"]),
            int(row["movieId"]),
            Decimal(row["rating"]) * 2,
            datetime.fromtimestamp(int(row["timestamp"]), UTC),
        )
        for row in _rows(folder, "ratings.csv")
    )
    for person, rows in groupby(given, key=lambda one: one.person):
        yield person, list(rows)


def ratings(member: User, shelf: Shelf, given: list[Given]) -> list[Rating]:
    return [
        Rating(user=member, title_id=shelf.titles[one.film], value=one.value, rated_at=one.at)
        for one in given
        if one.film in shelf.titles
    ]


def viewings(member: User, shelf: Shelf, given: list[Given]) -> list[Viewing]:
    """They had seen it by that day."""
    return [
        _viewing(member, shelf.titles[one.film], one.at)
        for one in given
        if one.film in shelf.titles
    ]


def _viewing(member: User, title: int, at: datetime) -> Viewing:
    when = When.day(at.date())
    return Viewing(
        user=member,
        title_id=title,
        precision=when.precision,
        watched_at=when.at,
        watched_on=when.on,
        batch=batch_of("movielens", member.pk, title),
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    plain, packed = folder / name, folder / f"{name}.gz"
    if not plain.exists() and not packed.exists():
        raise Missing(f"There is no {name} in {folder}.")
    with plain.open() if plain.exists() else gzip.open(packed, "rt") as file:
        yield from csv.DictReader(file)
