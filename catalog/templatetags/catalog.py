"""Pictures and numbers of the catalogue, as templates want them."""

import json
from functools import cache
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

register = template.Library()

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
    return format_html(
        '<a class="picture of-{}" href="{}"><img src="{}" width="{}" height="{}" alt="{}"'
        ' loading="lazy" decoding="async"></a>',
        image.kind,
        picture_url(image.path, larger),
        picture_url(image.path, size),
        width,
        max(1, round(width * image.height / max(image.width, 1))),
        f"{image.get_kind_display()}, {image.width} × {image.height}",
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
    srcset = ", ".join(f"{picture_url(path, f'w{width}')} {width}w" for width in widths)
    return format_html(
        '<img class="{}" src="{}"{} width="{}" height="{}" alt="" {} decoding="async">',
        css,
        picture_url(path, f"w{main}"),
        format_html(' srcset="{}" sizes="{}"', srcset, sizes) if sizes else "",
        *box,
        SafeString('fetchpriority="high"' if eager else 'loading="lazy"'),
    )
