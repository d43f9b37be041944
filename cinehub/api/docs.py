"""The API's description, to read and to try: in a browser, from this site alone."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# What Redoc puts into the page: an empty element, whose rules it adds by script, and one of its
# own, which never changes. Nothing else within the page is a style there either.
EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
OF_REDOC = "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")


@require_safe
@csp_update({"style-src": [SELF, EMPTY, OF_REDOC]})
def redoc(request: HttpRequest) -> HttpResponse:
    return render(request, "api/redoc.html")
