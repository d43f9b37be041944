"""Readers come first: what is known is shown, and what is missing or old is seen to."""

import enum
import logging
from collections.abc import Callable

from django.db import DatabaseError
from kombu.exceptions import OperationalError

from catalog import tasks
from catalog.models import Claim, Title
from catalog.models.title import TitleQuerySet
from catalog.source import tmdb
from catalog.sync.titles import hide_title, store_titles
from catalog.tmdb import Busy, Garbled, NotFound, Refused
from cinehub.kit.bounded import within

log = logging.getLogger(__name__)

# A page waits three seconds in all; the rest of them is for the database.
FIRST_LOOK_SECONDS = 2.5
# While TMDB does not answer, no other page waits for it.
UNREACHABLE = "tmdb unreachable"
UNREACHABLE_SECONDS = 30
FIRST_LOOK_AGAIN_SECONDS = 60
NO_SUCH_TITLE_SECONDS = 24 * 3600
REFRESH_AGAIN_SECONDS = 600


class Age(enum.StrEnum):
    """What a page says about its data."""

    FRESH = ""
    STALE = "stale"
    UNREACHABLE = "unreachable"
    INCOMPLETE = "incomplete"


def ready_for_reader(titles: TitleQuerySet, kind: str, tmdb_id: int) -> tuple[Title | None, Age]:
    """One of `titles`, seen to for somebody who wants to read about it; None if there is none.

    Never asked about in full: one bounded attempt. Old: refreshed behind. Else: nothing is done.
    """
    wanted = titles.filter(kind=kind, tmdb_id=tmdb_id)
    title = wanted.first()
    if title is None or (title.details_at is None and title.hidden_at is None):
        _unless_busy(_first_look, kind, tmdb_id)
        title = wanted.first()
    if title is None or title.hidden_at:
        return None, Age.FRESH
    return title, _age(title)


def _age(title: Title) -> Age:
    """Who finds it old has it refreshed."""
    if title.details_at and not title.is_stale:
        return Age.FRESH
    if Claim.objects.held(UNREACHABLE):
        return Age.UNREACHABLE
    _unless_busy(_refresh_behind, title.kind, title.tmdb_id)
    return Age.STALE if title.details_at else Age.INCOMPLETE


def _unless_busy(see_to: Callable[[str, int], None], kind: str, tmdb_id: int) -> None:
    """What a page shows is read; that nothing can be written just now is no reason to fail it."""
    try:
        see_to(kind, tmdb_id)
    except DatabaseError as error:
        log.warning("%s %s is not seen to, the database is busy: %s", kind, tmdb_id, error)


def _first_look(kind: str, tmdb_id: int) -> None:
    name = f"first look {kind} {tmdb_id}"
    if Claim.objects.held(UNREACHABLE):
        return
    if not Claim.objects.take(name, seconds=FIRST_LOOK_AGAIN_SECONDS):
        return
    try:
        facts = within(FIRST_LOOK_SECONDS, tmdb(hurried=True).title, kind, tmdb_id)
    except NotFound:
        hide_title(kind, tmdb_id)
        Claim.objects.hold(name, seconds=NO_SUCH_TITLE_SECONDS)
    except (Busy, TimeoutError) as error:
        log.warning("TMDB can't be reached for a reader of %s %s: %s", kind, tmdb_id, error)
        Claim.objects.hold(UNREACHABLE, seconds=UNREACHABLE_SECONDS)
    except (Garbled, Refused) as error:
        log.error("TMDB has no usable answer about %s %s: %s", kind, tmdb_id, error)
    else:
        store_titles([facts])


def _refresh_behind(kind: str, tmdb_id: int) -> None:
    if not Claim.objects.take(f"refresh {kind} {tmdb_id}", seconds=REFRESH_AGAIN_SECONDS):
        return
    try:
        tasks.refresh_title.delay(kind=kind, tmdb_id=tmdb_id)
    except (OperationalError, OSError) as error:
        log.warning("No broker takes the refresh of %s %s: %s", kind, tmdb_id, error)
