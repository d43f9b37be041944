"""What titles are filed under: genres, keywords, companies, networks; and what codes mean."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import pictures, shapes
from catalog.api.browsing import Browsing
from catalog.api.lengths import long_page
from catalog.api.shapes import PATH, Named, genre_name, page
from catalog.models import Company, Country, Genre, Keyword, Language, Network
from cinehub.kit.api import listed, paged
from cinehub.kit.web import clean_words


class Term(Named):
    url = serializers.URLField(help_text="Its page.")
    movies_url = serializers.URLField(
        allow_null=True, help_text="Films that are filed under it, in this API."
    )
    tv_url = serializers.URLField(help_text="Shows that are filed under it, in this API.")


class GenreTerm(Term):
    for_movies = serializers.BooleanField()
    for_tv = serializers.BooleanField()


class House(Term):
    logo_path = serializers.CharField(allow_null=True, help_text=PATH)
    logo_url = serializers.URLField(allow_null=True)
    origin_country = serializers.CharField(allow_null=True)


class NameAsked(serializers.Serializer):
    q = serializers.CharField(
        required=False, max_length=200, help_text="What the name begins with."
    )


class _Terms(Browsing):
    expands = frozenset()
    model: type[Model] = Keyword

    def rows(self) -> Any:
        rows: Any = self.model._default_manager.order_by("name", "pk")
        asked = NameAsked(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        begun = clean_words(asked.validated_data.get("q", ""))
        return rows.filter(name__istartswith=begun) if begun else rows


class Genres(_Terms):
    @extend_schema(summary="All genres", responses=listed(GenreTerm))
    def get(self, request: Request) -> Response:
        genres = Genre.objects.order_by("name", "pk")
        return self.show_all([_genre(each, self.reader.language) for each in genres], GenreTerm)


class OneGenre(_Terms):
    @extend_schema(summary="A genre, and where its titles are", responses=GenreTerm)
    def get(self, request: Request, tmdb_id: int) -> Response:
        genre = get_object_or_404(Genre, pk=tmdb_id)
        return self.show(_genre(genre, self.reader.language), GenreTerm)


class Keywords(_Terms):
    @extend_schema(
        summary="All keywords, by their names", parameters=[NameAsked], responses=paged(Term)
    )
    def get(self, request: Request) -> Response:
        return long_page(self, self.rows(), Term, lambda row: _term(row, "keyword"))


class OneKeyword(_Terms):
    @extend_schema(summary="A keyword, and where its titles are", responses=Term)
    def get(self, request: Request, tmdb_id: int) -> Response:
        return self.show(_term(get_object_or_404(Keyword, pk=tmdb_id), "keyword"), Term)


class Houses(_Terms):
    """Companies, or networks."""

    field = ""

    @extend_schema(
        summary="All of them, by their names", parameters=[NameAsked], responses=paged(House)
    )
    def get(self, request: Request) -> Response:
        return long_page(self, self.rows(), House, lambda row: _house(row, self.field))


class OneHouse(_Terms):
    field = ""

    @extend_schema(summary="One of them, and where its titles are", responses=House)
    def get(self, request: Request, tmdb_id: int) -> Response:
        house: Any = get_object_or_404(self.model, pk=tmdb_id)
        return self.show(_house(house, self.field), House)


class Countries(_Terms):
    @extend_schema(summary="Countries, as TMDB calls them", responses=listed(shapes.Country))
    def get(self, request: Request) -> Response:
        rows = Country.objects.order_by("name", "pk").values_list("pk", "name")
        told = [{"iso_3166_1": code, "name": name} for code, name in rows]
        return self.show_all(told, shapes.Country)


class SpokenLanguage(shapes.Language):
    native_name = serializers.CharField(allow_blank=True)


class Languages(_Terms):
    @extend_schema(summary="Languages, as TMDB calls them", responses=listed(SpokenLanguage))
    def get(self, request: Request) -> Response:
        rows = Language.objects.order_by("name", "pk").values_list("pk", "name", "native_name")
        told = [
            {"iso_639_1": code, "name": name, "native_name": native} for code, name, native in rows
        ]
        return self.show_all(told, SpokenLanguage)


def _term(term: Genre | Keyword | Company | Network, field: str) -> dict[str, Any]:
    return {
        "id": term.pk,
        "name": term.name,
        "url": page(term),
        # Only shows have networks.
        "movies_url": _titles("movies", field, term.pk) if field != "network" else None,
        "tv_url": _titles("tv", field, term.pk),
    }


def _genre(genre: Genre, language: str) -> dict[str, Any]:
    return _term(genre, "genre") | {
        "name": genre_name(genre.name, language),
        "for_movies": genre.for_movies,
        "for_tv": genre.for_tv,
    }


def _house(house: Any, field: str) -> dict[str, Any]:
    return _term(house, field) | {
        "logo_path": house.logo_path or None,
        "logo_url": pictures.logo_url(house.logo_path),
        "origin_country": house.country_id,
    }


def _titles(room: str, field: str, key: int) -> str:
    return f"{settings.SITE_URL}{reverse(f'api:{room}-list')}?{field}={key}"
