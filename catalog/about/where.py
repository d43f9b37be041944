"""Where a title can be watched in one country, when it came out there and for whom."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from catalog.models import Certification, Country, Offer, Provider, ReleaseDate, Title
from cinehub.kit.written import Given, Parts, Written

PROVIDERS_SHOWN = 12
RELEASES_SHOWN = 12


@dataclass(frozen=True)
class Where:
    """What is known of a title in one country; `asked` is what was wanted instead, in vain."""

    country: str
    name: str
    asked: str
    certification: str
    offers: list[tuple[Offer.Kind, list[Provider]]]
    releases: list[ReleaseDate]
    countries: list[tuple[str, str]]

    @property
    def has_something(self) -> bool:
        return bool(self.offers or self.releases or len(self.countries) > 1)


def where_rows() -> Parts:
    """Of the title, in the reader's `country` and the one `asked` for."""
    title, here = Given("title"), Q(country=Given("country")) | Q(country=Given("asked"))
    certified, offered = (
        Certification.objects.filter(title=title),
        Offer.objects.filter(title=title),
    )
    known = Q(code=Given("country")) | Q(code__in=offered.values("country"))
    known |= Q(code__in=certified.values("country"))
    rated = certified.filter(country=OuterRef("code")).values("code")
    countries = Country.objects.filter(known).order_by("name", "pk")
    countries = countries.annotate(rated=Coalesce(Subquery(rated[:1]), Value("")))
    offers = offered.filter(here).order_by("position", "provider__priority", "pk")
    releases = ReleaseDate.objects.filter(here, title=title).order_by("date", "type", "pk")
    return {
        "places": countries.values_list("code", "name", "rated"),
        "offers": offers.values_list(
            "country", "kind", "provider", "provider__name", "provider__logo_path"
        ),
        "releases": releases.values_list("country", "type", "date", "note", "certification"),
    }


WHERE = Written(where_rows)


def where(title: Title, country: str, asked: str = "") -> Where:
    """In the country asked for, if it is one of which something is known, else in the reader's."""
    found = WHERE.ask(title=title.pk, country=country, asked=code_of(asked))
    return where_from(found, title, country, asked)


def where_from(found: dict[str, Any], title: Title, country: str, asked: str) -> Where:
    """The same, from rows at hand."""
    wanted = code_of(asked)
    names = {code: name for code, name, _ in found["places"]}
    here = wanted if wanted in names else country
    return Where(
        country=here,
        name=names.get(here, here),
        asked="" if wanted == here else asked.strip()[:40],
        certification=next((rated for code, _, rated in found["places"] if code == here), ""),
        offers=_offers([row for place, *row in found["offers"] if place == here]),
        releases=_releases([row for row in found["releases"] if row[0] == here], title),
        countries=list(names.items()),
    )


def code_of(asked: str) -> str:
    """A country's, if what somebody asked for can be one."""
    code = asked.strip().upper()
    return code if re.fullmatch("[A-Z]{2}", code) else ""


def _offers(rows: list[list[Any]]) -> list[tuple[Offer.Kind, list[Provider]]]:
    by_kind: dict[str, list[Provider]] = {}
    for kind, pk, name, logo_path in rows:
        by_kind.setdefault(kind, []).append(Provider(pk=pk, name=name, logo_path=logo_path))
    return [(kind, by_kind[kind][:PROVIDERS_SHOWN]) for kind in Offer.Kind if kind in by_kind]


def _releases(rows: list[list[Any]], title: Title) -> list[ReleaseDate]:
    if not title.is_movie:
        return []
    return [
        ReleaseDate(
            country=country,
            type=type_,
            date=date.fromisoformat(day),
            note=note,
            certification=certification,
        )
        for country, type_, day, note, certification in rows[:RELEASES_SHOWN]
    ]
