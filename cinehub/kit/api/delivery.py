"""How the API's answers go out: not again to who has them, and as small as may be."""

from collections.abc import Callable
from hashlib import md5

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from cinehub.kit.api import known

# Fits in one packet anyhow.
SMALL = 500
# From 4 on it is smaller than gzip, and as quick; 11 is for files that are made once.
QUALITY = 4


class Delivery:
    """Middleware, within GZip's, which has what no brotli was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        mark = known.mark(request)
        if mark and (same := mark.answer()):
            return same
        response = self.get_response(request)
        if response.streaming:
            return response
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            if mark:
                mark.leave(response)
            response = _unless_known(request, response)
        if "br" in _accepted(request) and len(response.content) >= SMALL:
            _pack(response)
        return response


def etag_of(content: bytes) -> str:
    return str(quote_etag(md5(content, usedforsecurity=False).hexdigest()))


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if "ETag" not in response.headers:
        response.headers["ETag"] = etag_of(response.content)
    etag = response.headers["ETag"]
    said: HttpResponse = get_conditional_response(request, etag, response=response) or response
    for name, value in response.headers.items():
        # Django's knows only what a cache needs.
        if name.startswith("RateLimit-"):
            said.headers[name] = value
    return said


def _accepted(request: HttpRequest) -> set[str]:
    """Without those that are accepted least of all, which is not at all."""
    told = request.headers.get("Accept-Encoding", "")[:200].replace(" ", "").split(",")
    return {name for name, _, quality in (one.partition(";q=") for one in told) if quality != "0"}


def _pack(response: HttpResponse) -> None:
    response.content = brotli.compress(response.content, quality=QUALITY)
    response.headers["Content-Encoding"] = "br"
    response.headers["Content-Length"] = str(len(response.content))
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
    patch_vary_headers(response, ("Accept-Encoding",))
