"""From values to titles. Every filter reaches its table by (term, title); none multiplies rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from catalog import certifications
from catalog.discover.values import Values
from catalog.models import Certification, Credit, Offer, Title
from catalog.models.title import TitleQuerySet

Rows = QuerySet[Any]


def matching(
    titles: TitleQuerySet, kind: str, values: Values, region: str, *, in_turn: bool = False
) -> TitleQuerySet:
    """Those that match all; `in_turn` looks at one after the other until a page is full."""
    titles = _by_columns(titles, values)
    if values.without:
        titles = titles.lacking(titles.links("genres", *values.without))
    for rows in _wanted(kind, values, region):
        titles = titles.having_in_turn(rows) if in_turn else titles.having(rows)
    return titles


def _by_columns(titles: TitleQuerySet, values: Values) -> TitleQuerySet:
    """Ranges with both their ends, and any of several words; what is not asked for is open."""
    asked = {
        "release_date__gte": values.since and values.since.first,
        "release_date__lte": values.until and values.until.last,
        "runtime__gte": values.runtime_min,
        "runtime__lte": values.runtime_max,
        "vote_average__gte": values.score_min,
        "vote_average__lte": values.score_max,
        "vote_count__gte": values.votes_min,
        "original_language__in": values.language,
        "status__in": values.status,
        "type__in": values.type,
    }
    return titles.filter(
        **{name: value for name, value in asked.items() if value not in (None, ())}
    )


def _wanted(kind: str, values: Values, region: str) -> Iterator[Rows]:
    """Of each of these a title must have a row."""
    yield from _links(values)
    yield from (Credit.objects.filter(person=person) for person in values.person)
    yield from _certifications(kind, values, region)
    yield from _offers(values, region)


def _links(values: Values) -> Iterator[Rows]:
    """Countries are any of, genres as is asked, the rest all of."""
    links = TitleQuerySet(Title).links
    if values.country:
        yield links("countries", *values.country)
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
