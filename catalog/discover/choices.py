"""What a form can offer; asked for once an hour."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull

from catalog.discover import certifications
from catalog.discover.orders import ORDERS
from catalog.discover.terms import at_hand
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
from catalog.models.genres import said

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
    # By name.
    spoken: list[Option]
    countries: list[Option]
    # Of the region; `ranked_certifications` from the least to the most restrictive, for a range.
    certifications: list[Option]
    ranked_certifications: list[Option]
    providers: list[Option]
    regions: list[Option]
    offers: list[Option]
    statuses: list[Option]
    types: list[Option]


def choices(kind: str, region: str, home: str = "") -> Choices:
    """All that there is to choose from for films or shows, for who is at home elsewhere perhaps."""
    ranked = _plain(certifications.in_order(kind, region))
    found = _kept(kind, lambda: _of_kind(kind)) | _kept("spoken", _spoken)
    found |= _kept(f"in-{region}", lambda: {"providers": _providers(region)})
    if not ranked:
        found |= _kept(f"codes-{region}", lambda: {"certifications": _codes(region)})
    shows = kind == Kind.TV
    return Choices(
        genres=[Option(pk, said(name)) for pk, name in found["genres"]],
        languages=found["languages"],
        spoken=found["spoken"],
        countries=found["countries"],
        certifications=ranked or found["certifications"],
        ranked_certifications=ranked,
        providers=found["providers"],
        regions=_with(found["regions"], region, home),
        offers=[Option(value, str(label)) for value, label in Offer.Kind.choices],
        statuses=[Option(value, str(label)) for value, label in STATUSES.items() if shows],
        types=[Option(value, str(label)) for value, label in TYPES.items() if shows],
    )


def forget() -> None:
    """Choices and counts. Without Redis each process forgets its own, in its time."""
    forget_all = getattr(cache, "delete_pattern", None)
    if forget_all:
        forget_all("discover-*")


def sorts() -> list[Option]:
    return [Option(name, str(order.label)) for name, order in ORDERS.items()]


def streaming_regions() -> list[Option]:
    """Countries of which it is known where to watch."""
    return _kept("streaming", lambda: {"regions": _offering()})["regions"]


def _offering() -> list[Option]:
    """Once an hour all offers may be looked at."""
    offering = Offer.objects.order_by().values_list("country", flat=True).distinct()
    return _named(Country.objects.filter(pk__in=list(offering)))


def _kept(name: str, ask: Callable[[], Found]) -> Found:
    return cache.get_or_set(f"discover-choices-{name}", ask, AN_HOUR) or {}


def _of_kind(kind: str) -> Found:
    genres = Genre.objects.filter(**{"for_movies" if kind == Kind.MOVIE else "for_tv": True})
    return {"genres": _named(genres), "languages": _languages(kind)} | _kept(
        "countries", _countries
    )


def _countries() -> Found:
    """Those that titles were made in, and those that rate titles, or name the day.

    The first row of each country is looked up, in the order of an index: to look for any row is to
    read the whole table for every country that has none.
    """
    filed, rated, dated = (
        model.objects.filter(country=OuterRef("pk")).order_by("country", column)
        for model, column in (
            (Title.countries.through, "title"),
            (Certification, "code"),
            (ReleaseDate, "date"),
        )
    )
    rows = Country.objects.annotate(
        made=_has_one(filed), rates=_has_one(rated), dates=_has_one(dated)
    ).values_list("pk", "name", "made", "rates", "dates")
    named = [(Option(pk, name or pk), made, any(rest)) for pk, name, made, *rest in rows]
    return {
        "countries": [option for option, made, _region in named if made],
        "regions": [option for option, _made, region in named if region],
    }


def _spoken() -> Found:
    """Those that anybody speaks in a title, found as countries are."""
    titles = Title.languages.through.objects.filter(language=OuterRef("pk")).order_by("language")
    heard = IsNull(Subquery(titles.values("language")[:1]), False)
    return {"spoken": _named(Language.objects.filter(heard))}


def _has_one(rows: QuerySet[Any]) -> IsNull:
    """As a value: for EXISTS the order would not count."""
    return IsNull(Subquery(rows.values("country")[:1]), False)


def _providers(region: str) -> list[Option]:
    offers = Offer.objects.filter(provider=OuterRef("pk"), country=region)
    return _named(Provider.objects.filter(Exists(offers)))


def _codes(region: str) -> list[Option]:
    codes = Certification.objects.filter(country=region).order_by("code")
    return _plain(codes.values_list("code", flat=True).distinct())


def _languages(kind: str) -> list[Option]:
    """The most common first, by an index alone: hidden titles count, too."""
    titles = Title.objects.of_kind(kind).exclude(original_language=None)
    spoken = titles.values("original_language").annotate(titles=Count("pk"))
    codes = spoken.order_by("-titles", "original_language").values_list(
        "original_language", "original_language__name"
    )
    return [Option(code, name or code) for code, name in codes]


def _with(regions: list[Option], *own: str) -> list[Option]:
    """A reader is somewhere even if nobody has told anything of it yet."""
    missing = set(own) - {"", *(code for code, _name in regions)}
    if not missing:
        return regions
    called = at_hand(Country)
    added = [Option(code, called[code].name or code) for code in missing if code in called]
    return sorted([*regions, *added], key=lambda option: option.label)


def _named(rows: QuerySet[Any]) -> list[Option]:
    """By the order that the model has."""
    return [Option(pk, name or str(pk)) for pk, name in rows.values_list("pk", "name")]


def _plain(values: Iterable[str]) -> list[Option]:
    return [Option(value, value) for value in values]
