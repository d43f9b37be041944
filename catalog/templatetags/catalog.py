"""Pictures and numbers of the catalogue, as templates want them."""

import json
from base64 import b64encode
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import get_script_prefix, reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Genre

register = template.Library()

EAGER, LAZY = 'fetchpriority="high"', 'loading="lazy"'
POSTER_WIDTHS = (154, 185, 342, 500)
BACKDROP_WIDTHS = (300, 780, 1280)
STILL_WIDTHS = (185, 300, 780, 1280)


@register.simple_tag
def poster(
    thing: Any, sizes: str = "(min-width: 32rem) 11.5rem, 36vw", *, eager: bool = False
) -> SafeString:
    """The poster of a title, season or collection; its name where there is none."""
    if not thing.poster_path:
        return format_html(
            '<span class="poster poster-missing" aria-hidden="true">{}</span>', _name(thing)
        )
    return _img(
        "poster",
        thing.poster_path,
        widths=POSTER_WIDTHS,
        main=342,
        box=(342, 513),
        sizes=sizes,
        eager=eager,
    )


@register.simple_tag
def stand_in(path: str, contents: dict[str, bytes]) -> SafeString | str:
    """A few pixels within the page, for as long as the picture after it loads."""
    if path not in contents:
        return ""
    content = b64encode(contents[path]).decode()
    return format_html('<img class="stand-in" src="data:image/webp;base64,{}" alt="">', content)


@register.simple_tag
def backdrop(thing: Any, sizes: str = "100vw", *, eager: bool = True) -> SafeString | str:
    if not thing.backdrop_path:
        return ""
    return _img(
        "backdrop",
        thing.backdrop_path,
        widths=BACKDROP_WIDTHS,
        main=1280,
        box=(1280, 720),
        sizes=sizes,
        eager=eager,
    )


@register.simple_tag
def still(episode: Any, sizes: str = "10rem", *, eager: bool = False) -> SafeString:
    """A picture from an episode; its number where there is none."""
    if not episode.still_path:
        return format_html(
            '<span class="still still-missing" aria-hidden="true">{}</span>', episode.number
        )
    return _img(
        "still",
        episode.still_path,
        widths=STILL_WIDTHS,
        main=300,
        box=(300, 169),
        sizes=sizes,
        eager=eager,
    )


@register.simple_tag
def portrait(person: Any) -> SafeString:
    if not person.profile_path:
        return format_html(
            '<span class="portrait portrait-missing" aria-hidden="true">{}</span>', person.name[:1]
        )
    return _img(
        "portrait",
        person.profile_path,
        widths=(185,),
        main=185,
        box=(185, 278),
        sizes="",
        eager=False,
    )


@register.simple_tag
def logo(provider: Any) -> SafeString:
    """A watch provider's logo, in words where there is none."""
    if not provider.logo_path:
        return format_html('<span class="logo logo-missing">{}</span>', provider.name)
    return format_html(
        '<img class="logo" src="{}" width="46" height="46" alt="{}" loading="lazy">',
        picture_url(provider.logo_path, "w92"),
        provider.name,
    )


# By kind: the size pages show, its width, and the size it leads to.
ENLARGED = {
    "poster": ("w185", 185, "w780"),
    "backdrop": ("w300", 300, "w1280"),
    "logo": ("w300", 300, "w500"),
}


@register.simple_tag
def enlargeable(image: Any) -> SafeString:
    """One of a title's pictures, that leads to a larger one."""
    size, width, larger = ENLARGED[image.kind]
    height = max(1, round(width * image.height / max(image.width, 1)))
    words = escape(f"{image.get_kind_display()}, {image.width} × {image.height}")
    path = escape(image.path)
    return SafeString(
        f'<a class="picture of-{image.kind}" href="{picture_url(path, larger)}">'
        f'<img src="{picture_url(path, size)}" width="{width}" height="{height}" alt="{words}"'
        ' loading="lazy" decoding="async"></a>'
    )


ARROW = (
    '<button class="arrow" type="button" aria-label="{}"><svg class="icon turn" width="24"'
    ' height="24" aria-hidden="true"><use href="#{}"/></svg></button>'
)


@register.simple_tag
def arrows(name: str) -> SafeString:
    """For a row that script can push to and fro."""
    named = {"name": name}
    back = ARROW.format(escape(_("%(name)s: back") % named), "back")
    on = ARROW.format(escape(_("%(name)s: on") % named), "on")
    return SafeString(f'<div class="row-arrows" data-arrows hidden>{back}{on}</div>')


@register.simple_tag
def links(things: Iterable[Any], query: str = "") -> SafeString:
    """What each is called leads to its page."""
    return SafeString(", ".join(_link(thing, query) for thing in things))


@register.simple_tag
def chips(things: Iterable[Any], query: str = "") -> SafeString:
    """The same, as the items of a list."""
    chip = ' class="chip"'
    return SafeString("".join(f"<li>{_link(thing, query, chip)}</li>" for thing in things))


def _link(thing: Any, query: str, css: str = "") -> str:
    address = f"{thing.get_absolute_url()}{query}"
    name = thing.shown_name if isinstance(thing, Genre) else thing.name
    return f'<a{css} href="{escape(address)}">{escape(name)}</a>'


@register.simple_tag
def options(choices: Iterable[tuple[Any, object]], chosen: object = None) -> SafeString:
    """Of a select: values, and what they are called."""
    return SafeString(
        "".join(
            f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>'
            f"{escape(str(label))}</option>"
            for value, label in choices
        )
    )


@register.simple_tag
def site_address(path: str) -> str:
    """A page of this site with its host, as other sites must name it."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def picture_address(path: str, size: str) -> str:
    """A picture with its host, for those who show a link to a page."""
    return f"{settings.SITE_URL}{picture_url(path, size)}"


# What would end a script before its time.
IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(told: dict[str, Any]) -> SafeString:
    """What a page is about, for machines that read it."""
    words = json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder).translate(IN_A_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(words))


@register.filter
def minutes(value: int | None) -> str:
    """136 -> 2 h 16 min"""
    if not value:
        return ""
    hours, rest = divmod(value, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


@register.filter
def score(value: float | None) -> str:
    return formats.number_format(value, 1) if value else "–"


@register.filter
def episodes(value: int | None) -> str:
    if not value:
        return ""
    return ngettext("%(count)d episode", "%(count)d episodes", value) % {"count": value}


def picture_url(path: str, size: str) -> str:
    return f"{_pictures(get_script_prefix())}{size}{path}"


@cache
def _pictures(prefix: str) -> str:
    """Where all pictures are: a page has a thousand, and to look each up takes long."""
    return reverse("catalog:picture", args=["size", "name"]).removesuffix("size/name")


def _name(thing: Any) -> str:
    return thing.shown_name.name if hasattr(thing, "shown_name") else str(thing)


def _img(
    css: str,
    path: str,
    *,
    widths: tuple[int, ...],
    main: int,
    box: tuple[int, int],
    sizes: str,
    eager: bool,
) -> SafeString:
    """Beside its name in words the picture says nothing new, so its alternative is empty."""
    shape = _shape(get_script_prefix(), css, widths, main, box, sizes, eager)
    return SafeString(shape.replace("{path}", escape(path)))


@lru_cache(maxsize=200)
def _shape(
    prefix: str,
    css: str,
    widths: tuple[int, ...],
    main: int,
    box: tuple[int, int],
    sizes: str,
    eager: bool,
) -> str:
    """The same for all pictures in a place; `prefix` is where the site is mounted."""
    srcset = ", ".join(f"{picture_url('{path}', f'w{width}')} {width}w" for width in widths)
    choice = f' srcset="{srcset}" sizes="{escape(sizes)}"' if sizes else ""
    width, height = box
    return (
        f'<img class="{css}" src="{picture_url("{path}", f"w{main}")}"{choice}'
        f' width="{width}" height="{height}" alt=""'
        f' {EAGER if eager else LAZY} decoding="async">'
    )
