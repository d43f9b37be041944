"""What workers do for the whole site."""

from celery import shared_task

from cinehub import measuring
from cinehub.work.queues import goes_to


@shared_task
@goes_to("refresh")
def measure() -> None:
    measuring.record()
