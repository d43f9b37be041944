"""Readers come first: what is known is shown, and what is missing or old is seen to."""

import enum
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DatabaseError
from django.db.models import QuerySet
from kombu.exceptions import OperationalError

from catalog import tasks
from catalog.models import Collection, Person, Title
from catalog.models.fetched import Fetched
from catalog.models.people import PersonQuerySet
from catalog.source import pace, tmdb
from catalog.sync.merging import successor
from catalog.sync.runs import Subject, collection_subject, person_subject, title_subject
from catalog.tmdb import TMDB, Busy, Crowded, Garbled, NotFound, Refused
from cinehub.kit.bounded import within
from cinehub.work.models import Claim

log = logging.getLogger(__name__)

M = TypeVar("M", Title, Person, Collection)
K = TypeVar("K")
F = TypeVar("F")
# By its kind and TMDB's id.
FindTitle = Callable[[str, int], Title | None]

# A page waits three seconds in all; the rest of them is for the database.
FIRST_LOOK_SECONDS = 2.5
# While TMDB does not answer, no other page waits for it.
UNREACHABLE = "tmdb unreachable"
UNREACHABLE_SECONDS = 30
FIRST_LOOK_AGAIN_SECONDS = 60
UNKNOWN_SECONDS = 24 * 3600
REFRESH_AGAIN_SECONDS = 600


class Age(enum.StrEnum):
    """What a page says about its data."""

    FRESH = ""
    STALE = "stale"
    UNREACHABLE = "unreachable"
    INCOMPLETE = "incomplete"
    # Of what is not here: TMDB answers, but not so that it could be told.
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class Sought(Generic[M, K, F]):
    """What somebody wants to read about: where it is kept, and how TMDB is asked about it."""

    name: str
    key: K
    find: Callable[[], M | None]
    subject: Callable[[TMDB], Subject[K, F]]
    queue: Callable[[], object]

    @property
    def first_look(self) -> str:
        return f"first look {self.name}"

    @property
    def unknown(self) -> str:
        return f"unknown {self.name}"

    @property
    def unusable(self) -> str:
        return f"unusable {self.name}"


def ready_for_reader(find: FindTitle, kind: str, tmdb_id: int) -> tuple[Title | None, Age]:
    """As `_ready` has it; or the one that it has been made one with."""
    shown, age = _ready_title(find, kind, tmdb_id)
    if shown is None and (other := successor(kind, tmdb_id)):
        return _ready_title(find, *other)
    return shown, age


def _ready_title(find: FindTitle, kind: str, tmdb_id: int) -> tuple[Title | None, Age]:
    return _ready(
        Sought(
            name=f"{kind} {tmdb_id}",
            key=(kind, tmdb_id),
            find=lambda: find(kind, tmdb_id),
            subject=title_subject,
            queue=lambda: tasks.refresh_title.delay(kind=kind, tmdb_id=tmdb_id),
        )
    )


def person_for_reader(people: PersonQuerySet, tmdb_id: int) -> tuple[Person | None, Age]:
    return _ready(
        Sought(
            name=f"person {tmdb_id}",
            key=tmdb_id,
            find=people.filter(pk=tmdb_id).first,
            subject=person_subject,
            queue=lambda: tasks.refresh_person.delay(tmdb_id=tmdb_id),
        )
    )


def collection_for_reader(
    collections: QuerySet[Collection], tmdb_id: int
) -> tuple[Collection | None, Age]:
    return _ready(
        Sought(
            name=f"collection {tmdb_id}",
            key=tmdb_id,
            find=collections.filter(pk=tmdb_id).first,
            subject=collection_subject,
            queue=lambda: tasks.refresh_collection.delay(tmdb_id=tmdb_id),
        )
    )


def _ready(sought: Sought[M, K, F]) -> tuple[M | None, Age]:
    """Seen to for somebody who wants to read about it.

    Never asked about in full: one bounded attempt. Old: refreshed behind. Else: nothing is done.
    Nothing, and fresh: there is no such thing. Nothing, and unreachable: who knows, ask later.
    """
    row = sought.find()
    if row is None or not (_is_told(row) or row.hidden_at):
        _unless_busy(_first_look, sought)
        row = sought.find()
    if row is None:
        return None, _why_not(sought)
    if row.hidden_at:
        return None, Age.FRESH
    return row, _age(sought, row)


def _why_not(sought: Sought[M, K, F]) -> Age:
    if Claim.objects.held(sought.unknown):
        return Age.FRESH
    return Age.UNUSABLE if Claim.objects.held(sought.unusable) else Age.UNREACHABLE


def is_away() -> bool:
    """No page waits for TMDB: it is down, or one waited in vain a moment ago."""
    return Claim.objects.held(UNREACHABLE) or pace().is_down()


def _is_told(row: Fetched) -> bool:
    """In full. Of a collection all that is known otherwise is its name, and never when to ask."""
    return getattr(row, "details_at", row.refresh_at) is not None


def _age(sought: Sought[M, K, F], row: M) -> Age:
    """Who finds it old has it refreshed."""
    if _is_told(row) and not row.is_stale:
        return Age.FRESH
    if is_away():
        return Age.UNREACHABLE
    _unless_busy(_refresh_behind, sought)
    return Age.STALE if _is_told(row) else Age.INCOMPLETE


def _unless_busy(see_to: Callable[[Sought[M, K, F]], None], sought: Sought[M, K, F]) -> None:
    """What a page shows is read; that nothing can be written just now is no reason to fail it."""
    try:
        see_to(sought)
    except DatabaseError as error:
        log.warning("%s is not seen to, the database is busy: %s", sought.name, error)


def _first_look(sought: Sought[M, K, F]) -> None:
    if Claim.objects.held(sought.unknown) or is_away():
        return
    if not Claim.objects.take(sought.first_look, seconds=FIRST_LOOK_AGAIN_SECONDS):
        return
    subject = sought.subject(tmdb(hurried=True))
    try:
        facts = within(FIRST_LOOK_SECONDS, subject.ask, sought.key)
    except NotFound:
        subject.hide(sought.key)
        Claim.objects.hold(sought.unknown, seconds=UNKNOWN_SECONDS)
    except Crowded as error:
        log.info("%s is left to a worker: %s", sought.name, error)
    except (Busy, TimeoutError) as error:
        log.warning("TMDB can't be reached for a reader of %s: %s", sought.name, error)
        Claim.objects.hold(UNREACHABLE, seconds=UNREACHABLE_SECONDS)
    except (Garbled, Refused) as error:
        log.error("TMDB has no usable answer about %s: %s", sought.name, error)
        Claim.objects.hold(sought.unusable, seconds=FIRST_LOOK_AGAIN_SECONDS)
    else:
        subject.store([facts])


def _refresh_behind(sought: Sought[M, K, F]) -> None:
    if not Claim.objects.take(f"refresh {sought.name}", seconds=REFRESH_AGAIN_SECONDS):
        return
    try:
        sought.queue()
    except (OperationalError, OSError) as error:
        log.warning("No broker takes the refresh of %s: %s", sought.name, error)
