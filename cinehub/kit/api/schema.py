"""The API's description, made from its code (OpenAPI 3.1)."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from drf_spectacular.drainage import get_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import is_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_serializer
from rest_framework import serializers

from cinehub.kit.api import paging
from cinehub.kit.api.endpoints import EDITS, LANGUAGE, REGION, Endpoint, Who
from cinehub.kit.api.problems import KINDS, MEDIA_TYPE
from cinehub.kit.api.shapes import Sparse

Shape = type[serializers.Serializer]
PREFIX = "/api/v1/"
PROBLEM = {"$ref": "#/components/responses/Problem"}
TOO_LONG = {"414": {"$ref": "#/components/responses/TooLong"}}
# Whatever is asked, these may be the answer.
ALWAYS = ("400", "401", "403", "406", "429", "500", "502", "503")


@cache
def paged(of: Shape) -> Shape:
    """A numbered page of these."""
    return _around(
        of,
        "Page",
        page=serializers.IntegerField(),
        page_size=serializers.IntegerField(),
        total_pages=serializers.IntegerField(),
        total_results=serializers.IntegerField(),
        total_is_exact=serializers.BooleanField(
            help_text="False where there are so many that they were not counted to the end."
        ),
    )


@cache
def cursored(of: Shape) -> Shape:
    """A page of these that another one may follow."""
    return _around(of, "Part", next_cursor=serializers.CharField(allow_null=True))


@cache
def listed(of: Shape) -> Shape:
    """All of these that there are."""
    return _around(of, "All")


def _around(of: Shape, name: str, **besides: serializers.Field) -> Shape:
    fields = {**besides, "results": of(many=True)}
    called = get_override(of, "component_name", of.__name__)
    made: Any = type(f"{name}Of{called}", (serializers.Serializer,), fields)
    made.is_around = of
    named: Shape = extend_schema_serializer(component_name=made.__name__)(made)
    return named


def _query(name: str, description: str, type_: Any = str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, type_, OpenApiParameter.QUERY, description=description, **more)


def _some(name: str, description: str, of: Iterable[str]) -> OpenApiParameter:
    """Some of these words, between commas."""
    words = {"type": "array", "items": {"type": "string", "enum": sorted(of)}}
    return _query(name, description, words, explode=False, style="form")


PAGE = [
    _query("page", "From 1.", {"type": "integer", "minimum": 1, "maximum": paging.MOST_PAGES}),
    _query(
        "page_size",
        "How many at once.",
        {"type": "integer", "minimum": 1, "maximum": paging.MOST, "default": paging.USUAL},
    ),
]
CURSOR = [_query("cursor", "`next_cursor` of the answer before."), PAGE[1]]
READER = [
    _query(
        "language",
        "What words are in, as `de` or `de-AT`; else as your profile or Accept-Language says.",
        {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"},
    ),
    _query(
        "region",
        "A country, for what differs between them: where to watch, certifications, dates.",
        {"type": "string", "pattern": f"^{REGION.pattern}$"},
    ),
]
ONCE = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Sent twice with the same key it is done once, and answered the same.",
)
MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of what you have read; 412 if it has changed since.",
)


class Schema(AutoSchema):
    """What endpoints say of themselves, and what all of them keep to."""

    view: Endpoint

    def get_operation_id(self) -> str:
        """The method and the path, so that each is one; parts in braces are told by their names."""
        parts = re.sub(r"[{}]", "", self.path.removeprefix(PREFIX)).strip("/")
        return f"{self.method.lower()}_{re.sub('[^a-z0-9]+', '_', parts.lower())}"

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix(PREFIX).split("/")[0] or "root"]

    def get_override_parameters(self) -> list[Any]:
        if self.method != "GET":
            return [ONCE] if self.method == "POST" and self._needs_member() else self._edits()
        shape = self._answered()
        told = [*READER]
        told += self._pages(shape)
        inner = getattr(shape, "is_around", shape)
        if isinstance(inner, type) and issubclass(inner, Sparse):
            told.append(_some("fields", "Only these, between commas.", inner().fields))
        if self.view.expands:
            told.append(_some("expand", "What is told besides, between commas.", self.view.expands))
        return told

    def get_auth(self) -> list[Any]:
        """Bearers name the scope they need; nobody has to sign in where anybody may read."""
        return [*super().get_auth(), *([] if self._needs_member() else [{}])]

    @property
    def scope(self) -> str:
        """Which one a token of limited reach needs; empty where only signing in here will do."""
        return self.view.reads if self.method == "GET" else self.view.writes

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        shape = self.get_response_serializers()
        if self.method == "DELETE" and is_serializer(shape):
            # What was taken away can be had back: the answer says how.
            told = {"200": self._get_response_for_code(shape, "200", direction=direction)}
        codes = set(ALWAYS)
        codes |= {"404"} if "{" in self.path or self._pages(self._answered()) else set()
        # TMDB may make one of two.
        codes |= {"308"} if "{tmdb_id}" in self.path else set()
        # A body, too, may name what is not there.
        codes |= {"404", "409", "412", "413", "415", "422"} if self.method != "GET" else set()
        too_long = TOO_LONG if self.method == "GET" else {}
        return told | dict.fromkeys(sorted(codes - set(told)), PROBLEM) | too_long

    def _map_serializer(self, serializer: Any, direction: Any, *told: Any) -> Any:
        """Of what can be asked for in parts no part has to be there."""
        schema = super()._map_serializer(serializer, direction, *told)
        if direction == "response" and isinstance(serializer, Sparse):
            schema.pop("required", None)
        return schema

    def _answered(self) -> Any:
        shape = self.get_response_serializers()
        if isinstance(shape, dict):
            shape = shape.get(200)
        return getattr(shape, "response", shape)

    def _pages(self, shape: Any) -> list[OpenApiParameter]:
        fields = getattr(shape, "_declared_fields", {})
        return PAGE if "page" in fields else CURSOR if "next_cursor" in fields else []

    def _edits(self) -> list[OpenApiParameter]:
        return [MATCH] if self.method in EDITS and hasattr(self.view, "get") else []

    def _needs_member(self) -> bool:
        who = self.view.who
        return who in (Who.MEMBERS, Who.STAFF) or (who is Who.READERS and self.method != "GET")


def with_problems(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: what all errors look like."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    components["responses"] = {
        "Problem": {
            "description": "What went wrong (RFC 9457).",
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {"invalid": {"value": EXAMPLE}},
                }
            },
        },
        # No endpoint is reached: it is the server that says so.
        "TooLong": {"description": "The address is too long."},
    }
    return result


_ERROR = {
    "type": "object",
    "required": ["field", "code", "message"],
    "properties": {
        "field": {"type": "string", "description": "Empty for what is no one field's."},
        "code": {"type": "string"},
        "message": {"type": "string"},
    },
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": f"`type` ends with one of: {', '.join(KINDS)}.",
    "required": [
        *("type", "title", "status", "detail", "instance", "errors", "request_id", "timestamp")
    ],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": _ERROR},
        "request_id": {"type": "string"},
        "timestamp": {"type": "string", "format": "date-time"},
    },
}
EXAMPLE = {
    "type": "https://cinehub.example/api/v1/problems/invalid/",
    "title": KINDS["invalid"],
    "status": 400,
    "detail": "Some of what was sent is not valid.",
    "instance": "/api/v1/ratings/",
    "errors": [{"field": "value", "code": "max_value", "message": "At most 10."}],
    "request_id": "5b8c1f0d9f3f4f0c8f3b0f6c6a9d2e11",
    "timestamp": "2026-01-01T12:00:00.000+00:00",
}
