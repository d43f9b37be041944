"""What every page knows about the site and its reader."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

THEMES = ("system", "dark", "light")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Reader:
    """Whom a page is for: `language` as `de` or `pt-BR`, `country` as `DE`."""

    language: str
    country: str


def reader(request: HttpRequest) -> Reader:
    """From the browser's languages; what it leaves open is the site's."""
    home_country = settings.TMDB_LANGUAGE[3:]
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    first = next((tag for tag, _ in accepted if tag != "*"), settings.TMDB_LANGUAGE)
    language, *rest = first.split("-")
    country = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    tag = f"{language}-{country}" if country else language
    return Reader(language=tag, country=country or home_country)


def theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def clean_words(value: str, most: int = 200) -> str:
    """What somebody typed, without what no database takes and no one means."""
    return " ".join(value.replace("\x00", "").split())[:most]


def site(request: HttpRequest) -> dict[str, object]:
    """For templates, as a context processor."""
    return {
        "site": {
            "name": "CineHub",
            "theme": theme(request),
            "is_sample": settings.TMDB_IS_SAMPLE,
            "asks_fanart": bool(settings.FANART_API_KEY) and not settings.TMDB_IS_SAMPLE,
        }
    }
