"""What on a page is one reader's own, thing by thing: whether they have seen a film, their rating.

Pages are made for everybody; where something is a reader's own they have a marker, an HTML comment
that names a part and the thing it is about. `Own` puts what it stands for in their place on the
way out: for all markers of a part at once, however many there are. What answers an action is made
of markers, too. `settings.OWN` names who fills which part.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape, unescape

from django import template
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

# What a marker says of its thing, and what stands there for this reader.
Told = tuple[str, ...]
Filler = Callable[[HttpRequest, Sequence[Told]], Sequence[str]]

register = template.Library()

_MARKER = re.compile(rb"<!--own ([a-z]+ [^>]*)-->")
_BEGINS = b"<!--own "


@register.simple_tag
def own(part: str, *told: object) -> SafeString:
    """The marker of a part about a thing; the part's filler gets what is told as text."""
    return SafeString(f"<!--own {part} {'|'.join(_safe(str(each)) for each in told)}-->")


class Own:
    """Middleware, within all that knows the reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Elsewhere it is what somebody has written, and stays it.
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and _BEGINS in response.content:
            response.content = fill(request, response.content)
        return response


def fill(request: HttpRequest, body: bytes) -> bytes:
    # Between any two pieces of the page is what a marker has said.
    pieces = _MARKER.split(body)
    asked: dict[bytes, dict[bytes, Told]] = {}
    for marker in pieces[1::2]:
        part, _space, told = marker.partition(b" ")
        asked.setdefault(part, {})[marker] = _told(told)
    filled: dict[bytes, bytes] = {}
    for part, markers in asked.items():
        parts = _filler(part.decode())(request, list(markers.values()))
        filled |= zip(markers, (text.encode() for text in parts), strict=True)
    pieces[1::2] = [filled[marker] for marker in pieces[1::2]]
    return b"".join(pieces)


@cache
def _filler(part: str) -> Filler:
    filler: Filler = import_string(settings.OWN[part])
    return filler


def _safe(text: str) -> str:
    """Neither the end of a comment nor of what is told of the thing."""
    # Pages have hundreds, and most are a number or a word.
    if text.isalnum():
        return text
    return escape(text).replace("|", "&#124;").replace("--", "&#45;&#45;")


def _told(text: bytes) -> Told:
    told = text.decode()
    parts = told.split("|")
    return tuple(map(unescape, parts) if "&" in told else parts)
