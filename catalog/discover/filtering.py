"""From values to titles: by facets, or each filter by its table; none multiplies rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from catalog.discover import certifications, facets
from catalog.discover.beginnings import beginnings as _beginnings
from catalog.discover.orders import Order
from catalog.discover.values import Values
from catalog.models import Certification, Credit, Facets, Offer, Title
from catalog.models.facets import are_kept
from catalog.models.title import TitleQuerySet

Rows = QuerySet[Any]


def narrowed(
    kind: str,
    asked: Iterable[Values],
    region: str,
    *,
    within: Sequence[list[int]] = (),
    most: int = 10**9,
) -> Rows:
    """Those that match all, to be counted and sorted: of each title as little as there is.

    Where facets are kept, of those alone that have one number of each that is `within`; no more
    than `most` of them will be read.
    """
    if not are_kept():
        return matching(kind, asked, region)
    rows = _in_ranges(Facets.objects.all(), asked)
    return facets.in_index(rows, kind, asked, region, [*within], most)


def expected(kind: str, asked: Iterable[Values], region: str) -> float:
    """About how many match; without facets nobody knows."""
    return facets.expected(kind, asked, region) if are_kept() else 0


def is_sooner_sorted(kind: str, asked: Iterable[Values], region: str, page: int) -> bool:
    """Rather than walked to in their order; without facets nobody knows."""
    return are_kept() and facets.is_sooner_sorted(kind, asked, region, page)


def beginnings(
    kind: str, asked: Sequence[Values], region: str, order: Order, end: int, most: int
) -> Iterable[list[int]]:
    """What the first of them may be looked for `within`; without facets there is nothing."""
    return _beginnings(kind, asked, region, order, end, most) if are_kept() else ()


def in_turn(kind: str, asked: Iterable[Values], region: str, column: str) -> TitleQuerySet:
    """The same, each title looked at in the order of this column until a page is full.

    Of the title itself its index has all that is read, if only keys are asked for: what is not for
    everybody has no facets, and facets have the other columns, too.
    """
    if not are_kept():
        return matching(kind, asked, region, in_turn=True)
    titles = _in_ranges(Title.objects.visible().of_kind(kind), asked, "facets__", column)
    return facets.having(titles, kind, asked, region)


def matching(
    kind: str, asked: Iterable[Values], region: str, *, in_turn: bool = False
) -> TitleQuerySet:
    """Those that match all, by the tables; `in_turn` looks at one after the other."""
    return among(Title.objects.for_everybody().of_kind(kind), kind, asked, region, in_turn=in_turn)


def among(
    titles: TitleQuerySet, kind: str, asked: Iterable[Values], region: str, *, in_turn: bool = True
) -> TitleQuerySet:
    """Of these titles; if they are few it is best to look at one after the other."""
    titles = _in_ranges(titles, asked)
    for values in asked:
        titles = _by_columns(titles, values)
        for rows in _wanted(kind, values, region):
            titles = titles.having_in_turn(rows) if in_turn else titles.having(rows)
    return titles


def _in_ranges(rows: Any, asked: Iterable[Values], where: str = "", here: str = "") -> Any:
    """With both their ends; what is not asked for is open. `here` is a column of the rows' own."""
    for values in asked:
        bounds = {
            "release_date__gte": values.since and values.since.first,
            "release_date__lte": values.until and values.until.last,
            "runtime__gte": values.runtime_min,
            "runtime__lte": values.runtime_max,
            "vote_average__gte": values.score_min,
            "vote_average__lte": values.score_max,
            "vote_count__gte": values.votes_min,
        }
        rows = _asked(
            rows,
            **{
                name if here and name.startswith(here) else f"{where}{name}": bound
                for name, bound in bounds.items()
            },
        )
    return rows


def _by_columns(titles: TitleQuerySet, values: Values) -> TitleQuerySet:
    """Any of several words."""
    found: TitleQuerySet = _asked(
        titles,
        original_language__in=values.language,
        status__in=values.status,
        type__in=values.type,
    )
    if values.without:
        return found.lacking(found.links("genres", *values.without))
    return found


def _asked(rows: Any, **conditions: object) -> Any:
    given = {name: value for name, value in conditions.items() if value not in (None, ())}
    return rows.filter(**given) if given else rows


def _wanted(kind: str, values: Values, region: str) -> Iterator[Rows]:
    """Of each of these a title must have a row."""
    yield from _links(values)
    yield from (Credit.objects.filter(person=person) for person in values.person)
    yield from _certifications(kind, values, region)
    yield from _offers(values, region)


def _links(values: Values) -> Iterator[Rows]:
    """Countries and spoken languages are any of, genres as is asked, the rest all of."""
    links = TitleQuerySet(Title).links
    if values.country:
        yield links("countries", *values.country)
    if values.spoken:
        yield links("languages", *values.spoken)
    if values.genre and values.genres == "any":
        yield links("genres", *values.genre)
    for field, terms in (
        ("genres", values.genre if values.genres == "all" else ()),
        ("keywords", values.keyword),
        ("companies", values.company),
        ("networks", values.network),
    ):
        yield from (links(field, term) for term in terms)


def _certifications(kind: str, values: Values, region: str) -> Iterator[Rows]:
    rated = Certification.objects.filter(country=region)
    if values.certification:
        yield rated.filter(code__in=values.certification)
    if values.certification_min or values.certification_max:
        least, most = values.certification_min, values.certification_max
        yield rated.filter(code__in=certifications.between(kind, region, least, most))


def _offers(values: Values, region: str) -> Iterator[Rows]:
    offers = Offer.objects.filter(country=region)
    if values.provider:
        offers = offers.filter(provider__in=values.provider)
    if values.offer:
        offers = offers.filter(kind__in=values.offer)
    if values.provider or values.offer:
        yield offers
