"""From values to titles. Every filter reaches its table by (term, title); none multiplies rows."""

from catalog import certifications
from catalog.discover.values import Values
from catalog.models import Certification, Credit, Offer
from catalog.models.title import TitleQuerySet


def matching(titles: TitleQuerySet, kind: str, values: Values, region: str) -> TitleQuerySet:
    titles = _by_columns(titles, values)
    titles = _by_terms(titles, values)
    titles = _by_certification(titles, kind, values, region)
    return _by_offers(titles, values, region)


def _by_columns(titles: TitleQuerySet, values: Values) -> TitleQuerySet:
    titles = titles.between(
        "release_date",
        values.since and values.since.first,
        values.until and values.until.last,
    )
    titles = titles.between("runtime", values.runtime_min, values.runtime_max)
    titles = titles.between("vote_average", values.score_min, values.score_max)
    titles = titles.between("vote_count", values.votes_min)
    for column, any_of in (
        ("original_language", values.language),
        ("status", values.status),
        ("type", values.type),
    ):
        if any_of:
            titles = titles.filter(**{f"{column}__in": any_of})
    return titles


def _by_terms(titles: TitleQuerySet, values: Values) -> TitleQuerySet:
    """Countries are any of, genres as is asked, the rest all of."""
    if values.genres == "any" and values.genre:
        titles = titles.filed_under("genres", *values.genre)
    if values.country:
        titles = titles.filed_under("countries", *values.country)
    if values.without:
        titles = titles.filed_under_none("genres", *values.without)
    for field, terms in (
        ("genres", values.genre if values.genres == "all" else ()),
        ("keywords", values.keyword),
        ("companies", values.company),
        ("networks", values.network),
    ):
        for term in terms:
            titles = titles.filed_under(field, term)
    for person in values.person:
        titles = titles.having(Credit.objects.filter(person=person))
    return titles


def _by_certification(
    titles: TitleQuerySet, kind: str, values: Values, region: str
) -> TitleQuerySet:
    rated = Certification.objects.filter(country=region)
    if values.certification:
        titles = titles.having(rated.filter(code__in=values.certification))
    if values.certification_min or values.certification_max:
        codes = certifications.between(
            kind, region, values.certification_min, values.certification_max
        )
        titles = titles.having(rated.filter(code__in=codes))
    return titles


def _by_offers(titles: TitleQuerySet, values: Values, region: str) -> TitleQuerySet:
    if not (values.provider or values.offer):
        return titles
    offers = Offer.objects.filter(country=region)
    if values.provider:
        offers = offers.filter(provider__in=values.provider)
    if values.offer:
        offers = offers.filter(kind__in=values.offer)
    return titles.having(offers)
