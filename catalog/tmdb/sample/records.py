"""What stands in facts/, as objects. Every key but the id may be missing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Fact = Mapping[str, Any]
Kind = Literal["movie", "tv"]


@dataclass(frozen=True, slots=True)
class Cast:
    person: int
    character: str
    episodes: int
    credit_id: str
    order: int


@dataclass(frozen=True, slots=True)
class Crew:
    person: int
    job: str
    episodes: int
    credit_id: str


@dataclass(frozen=True, slots=True)
class Translation:
    title: str
    overview: str
    tagline: str


@dataclass(frozen=True, slots=True)
class ScriptedEpisode:
    name: str
    air_date: date | None
    runtime: int | None
    overview: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A programme that airs on these days of every week (0 = Monday), counted from `start`.

    A yearly one begins its next season on the same day of the next year.
    """

    weekdays: tuple[int, ...]
    name: str
    runtime: int | None
    overview: str
    start: date
    yearly: bool


@dataclass(frozen=True, slots=True)
class Season:
    number: int
    name: str
    overview: str
    episodes: tuple[ScriptedEpisode, ...]
    schedule: Schedule | None


@dataclass(frozen=True, slots=True)
class Title:
    kind: Kind
    id: int
    imdb_id: str | None
    name: str
    original_name: str
    original_language: str
    released: date | None
    status: str
    genres: tuple[int, ...]
    countries: tuple[str, ...]
    spoken: tuple[str, ...]
    tagline: str
    overview: str
    vote_average: float
    vote_count: int
    popularity: float
    companies: tuple[int, ...]
    keywords: tuple[str, ...]
    cast: tuple[Cast, ...]
    crew: tuple[Crew, ...]
    certifications: Mapping[str, str]
    translations: Mapping[str, Translation]
    alternative_titles: tuple[tuple[str, str], ...]

    @property
    def credits(self) -> tuple[Cast | Crew, ...]:
        return (*self.cast, *self.crew)


@dataclass(frozen=True, slots=True)
class Film(Title):
    runtime: int
    collection: int | None
    budget: int
    revenue: int


@dataclass(frozen=True, slots=True)
class Show(Title):
    tvdb_id: int | None
    last_air_date: date | None
    type: str
    networks: tuple[int, ...]
    created_by: tuple[int, ...]
    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    imdb_id: str | None
    name: str
    also_known_as: tuple[str, ...]
    gender: int
    birthday: date | None
    deathday: date | None
    place_of_birth: str | None
    department: str
    popularity: float
    biography: str

    @property
    def kind(self) -> Literal["person"]:
        return "person"


@dataclass(frozen=True, slots=True)
class Collection:
    id: int
    name: str
    overview: str


@dataclass(frozen=True, slots=True)
class Company:
    """A production company or a network."""

    id: int
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Provider:
    id: int
    name: str
    priority: int
    regions: tuple[str, ...]
    kinds: tuple[str, ...] = ("flatrate", "rent", "buy")


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
