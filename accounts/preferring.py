"""What members like the site to be: kept with them, and heeded on every page they ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts.models import Theme, User
from cinehub.kit.web import Reader, Wishes, remember

# What is the same for everybody: pictures come by the dozen, and need not ask whose page it is.
FOR_ALL = ("/picture/", "/avatar/", "/health/", "/metrics")


class Preferring:
    """Middleware, once it is known who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = _member(request)
        if member is None and "Authorization" not in request.headers:
            return self.get_response(request)
        # What is heeded from here on, whoever finds out who asks, ends with the request.
        with timezone.override(None):
            if member:
                heed(request, member)
            return self.get_response(request)


def heed(request: HttpRequest, member: User) -> None:
    """For the rest of the request: who comes with a token is known only once it was looked at."""
    language = member.language if member.language in dict(settings.LANGUAGES) else ""
    remember(request, _wishes(member, language))
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language
    where = zone(member.time_zone)
    if where:
        timezone.activate(where)
    else:
        timezone.deactivate()


@contextmanager
def as_for(member: User) -> Iterator[Reader]:
    """In their language and time zone, where no request of theirs says more: a task, a feed."""
    known = member.language if member.language in dict(settings.LANGUAGES) else ""
    who = Reader(
        language=known or settings.TMDB_LANGUAGE,
        country=member.region or settings.TMDB_LANGUAGE[3:],
        first_weekday=member.first_weekday,
        adult=member.adult,
    )
    with (
        translation.override(known or settings.LANGUAGE_CODE),
        timezone.override(zone(member.time_zone)),
    ):
        yield who


def use_theme(member: User | AnonymousUser, theme: str) -> None:
    """On all their devices; a passer-by's is in a cookie alone."""
    if member.is_authenticated and theme in Theme.values:
        User.objects.filter(pk=member.pk).update(theme=theme)


def use_language(member: User | AnonymousUser, language: str) -> None:
    if member.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=member.pk).update(language=language)


@cache
def zone(name: str) -> ZoneInfo | None:
    """None, which is the site's, for what is no time zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _member(request: HttpRequest) -> User | None:
    """Without a question to the database for who has never signed in here."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
    if not is_known or request.path_info.startswith(FOR_ALL):
        return None
    return request.user if request.user.is_authenticated else None


def _wishes(member: User, language: str) -> Wishes:
    return Wishes(
        language=language,
        country=member.region,
        theme=member.theme,
        first_weekday=member.first_weekday,
        adult=member.adult,
    )
