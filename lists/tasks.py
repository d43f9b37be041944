"""What workers do about what members want and watch."""

from typing import Any

from celery import shared_task
from django.db import OperationalError

from catalog.tasks import mirror_titles, track_titles
from cinehub.work.queues import goes_to
from lists import cared_for, counting, merging, reminding

AGAIN: dict[str, Any] = {
    "autoretry_for": (OperationalError,),
    "retry_backoff": 30,
    "max_retries": 5,
}
# Shows of which many know how far they are change at once; the rest is for the next time.
COUNTED_AT_ONCE, ROUNDS = 500, 10
# In an hour, and in one message; the others come up when these are fresh.
TRACKED_AT_MOST, TRACKED_AT_ONCE = 5000, 500
POSTERS_AT_MOST, POSTERS_AT_ONCE = 1000, 200


@shared_task(**AGAIN)
@goes_to("refresh")
def recount_progress() -> None:
    """Of shows that have gone on, or of which more is known; and of who has moved."""
    counting.recount_moved(COUNTED_AT_ONCE)
    for _round in range(ROUNDS):
        if counting.recount_outdated(COUNTED_AT_ONCE) < COUNTED_AT_ONCE:
            return


@shared_task(**AGAIN)
@goes_to("refresh")
def hand_down() -> None:
    """What members care for, to the catalogue: it goes before the rest."""
    refs = cared_for.incomplete(TRACKED_AT_MOST)
    for begin in range(0, len(refs), TRACKED_AT_ONCE):
        track_titles.delay(refs=refs[begin : begin + TRACKED_AT_ONCE])
    posters = cared_for.without_poster(POSTERS_AT_MOST)
    for begin in range(0, len(posters), POSTERS_AT_ONCE):
        mirror_titles.delay(refs=posters[begin : begin + POSTERS_AT_ONCE])


@shared_task(**AGAIN)
@goes_to("refresh")
def tell_episodes() -> None:
    reminding.tell_episodes()


@shared_task(**AGAIN)
@goes_to("refresh")
def tell_streaming() -> None:
    reminding.tell_streaming()


@shared_task(**AGAIN)
@goes_to("bulk")
def forget_reminders() -> None:
    reminding.forget_old()


@shared_task(**AGAIN)
@goes_to("bulk")
def follow_merged() -> None:
    """What members have on record of titles that are others by now."""
    merging.follow()
