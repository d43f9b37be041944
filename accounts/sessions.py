"""Where a member is signed in: what the settings list, and what is ended there."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from ipaddress import ip_address

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cinehub.kit import visiting

# When somebody was last seen is known to ten minutes.
SEEN_EVERY = timedelta(minutes=10)
SEEN_SECONDS = int(SEEN_EVERY.total_seconds())
# Which of them this process has seen: asked first, with each page.
near = caches["seen"]
# The latest of them; nobody reads on.
LISTED = 50

# As they are found in what browsers say of themselves, the particular before the general.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
POCKET = ("iPhone", "Android")


@dataclass(frozen=True)
class SignedIn:
    pk: int
    device: str
    is_pocket: bool
    address: str
    place: str
    since: datetime
    seen: datetime
    is_current: bool


def of(user: User, current: str | None) -> list[SignedIn]:
    """Those that still hold: after a change of the password none but the one that changed it."""
    told = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")[:LISTED]
    alive = _alive(user, [one.session_key for one in told])
    found = [_tell(one, current) for one in told if one.session_key in alive]
    return sorted(found, key=lambda one: not one.is_current)


def end(user: User, *, pk: int) -> bool:
    """One of the user's own; whether there was one."""
    return bool(_end(UserSession.objects.filter(user=user, pk=pk)))


def end_key(user: User, *, key: str | None) -> None:
    _end(UserSession.objects.filter(user=user, session_key=key))


def end_others(user: User, *, but: str | None) -> int:
    return _end(UserSession.objects.filter(user=user).exclude(session_key=but))


def tidy() -> int:
    """What has expired, or is told of sessions that there are no more."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    kept = Session.objects.values("session_key")
    return int(UserSession.objects.exclude(session_key__in=kept).delete()[0])


def use(key: str, address: str) -> None:
    """Writes down that it is in use, and from where."""
    if _is_due(key):
        # While the database is too busy for that, the answer goes out all the same.
        with suppress(DatabaseError):
            _see(key, address)


def device(user_agent: str) -> str:
    """In plain words: Firefox on Linux."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def place(address: str) -> str:
    """What an address tells without a map of them: more than that nobody bundles."""
    found = ip_address(address)
    if found.is_loopback:
        return _("This computer (%(address)s)") % {"address": address}
    if found.is_private:
        return _("The same network (%(address)s)") % {"address": address}
    return _("Address %(address)s") % {"address": address}


class Seen:
    """Middleware: writes down when a session was last used, and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _follow(request)
        response = self.get_response(request)
        key = request.session.session_key
        if key and request.session.accessed and SESSION_KEY in request.session:
            use(key, visiting.address(request))
        return response


def _follow(request: HttpRequest) -> None:
    """Django gives a session another key when the site's secret has changed: it is the same one."""
    before, key = request.COOKIES.get(settings.SESSION_COOKIE_NAME), request.session.session_key
    if before and key and key != before:
        with suppress(DatabaseError):
            UserSession.objects.filter(session_key=before).update(session_key=key)


def _is_due(key: str) -> bool:
    # Whoever can read a cache is not to find keys of sessions there.
    name = f"seen:{blake2b(key.encode(), digest_size=16).hexdigest()}"
    now = timezone.now()
    if _is_fresh(near.get(name), now):
        return False
    last = cache.get(name)
    is_due = not _is_fresh(last, now)
    if is_due:
        last = now
        cache.set(name, now, SEEN_SECONDS)
    near.set(name, last, SEEN_SECONDS)
    return is_due


def _is_fresh(last: datetime | None, now: datetime) -> bool:
    return last is not None and now - last < SEEN_EVERY


def _see(key: str, address: str) -> None:
    now = timezone.now()
    told = UserSession.objects.filter(session_key=key, last_seen_at__lt=now - SEEN_EVERY)
    told.update(last_seen_at=now, ip=address)


def _alive(user: User, keys: Iterable[str]) -> set[str]:
    held = Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now())
    proofs = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    return {
        session.session_key
        for session in held
        if session.get_decoded().get(HASH_SESSION_KEY) in proofs
    }


def _end(told: QuerySet[UserSession]) -> int:
    keys = list(told.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _tell(one: UserSession, current: str | None) -> SignedIn:
    return SignedIn(
        pk=one.pk,
        device=device(one.user_agent),
        is_pocket=_first(SYSTEMS, one.user_agent) in POCKET,
        address=one.ip,
        place=place(one.ip),
        since=one.created_at,
        seen=one.last_seen_at,
        is_current=one.session_key == current,
    )


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
