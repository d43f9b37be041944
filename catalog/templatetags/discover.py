"""Lists that are asked for differently, and what stands over them."""

from collections.abc import Collection, Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.discover import Discover, Option, changes_for, values
from catalog.models import Kind
from catalog.templatetags.catalog import options as of_select
from catalog.templatetags.catalog import picture_url

register = template.Library()

IN_WORDS = values.STATUSES | values.FILM_STATUSES | values.TYPES


# Minutes more or less.
AS_LONG = 10

NAMED = (
    '<div><label class="over-field" for="{name}">{label}</label>'
    '<input class="in" id="{name}" name="{name}" list="{name}-names" autocomplete="off"'
    ' maxlength="200" hx-get="{names}" hx-trigger="input changed delay:200ms"'
    ' hx-target="#{name}-names" hx-sync="this:replace">'
    '<datalist id="{name}-names"></datalist>{picks}</div>'
)
ONE_MORE = (
    '<div><div class="picks"></div><label class="over-field" for="more-{name}">{label}</label>'
    '<select class="in" id="more-{name}" name="{name}" data-one-more>'
    '<option value=""></option>{options}</select></div>'
)


class Tab(NamedTuple):
    label: str
    url: str
    is_current: bool


@register.filter
def in_words(told: str) -> str:
    """A status or a type as TMDB writes it, in the reader's language if it is a known one."""
    return str(IN_WORDS.get(told, told))


@register.filter
def about_as_long(minutes: int) -> str:
    """A query string for what is."""
    return urlencode({"runtime_min": max(0, minutes - AS_LONG), "runtime_max": minutes + AS_LONG})


@register.simple_tag(takes_context=True)
def address(context: Context, query: str | None) -> str:
    """This page with another query string."""
    path: str = context["request"].path
    return f"{path}?{query}" if query else path


@register.simple_tag(takes_context=True)
def asking(context: Context, **changes: Any) -> str:
    """This page with these filters changed."""
    return address(context, context["discover"].query_for(**changes))


@register.simple_tag(takes_context=True)
def film_and_show_tabs(context: Context) -> list[Tab]:
    """The same question, as far as it makes sense, about films and about shows."""
    found: Discover = context["discover"]
    labels = {Kind.MOVIE: _("Films"), Kind.TV: _("Shows")}
    return [
        Tab(label, _address_of(context, found, kind), kind == found.kind)
        for kind, label in labels.items()
    ]


@register.simple_tag
def at_hand(options: Iterable[Option], chosen: Collection[int | str], most: int) -> list[Option]:
    """The first few, and further ones that are chosen."""
    return [o for n, o in enumerate(options) if n < most or o.value in chosen]


@register.simple_tag
def called(options: Iterable[Option], value: int | str) -> int | str:
    return next((option.label for option in options if option.value == value), value)


# Written in one go: a form has hundreds, and a template takes ten times as long over them.
@register.simple_tag
def picks(
    name: str,
    options: Iterable[tuple[int | str, str]],
    chosen: Collection[int | str],
    css: str = "pick",
) -> SafeString:
    """A box to tick for each."""
    box = f'<label class="{css}"><input type="checkbox" name="{name}" value="'
    boxes = "".join(
        f'{box}{escape(str(value))}"{" checked" if value in chosen else ""}>{escape(label)}</label>'
        for value, label in options
    )
    return SafeString(f'<div class="picks">{boxes}</div>')


@register.simple_tag
def codes(options: Iterable[Option], chosen: str) -> SafeString:
    """Of a select, where a value is its own name."""
    return SafeString(
        "".join(
            f"<option{' selected' if value == chosen else ''}>{escape(str(value))}</option>"
            for value, _label in options
        )
    )


@register.simple_tag
def field(name: str, label: str, value: object, example: str, mode: str = "numeric") -> SafeString:
    """Where a number or a day is typed."""
    said = "" if value is None else escape(str(formats.localize(value)))
    return SafeString(
        f'<div><label class="over-field" for="{name}">{escape(label)}</label>'
        f'<input class="in num" id="{name}" name="{name}" value="{said}" inputmode="{mode}"'
        f' maxlength="10" autocomplete="off" placeholder="{example}"></div>'
    )


@register.simple_tag
def named(name: str, label: str, found: Mapping[int | str, str] | None) -> SafeString:
    """Where a name is typed, with what is chosen already."""
    chosen = found or {}
    return SafeString(
        NAMED.format(
            name=name,
            label=escape(label),
            names=reverse("catalog:names", args=[name]),
            picks=picks(name, chosen.items(), chosen) if chosen else "",
        )
    )


@register.simple_tag
def one_more(
    name: str, label: str, options: Iterable[Option], at_hand: Collection[Option]
) -> SafeString:
    """Those of a long list that are not at hand already."""
    near = set(at_hand)
    more = of_select(option for option in options if option not in near)
    return SafeString(ONE_MORE.format(name=name, label=escape(label), options=more))


@register.simple_tag
def emblem(term: Any) -> SafeString:
    """The logo of a company or a network, whose name stands beside it."""
    return format_html(
        '<span class="plate"><img src="{}" width="136" height="56" alt=""></span>',
        picture_url(term.logo_path, "w300"),
    )


def _address_of(context: Context, found: Discover, kind: Kind) -> str:
    changes = changes_for(found, kind)
    if context["term"]:
        return asking(context, kind=kind.value, **changes)
    query = found.query_for(**changes)
    path = reverse("catalog:discover", args=[kind.value])
    return f"{path}?{query}" if query else path
