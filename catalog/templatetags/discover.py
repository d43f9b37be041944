"""Lists that are asked for differently, and what stands over them."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.discover import Discover, Option, changes_for
from catalog.models import Kind
from catalog.templatetags.catalog import picture_url

register = template.Library()

TICKED = SafeString(" checked")


class Tab(NamedTuple):
    label: str
    url: str
    is_current: bool


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
    name: str, options: Iterable[Option], chosen: Collection[int | str], css: str = "pick"
) -> SafeString:
    """A box to tick for each."""
    return format_html_join(
        "",
        '<label class="{}"><input type="checkbox" name="{}" value="{}"{}>{}</label>',
        ((css, name, o.value, TICKED if o.value in chosen else "", o.label) for o in options),
    )


@register.simple_tag
def further(options: Iterable[Option], at_hand: Collection[Option]) -> SafeString:
    """Those of a long list that are not at hand already."""
    return format_html_join(
        "",
        '<option value="{}">{}</option>',
        ((o.value, o.label) for o in options if o not in at_hand),
    )


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
