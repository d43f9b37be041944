"""Who has an answer already is told so before anything is made, if they are nobody in particular.

An address that is asked for on the condition that its answer has changed leaves a mark: the
answer's ETag, and what it was made from. As long as that has not changed neither has the answer.
It counts towards the limits as any other.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from cinehub.kit import kept
from cinehub.kit.api import limits, usage
from cinehub.kit.versions import Kept, Moment, find, keep

# What a 304 says again of the answer that it stands for.
SAID_AGAIN = ("Cache-Control", "ETag", "Last-Modified", "Vary")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one is left, or was."""

    request: HttpRequest
    key: str
    left: Kept | None
    moment: Moment

    def answer(self) -> HttpResponse | None:
        """That it has not changed; None where that is not so, or who asks comes too often."""
        if self.left is None:
            return None
        etag = self.left.headers["ETag"]
        if not isinstance(get_conditional_response(self.request, etag), HttpResponseNotModified):
            return None
        limit, endpoint = self.left.body.decode().split("\n")
        counted = limits.count(self.request, limit, limits.of_address(self.request))
        if counted and counted.is_too_often:
            return None
        answer = HttpResponseNotModified(headers=self.left.headers)
        limits.write_down(answer, counted)
        # As where an endpoint was asked, whose answer becomes a 304 on its way out.
        usage.note(endpoint, limit, usage.ANYBODY, 200)
        return answer

    def leave(self, response: HttpResponse) -> None:
        """For the next who asks, if this is kept for them, too."""
        place: kept.Place | None = getattr(response, "place", None)
        counted: limits.Usage | None = getattr(self.request, "api_usage", None)
        match = self.request.resolver_match
        if place is None or counted is None or match is None:
            return
        # No longer than the answer itself, which may have been kept for a while.
        if not (seconds := place.seconds_left):
            return
        headers = {name: response.headers[name] for name in SAID_AGAIN if name in response.headers}
        body = f"{counted.name}\n{match.view_name}".encode()
        keep(self.key, Kept(body, headers, place.versions), self.moment, seconds)


def mark(request: HttpRequest) -> Mark | None:
    """None for whom there is none: who is somebody, or sets no condition."""
    is_asked = request.method in ("GET", "HEAD") and "If-None-Match" in request.headers
    if not (is_asked and kept.may_recall(request) and kept.is_visitor(request)):
        return None
    key = kept.key_for(request, "known")
    left, moment = find(key)
    return Mark(request, key, left, moment)
