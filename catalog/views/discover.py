"""Titles by every filter, and the same narrowed to one term."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cinehub.kit.addresses import Ref


@require_safe
def discover(request: HttpRequest, kind: str) -> HttpResponse:
    raise Http404


@require_safe
def term(request: HttpRequest, field: str, ref: Ref) -> HttpResponse:
    raise Http404


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    raise Http404
