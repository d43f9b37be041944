"""What workers do when nobody is looking."""

from typing import Any

from celery import shared_task
from django.db import OperationalError

from catalog.models import Claim
from catalog.source import tmdb
from catalog.sync import runs
from catalog.tmdb import Busy

DUE_AT_ONCE = 500


AGAIN: dict[str, Any] = {
    # The database's part is a deadlock, or a moment without it.
    "autoretry_for": (Busy, OperationalError),
    "retry_backoff": 30,
    "retry_backoff_max": 1800,
    "max_retries": 5,
}


@shared_task(**AGAIN)
def refresh_title(*, kind: str, tmdb_id: int) -> None:
    runs.refresh((kind, tmdb_id), runs.title_subject(tmdb()))


@shared_task(**AGAIN)
def refresh_person(*, tmdb_id: int) -> None:
    runs.refresh(tmdb_id, runs.person_subject(tmdb()))


@shared_task(**AGAIN)
def refresh_collection(*, tmdb_id: int) -> None:
    runs.refresh(tmdb_id, runs.collection_subject(tmdb()))


@shared_task
def refresh_terms() -> None:
    """Genres, countries, languages and watch providers."""
    if Claim.objects.take("terms", seconds=600):
        runs.sync_genres(tmdb())


@shared_task
def refresh_charts() -> None:
    if Claim.objects.take("charts", seconds=600):
        runs.sync_charts(tmdb())


@shared_task
def refresh_due() -> None:
    """Titles that are old enough to be asked about again."""
    Claim.objects.lapsed().delete()
    due = runs.due_titles(DUE_AT_ONCE)
    if due and Claim.objects.take("due", seconds=540):
        runs.sync_titles(tmdb(), due, kind="due")


@shared_task
def refresh_people() -> None:
    due = runs.due_people(DUE_AT_ONCE)
    if due and Claim.objects.take("people", seconds=540):
        runs.sync_people(tmdb(), due)


@shared_task
def refresh_collections() -> None:
    due = runs.due_collections(DUE_AT_ONCE)
    if due and Claim.objects.take("collections", seconds=540):
        runs.sync_collections(tmdb(), due)
