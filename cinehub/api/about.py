"""What the API says of itself."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, Who
from cinehub.kit.api.problems import KINDS, type_of

# Written by `make schema`.
SCHEMA = Path(__file__).with_name("openapi.json")
ROOT = "/api/v1/"
# Where the main things begin, for who opens the API in a browser.
MAIN = (
    "auth/providers/",
    "calendar/",
    "favorites/",
    "feed/",
    "genres/",
    "health/",
    "history/",
    "lists/",
    "movies/",
    "notifications/",
    "people/",
    "ratings/",
    "recommendations/",
    "reviews/",
    "search/",
    "stats/",
    "tv/",
    "up-next/",
    "users/me/",
    "watchlist/",
)


class Map(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.CharField()
    documentation = serializers.URLField(help_text="For people.")
    schema = serializers.URLField(help_text="For programs: OpenAPI 3.1.")
    addresses = serializers.DictField(child=serializers.URLField())


class Root(Endpoint):
    who = Who.ANYBODY
    fresh_seconds = 3600

    @extend_schema(summary="Where things are", responses=Map)
    def get(self, request: Request) -> Response:
        told = {
            "name": settings.SPECTACULAR_SETTINGS["TITLE"],
            "version": settings.SPECTACULAR_SETTINGS["VERSION"],
            "documentation": _address("docs/"),
            "schema": _address("schema/"),
            "addresses": {path.strip("/"): _address(path) for path in MAIN},
        }
        return self.show(told, Map)


class Schema(Endpoint):
    who = Who.ANYBODY
    fresh_seconds = 3600

    @extend_schema(
        summary="This description",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(_schema(), content_type="application/json")


class ProblemKind(serializers.Serializer):
    type = serializers.URLField()
    title = serializers.CharField()


class Problems(Endpoint):
    """Where the `type` of a problem document leads to."""

    who = Who.ANYBODY

    @extend_schema(summary="What a kind of problem is", responses=ProblemKind)
    def get(self, request: Request, kind: str) -> Response:
        if kind not in KINDS:
            raise Http404
        return self.show({"type": type_of(kind), "title": KINDS[kind]}, ProblemKind)


@cache
def _schema() -> bytes:
    return SCHEMA.read_bytes()


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{ROOT}{path}"
