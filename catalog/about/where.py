"""Where a title can be watched in one country, when it came out there and for whom."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from catalog.models import Country, Offer, Provider, ReleaseDate, Title

PROVIDERS_SHOWN = 12
RELEASES_SHOWN = 12


@dataclass(frozen=True)
class Where:
    """What is known of a title in one country; `asked` is what was wanted instead, in vain."""

    country: str
    name: str
    asked: str
    certification: str
    offers: list[tuple[str, list[Provider]]]
    releases: list[ReleaseDate]
    countries: list[tuple[str, str]]

    @property
    def has_something(self) -> bool:
        return bool(self.offers or self.releases or len(self.countries) > 1)


def where(title: Title, country: str, asked: str = "") -> Where:
    """In the country asked for, if it is one of which something is known, else in the reader's."""
    wanted = asked.strip().upper()
    countries = _countries(title, country)
    names = {code: name for code, name, _ in countries}
    here = wanted if wanted in names else country
    return Where(
        country=here,
        name=names.get(here, here),
        asked="" if wanted == here else asked.strip()[:40],
        certification=next((rated for code, _, rated in countries if code == here), ""),
        offers=_offers(title, here),
        releases=_releases(title, here),
        countries=[(code, name) for code, name, _ in countries],
    )


def _countries(title: Title, country: str) -> list[tuple[str, str, str]]:
    """Code, name and certification where there is an offer or a certification, and here."""
    certifications = title.certifications.filter(country=OuterRef("code")).values("code")
    known = Q(code=country) | Q(code__in=title.offers.values("country"))
    known |= Q(code__in=title.certifications.values("country"))
    rated = Coalesce(Subquery(certifications[:1]), Value(""))
    found = Country.objects.filter(known).annotate(rated=rated).order_by("name", "pk")
    return list(found.values_list("code", "name", "rated"))


def _offers(title: Title, country: str) -> list[tuple[str, list[Provider]]]:
    offers = list(
        title.offers.filter(country=country)
        .select_related("provider")
        .only("title", "kind", "provider__name", "provider__logo_path")
        .order_by("position", "provider__priority", "pk")
    )
    by_kind = [
        (str(kind.label), [o.provider for o in offers if o.kind == kind][:PROVIDERS_SHOWN])
        for kind in Offer.Kind
    ]
    return [(label, providers) for label, providers in by_kind if providers]


def _releases(title: Title, country: str) -> list[ReleaseDate]:
    if not title.is_movie:
        return []
    found = title.release_dates.filter(country=country).order_by("date", "type", "pk")
    return list(found[:RELEASES_SHOWN])
