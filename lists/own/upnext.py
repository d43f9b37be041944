"""A show among those that go on: how far its member is, what is next, and what they can do.

Pages show dozens: rows are written here in one go, in a tenth of a template's time.
"""

from collections.abc import Sequence
from functools import cache
from html import escape

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Episode
from catalog.templatetags.catalog import minutes
from catalog.templatetags.episodes import number_of
from cinehub.kit.addresses import Ref, address, below
from cinehub.kit.icons import icon
from cinehub.kit.own import Told
from lists.models import State
from lists.own.standing import Choice, Standing, standings


def rows(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `next`; there are none for visitors."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    known = standings(request.user, [int(told[0]) for told in asked])
    return [_row(told, known.get(int(told[0]))) for told in asked]


def choices(ref: Ref, show: Standing | None) -> SafeString:
    """Buttons: all that can be said of a show, to begin with that it is planned."""
    send = _to(below("lists:state", ref))
    first = [Choice(State.PLANNED, "calendar-plus", _("Plan to watch"))]
    return SafeString(
        "".join(
            f'<button form="own" name="state" value="{value}" {send}>'
            f"{icon(drawn)}{escape(label)}</button>"
            for value, drawn, label in (show.choices if show else first)
        )
    )


def next_episode(ref: Ref, name: str, show: Standing, *, large: bool = False) -> SafeString:
    """Its name, and that it is seen; one that is to come says when."""
    episode = show.next
    if episode is None:
        return SafeString("")
    place = episode.season.number, episode.number
    is_to_come = show.is_next_to_come
    deed = "" if is_to_come else _seen(below("lists:seen-episode", ref, *place), name, episode)
    return SafeString(
        f'<div class="next-on{" next-large" if large else ""}">'
        f'<p class="next-episode"><a href="{below("catalog:episode", ref, *place)}">'
        f'<span class="num quiet">{number_of(episode)}</span> <b>{escape(str(episode))}</b></a>'
        f"{_airs(episode) if is_to_come else ''}</p>{deed}</div>"
    )


def _to(where: str) -> str:
    """What a button has that sends the page's own form there."""
    return f'formaction="{where}" hx-post="{where}" hx-swap="none"'


def _row(told: Told, show: Standing | None) -> str:
    pk, tmdb_id, slug, name = told
    ref = Ref(int(tmdb_id), slug)
    said = _said(get_language())
    menu = escape(said["menu"] % {"name": name})
    return (
        f'<div class="next" data-own="next-{pk}"><div class="next-top"><p class="next-show">'
        f'<a href="{address("title", ref, "tv")}">{escape(name)}</a></p>'
        f'<details class="menu" name="next-menu"><summary aria-label="{menu}" data-deed="menu">'
        f'{icon("ellipsis")}</summary><div class="menu-list">{choices(ref, show)}'
        f'<a href="{below("lists:viewings", ref, kind="tv")}">{icon("history")}'
        f"{said['history']}</a></div></details></div>"
        f"{_far(show) + next_episode(ref, name, show) if show else ''}</div>"
    )


def _far(show: Standing) -> str:
    there = bar = left = ""
    said = _said(get_language())
    if show.all:
        numbers = {"seen": intcomma(show.seen), "all": intcomma(show.all)}
        there = f"<span>{escape(said['far'] % numbers)}</span>"
        bar = f'<progress max="{show.all}" value="{show.seen}" aria-hidden="true"></progress>'
    if show.minutes_left:
        time = {"time": minutes(show.minutes_left)}
        left = f"<span>{escape(said['left'] % time)}</span>"
    return f'<p class="next-far num quiet"><b>{escape(show.said)}</b>{there}{left}</p>{bar}'


def _airs(episode: Episode) -> str:
    day = episode.air_date and date_format(episode.air_date, "DATE_FORMAT")
    words = _("airs on %(day)s") % {"day": day} if day else _("no date yet")
    return f' <span class="quiet num">{escape(words)}</span>'


def _seen(where: str, name: str, episode: Episode) -> str:
    said = _said(get_language())
    words = escape(said["deed"] % {"name": name, "episode": episode})
    return (
        f'<button class="mark next-seen" form="own" name="on" value="1" {_to(where)}'
        f' data-deed="check">{icon("check")}<span aria-hidden="true">{said["seen"]}</span>'
        f'<span class="visually-hidden">{words}</span></button>'
    )


@cache
def _said(_language: str | None) -> dict[str, str]:
    """Words of every row; what is filled in is escaped with what fills it."""
    return {
        "menu": _("%(name)s: what to do"),
        "history": escape(_("History")),
        "far": _("%(seen)s of %(all)s"),
        "left": _("%(time)s left"),
        "seen": escape(_("Seen")),
        "deed": _("%(name)s: %(episode)s seen"),
    }
