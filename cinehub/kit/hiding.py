"""Keeping secrets out of what is written down: logs, dead letters, addresses."""

import re
from functools import cache

from django.conf import settings

HIDDEN = "…"
SECRET_SETTINGS = (
    "SECRET_KEY",
    "TMDB_TOKEN",
    "TMDB_API_KEY",
    "EMAIL_HOST_PASSWORD",
    "METRICS_TOKEN",
    "TWILIO_AUTH_TOKEN",
    "SENTRY_DSN",
)
# What is shorter is no secret, and stands in too many other words.
SHORTEST = 6
_NAMED = re.compile(
    r"\b((?:[a-z_]*_)?(?:key|token|password|secret|code|signature|session(?:id)?))=[^&\s\"'<>]+",
    re.IGNORECASE,
)
# Keys that links in mails bear, and those of members' calendars.
_IN_PATH = re.compile(
    r"(/(?:invitation|confirm-email|unsubscribe|password/reset|calendar/feed)/)"
    r"[^/?#\s\"'<>]{20,}"
)
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+(?=@)")


def hide(text: str) -> str:
    """The text without this site's secrets, passwords in addresses, and `token=…` of any kind."""
    for secret in _secrets():
        text = text.replace(secret, HIDDEN)
    text = _IN_PATH.sub(rf"\1{HIDDEN}", text)
    return _IN_ADDRESS.sub(HIDDEN, _NAMED.sub(rf"\1={HIDDEN}", text))


@cache
def _secrets() -> tuple[str, ...]:
    found = [getattr(settings, name, "") for name in SECRET_SETTINGS]
    found += settings.SECRET_KEY_FALLBACKS
    found += [database.get("PASSWORD", "") for database in settings.DATABASES.values()]
    # The longest first, in case that one is a part of another.
    return tuple(sorted({s for s in found if len(s) >= SHORTEST}, key=len, reverse=True))
