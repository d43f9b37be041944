"""The same titles by their facets: on PostgreSQL one index knows who has which numbers."""

from collections.abc import Iterable, Iterator
from math import prod
from typing import TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from catalog.discover import certifications
from catalog.discover.shares import shares
from catalog.discover.values import Values
from catalog.models.facets import LAST_YEAR, LONGEST, VOTES, Of, facet, offer, worded, years

Rows = TypeVar("Rows", bound=QuerySet)
# To read a row costs as much as so many places in the index; and where more titles than that are
# expected, some are met wherever one looks.
WORTH, PLENTY = 300, 25_000
# At most so many have what nobody counted.
RAREST = 0.0003
# What a title has; of each of these groups it must have one number.
Groups = Iterator[list[int]]


def in_index(
    rows: Rows,
    kind: str,
    asked: Iterable[Values],
    region: str,
    within: list[list[int]],
    most: int,
) -> Rows:
    """All that numbers can tell; of a range its column tells the rest. `within` is asked for, too.

    What many titles have is looked up in the rows that the rest has found: to the index, which
    goes through all its places, it is only work; the more so where no more than `most` are read.
    """
    known, terms = shares(), [*_groups(kind, asked, region)]
    share = known.of_all(within)
    number = expected(kind, asked, region)
    reads = known.titles * share * min(1, most / (number * share or 1))
    rare = [*within, *_worth([*terms, *_all_ranges(asked)], reads, is_begun=bool(within))]
    if not within and number > PLENTY:
        rare = []
    rows = _with(rows, "numbers", rare)
    if rest := [group for group in terms if group not in rare]:
        # As an expression that no index knows.
        rows = _with(rows.alias(held=Coalesce("numbers", "numbers")), "held", rest)
    return _without(rows, asked, "numbers")


def _worth(groups: list[list[int]], reads: float, *, is_begun: bool) -> Groups:
    """Those that save more rows than they cost, the rarest first."""
    known = shares()
    for group in sorted(groups, key=known.of_any):
        share = known.of_any(group)
        if not is_begun or reads * (1 - share) * WORTH >= known.titles * share:
            yield group
            reads *= max(share, RAREST)
        is_begun = True


def having(rows: Rows, kind: str, asked: Iterable[Values], region: str) -> Rows:
    """All that is no range, for titles."""
    rows = _with(rows, "facets__numbers", [*_groups(kind, asked, region)])
    return _without(rows, asked, "facets__numbers")


def expected(kind: str, asked: Iterable[Values], region: str) -> float:
    """About how many match, if what is asked for has nothing to do with each other."""
    known = shares()
    number = known.titles
    for group in (*_groups(kind, asked, region), *_all_ranges(asked)):
        number *= known.of_any(group)
    for values in asked:
        number *= prod(1 - known.of_any([facet(Of.GENRE, genre)]) for genre in values.without)
    return number


def is_sooner_sorted(kind: str, asked: Iterable[Values], region: str, page: int) -> bool:
    """Whether fewer match than there are titles to walk past until a page is full."""
    number = expected(kind, asked, region)
    return number * number < page * shares().titles


def _groups(kind: str, asked: Iterable[Values], region: str) -> Groups:
    yield [worded(Of.KIND, kind)]
    for values in asked:
        yield from _terms(values)
        yield from _of_region(kind, values, region)


def _all_ranges(asked: Iterable[Values]) -> Groups:
    for values in asked:
        yield from _ranges(values)


def _with(rows: Rows, numbers: str, groups: list[list[int]]) -> Rows:
    """One of each group."""
    if every := sorted({group[0] for group in groups if len(group) == 1}):
        rows = rows.filter(**{f"{numbers}__contains": every})
    for group in groups:
        if len(group) != 1:
            rows = rows.filter(**{f"{numbers}__overlap": group})
    return rows


def _without(rows: Rows, asked: Iterable[Values], numbers: str) -> Rows:
    genres = [facet(Of.GENRE, genre) for values in asked for genre in values.without]
    return rows.exclude(**{f"{numbers}__overlap": genres}) if genres else rows


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
        (Of.SPOKEN, values.spoken),
        (Of.STATUS, values.status),
        (Of.TYPE, values.type),
    ):
        if words:
            yield [worded(of, word) for word in words]


def _ranges(values: Values) -> Groups:
    since, until = values.since, values.until
    if since or until:
        first, last = since.first.year if since else 0, until.last.year if until else LAST_YEAR
        yield list(years(first, last))
    least, most = values.runtime_min or 0, values.runtime_max
    if least or most is not None:
        tens = range(min(least // 10, LONGEST), LONGEST + 1 if most is None else most // 10 + 1)
        yield [facet(Of.RUNTIME, ten) for ten in tens if ten <= LONGEST]
    yield from scores(values)
    if steps := [votes for votes in VOTES if votes <= (values.votes_min or 0)]:
        yield [facet(Of.VOTES, steps[-1])]


def scores(values: Values) -> Groups:
    worst, best = values.score_min or 0, 10 if values.score_max is None else values.score_max
    if worst or best < 10:
        yield [facet(Of.SCORE, half) for half in range(int(worst * 2), int(best * 2) + 1)]


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
