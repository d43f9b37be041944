"""What comes out when, by month and day by day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    raise Http404
