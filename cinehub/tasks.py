"""What workers do for the whole site."""

from celery import shared_task

from cinehub import measuring


@shared_task(queue="refresh")
def measure() -> None:
    measuring.record()
