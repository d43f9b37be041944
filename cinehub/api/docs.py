"""The API's description, to read and to try: in a browser, from this site alone."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html")


@require_safe
@csp_update({})
def redoc(request: HttpRequest) -> HttpResponse:
    return render(request, "api/redoc.html")
