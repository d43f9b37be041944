"""Which titles of the sample stand near one another."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from catalog.tmdb.sample.holdings import Holdings
from catalog.tmdb.sample.records import Film, Title

MOST = 12


@dataclass(frozen=True, slots=True)
class Weights:
    genre: float
    keyword: float
    person: float
    collection: float
    decade: float


SIMILAR = Weights(genre=2, keyword=3, person=0, collection=4, decade=1)
RECOMMENDED = Weights(genre=1, keyword=2, person=3, collection=6, decade=0.5)


def near(holdings: Holdings, title: Title, weights: Weights) -> list[Title]:
    others: Mapping[int, Title] = holdings.films if title.kind == "movie" else holdings.shows
    scored = [
        (_nearness(title, other, weights), other)
        for other in others.values()
        if other.id != title.id
    ]
    ranked = sorted(scored, key=lambda row: (-row[0], -row[1].popularity, row[1].id))
    return [other for score, other in ranked if score > weights.decade][:MOST]


def _nearness(one: Title, other: Title, weights: Weights) -> float:
    return (
        weights.genre * _shared(one.genres, other.genres)
        + weights.keyword * _shared(one.keywords, other.keywords)
        + weights.person * _shared(_people(one), _people(other))
        + weights.collection * _together(one, other)
        + weights.decade * (_decade(one) == _decade(other))
    )


def _shared(one: Iterable[Hashable], other: Iterable[Hashable]) -> int:
    return len(set(one) & set(other))


def _people(title: Title) -> tuple[int, ...]:
    return tuple(credit.person for credit in title.credits)


def _together(one: Title, other: Title) -> bool:
    if not (isinstance(one, Film) and isinstance(other, Film)):
        return False
    return one.collection is not None and one.collection == other.collection


def _decade(title: Title) -> int | None:
    return title.released.year // 10 if title.released else None
