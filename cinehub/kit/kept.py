"""Pages that are the same for everybody, kept whole in Redis until what they show has changed.

A view that is `kept` makes its page once for all readers of a language, a country, a theme and a
day. What in it is one reader's own stands in slots (`{% slot "_who.html" %}`), which are filled for
each of them. Who is not signed in has nothing of their own: they get the finished page, before
sessions are touched.

A page depends on subjects, words such as "movie/603". Whoever changes something calls `changed`
with its subject after the commit, and the pages that depend on it are not served any more.
"""

import re
import time
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Concatenate, ParamSpec

from django import template
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from prometheus_client import Counter

from cinehub.kit.web import interface, reader, theme

cache = caches["pages"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

LOOKED_FOR = Counter("cinehub_kept_pages", "Pages looked for among those kept.", ["found"])

KEPT_SECONDS = 600
# The whole catalogue changes all the time. Pages that list it are thrown away at once when it has
# been quiet, and else are at most so old.
CATALOGUE = "catalogue"
CATALOGUE_SECONDS = 30
# What all pages depend on: a new release of the site changes it.
SITE = "site"
# What pages depend on that name members or show what they say: who sees whom has changed.
MEMBERS = "members"
LONGEST_QUERY = 300

Versions = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page, or what of it is the same for everybody, and what it was made from."""

    body: bytes
    headers: dict[str, str]
    versions: Versions


@dataclass(frozen=True, slots=True)
class Moment:
    """What had changed last of what most pages depend on, when a page was asked for."""

    versions: Versions
    is_quiet: bool


def changed(*subjects: str) -> None:
    """To be called once the change is committed, or a page is made anew from what was before."""
    stamp = str(time.time_ns())
    if CATALOGUE in subjects and not cache.add(_quiet(), 1, CATALOGUE_SECONDS):
        subjects = tuple(set(subjects) - {CATALOGUE})
    cache.set_many({_version(subject): stamp for subject in subjects}, timeout=None)


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
            if _is_visitor(request):
                # The middleware has looked for the page, and keeps it when it is finished.
                moment = request.kept_moment  # type: ignore[attr-defined]
                return _make(request, about, moment, lambda: view(request, *args, **kwargs))
            key = _key(request, "shared")
            page, moment = _find(key)
            if page:
                return HttpResponse(_fill(request, _unpack(page.body)), headers=page.headers)
            return _make(request, about, moment, lambda: view(request, *args, **kwargs), key)

        return answer

    return decorate


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is to be kept, and what it is made from."""

    key: str
    versions: Versions
    moment: Moment

    def keep(self, body: bytes, headers: dict[str, str]) -> None:
        _keep(self.key, Kept(body, headers, self.versions), self.moment)


def recall(request: HttpRequest, who: str, about: tuple[str, ...]) -> tuple[Kept | None, Place]:
    """For the API: an answer `about` these subjects that is the same for all like `who`."""
    key = _key(request, f"api:{who}")
    found, moment = _find(key)
    return found, Place(key, found.versions if found else _versions([SITE, *about], moment), moment)


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
        if not _may_be_kept(request) or not _is_visitor(request):
            return self.get_response(request)
        request.get_host()
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        key = _key(request, "packed" if packed else "plain")
        page, moment = _find(key)
        if page:
            return HttpResponse(page.body, headers=page.headers)
        request.kept_moment = moment  # type: ignore[attr-defined]
        response = self.get_response(request)
        versions = getattr(response, "kept_versions", None)
        if versions is not None and not response.cookies:
            _keep(key, Kept(response.content, dict(response.items()), versions), moment)
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
    versions = _versions([SITE, *about], moment)
    request.has_slots = True  # type: ignore[attr-defined]
    try:
        response = view()
    finally:
        request.has_slots = False  # type: ignore[attr-defined]
    is_own = response.cookies or getattr(response, "is_passing", False)
    if response.status_code == 200 and not is_own:
        response.kept_versions = versions  # type: ignore[attr-defined]
        if key:
            _keep(key, Kept(_pack(response.content), dict(response.items()), versions), moment)
    response.content = _fill(request, response.content)
    return response


def _pack(body: bytes) -> bytes:
    """To a fifth, in the time that the least thorough way takes."""
    return zlib.compress(body, 1)


_unpack = zlib.decompress


def _find(key: str) -> tuple[Kept | None, Moment]:
    """One round trip where the page lists the catalogue, two where it is about something."""
    usual = {subject: _version(subject) for subject in (SITE, CATALOGUE)}
    found = cache.get_many([key, _quiet(), *usual.values()])
    versions = {subject: found.get(version) for subject, version in usual.items()}
    moment = Moment(versions, is_quiet=_quiet() not in found)
    page: Kept | None = found.get(key)
    if page and page.versions != _versions(page.versions, moment):
        page = None
    LOOKED_FOR.labels("yes" if page else "no").inc()
    return page, moment


def _keep(key: str, page: Kept, moment: Moment) -> None:
    """If the catalogue has begun to change since, the page is out of date anyhow."""
    is_brief = CATALOGUE in page.versions and not moment.is_quiet
    cache.set(key, page, CATALOGUE_SECONDS if is_brief else KEPT_SECONDS)


def _versions(subjects: Collection[str], moment: Moment) -> Versions:
    """As they are at the moment, and of what it does not know as they are now."""
    keys = {subject: _version(subject) for subject in subjects if subject not in moment.versions}
    found = cache.get_many(keys.values()) if keys else {}
    asked = {subject: found.get(key) for subject, key in keys.items()}
    known = moment.versions | asked
    return {subject: known[subject] for subject in subjects}


def _version(subject: str) -> str:
    return f"version:{subject}"


def _quiet() -> str:
    return f"quiet:{CATALOGUE}"


def _may_be_kept(request: HttpRequest) -> bool:
    is_page = request.method in ("GET", "HEAD") and not request.path_info.startswith("/api/")
    return is_page and may_recall(request)


def _is_visitor(request: HttpRequest) -> bool:
    own = (settings.SESSION_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in own) and not request.headers.get(
        "Authorization"
    )


def _key(request: HttpRequest, form: str) -> str:
    parts = (
        request.get_full_path(),
        repr(reader(request)),
        interface(request),
        theme(request),
        # What day it is depends on where its reader is.
        str(timezone.localdate()),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-History-Restore-Request", ""),
    )
    return f"page:{form}:{blake2b(chr(0).join(parts).encode(), digest_size=16).hexdigest()}"


# --- Slots ---------------------------------------------------------------------------------------
register = template.Library()
_SLOT = re.compile(rb"<!--slot ([a-z_/]+\.html)-->")


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str) -> SafeString:
    """A template that shows what is one reader's own; it knows the request and nothing else."""
    request = context["request"]
    if getattr(request, "has_slots", False):
        return SafeString(f"<!--slot {name}-->")
    return SafeString(render_to_string(name, request=request))


def _fill(request: HttpRequest, body: bytes) -> bytes:
    def own(found: re.Match[bytes]) -> bytes:
        return render_to_string(found[1].decode(), request=request).encode()

    return _SLOT.sub(own, body)
