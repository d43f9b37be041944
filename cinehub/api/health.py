"""How the site is, for whoever watches over it; pages ask the same at /health/."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub import health
from cinehub.kit.api import Endpoint, Who

NAME = OpenApiParameter("name", str, OpenApiParameter.PATH, enum=list(health.CHECKS))


class Check(serializers.Serializer):
    status = serializers.ChoiceField(["ok", health.FAILED])
    ms = serializers.FloatField(help_text="How long it took.")
    error = serializers.CharField(required=False)


class Health(serializers.Serializer):
    status = serializers.ChoiceField(
        ["ok", "degraded", health.FAILED],
        help_text="`degraded`: pages are up, and slower or older than they might be.",
    )
    checks = serializers.DictField(child=Check())


class Asked(Endpoint):
    """Of nobody in particular: it answers where there is no database to know them by."""

    who = Who.ANYBODY
    authentication_classes = ()

    def _told(self, told: dict[str, object]) -> Response:
        return self.show(told, Health, health.status_of(told), Cache_Control="no-store")


class Everything(Asked):
    @extend_schema(summary="How the site is", responses={200: Health, 503: Health}, parameters=[])
    def get(self, request: Request) -> Response:
        return self._told(health.overall())


class One(Asked):
    @extend_schema(
        summary="How one thing is that it leans on",
        responses={200: Health, 503: Health},
        parameters=[NAME],
    )
    def get(self, request: Request, name: str) -> Response:
        if name not in health.CHECKS:
            raise Http404
        return self._told(health.single(name))
