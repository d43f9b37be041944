"""Dead letters: written when a task has failed for good, and seen to by somebody."""

from functools import partial
from typing import Any

from celery.exceptions import NotRegistered
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from cinehub.kit.hiding import hide
from cinehub.work.models import DeadLetter
from cinehub.work.queues import send

LONGEST_TEXT = 20_000
KILLED = "It came back %d times: whoever ran it died of it, or was ended."


def write(
    task_id: str, *, task: str, queue: str, arguments: dict[str, Any], error: str, traceback: str
) -> None:
    """Given up for good."""
    DeadLetter.objects.update_or_create(
        task_id=task_id,
        defaults={
            "task": task,
            "queue": queue,
            "arguments": arguments,
            "error": hide(error)[:LONGEST_TEXT],
            # The last of it is what tells.
            "traceback": hide(traceback)[-LONGEST_TEXT:],
            "died_at": timezone.now(),
            "settled_at": None,
        },
    )


@transaction.atomic
def count_return(
    task_id: str, *, task: str, queue: str, arguments: dict[str, Any], most: int
) -> int:
    """How often it has come back without an end; it is given up when that is too often."""
    told = {"task": task, "queue": queue, "arguments": arguments}
    letter, _ = DeadLetter.objects.get_or_create(task_id=task_id, defaults=told)
    DeadLetter.objects.filter(pk=letter.pk).update(returns=F("returns") + 1)
    letter.refresh_from_db()
    if letter.returns >= most:
        letter.error = KILLED % letter.returns
        letter.died_at = timezone.now()
        letter.save()
    return letter.returns


def returns_of(task_id: str) -> int:
    """As counted until now."""
    letters = DeadLetter.objects.filter(task_id=task_id)
    return letters.values_list("returns", flat=True).first() or 0


def forget(task_id: str) -> None:
    """It came back, and then it was done."""
    DeadLetter.objects.filter(task_id=task_id, died_at=None).delete()


def retry(letter: DeadLetter) -> None:
    """Queue it again; if the broker is away then, the letter stays open."""
    transaction.on_commit(partial(_send, letter))


def dismiss(letter: DeadLetter) -> None:
    DeadLetter.objects.open().filter(pk=letter.pk).update(settled_at=timezone.now())


def figures() -> dict[str, float]:
    return {"letters.open": float(DeadLetter.objects.open().count())}


def _send(letter: DeadLetter) -> None:
    """Once, however many press the button."""
    if not DeadLetter.objects.open().filter(pk=letter.pk).update(settled_at=timezone.now()):
        return
    try:
        send(letter.task, queue=letter.queue, kwargs=letter.arguments)
    except (NotRegistered, OperationalError):
        DeadLetter.objects.filter(pk=letter.pk).update(settled_at=None)
        raise
