"""What is said to whoever may not do what they asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit.exceptions import Ratelimited

RETRY_SECONDS = 60


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who came too often may come back; all others are told to stay out."""
    if not isinstance(exception, Ratelimited):
        return render(request, "403.html", status=403)
    return too_many(request)


def too_many(request: HttpRequest, *, seconds: int = RETRY_SECONDS) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
