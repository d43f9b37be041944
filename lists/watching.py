"""Members say what they have watched.

Whoever writes about a show holds the member's row about it first (`counting.hold`), about a film
the member: of two who say the same at once one waits, and finds it said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import undoing
from accounts.models import User
from accounts.records import touch
from catalog.models import Episode, Season, Title
from lists import heard
from lists.counting import hold, renumber, settle
from lists.models import State, Tracking, Viewing
from lists.progress import Line, line_of
from lists.when import When as When
from lists.when import today

KEPT = ("pk", "title_id", "episode_id", "precision", "watched_on", "note", "rewatch")


class NotAired(Exception):
    """It can't have been watched yet."""


@dataclass(frozen=True)
class Marked:
    """What was marked in one go; there is nothing to undo where all of it was marked before."""

    viewings: list[Viewing]
    undo: UUID | None = None


@dataclass(frozen=True)
class Removed:
    """Of which episodes viewings were taken out; a film's are None."""

    episodes: list[int | None]
    undo: UUID | None = None


@dataclass(frozen=True)
class Log:
    """A member's viewings of a title, held. Of a show there is `tracking`, and its `line`."""

    member: User
    title: Title
    tracking: Tracking | None = None
    line: Line | None = None

    @property
    def round(self) -> int:
        return self.tracking.rewatch if self.tracking else 0

    def counting(self) -> QuerySet[Viewing]:
        """Those that say what is seen: of this round, if the show is watched again."""
        viewings = Viewing.objects.filter(user=self.member, title=self.title)
        return viewings.filter(rewatch=self.round) if self.round else viewings

    def aired(self) -> set[int]:
        return self.line.aired(today(self.member)) if self.line else set()

    def close(self) -> None:
        """What follows from what was written."""
        if self.tracking and self.line:
            self.tracking.changed_at = timezone.now()
            settle(self.tracking, self.line, "state", "rewatch", "changed_at")
        else:
            renumber(self.member.pk, self.title.pk)
        touch(self.member.pk)


def open_log(member: User, title: Title) -> Log:
    """Within a transaction, until whose end nobody else writes there."""
    if title.is_movie:
        User.objects.select_for_update(no_key=True).get(pk=member.pk)
        return Log(member, title)
    return Log(member, title, hold(member, title), line_of(title))


@transaction.atomic
def watch(
    member: User,
    title: Title,
    *,
    episode: Episode | None = None,
    when: When,
    note: str = "",
    batch: UUID | None = None,
) -> Viewing:
    """Once more, and once for a batch; without one it is made sure that they have. Raises NotAired.

    Of a show an episode is named.
    """
    log = open_log(member, title)
    key = episode.pk if episode else None
    if batch is None:
        there = log.counting().filter(episode=key).newest().first()  # type: ignore[attr-defined]
        return there or _mark(log, [key], when, note=note).viewings[0]
    there = Viewing.objects.filter(user=member, batch=batch, title=title, episode=key).first()
    return there or _mark(log, [key], when, note=note, batch=batch).viewings[0]


@transaction.atomic
def see(member: User, title: Title, *, episode: Episode | None = None, when: When) -> Marked:
    """One tap: what they have not seen in this round, they have now. Raises NotAired."""
    log = open_log(member, title)
    return _mark(log, _unseen(log, [episode.pk if episode else None]), when)


@transaction.atomic
def watch_season(member: User, season: Season, *, when: When) -> Marked:
    """What of it has aired and they have not seen in this round."""
    log = open_log(member, season.title)
    return _mark_aired(log, season.number, None, when)


@transaction.atomic
def watch_up_to(member: User, episode: Episode, *, when: When) -> Marked:
    """It and what lies before it; before a special are specials. Raises NotAired."""
    season = episode.season
    log = open_log(member, season.title)
    _check(log, [episode.pk])
    last = (season.number, episode.number)
    return _mark_aired(log, 0 if season.is_specials else None, last, when)


@transaction.atomic
def watch_show(member: User, title: Title, *, when: When) -> Marked:
    """All of it that has aired, without the specials."""
    return _mark_aired(open_log(member, title), None, None, when)


@transaction.atomic
def unwatch(member: User, title: Title, *, episode: Episode | None = None) -> Removed:
    """However often they have seen it; of a show that is watched again, in this round."""
    log = open_log(member, title)
    viewings = log.counting()
    return remove(log, viewings.filter(episode=episode) if episode else viewings)


@transaction.atomic
def unwatch_season(member: User, season: Season) -> Removed:
    log = open_log(member, season.title)
    return remove(log, log.counting().filter(episode__season=season))


@transaction.atomic
def change(viewing: Viewing, *, when: When, note: str) -> None:
    """It was another time, or there is something else to say of it."""
    log = open_log(viewing.user, viewing.title)
    viewing.precision, viewing.note = when.precision, note
    viewing.watched_at, viewing.watched_on = when.at, when.on
    is_there = Viewing.objects.filter(pk=viewing.pk).update(
        precision=when.precision,
        watched_at=when.at,
        watched_on=when.on,
        note=note,
        changed_at=timezone.now(),
    )
    log.close()
    if is_there:
        heard.of_viewings(log.member, log.title, "changed", [viewing])


@transaction.atomic
def delete(viewing: Viewing) -> UUID | None:
    """Nothing to undo where somebody was quicker."""
    log = open_log(viewing.user, viewing.title)
    return remove(log, Viewing.objects.filter(pk=viewing.pk)).undo


def _check(log: Log, episodes: Iterable[int | None]) -> None:
    """Films may be seen before they are out. Raises NotAired."""
    if log.line and not log.aired().issuperset(episodes):
        raise NotAired


def _unseen(log: Log, episodes: Iterable[int | None]) -> list[int | None]:
    seen = set(log.counting().values_list("episode", flat=True))
    return [key for key in episodes if key not in seen]


def _mark_aired(log: Log, season: int | None, last: tuple[int, int] | None, when: When) -> Marked:
    """Of a season, or of all but the specials; as far as the last one, by its numbers."""
    aired = log.aired()
    wanted = [
        part.pk
        for part in (log.line.parts if log.line else ())
        if part.pk in aired
        and (part.season == season if season is not None else part.season)
        and (last is None or (part.season, part.number) <= last)
    ]
    return _mark(log, _unseen(log, wanted), when)


def _mark(
    log: Log,
    episodes: Sequence[int | None],
    when: When,
    *,
    note: str = "",
    batch: UUID | None = None,
) -> Marked:
    """Each once more; a film is None. Raises NotAired."""
    if not episodes:
        return Marked([])
    _check(log, episodes)
    batch = batch or uuid4()
    viewings = Viewing.objects.bulk_create(
        new_viewing(log, key, when, note, batch) for key in episodes
    )
    state = go_on(log, when)
    log.close()
    heard.of_viewings(log.member, log.title, "created", viewings)
    data = {"title": log.title.pk, "batch": str(batch), "state": state}
    return Marked(viewings, undoing.offer(log.member, "lists.marked", data))


def new_viewing(log: Log, episode: int | None, when: When, note: str, batch: UUID) -> Viewing:
    return Viewing(
        user=log.member,
        title=log.title,
        episode_id=episode,
        precision=when.precision,
        watched_at=when.at,
        watched_on=when.on,
        note=note,
        rewatch=log.round,
        batch=batch,
    )


def go_on(log: Log, when: When) -> str:
    """Who watches on has not dropped it; what they add from memory says nothing of that.

    Gives what they had said, if that is no longer so.
    """
    tracking = log.tracking
    if tracking is None or tracking.state == State.NONE:
        return State.NONE
    if tracking.state != State.PLANNED and when.at <= tracking.changed_at:
        return State.NONE
    state, tracking.state = tracking.state, State.NONE
    return state


def remove(log: Log, viewings: QuerySet[Viewing]) -> Removed:
    """These of its title."""
    gone = list(viewings.order_by("pk"))
    rows = [_kept(viewing) for viewing in gone]
    if not rows:
        return Removed([])
    viewings.delete()
    log.close()
    heard.of_viewings(log.member, log.title, "deleted", gone)
    key = undoing.offer(log.member, "lists.removed-viewings", {"rows": rows})
    return Removed([row["episode_id"] for row in rows], key)


def _kept(viewing: Viewing) -> dict[str, Any]:
    """All that it takes to bring it back."""
    kept = {name: getattr(viewing, name) for name in KEPT}
    day = viewing.watched_on.isoformat() if viewing.watched_on else None
    moments = {name: getattr(viewing, name).isoformat() for name in ("watched_at", "created_at")}
    return kept | moments | {"watched_on": day, "batch": str(viewing.batch)}
