"""Pages of an answer: numbered where people browse, led by a cursor where things come and go."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

USUAL, MOST = 20, 100
MOST_PAGES = 1_000_000

T = TypeVar("T")


class Asked(serializers.Serializer):
    """What of the query string says which part of a long answer is wanted."""

    page = serializers.IntegerField(min_value=1, max_value=MOST_PAGES, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=USUAL)


class AskedAfter(serializers.Serializer):
    cursor = serializers.CharField(max_length=300, default="", allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=USUAL)


def asked(request: Request, of: type[serializers.Serializer]) -> dict[str, Any]:
    """Raises ValidationError for what is no page."""
    reading = of(data={name: request.query_params[name] for name in _named(request, of)})
    reading.is_valid(raise_exception=True)
    return reading.validated_data


def numbered(rows: Sequence[Any], page: int, page_size: int) -> tuple[list[Any], int]:
    """The rows of a page, and how many there are in all. Raises NotFound beyond the last."""
    pages = Paginator(rows, page_size)
    try:
        return list(pages.page(page)), pages.count
    except EmptyPage:
        raise NotFound(_("There is no page %(page)s.") % {"page": page}) from None


def after(read: Callable[[str], T | None], cursor: str, field: str = "cursor") -> T | None:
    """Where to go on from: what `read` makes of a cursor. Raises ValidationError for nonsense."""
    if not cursor:
        return None
    found = read(_unwrapped(cursor))
    if found is None:
        raise ValidationError({field: [_("This is no cursor of ours.")]})
    return found


def cursor_of(place: str) -> str:
    """Opaque, for it is nobody's to make up: what `after` unwraps."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def links(request: Request, **pages: dict[str, Any] | None) -> str:
    """A `Link` header: addresses of this answer's other pages, by their relation (RFC 8288)."""
    told = []
    for rel, changes in pages.items():
        if changes is not None:
            query = request.query_params.copy()
            for name, value in changes.items():
                query[name] = str(value)
            address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
            told.append(f'<{address}>; rel="{rel}"')
    return ", ".join(told)


def _named(request: Request, of: type[serializers.Serializer]) -> list[str]:
    return [name for name in of().fields if name in request.query_params]


def _unwrapped(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
