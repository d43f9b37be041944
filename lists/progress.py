"""How far somebody is with a show: worked out of its episodes, and of what they have watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Episode, Title
from lists.models import State, Tracking, Viewing
from lists.models.tracking import TrackingQuerySet
from lists.models.viewings import LONG_AGO

# What TMDB says of shows that do not go on.
OVER = ("Ended", "Canceled")


class Status(models.TextChoices):
    """What a member's viewings of a show come to, unless they have said otherwise."""

    WATCHING = "watching", _("Watching")
    UP_TO_DATE = "up-to-date", _("Up to date")
    FINISHED = "finished", _("Finished")
    PLANNED = "planned", _("Planned")
    PAUSED = "paused", _("Paused")
    DROPPED = "dropped", _("Dropped")


_OF_EPISODE = ("pk", "season__number", "number", "air_date", "runtime")
_OF_SHOW = ("status", "runtime", "fetched_at")


class Part(NamedTuple):
    """An episode, as progress knows it; those of season 0 are specials."""

    pk: int
    season: int
    number: int
    air_date: date | None
    runtime: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of the episodes that have aired, but for `next_episode`; `changes_on` is when others do."""

    seen: int
    left: int
    minutes_left: int
    next_episode: int | None
    changes_on: date | None


@dataclass(frozen=True)
class Line:
    """A show's episodes in their order; `usual` is how many minutes one lasts of which nobody says.

    Specials lie beside it: they air in a line of their own.
    """

    parts: list[Part]
    is_over: bool
    usual: int
    # When TMDB told it.
    as_of: datetime = LONG_AGO

    @property
    def regular(self) -> list[Part]:
        return [part for part in self.parts if part.season]

    @property
    def specials(self) -> list[Part]:
        return [part for part in self.parts if not part.season]

    def aired(self, today: date) -> set[int]:
        """The keys of what can have been watched by this day."""
        regular = _aired(self.regular, today, self.is_over)
        return regular | _aired(self.specials, today, self.is_over)

    def numbers(self, watched: Mapping[int, datetime], today: date) -> Numbers:
        """`watched` has when each episode was last watched in the round that counts."""
        regular, aired = self.regular, self.aired(today)
        left = [part for part in regular if part.pk in aired and part.pk not in watched]
        coming = [part.air_date for part in regular if part.air_date and part.pk not in aired]
        seen = [part for part in regular if part.pk in aired and part.pk in watched]
        return Numbers(
            seen=len(seen),
            left=len(left),
            minutes_left=sum(part.runtime or self.usual for part in left),
            next_episode=_next(regular, watched, aired),
            changes_on=min(coming, default=None),
        )


def line_of(title: Title) -> Line:
    """All of a show's episodes that are listed."""
    # In one question: what is stored meanwhile is in all of it, or in none.
    listed = Episode.objects.listed().filter(season__title=title).in_order()
    rows = list(listed.values_list(*_OF_EPISODE, *(f"season__title__{name}" for name in _OF_SHOW)))
    parts = [Part(*row[: len(_OF_EPISODE)]) for row in rows]
    shown = rows[0][len(_OF_EPISODE) :] if rows else _show(title)
    status, runtime, fetched_at = shown
    return Line(parts, status in OVER, _usual_minutes(parts, runtime), fetched_at or LONG_AGO)


def _show(title: Title) -> tuple[Any, ...]:
    """Of one without an episode."""
    return Title.objects.values_list(*_OF_SHOW).get(pk=title.pk)


def _aired(parts: list[Part], today: date, is_over: bool) -> set[int]:
    """What has no date has aired where the show is over, or a later one has."""
    found, is_later_aired = set(), is_over
    for part in reversed(parts):
        has_aired = is_later_aired if part.air_date is None else part.air_date <= today
        is_later_aired = is_later_aired or has_aired
        if has_aired:
            found.add(part.pk)
    return found


def _next(parts: list[Part], watched: Mapping[int, datetime], aired: set[int]) -> int | None:
    """The first one not watched after the last one that was; what was left out before comes last.

    Where something is left, it is one that has aired or is to air on a day that is known.
    """
    places = [(watched[part.pk], place) for place, part in enumerate(parts) if part.pk in watched]
    here = max(places)[1] + 1 if places else 0
    after = [part for part in parts[here:] if part.pk not in watched]
    before = [part for part in parts[:here] if part.pk not in watched and part.pk in aired]
    in_turn = [
        *(part for part in after if part.pk in aired),
        *(part for part in after if part.air_date),
        *before,
        *after,
    ]
    return in_turn[0].pk if in_turn else None


def _usual_minutes(parts: list[Part], otherwise: int | None) -> int:
    """As long as the show's episodes are on the whole."""
    known = [part.runtime for part in parts if part.runtime]
    return round(sum(known) / len(known)) if known else otherwise or 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Of an episode: how often it was watched, when last, and whether in the round that counts."""

    times: int = 0
    is_counted: bool = False
    on: date | None = None


def marks(member: User, show: Title, round_: int) -> dict[int, Mark]:
    """By the episodes' keys."""
    rows = Viewing.objects.filter(user=member, title=show, episode__isnull=False)
    found: dict[int, Mark] = {}
    for key, which, on in rows.order_by("watched_at", "pk").values_list(
        "episode_id", "rewatch", "watched_on"
    ):
        before = found.get(key or 0, Mark())
        is_counted = before.is_counted or not round_ or which == round_
        found[key or 0] = Mark(before.times + 1, is_counted, on)
    return found


# --- Of all shows --------------------------------------------------------------------------------
_AS_WATCHED = Q(state=State.NONE) & (Q(seen__gt=0) | Q(rewatch__gt=0))
_IS_OVER = Q(title__status__in=OVER, next_episode=None)
WHERE: dict[Status, Q] = {
    Status.WATCHING: _AS_WATCHED & Q(left__gt=0),
    Status.UP_TO_DATE: _AS_WATCHED & Q(left=0) & ~_IS_OVER,
    Status.FINISHED: _AS_WATCHED & Q(left=0) & _IS_OVER,
    Status.PLANNED: Q(state=State.PLANNED),
    Status.PAUSED: Q(state=State.PAUSED),
    Status.DROPPED: Q(state=State.DROPPED),
}


ORDERS = {
    "recent": (_("Last watched"), (F("last_watched_at").desc(nulls_last=True), F("pk").desc())),
    "left": (_("Least left"), (F("minutes_left").asc(), F("left").asc(), F("pk").desc())),
    "name": (_("Name"), (F("title__name").asc(), F("pk").asc())),
}


def status_of(tracking: Tracking) -> Status | None:
    """Of one whose title is at hand; none where nothing was watched or said."""
    if tracking.state != State.NONE:
        return Status(tracking.state)
    if not (tracking.seen or tracking.rewatch):
        return None
    if tracking.left:
        return Status.WATCHING
    is_over = tracking.title.status in OVER and tracking.next_episode_id is None
    return Status.FINISHED if is_over else Status.UP_TO_DATE


def shows(member: User, status: Status) -> TrackingQuerySet:
    return Tracking.objects.filter(WHERE[status], user=member)


def how_many(member: User) -> dict[Status, int]:
    """Shows of each status, in one question."""
    counts = {status.name: Count("pk", filter=where) for status, where in WHERE.items()}
    found = Tracking.objects.filter(user=member).aggregate(**counts)
    return {status: found[status.name] for status in WHERE}
