"""Titles on lists, written in one go: pages show dozens."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.models import Title
from catalog.templatetags.cards import cards
from catalog.templatetags.catalog import poster
from lists.shelf import Row

register = template.Library()


@register.simple_tag
def shelf_cards(rows: Iterable[Row]) -> SafeString:
    """Those that TMDB has dropped lead nowhere."""
    return SafeString("\n".join(_item(row, eager=not n) for n, row in enumerate(rows)))


def _item(row: Row, *, eager: bool) -> str:
    title = row.title
    item = _gone(title) if title.hidden_at else str(cards([title], eager=eager))
    rank = f'<b class="card-rank num">{row.rank}</b>' if row.rank else ""
    return item.replace("<li>", f"<li>{rank}", 1)


def _gone(title: Title) -> str:
    year = f"<span>{title.year}</span>" if title.year else ""
    return (
        f'<li><div class="card gone">{poster(title)}'
        f'<p class="card-name">{escape(title.shown_name.name)}</p>'
        f'<p class="card-facts">{year}<span>{escape(_("No longer at TMDB"))}</span></p></div></li>'
    )
