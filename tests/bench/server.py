"""What is measured: CineHub, and in the same process two views with nothing around them."""

import os
from collections.abc import Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

# What DRF's views are made of here asks for them in turn: ours come first.
import cinehub.kit.api  # noqa: F401  # isort: skip

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import Title
from cinehub.asgi import Site
from cinehub.urls import urlpatterns as pages

BARE, ONE_QUERY, ONE_QUERY_API = "/bare", "/one-query", "/one-query-api"
TWENTY_ROWS = engines["django"].from_string(
    "<ul>{% for title in titles %}<li>{{ title.name }} ({{ title.year }})</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    return _whole("bare")


def one_query(request: HttpRequest) -> HttpResponse:
    titles = Title.objects.visible().of_kind("movie").by_popularity()[:20]
    return _whole(TWENTY_ROWS.render({"titles": titles}, request))


class Row(serializers.Serializer):
    id = serializers.IntegerField(source="tmdb_id")
    title = serializers.CharField(source="name")
    year = serializers.IntegerField()


class OneQuery(APIView):
    """DRF as it comes, but for who asks and how often."""

    authentication_classes = permission_classes = throttle_classes = ()

    def get(self, request: Request) -> HttpResponse:
        titles = Title.objects.visible().of_kind("movie").by_popularity()[:20]
        answer = Response(Row(titles, many=True).data)
        answer.add_post_render_callback(_measure)
        return answer


def _measure(answer: Response) -> None:
    answer.headers["Content-Length"] = str(len(answer.content))


def _whole(text: str) -> HttpResponse:
    """Without CommonMiddleware nobody else says how long it is."""
    body = text.encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [
    path(BARE[1:], bare),
    path(ONE_QUERY[1:], one_query),
    path(ONE_QUERY_API[1:], OneQuery.as_view()),
    *pages,
]


def _without_middleware() -> WSGIHandler:
    with override_settings(MIDDLEWARE=[]):
        return WSGIHandler()


site, alone = WSGIHandler(), _without_middleware()


def measured(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["PATH_INFO"] not in (BARE, ONE_QUERY, ONE_QUERY_API):
        return site(environ, start_response)
    return alone(environ, start_response)


application = Site(measured)
