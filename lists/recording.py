"""Viewings are written down many at once, and taken out, as programs do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from catalog.models import Episode, Title
from lists import heard
from lists.models import Precision, Viewing
from lists.watching import Log, Removed, When, go_on, new_viewing, open_log, remove


class Outcome(Enum):
    ADDED = "added"
    # The same at the same moment is there already, or was named before.
    EXISTING = "existing"
    NOT_AIRED = "not_aired"


@dataclass(frozen=True)
class Entry:
    """Of a show an episode is named."""

    title: Title
    episode: Episode | None
    when: When
    note: str = ""

    @property
    def key(self) -> int | None:
        return self.episode.pk if self.episode else None


@dataclass(frozen=True)
class Recorded:
    outcome: Outcome
    viewing: Viewing | None = None


@transaction.atomic
def record(member: User, entries: Sequence[Entry]) -> list[Recorded]:
    """Each once more; what became of it, in the same order."""
    by_title: dict[int, list[int]] = {}
    for place, entry in enumerate(entries):
        by_title.setdefault(entry.title.pk, []).append(place)
    told: dict[int, Recorded] = {}
    # Always in the same order, so that nobody waits for ever: for films the member is held.
    for places in sorted(by_title.values(), key=lambda places: _turn(entries[places[0]].title)):
        log = open_log(member, entries[places[0]].title)
        done = _record(log, [entries[place] for place in places])
        told |= zip(places, done, strict=True)
    return [told[place] for place in range(len(entries))]


@transaction.atomic
def erase(member: User, keys: Collection[int]) -> list[Removed]:
    """Out of their history, title by title, what of these is there."""
    viewings = Viewing.objects.filter(user=member, pk__in=keys)
    titles = Title.objects.filter(pk__in=viewings.order_by().values("title"))
    found = []
    for title in sorted(titles, key=_turn):
        log = open_log(member, title)
        found.append(remove(log, viewings.filter(title=title)))
    return found


def _turn(title: Title) -> tuple[bool, int]:
    return not title.is_movie, title.pk


def _record(log: Log, entries: Sequence[Entry]) -> list[Recorded]:
    """All of one title."""
    there, aired = _moments(log), log.aired()
    told: list[Recorded] = []
    for entry in entries:
        moment = (entry.key, entry.when.at)
        if log.line and entry.key not in aired:
            told.append(Recorded(Outcome.NOT_AIRED))
        elif moment in there:
            told.append(Recorded(Outcome.EXISTING))
        else:
            viewing = new_viewing(log, entry.key, entry.when, entry.note, uuid4())
            told.append(Recorded(Outcome.ADDED, viewing))
            if entry.when.precision == Precision.INSTANT:
                there.add(moment)
    _write(log, [each.viewing for each in told if each.viewing])
    return told


def _write(log: Log, viewings: list[Viewing]) -> None:
    if not viewings:
        return
    Viewing.objects.bulk_create(viewings)
    last = max(viewings, key=lambda viewing: viewing.watched_at)
    go_on(log, When(Precision(last.precision), last.watched_at, last.watched_on))
    log.close()
    heard.of_viewings(log.member, log.title, "created", viewings)


def _moments(log: Log) -> set[tuple[int | None, object]]:
    """At which each is known to have been watched."""
    viewings = Viewing.objects.filter(user=log.member, title=log.title)
    rows = viewings.filter(precision=Precision.INSTANT).order_by()
    return set(rows.values_list("episode", "watched_at"))
