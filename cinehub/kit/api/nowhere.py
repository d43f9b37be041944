"""Where the API has nothing."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import resolve
from rest_framework.request import Request

from cinehub.kit.api.endpoints import Endpoint, Who


class NotHere(Endpoint):
    """Every address that is none of the API's, whatever is done there."""

    who = Who.ANYBODY
    schema = None

    def handle(self, request: Request) -> HttpResponseBase:
        """The same address with a slash may be one; a 308 keeps the method and the body."""
        if not request.path.endswith("/"):
            meant = resolve(f"{request.path_info}/")
            if getattr(meant.func, "cls", None) is not NotHere:
                return HttpResponse(status=308, headers={"Location": _with_slash(request)})
        raise Http404

    get = post = put = patch = delete = handle


def _with_slash(request: Request) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path}/?{query}" if query else f"{request.path}/"
