"""A title's card. Pages show dozens: a template takes ten times as long over them as this does."""

from functools import cache, lru_cache

from django import template
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Title
from catalog.templatetags.catalog import POSTER_WIDTHS, picture_url, score

register = template.Library()

SIZES = "(min-width: 32rem) 11.5rem, 36vw"
NO_POSTER = '<span class="poster poster-missing" aria-hidden="true">{name}</span>'
CARD = (
    '<div class="card" data-card>{poster}'
    '<p class="card-name"><a href="{address}"{lang}>{name}</a></p>'
    '<p class="card-facts">{year}{score}</p></div>'
)


@register.simple_tag
def card(title: Title, *, eager: bool = False) -> SafeString:
    """`eager` for those that stand in the first view of a page."""
    shown = title.shown_name
    name = escape(shown.name)
    return SafeString(
        CARD.format(
            poster=_poster(title.poster_path, eager) or NO_POSTER.format(name=name),
            address=title.get_absolute_url(),
            lang=lang_of(shown.language),
            name=name,
            year=f"<span>{title.year}</span>" if title.year else "",
            score=starred(title.vote_average),
        )
    )


def _poster(path: str, eager: bool) -> str:
    if not path:
        return ""
    return _picture(get_script_prefix(), eager).replace("{path}", escape(path))


@cache
def _picture(prefix: str, eager: bool) -> str:
    sources = ", ".join(f"{picture_url('{path}', f'w{width}')} {width}w" for width in POSTER_WIDTHS)
    return (
        f'<img class="poster" src="{picture_url("{path}", "w342")}" srcset="{sources}"'
        f' sizes="{SIZES}" width="342" height="513" alt=""'
        f' {"fetchpriority=high" if eager else "loading=lazy"} decoding="async">'
    )


def lang_of(language: str) -> str:
    return f' lang="{escape(language)}"' if language and language != get_language() else ""


def starred(average: float) -> str:
    return _score(round(average, 1), get_language()) if average else ""


@lru_cache(maxsize=1000)
def _score(value: float, language: str | None) -> str:
    """`language` is whose decimal sign it is."""
    return (
        '<span class="score"><svg aria-hidden="true"><use href="#star"/></svg>'
        f'<span class="visually-hidden">{escape(_("Score:"))}</span>{escape(score(value))}</span>'
    )
