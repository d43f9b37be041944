"""What every page knows about the site and its reader."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request
from django.utils.translation.trans_real import parse_accept_lang_header

THEMES = ("system", "dark", "light")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Reader:
    """Whom a page is for: `language` as `de` or `pt-BR`, `country` as `DE`, Monday is 0."""

    language: str
    country: str
    # None is as in the country.
    first_weekday: int | None = None
    adult: bool = False


@dataclass(frozen=True)
class Wishes:
    """What somebody who is known here has chosen; what is empty is as the browser says."""

    language: str = ""
    country: str = ""
    theme: str = ""
    first_weekday: int | None = None
    adult: bool = False


NONE = Wishes()


def remember(request: HttpRequest, wishes: Wishes) -> None:
    """For the rest of the request, whoever asks for its reader."""
    request.wishes = wishes  # type: ignore[attr-defined]


def wishes_of(request: HttpRequest) -> Wishes:
    return getattr(request, "wishes", NONE)


def interface(request: HttpRequest) -> str:
    """The language that the site itself speaks, one of LANGUAGES."""
    return wishes_of(request).language or get_language_from_request(request)


def reader(request: HttpRequest) -> Reader:
    """What was chosen here, or else the browser's languages; what they leave open is the site's."""
    wishes = wishes_of(request)
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    first = next((tag for tag, _ in accepted if tag != "*"), settings.TMDB_LANGUAGE)
    language, country = _parts(first)
    here = wishes.country or country or settings.TMDB_LANGUAGE[3:]
    chosen = wishes.language or _of_cookie(request)
    if chosen and _parts(chosen)[0] != language:
        language, country = _parts(chosen)
    return Reader(
        language=f"{language}-{country}" if country else language,
        country=here,
        first_weekday=wishes.first_weekday,
        adult=wishes.adult,
    )


def theme(request: HttpRequest) -> str:
    """Who has chosen none for all their devices may have chosen one for this."""
    wished = wishes_of(request).theme
    chosen = request.COOKIES.get(THEME_COOKIE, "") if wished in ("", "system") else wished
    return chosen if chosen in THEMES else "system"


def _parts(tag: str) -> tuple[str, str]:
    language, *rest = tag.split("-")
    return language, next((p.upper() for p in rest if len(p) == 2 and p.isalpha()), "")


def _of_cookie(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def clean_words(value: str, most: int = 200) -> str:
    """What somebody typed, without what no database takes and no one means."""
    return " ".join(value.replace("\x00", "").split())[:most]


def key_of(text: object) -> int | None:
    """Of a row, from what somebody sent, if it can be one."""
    return int(str(text)) if re.fullmatch("[0-9]{1,18}", str(text)) else None


def site(request: HttpRequest) -> dict[str, object]:
    """For templates, as a context processor."""
    return {
        # Not `site`: that is what allauth calls the host.
        "cinehub": {
            "name": "CineHub",
            "theme": theme(request),
            "is_sample": settings.TMDB_IS_SAMPLE,
            "asks_fanart": bool(settings.FANART_API_KEY) and not settings.TMDB_IS_SAMPLE,
        }
    }
