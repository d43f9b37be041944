"""What workers do for pictures."""

import logging
import time
from typing import Any

from celery import shared_task
from django.db import OperationalError

from catalog.mirror import ahead, fanart, keeping, tidying
from catalog.mirror.asking import Unreachable
from catalog.models import Title
from cinehub.work import live
from cinehub.work.models import Claim
from cinehub.work.queues import goes_to

log = logging.getLogger(__name__)

AHEAD_SECONDS = 50 * 60
# Titles of each kind that Fanart.tv is asked about in an hour.
ART_AT_ONCE = 100
TRIES = 5
AGAIN_SECONDS = 30


@shared_task(bind=True, autoretry_for=(OperationalError,), retry_backoff=30, max_retries=5)
@goes_to("images")
def finish_picture(self: Any, *, path: str, size: str) -> None:
    """The size somebody asked for, and those that others will."""
    tried = self.request.retries
    try:
        is_first = ahead.finish(path, size)
    except Unreachable as error:
        if tried < TRIES:
            raise self.retry(exc=error, countdown=AGAIN_SECONDS * 2**tried) from None
        # Whoever opens the page next has it asked for again.
        log.warning("%s is not here yet: %s", path, error)
        return
    if is_first:
        # Somebody may be looking at a page that waits for it. There is no index for this; it is
        # for pictures alone that could not be brought in time.
        for kind, tmdb_id in Title.objects.showing(path).values_list("kind", "tmdb_id"):
            live.publish(f"title.{kind}.{tmdb_id}", "picture", path=path)


@shared_task
@goes_to("images")
def use_pictures(*, ids: list[int]) -> None:
    keeping.note_used(ids)


@shared_task
@goes_to("images")
def mirror_ahead() -> None:
    """The charts' pictures, and whatever else is wanted; what is left is for the next hour."""
    if Claim.objects.take("mirror ahead", seconds=AHEAD_SECONDS):
        fanart.look_for_art(ART_AT_ONCE)
        ahead.want_charts()
        ahead.mirror(ahead.backlog(), until=time.monotonic() + AHEAD_SECONDS)


@shared_task
@goes_to("images")
def mirror_titles(*, refs: list[tuple[str, int]]) -> None:
    """Pictures of titles that upper rooms name; what is left, `mirror_ahead` brings."""
    wanted = ahead.want_titles((kind, tmdb_id) for kind, tmdb_id in refs)
    ahead.mirror(wanted, until=time.monotonic() + AHEAD_SECONDS)


@shared_task
@goes_to("images")
def tidy_pictures() -> None:
    tidying.tidy()
