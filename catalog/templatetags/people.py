"""The pages of people: a portrait in full, and the lines of a filmography.

A page has sixty of those, so each is written in one go, as cards are.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.about.filmography import Line
from catalog.about.people import Billed
from catalog.models import Person
from catalog.templatetags.cards import lang_of, starred
from catalog.templatetags.catalog import episodes, picture_url, portrait

register = template.Library()

LONGEST_PART = 120
LINE = (
    '<li class="line">{poster}<span class="line-year num">{year}</span>'
    '<p><a href="{address}"{lang}>{name}</a>{kind}{parts}</p>{score}</li>'
)
UNDATED = '<span aria-hidden="true">–</span><span class="visually-hidden">{words}</span>'


@register.simple_tag
def big_portrait(person: Person) -> SafeString:
    """As large as a poster on its title's page."""
    if not person.profile_path:
        return portrait(person)
    return format_html(
        '<img class="portrait" src="{small}" srcset="{small} 185w, {large} 421w"'
        ' sizes="(min-width: 60rem) 17rem, 28vw" width="421" height="632" alt=""'
        ' fetchpriority="high" decoding="async">',
        small=picture_url(person.profile_path, "w185"),
        large=picture_url(person.profile_path, "h632"),
    )


@register.simple_tag
def lines(lines: Iterable[Line]) -> SafeString:
    here = get_language()
    return SafeString("".join(_line(line, here) for line in lines))


@register.simple_tag
def billed(cast: Iterable[Billed]) -> SafeString:
    """The items of a cast's row."""
    return SafeString("\n".join(f"<li>{_billed(each)}</li>" for each in cast))


def _billed(each: Billed) -> str:
    person = each.person
    part = f'<p class="person-part">{escape(each.names)}</p>' if each.names else ""
    told = episodes(each.episodes)
    return (
        f'{portrait(person)}<p class="person-name"><a href="{person.get_absolute_url()}">'
        f"{escape(person.name)}</a></p>{part}"
        + (f'<p class="person-part num">{escape(told)}</p>' if told else "")
    )


def _line(line: Line, here: str | None) -> str:
    """`here` is the page's language."""
    title, shown = line.title, line.title.shown_name
    return LINE.format(
        poster=_poster(title.poster_path),
        year=title.year or UNDATED.format(words=escape(_("No date yet"))),
        address=title.get_absolute_url(),
        lang=lang_of(shown.language, here),
        name=escape(shown.name),
        kind="" if title.is_movie else f' <span class="line-kind">{escape(_("TV"))}</span>',
        parts=_parts(line),
        score=starred(title.vote_average, here),
    )


def _parts(line: Line) -> str:
    names = line.names
    if len(names) > LONGEST_PART:
        names = Truncator(names).chars(LONGEST_PART)
    if names and line.is_acting:
        names = _("as %(part)s") % {"part": names}
    told = ", ".join(filter(None, [names, episodes(line.episodes)]))
    return f' <span class="line-parts">{escape(told)}</span>' if told else ""


def _poster(path: str) -> str:
    if not path:
        return '<span class="poster" aria-hidden="true"></span>'
    source = escape(picture_url(path, "w92"))
    return f'<img class="poster" src="{source}" width="92" height="138" alt="" loading="lazy">'
