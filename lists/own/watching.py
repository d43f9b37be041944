"""What a title, a season and an episode say to a member of what they have seen of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Kind, Title
from cinehub.kit.addresses import Ref
from cinehub.kit.icons import icon
from cinehub.kit.own import Told
from lists.models import Tracking, Viewing
from lists.own.standing import Standing, history_of, standings
from lists.progress import Line, line_of
from lists.when import today


@dataclass(frozen=True, slots=True)
class Watched:
    """Of an episode: whether in the round that counts, and when last at all, if that is known."""

    is_counted: bool = False
    is_ever: bool = False
    on: date | None = None


NEVER = Watched()


def titles(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `seen`, on the page of a title; visitors are shown the way in."""
    if not request.user.is_authenticated:
        return [_way_in(request, told) for told in asked]
    keys = [int(told[0]) for told in asked]
    tracked = [int(told[0]) for told in asked if told[1] == Kind.TV]
    films = history_of(request.user, keys)
    shows = standings(request.user, tracked) if tracked else {}
    return [
        _title(request, told, films.get(int(told[0])), shows.get(int(told[0]))) for told in asked
    ]


def seasons(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `season`: how many of its episodes were seen, and all of them at once."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    shows = _shows(request.user, {int(told[1]) for told in asked})
    day = today(request.user)
    return [_season(*shows[int(told[1])], told, day) for told in asked]


def episodes(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `episode`: seen or not, up to here, and when it was."""
    if not request.user.is_authenticated:
        return [""] * len(asked)
    watched = _watched(request.user, [int(told[0]) for told in asked])
    aired = _aired(request.user, asked)
    return [
        _episode(told, watched.get(int(told[0]), NEVER), int(told[0]) in aired) for told in asked
    ]


def _way_in(request: HttpRequest, told: Told) -> str:
    context = {"pk": told[0], "kind": told[1], "back": request.path}
    return render_to_string("watching/_seen_visitor.html", context)


def _title(
    request: HttpRequest, told: Told, film: tuple[int, date | None] | None, show: Standing | None
) -> str:
    pk, kind, tmdb_id, slug, name = told
    times, last = film or (0, None)
    context = {
        "pk": pk,
        "kind": kind,
        "ref": Ref(int(tmdb_id), slug),
        "name": name,
        "times": times,
        "last": last,
        "show": show,
    }
    return render_to_string("watching/_seen.html", context, request)


# --- Seasons -------------------------------------------------------------------------------------
def _shows(member: User, tmdb_ids: Iterable[int]) -> dict[int, tuple[Line, set[int | None]]]:
    """Each show's episodes, and those that were seen in the round that counts."""
    rounds = Tracking.objects.filter(user=member, title=OuterRef("pk")).values("rewatch")
    shows = Title.objects.filter(kind=Kind.TV, tmdb_id__in=tmdb_ids)
    found: dict[int, tuple[Line, set[int | None]]] = {}
    for show in shows.annotate(round=Subquery(rounds)):
        viewings = Viewing.objects.filter(user=member, title=show, episode__isnull=False)
        if show.round:
            viewings = viewings.filter(rewatch=show.round)
        seen: set[int | None] = set(viewings.values_list("episode", flat=True))
        found[show.tmdb_id] = (line_of(show), seen)
    return found


def _season(line: Line, seen: set[int | None], told: Told, day: date) -> str:
    pk, tmdb_id, slug, number, name = told
    aired = line.aired(day)
    there = [part.pk for part in line.parts if part.season == int(number) and part.pk in aired]
    count = len(seen.intersection(there))
    if not there:
        return f'<div data-own="season-{pk}" hidden></div>'
    is_seen = count == len(there)
    words = _("%(seen)s of %(all)s seen") % {"seen": count, "all": len(there)}
    address = reverse("lists:seen-season", args=[Ref(int(tmdb_id), slug), int(number)])
    label = _("%(name)s: all seen") % {"name": name}
    button = _press(address, "on", not is_seen, "check-check", _("All seen"), label, is_seen)
    return (
        f'<div class="season-far" data-own="season-{pk}">{button}'
        f'<progress max="{len(there)}" value="{count}" aria-hidden="true"></progress>'
        f'<span class="num quiet">{escape(words)}</span></div>'
    )


# --- Episodes ------------------------------------------------------------------------------------
def _watched(member: User, keys: Sequence[int]) -> dict[int | None, Watched]:
    rounds = Tracking.objects.filter(user=member, title=OuterRef("title")).values("rewatch")
    rows = (
        Viewing.objects.filter(user=member, episode__in=keys)
        .annotate(round=Subquery(rounds))
        .order_by("watched_at", "pk")
        .values_list("episode", "rewatch", "round", "watched_on")
    )
    found: dict[int | None, Watched] = defaultdict(Watched)
    for key, which, counted, on in rows:
        is_counted = found[key].is_counted or not counted or which == counted
        found[key] = Watched(is_counted, True, on)
    return found


def _aired(member: User, asked: Sequence[Told]) -> set[int]:
    """What has no date is looked at beside the rest of its show."""
    day = today(member)
    dated = {int(told[0]): date.fromisoformat(told[6]) for told in asked if told[6]}
    aired = {key for key, on in dated.items() if on <= day}
    undated = {int(told[1]) for told in asked if not told[6]}
    for show in Title.objects.filter(kind=Kind.TV, tmdb_id__in=undated) if undated else ():
        aired |= line_of(show).aired(day) - dated.keys()
    return aired


def _episode(told: Told, watched: Watched, has_aired: bool) -> str:
    pk, tmdb_id, slug, season, number, name, on = told
    where = [Ref(int(tmdb_id), slug), int(season), int(number)]
    address = reverse("lists:seen-episode", args=where)
    if not has_aired and not watched.is_ever:
        return f'<div class="watched" data-own="episode-{pk}">{_to_come(name, on)}</div>'
    label = _("%(name)s: seen") % {"name": name}
    is_on = watched.is_counted
    toggle = _press(address, "on", not is_on, "check", _("Seen"), label, is_on)
    up_to = ""
    if not is_on:
        label = _("%(name)s: seen up to here") % {"name": name}
        up_to = _press(address, "up_to", True, "list-checks", _("Up to here"), label)
    when = _when(watched, reverse("lists:viewings-episode", args=where), name)
    return f'<div class="watched" data-own="episode-{pk}">{toggle}{up_to}{when}</div>'


def _to_come(name: str, on: str) -> str:
    day = date_format(date.fromisoformat(on), "DATE_FORMAT") if on else ""
    why = _("airs on %(day)s") % {"day": day} if on else _("has not aired yet")
    words = escape(f"{name}: {why}")
    return (
        f'<button class="mark" type="button" disabled title="{words}">{icon("clock", 18)}'
        f'<span aria-hidden="true">{escape(_("Not yet"))}</span>'
        f'<span class="visually-hidden">{words}</span></button>'
    )


def _when(watched: Watched, address: str, name: str) -> str:
    """Leads to all times they have watched it."""
    if watched.is_ever:
        shown = date_format(watched.on, "DATE_FORMAT") if watched.on else _("some day")
    else:
        shown = _("Another day…")
    label = escape(_("%(name)s: when you watched it") % {"name": name})
    return (
        f'<a class="watched-when num quiet" href="{address}">{escape(shown)}'
        f'<span class="visually-hidden"> – {label}</span></a>'
    )


def _press(
    address: str,
    field: str,
    value: bool,
    drawn: str,
    shown: str,
    label: str,
    is_pressed: bool | None = None,
) -> str:
    """A button that acts; one that can be pressed once more to take it back says how it is."""
    state = "" if is_pressed is None else f' aria-pressed="{"true" if is_pressed else "false"}"'
    return (
        f'<button class="mark" form="own" name="{field}" value="{int(value)}"'
        f' formaction="{address}" hx-post="{address}" hx-swap="none"{state}'
        f' data-deed="{drawn}" title="{escape(label)}">{icon(drawn, 18)}'
        f'<span aria-hidden="true">{escape(shown)}</span>'
        f'<span class="visually-hidden">{escape(label)}</span></button>'
    )
