"""A line of a history, as it is now: changed, taken out, or there again.

Pages show dozens: lines are written here in one go, in a tenth of a template's time.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.formats import time_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.models import Title
from catalog.templatetags.catalog import poster
from catalog.templatetags.episodes import number_of
from cinehub.kit.addresses import below
from cinehub.kit.icons import icon
from cinehub.kit.own import Told
from cinehub.kit.web import reader
from lists.history import told as with_titles
from lists.models import Precision, Viewing


def lines(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `viewing`."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    keys = [int(told[0]) for told in asked]
    mine = Viewing.objects.filter(user=request.user, pk__in=keys)
    there = with_titles(mine, reader(request).language).in_bulk()
    back = reverse("lists:history")
    return [
        # What is gone leaves a place, where it may come back to.
        _line(there[key], back) if key in there else f'<li data-own="viewing-{key}" hidden></li>'
        for key in keys
    ]


def written(viewings: Iterable[Viewing], back: str) -> SafeString:
    """Lines of a day. With a page to come `back` to they are its member's own, who alone sees when
    exactly it was and what they noted, and changes it."""
    return SafeString("".join(_line(viewing, back) for viewing in viewings))


def _line(viewing: Viewing, back: str) -> str:
    title = viewing.title
    return (
        f'<li class="viewing" data-own="viewing-{viewing.pk}">{poster(title, sizes="3.5rem")}'
        f'<div class="viewing-words"><p class="viewing-name">{_named(title)}</p>'
        f'{_episode(viewing)}<p class="dots num quiet viewing-facts">'
        f"{_facts(viewing, is_own=bool(back))}</p></div>"
        f"{_deeds(viewing.pk, title.shown_name.name, back) if back else ''}</li>"
    )


def _named(title: Title) -> str:
    name = escape(title.shown_name.name)
    if title.hidden_at:
        return f'{name} <span class="quiet">{escape(_("no longer at TMDB"))}</span>'
    return f'<a href="{title.get_absolute_url()}">{name}</a>'


def _episode(viewing: Viewing) -> str:
    episode, title = viewing.episode, viewing.title
    if episode is None:
        return ""
    name = escape(str(episode))
    if not title.hidden_at and not episode.hidden_at:
        place = episode.season.number, episode.number
        name = f'<a href="{below("catalog:episode", title.ref, *place)}">{name}</a>'
    return (
        f'<p class="viewing-episode"><span class="num quiet">{number_of(episode)}</span> {name}</p>'
    )


def _facts(viewing: Viewing, *, is_own: bool) -> str:
    at = again = note = ""
    if is_own and viewing.precision == Precision.INSTANT:
        moment = localtime(viewing.watched_at)
        shown = escape(time_format(moment))
        at = f'<span><time datetime="{moment.isoformat()}">{shown}</time></span>'
    if getattr(viewing, "is_again", False):
        again = f"<span>{icon('repeat', 14)} {escape(_('once more'))}</span>"
    if is_own and viewing.note:
        note = f'<span class="viewing-note">{escape(viewing.note)}</span>'
    return at + again + note


def _deeds(pk: int, name: str, back: str) -> str:
    named = {"name": name}
    change = escape(_("%(name)s: change") % named)
    remove = escape(_("%(name)s: take it out of the history") % named)
    where = f"{_beginning(get_script_prefix())}{pk}"
    return (
        f'<div class="viewing-deeds"><a class="arrow" href="{where}?next={quote(back)}"'
        f' aria-label="{change}">{icon("pencil", 18)}</a>'
        f'<button class="arrow" form="own" formaction="{where}/delete" hx-post="{where}/delete"'
        f' hx-swap="none" aria-label="{remove}">{icon("trash-2", 18)}</button></div>'
    )


@cache
def _beginning(prefix: str) -> str:
    """Of all viewings' addresses; `prefix` is where the site is mounted."""
    return reverse("lists:viewing", args=[0]).removesuffix("0")
