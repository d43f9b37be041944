"""What workers do for titles, people and collections."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import OperationalError
from kombu.exceptions import OperationalError as BrokerAway

from catalog.source import exports, tmdb
from catalog.sync import changes, comparing, diary, gathering, running, runs
from catalog.sync.diary import UnderWay
from catalog.sync.errands import Ref
from catalog.tmdb import TMDB, Lane
from cinehub.work.models import Claim, DeadLetter
from cinehub.work.queues import goes_to

log = logging.getLogger(__name__)

AGAIN: dict[str, Any] = {
    # A deadlock, or a moment without the database. What TMDB does not answer stays an errand.
    "autoretry_for": (OperationalError,),
    "retry_backoff": 30,
    "retry_backoff_max": 1800,
    "max_retries": 5,
}


# --- Somebody waits -----------------------------------------------------------------------------
@shared_task(**AGAIN)
@goes_to("interactive")
def refresh_title(*, kind: str, tmdb_id: int) -> None:
    running.run_now((kind, tmdb_id), _client)


@shared_task(**AGAIN)
@goes_to("interactive")
def refresh_person(*, tmdb_id: int) -> None:
    running.run_now(("person", tmdb_id), _client)


@shared_task(**AGAIN)
@goes_to("interactive")
def refresh_collection(*, tmdb_id: int) -> None:
    running.run_now(("collection", tmdb_id), _client)


# --- On the clock -------------------------------------------------------------------------------
@shared_task(**AGAIN)
@goes_to("bulk")
def run_errands() -> None:
    """What is wanted, for some minutes; then it is another task's turn, and this one queues."""
    tally = running.run(_client)
    if tally and tally.has_more:
        try:
            run_errands.delay_on_commit()
        except BrokerAway:
            log.info("No broker takes the rest of the errands: the clock will send for them")


@shared_task(**AGAIN)
@goes_to("refresh")
def refresh_terms() -> None:
    """Genres, countries, languages and watch providers."""
    _unless_under_way(lambda: runs.sync_genres(tmdb()))


@shared_task(**AGAIN)
@goes_to("refresh")
def refresh_charts() -> None:
    _unless_under_way(lambda: runs.sync_charts(tmdb()))
    gathering.want_charts()


@shared_task(**AGAIN)
@goes_to("refresh")
def refresh_popular() -> None:
    pages = settings.TMDB_SYNC_PAGES
    _unless_under_way(lambda: gathering.sync_popular_lists(tmdb(), pages=pages))


@shared_task(**AGAIN)
@goes_to("refresh")
def read_changes() -> None:
    _unless_under_way(lambda: changes.sync_changes(_client(Lane.CHANGED)))


@shared_task(**AGAIN)
@goes_to("bulk")
def compare_exports() -> None:
    """The sample has no exports, and nothing of it is ever dropped."""
    if not settings.TMDB_IS_SAMPLE:
        client = _client(Lane.AGE)
        _unless_under_way(lambda: comparing.compare_exports(exports(), client))


@shared_task(**AGAIN)
@goes_to("refresh")
def gather_due() -> None:
    """What is old enough to be asked about again."""
    Claim.objects.lapsed().delete()
    gathering.gather_due()


@shared_task(**AGAIN)
@goes_to("refresh")
def tidy_runs() -> None:
    """And what failed for good, once somebody has seen to it."""
    diary.forget_old()
    DeadLetter.objects.outdated().delete()


# --- From above ---------------------------------------------------------------------------------
@shared_task(**AGAIN)
@goes_to("refresh")
def track_titles(*, refs: list[Ref]) -> None:
    """These films and shows, `["movie", 603]`, are somebody's: they are to be whole and fresh."""
    gathering.track(refs)


def _client(lane: Lane) -> TMDB:
    return tmdb(lane=lane)


def _unless_under_way(sync: Any) -> None:
    """Another worker does it already."""
    try:
        sync()
    except UnderWay:
        return
