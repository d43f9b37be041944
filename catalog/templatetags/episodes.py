"""Which one of its show an episode is, in letters for the eye and in words for the ear."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Episode

register = template.Library()


@register.simple_tag
def number_of(episode: Episode) -> SafeString:
    season = episode.season
    return _numbered(season.short_name, season.number, episode.number, get_language())


@lru_cache(maxsize=5000)
def _numbered(spoken: str, season: int, number: int, _language: str | None) -> SafeString:
    """Histories name the same ones over and over."""
    told = {"season": season, "number": number}
    shown = _("S%(season)s · E%(number)s") if season else _("Special %(number)s")
    words = _("episode %(number)s") % told
    return SafeString(
        f'<span aria-hidden="true">{escape(shown % told)}</span>'
        f'<span class="visually-hidden">{escape(spoken)}, {escape(words)}</span>'
    )
