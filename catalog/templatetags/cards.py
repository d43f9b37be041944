"""A title's card. Pages show dozens: a template takes ten times as long over them as this does."""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

from django import template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Collection, Kind, Person, Title
from catalog.templatetags.catalog import POSTER_WIDTHS, picture_url, portrait, poster, score
from cinehub.kit.addresses import Ref, beginning
from cinehub.kit.own import own

register = template.Library()

SIZES = "(min-width: 32rem) 11.5rem, 36vw"
NO_POSTER = '<span class="poster poster-missing" aria-hidden="true">{name}</span>'


@register.simple_tag
def cards(titles: Iterable[Title], *, eager: bool = False) -> SafeString:
    """The items of a list; with `eager` the first of them stands in the first view of a page."""
    here, prefix = get_language(), get_script_prefix()
    pages = {kind: beginning("title", kind) for kind in Kind.values}
    return SafeString(
        "\n".join(
            f"<li>{_card(title, pages[title.kind], _picture(prefix, eager and not n), here)}</li>"
            for n, title in enumerate(titles)
        )
    )


@register.simple_tag
def found_cards(things: Iterable[Person | Collection]) -> SafeString:
    """The same for people and collections."""
    return SafeString("\n".join(f"<li>{_plain_card(thing)}</li>" for thing in things))


def _plain_card(thing: Person | Collection) -> str:
    if isinstance(thing, Person):
        picture, known_for = portrait(thing), escape(thing.known_for)
    else:
        picture, known_for = poster(thing), ""
    facts = f'<p class="card-facts">{known_for}</p>' if known_for else ""
    return (
        f'<div class="card">{picture}<p class="card-name">'
        f'<a href="{thing.get_absolute_url()}">{escape(thing.name)}</a></p>{facts}</div>'
    )


def _card(title: Title, pages: str, picture: str, here: str | None) -> str:
    """`here` is the page's language, `picture` what a poster is shown by; `pages` begin its own."""
    shown, ref = title.shown_name, title.ref
    name = escape(shown.name)
    poster = _poster(title, picture) if title.poster_path else NO_POSTER.format(name=name)
    year = f"<span>{title.year}</span>" if title.year else ""
    facts = f"{year}{starred(title.vote_average, here)}{own('stars', title.pk)}"
    return (
        f'<div class="card" data-card>{poster}<p class="card-name">'
        f'<a href="{pages}{ref}"{lang_of(shown.language, here)}>{name}</a></p>'
        f'<p class="card-facts">{facts}</p>{_marks(title, ref, shown.name)}</div>'
    )


@register.simple_tag
def marks(title: Title) -> SafeString:
    """Where a member's own marks stand on a card, and what they can do from there."""
    return _marks(title, title.ref, title.shown_name.name)


def _marks(title: Title, ref: Ref, name: str) -> SafeString:
    return own("card", title.pk, title.kind, ref.id, ref.slug, name)


def _poster(title: Title, picture: str) -> str:
    tone = getattr(title, "poster_tone", None)
    toned = "" if tone is None else f' data-tone="{tone}"'
    return picture.replace("{tone}", toned).replace("{path}", escape(title.poster_path))


@cache
def _picture(prefix: str, eager: bool) -> str:
    sources = ", ".join(f"{picture_url('{path}', f'w{width}')} {width}w" for width in POSTER_WIDTHS)
    return (
        f'<img class="poster"{{tone}} src="{picture_url("{path}", "w342")}" srcset="{sources}"'
        f' sizes="{SIZES}" width="342" height="513" alt=""'
        f' {"fetchpriority=high" if eager else "loading=lazy"} decoding="async">'
    )


def lang_of(language: str, here: str | None) -> str:
    return f' lang="{escape(language)}"' if language and language != here else ""


def starred(average: float, here: str | None) -> str:
    return _score(round(average, 1), here) if average else ""


@lru_cache(maxsize=1000)
def _score(value: float, language: str | None) -> str:
    """`language` is whose decimal sign it is."""
    return (
        '<span class="score"><svg aria-hidden="true"><use href="#star"/></svg>'
        f'<span class="visually-hidden">{escape(_("Score:"))}</span>{escape(score(value))}</span>'
    )
