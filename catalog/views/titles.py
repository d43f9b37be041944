"""What a title's page leads to: everybody who made it, all its pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from cinehub.kit.addresses import Ref


@require_safe
def credits(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    raise Http404


@require_safe
def images(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    raise Http404


@require_POST
def refresh(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    raise Http404
