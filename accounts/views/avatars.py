"""Members' pictures, at addresses that never have another one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts import avatars

A_YEAR = 365 * 24 * 3600
# Of one member: browsers may keep it, proxies for many need not.
FOR_EVER = f"private, max-age={A_YEAR}, immutable"


@require_safe
def avatar(request: HttpRequest, size: int, digest: str) -> HttpResponse:
    content = avatars.fetch(digest, size) if size in avatars.SIZES else None
    if content is None:
        raise Http404
    etag = f'"{digest}"'
    headers = {
        "Cache-Control": FOR_EVER,
        "ETag": etag,
        # As small as it gets: to compress it again only takes time.
        "Content-Encoding": "identity",
        "Content-Length": str(len(content)),
    }
    response = HttpResponse(content, content_type=avatars.CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, etag, response=response) or response
