"""What answers when a reader did something by a form, with script or without."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from cinehub.kit.answers import see_other

# Before the key, among a message's tags.
UNDO = "undo:"

register = template.Library()


def acted(
    request: HttpRequest,
    said: str,
    *,
    back: str,
    parts: Iterable[str] = (),
    undo: UUID | None = None,
) -> HttpResponse:
    """With script, the page's parts that have changed and a toast; without, where they came from.

    The parts are HTML, or markers of it (`kit.own`), each with a `data-own`: own.js puts them in
    the place of those of the same name. `undo` is the key of an `Undo`.
    """
    if not request.headers.get("HX-Request"):
        messages.success(request, said, extra_tags=f"{UNDO}{undo}" if undo else "")
        return see_other(back_from(request, back))
    toast = render_to_string(
        "_toast.html", {"said": said, "undo": undo, "level": "success"}, request
    )
    return HttpResponse("\n".join([*parts, toast]))


def refused(request: HttpRequest, why: str, *, back: str) -> HttpResponse:
    """It could not be done; nothing has changed."""
    if not request.headers.get("HX-Request"):
        messages.error(request, why)
        return see_other(back_from(request, back))
    return HttpResponse(
        render_to_string("_toast.html", {"said": why, "level": "error"}, request), status=422
    )


def back_from(request: HttpRequest, usual: str) -> str:
    """Where the form says it was, if that is here."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if is_ours else usual


@register.filter
def undo_key(message: Message) -> str:
    """Of what the message offers to undo, if anything."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
