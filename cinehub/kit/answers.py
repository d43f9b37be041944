"""Answers that are no pages of their own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

RETRY_SECONDS = 30


def not_here(request: HttpRequest, *, unsure: bool) -> HttpResponse:
    """There is no such thing; or, if `unsure`, who would know can't be asked just now."""
    if not unsure:
        raise Http404
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def see_other(address: str) -> HttpResponse:
    """After a form: its outcome is there, and to load that again sends nothing twice."""
    # Not redirect(), which would take a word without a slash for the name of a page.
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, with script, too: followed by it, that would be in a part of this one."""
    is_quick = request.headers.get("HX-Request")
    return HttpResponseClientRedirect(address) if is_quick else see_other(address)
