"""What on a page that is made for everybody is one reader's own, and where it stands.

`{% slot "_who.html" %}` is a template that knows the request and nothing else. In a page that is
kept for everybody a marker stands in its place. What holds for this very moment, `fresh=True`, is
not in a member's own copy either, and neither are the tokens of its forms.
"""

import re
from functools import cache

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

_SLOT = re.compile(rb"<!--(?:slot|fresh) ([a-z_/]+\.html)-->")
_LASTING = re.compile(rb"<!--slot ([a-z_/]+\.html)-->")
_OPEN = re.compile(rb"<!--(?:fresh ([a-z_/]+\.html)|token)-->")
# As Django writes it; what members write has no such quotes.
_TOKEN = re.compile(rb'<input type="hidden" name="csrfmiddlewaretoken" value="[A-Za-z0-9]+">')
_TOKEN_NAME = b"csrfmiddlewaretoken"


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, *, fresh: bool = False) -> SafeString:
    """A template that shows what is one reader's own; it knows the request and nothing else."""
    request = context["request"]
    is_for_all = getattr(request, "has_slots", False)
    if is_for_all or (fresh and getattr(request, "own_copy", None)):
        return SafeString(f"<!--{'fresh' if fresh else 'slot'} {name}-->")
    return SafeString(render_to_string(name, request=request))


def fill(request: HttpRequest, body: bytes) -> bytes:
    """For a reader: all slots, but those that stay open in a copy of their own."""
    slots = _LASTING if getattr(request, "own_copy", None) else _SLOT
    return slots.sub(lambda found: _rendered(request, found[1]), body)


def opened(body: bytes) -> bytes | None:
    """Without the tokens of its forms; None if one may be left."""
    without = _TOKEN.sub(b"<!--token-->", body)
    return None if _TOKEN_NAME in without else without


def close(request: HttpRequest, body: bytes) -> bytes:
    """With what belongs to this very answer."""
    # One for all its forms, as in a template.
    token = cache(lambda: _token(request))

    def said(found: re.Match[bytes]) -> bytes:
        return _rendered(request, found[1]) if found[1] else token()

    return _OPEN.sub(said, body)


def _rendered(request: HttpRequest, name: bytes) -> bytes:
    return render_to_string(name.decode(), request=request).encode()


def _token(request: HttpRequest) -> bytes:
    token = get_token(request)
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'.encode()
