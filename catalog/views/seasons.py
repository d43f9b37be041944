"""Seasons and episodes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cinehub.kit.addresses import Ref


@require_safe
def season(request: HttpRequest, ref: Ref, number: int) -> HttpResponse:
    raise Http404


@require_safe
def episode(request: HttpRequest, ref: Ref, season: int, number: int) -> HttpResponse:
    raise Http404
