"""What a member has to do with titles, told by who knows: `expand=me`.

The catalogue knows no members. Rooms above name, in `settings.API_EXPANSIONS["me"]`, a function
that is asked once for all titles of an answer, and in `settings.API_SHAPES["me"]` the serializer
of what it tells of each.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers
from rest_framework.request import Request

from catalog.models import Title

ME = "me"
EXPANDS = frozenset({ME})

# By the titles' primary keys; of a title that it leaves out there is nothing to tell.
Telling = Callable[[Request, Sequence[int]], Mapping[int, Mapping[str, Any]]]
Titles = TypeVar("Titles", bound=Sequence[Title])


class Expanding(Protocol):
    """An endpoint that `expand` is among whose `expands`."""

    request: Request
    expanded: set[str]


def with_me(view: Expanding, titles: Titles) -> Titles:
    """The same, each with its `me` if that is asked for by somebody who is signed in."""
    if ME in view.expanded and titles and view.request.user.is_authenticated:
        told = _telling()(view.request, list(dict.fromkeys(title.pk for title in titles)))
        for title in titles:
            title.me = told.get(title.pk)  # type: ignore[attr-defined]
    return titles


def me_of(title: Title) -> Mapping[str, Any] | None:
    return getattr(title, ME, None)


class MeField(serializers.DictField):
    """Of a title that went through `with_me`; null for who is not signed in, or did not ask."""

    def __init__(self, **told: Any) -> None:
        said = "With `expand=me`: what the signed-in member has to do with it."
        super().__init__(**{"read_only": True, "allow_null": True, "help_text": said} | told)

    def get_attribute(self, instance: Any) -> Any:
        return me_of(instance)

    def to_representation(self, value: Any) -> Any:
        return value


class MeSchema(OpenApiSerializerFieldExtension):
    target_class = MeField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        named = settings.API_SHAPES.get(ME)
        told: dict[str, Any] = {"type": "object", "additionalProperties": True}
        if named:
            told = auto_schema.resolve_serializer(import_string(named)(), direction).ref
        return told


@cache
def _telling() -> Telling:
    named = settings.API_EXPANSIONS.get(ME)
    telling: Telling = import_string(named) if named else lambda _request, _keys: {}
    return telling
