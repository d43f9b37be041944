"""What the API says of itself."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, Who
from cinehub.kit.api.problems import KINDS, type_of


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
