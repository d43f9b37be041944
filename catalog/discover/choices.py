"""What a form can offer; asked for once an hour."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from catalog import certifications
from catalog.discover.orders import ORDERS
from catalog.discover.values import STATUSES, TYPES
from catalog.models import (
    Certification,
    Country,
    Genre,
    Kind,
    Language,
    Offer,
    Provider,
    ReleaseDate,
    Title,
)

AN_HOUR = 3600


class Option(NamedTuple):
    """A value of a filter, and what it is called."""

    value: int | str
    label: str


Found = dict[str, list[Option]]


@dataclass(frozen=True)
class Choices:
    genres: list[Option]
    # Those that titles were made in, the most common first.
    languages: list[Option]
    countries: list[Option]
    # Of the region; `ranked_certifications` from the least to the most restrictive, for a range.
    certifications: list[Option]
    ranked_certifications: list[Option]
    providers: list[Option]
    regions: list[Option]
    offers: list[Option]
    statuses: list[Option]
    types: list[Option]
    sorts: list[Option]


def choices(kind: str, region: str) -> Choices:
    """All that there is to choose from for films or shows, with a reader of this region."""
    ranked = _plain(certifications.in_order(kind, region))
    found = _kept(kind, lambda: _of_kind(kind)) | _kept(f"in-{region}", lambda: _of_region(region))
    shows = kind == Kind.TV
    return Choices(
        genres=found["genres"],
        languages=found["languages"],
        countries=found["countries"],
        certifications=ranked or found["certifications"],
        ranked_certifications=ranked,
        providers=found["providers"],
        regions=found["regions"],
        offers=[Option(value, str(label)) for value, label in Offer.Kind.choices],
        statuses=[Option(value, str(label)) for value, label in STATUSES.items() if shows],
        types=[Option(value, str(label)) for value, label in TYPES.items() if shows],
        sorts=[Option(name, str(order.label)) for name, order in ORDERS.items()],
    )


def _kept(name: str, ask: Callable[[], Found]) -> Found:
    return cache.get_or_set(f"discover-choices-{name}", ask, AN_HOUR) or {}


def _of_kind(kind: str) -> Found:
    genres = Genre.objects.filter(**{"for_movies" if kind == Kind.MOVIE else "for_tv": True})
    filed = Title.countries.through.objects.filter(country=OuterRef("pk"))
    released = Certification.objects.filter(country=OuterRef("pk")).values("pk")
    dated = ReleaseDate.objects.filter(country=OuterRef("pk")).values("pk")
    return {
        "genres": _named(genres),
        "languages": _languages(kind),
        "countries": _named(Country.objects.filter(Exists(filed))),
        "regions": _named(Country.objects.filter(Q(Exists(released)) | Q(Exists(dated)))),
    }


def _of_region(region: str) -> Found:
    offers = Offer.objects.filter(provider=OuterRef("pk"), country=region)
    codes = Certification.objects.filter(country=region).order_by("code")
    return {
        "providers": _named(Provider.objects.filter(Exists(offers))),
        "certifications": _plain(codes.values_list("code", flat=True).distinct()),
    }


def _languages(kind: str) -> list[Option]:
    """The most common first."""
    titles = Title.objects.for_everybody().of_kind(kind).exclude(original_language=None)
    spoken = titles.values("original_language").annotate(titles=Count("pk"))
    names = dict(Language.objects.values_list("pk", "name"))
    in_order = spoken.order_by("-titles", "original_language")
    codes = in_order.values_list("original_language", flat=True)
    return [Option(code, names[code] or code) for code in codes]


def _named(rows: QuerySet[Any]) -> list[Option]:
    """By the order that the model has."""
    return [Option(pk, name or str(pk)) for pk, name in rows.values_list("pk", "name")]


def _plain(values: Iterable[str]) -> list[Option]:
    return [Option(value, value) for value in values]
