"""Pages that are the same for everybody, kept whole in Redis until what they show has changed.

A view that is `kept` makes its page once for all readers of a language, a country, a theme and a
day. What in it is one reader's own stands in slots (`cinehub/kit/slots.py`), which are filled for
each of them. Who is not signed in has nothing of their own: they get the finished page, before
sessions are touched. A member has a copy of their own (`cinehub/kit/copies.py`).

A page depends on subjects (`cinehub/kit/versions.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from hashlib import blake2b
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cinehub.kit import copies, slots
from cinehub.kit.versions import (
    CATALOGUE,
    CATALOGUE_SECONDS,
    KEPT_SECONDS,
    MEMBERS,
    SITE,
    Kept,
    Moment,
    Versions,
    changed,
    find,
    keep,
    seconds_left,
    versions,
)
from cinehub.kit.web import interface, reader, theme

__all__ = [
    "CATALOGUE",
    "CATALOGUE_SECONDS",
    "KEPT_SECONDS",
    "MEMBERS",
    "SITE",
    "KeptPages",
    "Place",
    "changed",
    "is_visitor",
    "kept",
    "key_for",
    "may_recall",
    "passing",
    "recall",
]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

LONGEST_QUERY = 300


def kept(subject: Callable[..., str] | None = None, *besides: str) -> Callable[[View[P]], View[P]]:
    """The view's page is the same for everybody but for its slots.

    `subject` says from the view's arguments what it is about; it lists the catalogue without one.
    It depends on what is said `besides`, too.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not _may_be_kept(request):
                return view(request, *args, **kwargs)
            about = (subject(*args, **kwargs) if subject else CATALOGUE, *besides)
            return _answer(request, about, partial(view, request, *args, **kwargs))

        return answer

    return decorate


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is to be kept, and what it is made from."""

    key: str
    versions: Versions
    moment: Moment

    def keep(self, body: bytes, headers: dict[str, str]) -> None:
        keep(self.key, Kept(body, headers, self.versions), self.moment)

    @property
    def seconds_left(self) -> int:
        """For which it is kept from now on."""
        return seconds_left(self.key)


def recall(request: HttpRequest, who: str, about: tuple[str, ...]) -> tuple[Kept | None, Place]:
    """For the API: an answer `about` these subjects that is the same for all like `who`."""
    key = key_for(request, f"api:{who}")
    found, moment = find(key, *about)
    return found, Place(key, found.versions if found else versions([SITE, *about], moment), moment)


def may_recall(request: HttpRequest) -> bool:
    is_short = len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    return bool(settings.KEEP_PAGES) and is_short


def passing(response: HttpResponse) -> HttpResponse:
    """This answer is good for now only: what it says of the moment would be wrong later."""
    response.is_passing = True  # type: ignore[attr-defined]
    return response


class KeptPages:
    """Middleware, outermost but for security: finished pages for who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request) or not is_visitor(request):
            return self.get_response(request)
        request.get_host()
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        key = key_for(request, "packed" if packed else "plain")
        page, moment = find(key)
        if page:
            return HttpResponse(page.body, headers=page.headers)
        request.kept_moment = moment  # type: ignore[attr-defined]
        response = self.get_response(request)
        known = getattr(response, "kept_versions", None)
        if known is not None and not response.cookies:
            keep(key, Kept(response.content, dict(response.items()), known), moment)
        return response


def _answer(
    request: HttpRequest, about: tuple[str, ...], view: Callable[[], HttpResponse]
) -> HttpResponse:
    if is_visitor(request):
        # The middleware has looked for the page, and keeps it when it is finished.
        moment = request.kept_moment  # type: ignore[attr-defined]
        return _make(request, about, moment, view)
    if not copies.is_for(request):
        return _shared(request, about, view)
    key = key_for(request, f"own:{copies.who(request.user)}")
    return copies.answer(request, key, about, lambda: _shared(request, about, view))


def _shared(
    request: HttpRequest, about: tuple[str, ...], view: Callable[[], HttpResponse]
) -> HttpResponse:
    """What is the same for everybody, with slots that are this reader's."""
    key = key_for(request, "shared")
    page, moment = find(key, *about)
    if not page:
        return _make(request, about, moment, view, key)
    body = slots.fill(request, copies.unpack(page.body))
    response = HttpResponse(body, headers=page.headers)
    response.kept_versions = page.versions  # type: ignore[attr-defined]
    return response


def _make(
    request: HttpRequest,
    about: tuple[str, ...],
    moment: Moment,
    view: Callable[[], HttpResponse],
    key: str = "",
) -> HttpResponse:
    """To be kept under `key`, but for its slots; a visitor's page, which has none, is not."""
    # As they were before the page is made: a change while it is being made must throw it away.
    known = versions([SITE, *about], moment)
    request.has_slots = True  # type: ignore[attr-defined]
    try:
        response = view()
    finally:
        request.has_slots = False  # type: ignore[attr-defined]
    is_own = response.cookies or getattr(response, "is_passing", False)
    if response.status_code == 200 and not is_own:
        response.kept_versions = known  # type: ignore[attr-defined]
        if key:
            packed = copies.pack(response.content)
            keep(key, Kept(packed, dict(response.items()), known), moment)
    response.content = slots.fill(request, response.content)
    return response


def _may_be_kept(request: HttpRequest) -> bool:
    is_page = request.method in ("GET", "HEAD") and not request.path_info.startswith("/api/")
    return is_page and may_recall(request)


def is_visitor(request: HttpRequest) -> bool:
    own = (settings.SESSION_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in own) and not request.headers.get(
        "Authorization"
    )


def key_for(request: HttpRequest, form: str) -> str:
    parts = (
        form,
        request.get_full_path(),
        repr(reader(request)),
        interface(request),
        theme(request),
        # What day it is depends on where its reader is.
        str(timezone.localdate()),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-History-Restore-Request", ""),
    )
    kind = form.partition(":")[0]
    return f"page:{kind}:{blake2b(chr(0).join(parts).encode(), digest_size=16).hexdigest()}"
