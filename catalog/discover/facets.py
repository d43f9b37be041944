"""The same titles by their facets: on PostgreSQL one index knows who has which numbers."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db.models import QuerySet

from catalog.discover import certifications
from catalog.discover.values import Values
from catalog.models.facets import LAST_YEAR, LONGEST, VOTES, Of, facet, offer, worded, years

Rows = TypeVar("Rows", bound=QuerySet)
# Somewhere in the middle of what there is.
USUAL_YEAR, USUAL_TENS, USUAL_HALF = 2012, 9, 12
# What a title has; of each of these groups it must have one number.
Groups = Iterator[list[int]]


def in_index(rows: Rows, kind: str, asked: Iterable[Values], region: str) -> Rows:
    """All that numbers can tell; where they are too coarse for a range, its column tells the rest.

    A range that most titles are in is left to the column: to the index it is only work.
    """
    groups = [group for values in asked for group in _ranges(values)]
    return having(_with(rows, "numbers", groups), kind, asked, region, "numbers")


def having(
    rows: Rows, kind: str, asked: Iterable[Values], region: str, numbers: str = "facets__numbers"
) -> Rows:
    """All that is no range."""
    groups, without = [[worded(Of.KIND, kind)]], []
    for values in asked:
        groups += [*_terms(values), *_of_region(kind, values, region)]
        without += [facet(Of.GENRE, genre) for genre in values.without]
    rows = _with(rows, numbers, groups)
    return rows.exclude(**{f"{numbers}__overlap": without}) if without else rows


def _with(rows: Rows, numbers: str, groups: list[list[int]]) -> Rows:
    """One of each group."""
    if every := sorted({group[0] for group in groups if len(group) == 1}):
        rows = rows.filter(**{f"{numbers}__contains": every})
    for group in groups:
        if len(group) != 1:
            rows = rows.filter(**{f"{numbers}__overlap": group})
    return rows


def _terms(values: Values) -> Groups:
    """Countries and languages are any of, genres as is asked, the rest all of."""
    genres = [facet(Of.GENRE, genre) for genre in values.genre]
    yield from [genres] if genres and values.genres == "any" else ([genre] for genre in genres)
    for of, terms in (
        (Of.KEYWORD, values.keyword),
        (Of.COMPANY, values.company),
        (Of.NETWORK, values.network),
        (Of.PERSON, values.person),
    ):
        yield from ([facet(of, term)] for term in terms)
    for of, words in (
        (Of.COUNTRY, values.country),
        (Of.LANGUAGE, values.language),
        (Of.STATUS, values.status),
        (Of.TYPE, values.type),
    ):
        if words:
            yield [worded(of, word) for word in words]


def _ranges(values: Values) -> Groups:
    since, until = values.since, values.until
    first, last = since.first.year if since else 0, until.last.year if until else LAST_YEAR
    if last < USUAL_YEAR or first > USUAL_YEAR:
        yield list(years(first, last))
    least, most = values.runtime_min or 0, values.runtime_max
    tens = range(min(least // 10, LONGEST), LONGEST + 1 if most is None else most // 10 + 1)
    if USUAL_TENS not in tens:
        yield [facet(Of.RUNTIME, ten) for ten in tens if ten <= LONGEST]
    worst, best = values.score_min or 0, 10 if values.score_max is None else values.score_max
    halves = range(int(worst * 2), int(best * 2) + 1)
    if USUAL_HALF not in halves:
        yield [facet(Of.SCORE, half) for half in halves]
    if steps := [votes for votes in VOTES if votes <= (values.votes_min or 0)]:
        yield [facet(Of.VOTES, steps[-1])]


def _of_region(kind: str, values: Values, region: str) -> Groups:
    def rated(codes: Iterable[str]) -> list[int]:
        return [worded(Of.CERTIFICATION, region, code) for code in codes]

    if values.certification:
        yield rated(values.certification)
    least, most = values.certification_min, values.certification_max
    if least or most:
        yield rated(certifications.between(kind, region, least, most))
    if values.provider or values.offer:
        yield [
            offer(region, provider, way)
            for provider in values.provider or (0,)
            for way in values.offer or ("",)
        ]
