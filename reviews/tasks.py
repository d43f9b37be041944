"""What workers do about what members think."""

from celery import shared_task
from django.db import OperationalError

from cinehub.work.queues import goes_to
from reviews import merging


@shared_task(autoretry_for=(OperationalError,), retry_backoff=30, max_retries=5)
@goes_to("bulk")
def follow_merged() -> None:
    """What was said of titles that are others by now."""
    merging.follow()
