"""What is said to whoever may not do what they asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request, server_error
from django_ratelimit.exceptions import Ratelimited

from cinehub.kit.api import problems

RETRY_SECONDS = 60
FAILED = _("It is written down, and will be looked into.")
UNREADABLE = _("What was sent can't be read.")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who came too often may come back; all others are told to stay out."""
    if not isinstance(exception, Ratelimited):
        return render(request, "403.html", status=403)
    return too_many(request)


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong that nobody thought of."""
    if request.path_info.startswith("/api/"):
        return problems.answer(request, problems.Problem(500, "server-error", FAILED))
    return server_error(request)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return problems.answer(request, problems.Problem(400, "malformed", UNREADABLE))
    return bad_request(request, exception)


def too_many(request: HttpRequest, *, seconds: int = RETRY_SECONDS) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
