"""The pictures on all pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog import posters
from cinehub.kit.bounded import within

PICTURE_SECONDS = 3
A_YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, size: str, name: str) -> HttpResponse:
    """A picture from our own shelf; one that is not there yet is fetched, within bounds."""
    try:
        content = _picture(size, name)
    except posters.Missing:
        raise Http404 from None
    except (posters.Unreachable, TimeoutError):
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    # TMDB never puts another picture under the same name.
    return HttpResponse(
        content,
        content_type="image/png" if name.endswith(".png") else "image/jpeg",
        headers={
            "Cache-Control": f"public, max-age={A_YEAR}, immutable",
            # A picture is as small as it gets: to compress it again only takes time.
            "Content-Encoding": "identity",
        },
    )


def _picture(size: str, name: str) -> bytes:
    try:
        return posters.read(size, name)
    except FileNotFoundError:
        return within(PICTURE_SECONDS, posters.bring, size, name)
