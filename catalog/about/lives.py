"""When somebody lived, and what is told of it."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from catalog.models import Person
from catalog.templatetags.catalog import picture_address

# Who has no day of death at this age has one that nobody wrote down.
OLDEST = 115
# So much of a biography is read at once, before one asks for the rest.
FOLD_AT = 600


def age(person: Person, today: date) -> int | None:
    """At their death or today; None where it is unknown or cannot be."""
    born, died = person.birthday, person.deathday
    if born is None or (died is None and today.year - born.year > OLDEST):
        return None
    until = died or today
    years = until.year - born.year - ((until.month, until.day) < (born.month, born.day))
    return years if years >= 0 else None


def biography(person: Person) -> tuple[list[str], list[str]]:
    """In paragraphs: those to begin with, and the rest if it is long."""
    paragraphs = [part.strip() for part in person.biography.splitlines() if part.strip()]
    if sum(map(len, paragraphs)) <= FOLD_AT * 1.5:
        return paragraphs, []
    read = 0
    for n, paragraph in enumerate(paragraphs):
        read += len(paragraph)
        if read >= FOLD_AT:
            start, rest = _cut(paragraph, FOLD_AT - (read - len(paragraph)))
            return [*paragraphs[:n], start], [*filter(None, [rest]), *paragraphs[n + 1 :]]
    return paragraphs, []


def linked(person: Person) -> dict[str, Any]:
    """For machines, in schema.org's words; without what there is nothing to say about."""
    elsewhere = {
        "https://www.themoviedb.org/person/": str(person.tmdb_id),
        "https://www.imdb.com/name/": person.imdb_id,
        "https://www.wikidata.org/wiki/": person.wikidata_id,
    }
    told = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": person.name,
        "url": f"{settings.SITE_URL}{person.get_absolute_url()}",
        "alternateName": person.also_known_as,
        "description": Truncator(person.biography).chars(500),
        "birthDate": person.birthday,
        "deathDate": person.deathday,
        "birthPlace": person.place_of_birth,
        "image": person.profile_path and picture_address(person.profile_path, "h632"),
        "sameAs": [f"{site}{key}" for site, key in elsewhere.items() if key],
    }
    return {name: fact for name, fact in told.items() if fact}


def _cut(paragraph: str, after: int) -> tuple[str, str]:
    """At the end of a sentence, if there is one to come."""
    end = re.compile(r"[.!?。！？]['\"”’)]*(?=\s|$)|[。！？]").search(paragraph, after)
    cut = end.end() if end else len(paragraph)
    return paragraph[:cut], paragraph[cut:].strip()
