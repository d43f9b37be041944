"""What workers do for the whole site."""

from celery import shared_task
from django.db import OperationalError

from accounts import erasure
from cinehub import measuring
from cinehub.work.queues import goes_to
from reviews import erasing

# By these names schedules and messages know them, from when there were no rooms above.
ERASE_LEAVERS, ERASE_MEMBER = "accounts.tasks.erase_leavers", "accounts.tasks.erase_member"


@shared_task
@goes_to("refresh")
def measure() -> None:
    measuring.record()


@shared_task(name=ERASE_LEAVERS)
@goes_to("bulk")
def erase_leavers() -> None:
    """Each by themselves: one that fails keeps nobody else."""
    for pk in erasure.due():
        erase_member.delay(pk=pk)


@shared_task(name=ERASE_MEMBER, autoretry_for=(OperationalError,), retry_backoff=30, max_retries=5)
@goes_to("bulk")
def erase_member(*, pk: int) -> None:
    erasure.erase(pk, rooms=[erasing.erase])
