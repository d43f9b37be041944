"""What hangs on a title, as programs are told: its credits, pictures, videos, dates, names."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from rest_framework import serializers

from catalog.about.releases import releases_of
from catalog.api import pictures
from catalog.api.shapes import PATH, PersonName, Told, person_name
from catalog.api.titles import listed
from catalog.models import Credit, Image, Link, Offer, Title
from cinehub.kit.api import Endpoint

ATTRIBUTION = "JustWatch"


class CastMember(PersonName):
    character = serializers.CharField(allow_blank=True)
    episode_count = serializers.IntegerField(allow_null=True)
    order = serializers.IntegerField()
    credit_id = serializers.CharField()


class CrewMember(PersonName):
    department = serializers.CharField(allow_blank=True)
    job = serializers.CharField(allow_blank=True)
    episode_count = serializers.IntegerField(allow_null=True)
    credit_id = serializers.CharField()


class Credits(Told):
    cast = CastMember(many=True)
    crew = CrewMember(many=True)


class Picture(Told):
    file_path = serializers.CharField(help_text=PATH)
    url = serializers.URLField(allow_null=True)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    iso_639_1 = serializers.CharField(allow_null=True, help_text="Null for one without words.")
    vote_average = serializers.FloatField()
    vote_count = serializers.IntegerField()


class Images(Told):
    posters = Picture(many=True)
    backdrops = Picture(many=True)
    logos = Picture(many=True)


class Video(Told):
    id = serializers.CharField()
    site = serializers.CharField()
    key = serializers.CharField()
    url = serializers.URLField(allow_null=True, help_text="Of a video on YouTube.")
    name = serializers.CharField(allow_blank=True)
    type = serializers.CharField(allow_blank=True)
    iso_639_1 = serializers.CharField(allow_null=True)
    official = serializers.BooleanField()
    size = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)


class Provider(Told):
    provider_id = serializers.IntegerField()
    provider_name = serializers.CharField()
    logo_path = serializers.CharField(allow_null=True, help_text=PATH)
    logo_url = serializers.URLField(allow_null=True)


class Where(Told):
    iso_3166_1 = serializers.CharField()
    flatrate = Provider(many=True)
    free = Provider(many=True)
    ads = Provider(many=True)
    rent = Provider(many=True)
    buy = Provider(many=True)


class WatchProviders(Told):
    attribution = serializers.CharField(help_text="To be named wherever this is shown.")
    results = Where(many=True)


class Release(Told):
    type = serializers.IntegerField(
        help_text="1 premiere, 2 cinemas (limited), 3 cinemas, 4 digital, 5 physical, 6 TV."
    )
    release_date = serializers.DateField()
    certification = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class CountryReleases(Told):
    iso_3166_1 = serializers.CharField()
    name = serializers.CharField()
    certification = serializers.CharField(allow_blank=True)
    release_dates = Release(many=True)


class Translation(Told):
    iso_639_1 = serializers.CharField()
    iso_3166_1 = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_blank=True)
    tagline = serializers.CharField(allow_blank=True)
    overview = serializers.CharField(allow_blank=True)


class AlternativeTitle(Told):
    iso_3166_1 = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    type = serializers.CharField(allow_blank=True)


class Translations(Told):
    translations = Translation(many=True)
    alternative_titles = AlternativeTitle(many=True)


def credits(title: Title) -> dict[str, Any]:
    """Everybody, credit by credit, as TMDB bills them."""
    rows = Credit.objects.filter(title=title, person__hidden_at=None).order_by("position", "pk")
    cast: list[dict[str, Any]] = []
    crew: list[dict[str, Any]] = []
    of_person = ("person_id", "person__name", "person__profile_path")
    told = rows.values_list(
        *of_person, "department", "job", "character", "episode_count", "tmdb_id"
    )
    for key, name, path, department, job, character, episodes, credit in told:
        person = person_name(key, name, path) | {"episode_count": episodes, "credit_id": credit}
        if department == Credit.ACTING:
            cast.append(person | {"character": character, "order": len(cast)})
        else:
            crew.append(person | {"department": department, "job": job})
    return {"cast": cast, "crew": crew}


def images(title: Title) -> dict[str, Any]:
    """The best of each kind first; drawings, which some logos are, are not kept here."""
    found = title.images.exclude(path__endswith=".svg")
    rows = found.order_by("kind", "-vote_average", "-vote_count", "pk").values_list(
        "kind", "path", "width", "height", "language", "vote_average", "vote_count"
    )
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Image.Kind.values}
    for kind, path, width, height, language, average, count in rows:
        told = _picture(Image.Kind(kind), path, width, height, language, average, count)
        by_kind[kind].append(told)
    return {f"{kind}s": pictures_ for kind, pictures_ in by_kind.items()}


_ADDRESSES: dict[str, Callable[[str], str | None]] = {
    Image.Kind.POSTER: pictures.poster_url,
    Image.Kind.BACKDROP: pictures.backdrop_url,
    Image.Kind.LOGO: pictures.logo_url,
}


def _picture(
    kind: str, path: str, width: int, height: int, language: str, average: float, count: int
) -> dict[str, Any]:
    return {
        "file_path": path,
        "url": _ADDRESSES[kind](path),
        "width": width,
        "height": height,
        "iso_639_1": language or None,
        "vote_average": average,
        "vote_count": count,
    }


def videos(title: Title) -> list[dict[str, Any]]:
    return [
        {
            "id": video.tmdb_id,
            "site": video.site,
            "key": video.key,
            "url": video.url if video.site == "YouTube" else None,
            "name": video.name,
            "type": video.type,
            "iso_639_1": video.language or None,
            "official": video.official,
            "size": video.size,
            "published_at": video.published_at,
        }
        for video in title.videos.order_by("-official", "type", "-published_at", "pk")
    ]


def watch_providers(title: Title, region: str = "") -> dict[str, Any]:
    """In all countries, or in one."""
    offers = Offer.objects.filter(title=title, **({"country": region} if region else {}))
    rows = offers.order_by("country", "position", "provider__priority", "pk").values_list(
        "country", "kind", "provider_id", "provider__name", "provider__logo_path"
    )
    told = [_where(country, list(group)) for country, group in groupby(rows, lambda row: row[0])]
    return {"attribution": ATTRIBUTION, "results": told}


def _where(country: str, rows: list[Any]) -> dict[str, Any]:
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in Offer.Kind.values}
    for _country, kind, key, name, logo in rows:
        by_kind[kind].append(provider(key, name, logo))
    return {"iso_3166_1": country, **by_kind}


def provider(key: int, name: str, logo: str) -> dict[str, Any]:
    return {
        "provider_id": key,
        "provider_name": name,
        "logo_path": logo or None,
        "logo_url": pictures.logo_url(logo),
    }


def linked(view: Endpoint, title: Title, kind: str) -> list[Title]:
    return listed(view, linked_keys(title, kind))


def linked_keys(title: Title, kind: str) -> list[int]:
    """The best first; those that TMDB has dropped are left out."""
    links = Link.objects.filter(title=title, kind=kind, to__hidden_at=None)
    return list(links.order_by("rank", "pk").values_list("to_id", flat=True))


def release_dates(title: Title, first: str) -> list[dict[str, Any]]:
    return [
        {
            "iso_3166_1": country.code,
            "name": country.name,
            "certification": country.certification,
            "release_dates": [
                {
                    "type": release.type,
                    "release_date": release.date,
                    "certification": release.certification,
                    "note": release.note,
                }
                for release in country.releases
            ],
        }
        for country in releases_of(title, first)
    ]


def translations(title: Title) -> dict[str, Any]:
    said = title.translations.order_by("language", "country", "pk").values_list(
        "language", "country", "name", "tagline", "overview"
    )
    others = title.alternative_titles.order_by("country", "name", "pk").values_list(
        "country", "name", "type"
    )
    return {
        "translations": [
            {
                "iso_639_1": language,
                "iso_3166_1": country or None,
                "title": name,
                "tagline": tagline,
                "overview": overview,
            }
            for language, country, name, tagline, overview in said
        ],
        "alternative_titles": [
            {"iso_3166_1": country or None, "title": name, "type": type_}
            for country, name, type_ in others
        ],
    }
