"""All that is known of one film or show."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.about.page import known_as
from catalog.about.terms import terms_rows
from catalog.api import parts
from catalog.api import seasons as of_show
from catalog.api.finding import OfTitle, aged
from catalog.api.parts import Credits, Images, Translations, Video, WatchProviders
from catalog.api.shapes import (
    AGES,
    Aged,
    CollectionName,
    Country,
    Language,
    Named,
    collection_name,
    genre_name,
    named,
)
from catalog.api.titles import Listed, in_list, with_me
from catalog.models import Certification, Kind, Link, Title
from catalog.refreshing import Age
from cinehub.kit.written import Given, Parts, Written


class Details(Aged, Listed):
    """Of films and shows; what `expand=` adds stands under its name."""

    genre_ids = None
    tagline = serializers.CharField(allow_blank=True)
    words_language = serializers.CharField(help_text="What the overview is in.")
    status = serializers.CharField(allow_blank=True, help_text="As TMDB has it.")
    homepage = serializers.CharField(allow_blank=True)
    certification = serializers.CharField(allow_blank=True, help_text="In the region.")
    imdb_id = serializers.CharField(allow_null=True)
    wikidata_id = serializers.CharField(allow_null=True)
    genres = Named(many=True)
    keywords = Named(many=True)
    production_companies = Named(many=True)
    production_countries = Country(many=True)
    spoken_languages = Language(many=True)
    credits = Credits()
    images = Images()
    videos = Video(many=True)
    watch_providers = WatchProviders()
    recommendations = Listed(many=True)
    similar = Listed(many=True)
    translations = Translations()


class Movie(Details):
    budget = serializers.IntegerField(help_text="US dollars; 0 where it is not known.")
    revenue = serializers.IntegerField(help_text="US dollars; 0 where it is not known.")
    belongs_to_collection = CollectionName(allow_null=True)
    release_dates = parts.CountryReleases(many=True)


class Show(Details):
    type = serializers.CharField(allow_blank=True, help_text="As TMDB has it.")
    tvdb_id = serializers.IntegerField(allow_null=True)
    last_air_date = serializers.DateField(allow_null=True)
    number_of_seasons = serializers.IntegerField()
    number_of_episodes = serializers.IntegerField()
    networks = Named(many=True)
    seasons = of_show.Season(many=True)
    next_episode_to_air = of_show.Episode(allow_null=True)


Part = Callable[[OfTitle, Title], Any]
PARTS: dict[str, Part] = {
    "credits": lambda _view, title: parts.credits(title),
    "images": lambda _view, title: parts.images(title),
    "videos": lambda _view, title: parts.videos(title),
    "watch_providers": lambda _view, title: parts.watch_providers(title),
    "recommendations": lambda view, title: _linked(view, title, Link.Kind.RECOMMENDED),
    "similar": lambda view, title: _linked(view, title, Link.Kind.SIMILAR),
    "translations": lambda _view, title: parts.translations(title),
}
OF_FILMS: dict[str, Part] = {
    "release_dates": lambda view, title: parts.release_dates(title, view.reader.country),
}


class TitleDetails(OfTitle):
    shape: type[Details] = Details
    parts = PARTS

    def told(self, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id, partial(known_as, self.reader.language))
        with_me(self, [title])
        told = self.details(title, age)
        for name in self.expanded - {"me"}:
            told[name] = self.parts[name](self, title)
        return aged(self.show(told, self.shape), title, age)

    def details(self, title: Title, age: Age) -> dict[str, Any]:
        found = _ask(title, self.reader.country)
        told = in_list(title) | _facts(title, age) | _filed(found, self.reader.language)
        return told | (_of_film(title) if title.is_movie else _of_show(title, found))


class MovieDetails(TitleDetails):
    kind = Kind.MOVIE
    shape = Movie
    parts = PARTS | OF_FILMS
    expands = frozenset({"me", *PARTS, *OF_FILMS})

    @extend_schema(summary="A film", responses=Movie)
    def get(self, request: Request, tmdb_id: int) -> Response:
        return self.told(tmdb_id)


class ShowDetails(TitleDetails):
    kind = Kind.TV
    shape = Show
    expands = frozenset({"me", *PARTS})

    @extend_schema(summary="A show, with its seasons", responses=Show)
    def get(self, request: Request, tmdb_id: int) -> Response:
        return self.told(tmdb_id)


def _linked(view: OfTitle, title: Title, kind: str) -> list[dict[str, Any]]:
    return [in_list(to) for to in parts.linked(view, title, kind)]


def _facts(title: Title, age: Age) -> dict[str, Any]:
    return {
        "as_of": title.fetched_at,
        "data_age": AGES[age],
        "tagline": title.words.tagline,
        "words_language": title.words.language,
        "status": title.status,
        "homepage": title.homepage,
        "imdb_id": title.imdb_id or None,
        "wikidata_id": title.wikidata_id or None,
    }


def _filed(found: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "certification": next((code for (code,) in found["certification"]), ""),
        "genres": _genres(found["genres"], language),
        "keywords": named(found["keywords"]),
        "production_companies": named(found["companies"]),
        "production_countries": [
            {"iso_3166_1": code, "name": name} for code, name in found["countries"]
        ],
        "spoken_languages": [
            {"iso_639_1": code, "name": name} for code, name in found["languages"]
        ],
    }


def _genres(rows: list[Any], language: str) -> list[dict[str, Any]]:
    return [{"id": key, "name": genre_name(name, language)} for key, name in rows]


def _of_film(title: Title) -> dict[str, Any]:
    collection = title.collection
    is_here = collection is not None and collection.hidden_at is None
    return {
        "budget": title.budget,
        "revenue": title.revenue,
        "belongs_to_collection": collection_name(collection) if is_here else None,
    }


def _of_show(title: Title, found: dict[str, Any]) -> dict[str, Any]:
    following = [of_show.episode_told(title, row) for row in found["next_episode"]]
    return {
        "type": title.type,
        "tvdb_id": title.tvdb_id,
        "last_air_date": title.last_air_date,
        "number_of_seasons": title.season_count,
        "number_of_episodes": title.episode_count,
        "networks": named(found["networks"]),
        "seasons": [of_show.season_told(title, row) for row in found["seasons"]],
        "next_episode_to_air": next(iter(following), None),
    }


def _ask(title: Title, country: str) -> dict[str, list[Any]]:
    given = {"title": title.pk, "country": country}
    if title.is_movie:
        return FILM.ask(**given)
    return SHOW.ask(**given, today=timezone.localdate())


def _film_rows() -> Parts:
    rated = Certification.objects.filter(title=Given("title"), country=Given("country"))
    return {**terms_rows(), "certification": rated.order_by("pk").values_list("code")}


def _show_rows() -> Parts:
    return {
        **_film_rows(),
        "seasons": of_show.season_rows(Given("title")),
        "next_episode": of_show.next_rows(Given("title"), Given("today")),
    }


FILM, SHOW = Written(_film_rows), Written(_show_rows)
