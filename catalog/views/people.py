"""People and collections."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cinehub.kit.addresses import Ref


@require_safe
def person(request: HttpRequest, ref: Ref) -> HttpResponse:
    raise Http404


@require_safe
def collection(request: HttpRequest, ref: Ref) -> HttpResponse:
    raise Http404
