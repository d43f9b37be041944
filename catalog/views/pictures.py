"""The pictures on all pages."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalog import mirror
from catalog.mirror.making import CONTENT_TYPE
from catalog.showing import shown

A_YEAR = 365 * 24 * 3600
# TMDB never puts another picture under the same name.
FOR_EVER = f"public, max-age={A_YEAR}, immutable"
# Another size stands in until this one is made.
FOR_NOW = "public, max-age=60"
NOT_THERE = "public, max-age=300"


@require_safe
def picture(request: HttpRequest, size: str, name: str) -> HttpResponse:
    """A picture from our own shelf; one that is not there yet is fetched, within bounds."""
    try:
        picture = shown(size, name)
    except mirror.Missing:
        # No page about it: nobody reads what stands where a picture should be.
        return HttpResponse(status=404, headers={"Cache-Control": NOT_THERE})
    except mirror.Unreachable:
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    etag = f'"{sha256(picture.content).hexdigest()}"'
    headers = {
        "Cache-Control": FOR_EVER if picture.is_asked_size else FOR_NOW,
        "ETag": etag,
        # A picture is as small as it gets: to compress it again only takes time.
        "Content-Encoding": "identity",
        "Content-Length": str(len(picture.content)),
    }
    response = HttpResponse(picture.content, content_type=CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, etag, response=response) or response
