"""When a title came out all over the world, and what it is called there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from catalog.models import Country, Language, ReleaseDate, Title

# More than any film has; a page is not to hang on it.
RELEASES_SHOWN = 600
NAMES_SHOWN = 300


@dataclass
class CountryReleases:
    code: str
    name: str
    certification: str = ""
    releases: list[ReleaseDate] = field(default_factory=list)


class OtherName(NamedTuple):
    """A name, and the country or language it is known in."""

    place: str
    language: str
    name: str
    note: str = ""


def releases_of(title: Title, first: str) -> list[CountryReleases]:
    """By country, the reader's `first`."""
    rated = dict(title.certifications.values_list("country", "code"))
    dated = title.release_dates.order_by("country", "date", "type", "pk")[:RELEASES_SHOWN]
    by_country = {code: list(group) for code, group in groupby(dated, lambda each: each.country)}
    names = _names(Country, {*rated, *by_country})
    found = [
        CountryReleases(code, names.get(code, code), rated.get(code, ""), by_country.get(code, []))
        for code in {*rated, *by_country}
    ]
    return sorted(found, key=lambda each: (each.code != first, each.name, each.code))


def names_of(title: Title) -> list[OtherName]:
    """Its names in other languages, then those it goes by in single countries; each once."""
    translated = title.translations.exclude(name="").exclude(name=title.name)
    told = list(translated.order_by("language", "country", "pk")[:NAMES_SHOWN])
    others = list(title.alternative_titles.order_by("country", "name", "pk")[:NAMES_SHOWN])
    languages = _names(Language, {each.language for each in told})
    countries = _names(Country, {each.country for each in others})
    names = [OtherName(languages.get(t.language, t.language), t.language, t.name) for t in told]
    names += [OtherName(countries.get(o.country, o.country), "", o.name, o.type) for o in others]
    return list({(name.place, name.name): name for name in names}.values())


def _names(model: type[Country] | type[Language], codes: Iterable[str]) -> dict[str, str]:
    return dict(model.objects.filter(pk__in=codes).values_list("pk", "name"))
