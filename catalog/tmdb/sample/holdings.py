"""The facts, read once and kept in memory."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar
from zlib import crc32

from catalog.tmdb.sample import reading
from catalog.tmdb.sample.records import (
    Cast,
    Collection,
    Company,
    Crew,
    Fact,
    Film,
    Person,
    Provider,
    Show,
    Title,
)

FACTS = Path(__file__).parent / "facts"


class Numbered(Protocol):
    @property
    def id(self) -> int: ...


Record = TypeVar("Record", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Work:
    """What one person did on one title."""

    title: Title
    credit: Cast | Crew


@dataclass(frozen=True)
class Holdings:
    films: Mapping[int, Film]
    shows: Mapping[int, Show]
    people: Mapping[int, Person]
    collections: Mapping[int, Collection]
    companies: Mapping[int, Company]
    networks: Mapping[int, Company]
    providers: Mapping[int, Provider]
    works: Mapping[int, tuple[Work, ...]] = field(init=False)
    keywords: Mapping[int, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "works", _works(self.titles()))
        names = {name for title in self.titles() for name in title.keywords}
        object.__setattr__(self, "keywords", {keyword_id(name): name for name in sorted(names)})

    def titles(self) -> Iterator[Title]:
        yield from self.films.values()
        yield from self.shows.values()

    def parts(self, collection: int) -> list[Film]:
        films = [film for film in self.films.values() if film.collection == collection]
        return sorted(films, key=lambda film: (str(film.released or "9999"), film.id))


@cache
def load(facts: Path = FACTS) -> Holdings:
    return Holdings(
        films=_records(facts, "films*.json", reading.film),
        shows=_records(facts, "shows*.json", reading.show),
        people=_records(facts, "people*.json", reading.person),
        collections=_records(facts, "collections.json", reading.collection),
        companies=_records(facts, "companies.json", reading.company),
        networks=_records(facts, "networks.json", reading.company),
        providers=_records(facts, "providers.json", reading.provider),
    )


def keyword_id(name: str) -> int:
    return crc32(name.encode()) % 900_000 + 100_000


def _records(facts: Path, pattern: str, read: Callable[[Fact], Record]) -> dict[int, Record]:
    found: dict[int, Record] = {}
    for path in sorted(facts.glob(pattern)):
        for fact in json.loads(path.read_text(encoding="utf-8")):
            found.setdefault(fact["id"], read(fact))
    return found


def _works(titles: Iterable[Title]) -> dict[int, tuple[Work, ...]]:
    works: dict[int, list[Work]] = {}
    for title in titles:
        for credit in title.credits:
            works.setdefault(credit.person, []).append(Work(title, credit))
    return {person: tuple(done) for person, done in works.items()}
