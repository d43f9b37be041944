"""Shapes that several answers have, and what they are made of."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant, override
from rest_framework import serializers

from catalog.api import pictures
from catalog.models import Kind
from catalog.models.genres import said
from catalog.refreshing import Age
from cinehub.kit.api import Sparse

PATH = "`/picture/{size}` stands before it; sizes are TMDB's."
# How old what is told is, as people are told on pages.
AGES = {
    Age.FRESH: "fresh",
    Age.STALE: "stale",
    Age.UNREACHABLE: "unreachable",
    Age.INCOMPLETE: "incomplete",
}


class Told(Sparse):
    """Of what is told in these words already: serializers take ten times as long over many.

    What a dict lacks is left out: that is how what nobody asked to expand is.
    """

    def to_representation(self, thing: Any) -> dict[str, Any]:
        return {name: thing[name] for name in self.fields if name in thing}


class Named(Told):
    id = serializers.IntegerField(help_text="TMDB's.")
    name = serializers.CharField()


class Country(Told):
    iso_3166_1 = serializers.CharField()
    name = serializers.CharField()


class Language(Told):
    iso_639_1 = serializers.CharField()
    name = serializers.CharField()


class Aged(Told):
    """What was fetched from TMDB one day."""

    as_of = serializers.DateTimeField(allow_null=True, help_text="When TMDB was asked last.")
    data_age = serializers.ChoiceField(
        list(AGES.values()),
        help_text=(
            "`stale`: fetched anew just now, ask again soon; `unreachable`: TMDB does not answer;"
            " `incomplete`: its details are not here yet."
        ),
    )


class PersonName(Told):
    id = serializers.IntegerField(help_text="TMDB's.")
    name = serializers.CharField()
    profile_path = serializers.CharField(allow_null=True, help_text=PATH)
    profile_url = serializers.URLField(allow_null=True)


class CollectionName(Told):
    id = serializers.IntegerField(help_text="TMDB's.")
    name = serializers.CharField()
    poster_path = serializers.CharField(allow_null=True, help_text=PATH)
    poster_url = serializers.URLField(allow_null=True)
    url = serializers.URLField(help_text="Its page.")


class MediaType(serializers.Serializer):
    """In a query string: films, shows, or without it both."""

    media_type = serializers.ChoiceField(Kind.values, required=False)


def person_name(key: int, name: str, path: str) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "profile_path": path or None,
        "profile_url": pictures.profile_url(path),
    }


def collection_name(collection: Any) -> dict[str, Any]:
    return {
        "id": collection.pk,
        "name": collection.name,
        "poster_path": collection.poster_path or None,
        "poster_url": pictures.poster_url(collection.poster_path),
        "url": page(collection),
    }


def page(thing: Any) -> str:
    """Where people read about it."""
    return f"{settings.SITE_URL}{thing.get_absolute_url()}"


def named(rows: list[Any]) -> list[dict[str, Any]]:
    return [{"id": key, "name": name} for key, name in rows]


@lru_cache(maxsize=5000)
def genre_name(name: str, language: str) -> str:
    """As the site says it in this language, if it speaks that."""
    try:
        spoken = get_supported_language_variant(language)
    except LookupError:
        spoken = settings.LANGUAGE_CODE
    with override(spoken):
        return said(name)
