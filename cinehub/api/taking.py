"""Everything of a member's, to take along."""

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from accounts.api.going import check_it_is_them
from cinehub.kit.api import Endpoint
from cinehub.kit.api.limits import spare
from cinehub.pages import taken_along


class Zip(JSONRenderer):
    """For who asks for a zip by its name; what goes wrong is told in JSON all the same."""

    media_type = "application/zip"
    format = "zip"


class Export(Endpoint):
    """For nobody but the member, and as on the page only once it is sure that it is them."""

    reads = ""
    limit = "user"
    renderer_classes = (JSONRenderer, Zip)

    @extend_schema(
        summary="All that is yours: a zip of JSON and CSV",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        check_it_is_them(request)
        spare(request, "export", "10/h")
        response = taken_along(request.user)
        response.headers["Cache-Control"] = "no-store"
        return response
