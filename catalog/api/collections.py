"""Films that belong together."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.about.gathered import films_of
from catalog.api import pictures
from catalog.api.browsing import Browsing
from catalog.api.finding import aged, collection_for
from catalog.api.lengths import long_page
from catalog.api.shapes import AGES, PATH, Aged, CollectionName, collection_name
from catalog.api.titles import EXPANDS, Listed, in_list
from catalog.api.titles import listed as titles_listed
from catalog.models import Collection
from cinehub.kit.api import paged


class CollectionDetails(Aged, CollectionName):
    overview = serializers.CharField(allow_blank=True)
    backdrop_path = serializers.CharField(allow_null=True, help_text=PATH)
    backdrop_url = serializers.URLField(allow_null=True)
    runtime = serializers.IntegerField(help_text="Minutes, of all whose runtime is known.")
    vote_average = serializers.FloatField(allow_null=True, help_text="Each film counts the same.")
    parts = Listed(many=True)


class Collections(Browsing):
    expands = frozenset()

    @extend_schema(summary="All collections, by their names", responses=paged(CollectionName))
    def get(self, request: Request) -> Response:
        rows = Collection.objects.filter(hidden_at=None).order_by("name", "pk")
        return long_page(self, rows, CollectionName, collection_name)


class OneCollection(Browsing):
    limit = "details"
    expands = EXPANDS

    @extend_schema(summary="A collection and its films", responses=CollectionDetails)
    def get(self, request: Request, tmdb_id: int) -> Response:
        collection, age = collection_for(tmdb_id)
        films = films_of(collection, self.reader.language, adult=self.reader.adult)
        keys = [film.pk for film in films.films]
        told = collection_name(collection) | {
            "as_of": collection.fetched_at,
            "data_age": AGES[age],
            "overview": collection.overview,
            "backdrop_path": collection.backdrop_path or None,
            "backdrop_url": pictures.backdrop_url(collection.backdrop_path),
            "runtime": films.minutes,
            "vote_average": films.score,
            "parts": [in_list(film) for film in titles_listed(self, keys)],
        }
        return aged(self.show(told, CollectionDetails), collection, age)
