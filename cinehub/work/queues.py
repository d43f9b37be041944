"""The queues, in the order of their urgency, and how long they are."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from celery import current_app
from celery.result import AsyncResult
from django.conf import settings
from django_redis import get_redis_connection
from redis import Redis, RedisError

# What somebody waits for; mails; what keeps the catalogue fresh; pictures; members' webhooks, whose
# receivers may be slow; what takes its time.
# The Procfile says which processes see to which.
QUEUES = ("interactive", "mail", "refresh", "images", "hooks", "bulk")
# When a message was sent, in seconds since 1970.
SENT_AT = "sent_at"
# What a task's function bears.
MARK = "queue_name"

F = TypeVar("F", bound=Callable[..., Any])


def send(task: str, *, queue: str | None = None, **options: Any) -> AsyncResult:
    """Queue a task by its name, in its own queue unless another is said.

    It need not be loaded in this process yet. Raises NotRegistered where there is no such task any
    more, and kombu's OperationalError.
    """
    current_app.loader.import_default_modules()
    # To Celery no queue is not the same as one that is None.
    chosen: dict[str, Any] = {"queue": queue} if queue else {}
    return current_app.tasks[task].apply_async(**chosen, **options)


def goes_to(queue: str) -> Callable[[F], F]:
    """Said below `@shared_task`: Celery's own way to say it there goes with its version 6."""

    def mark(function: F) -> F:
        setattr(function, MARK, queue)
        return function

    return mark


def queue_of(task: Any) -> str:
    """Empty where none is said."""
    return str(getattr(task.run, MARK, ""))


def route(name: str, *_: Any, task: Any = None, **__: Any) -> dict[str, str] | None:
    """To Celery: where a message goes that nothing else is said of."""
    known = task or current_app.tasks.get(name)
    queue = queue_of(known) if known else ""
    return {"queue": queue} if queue else None


def figures() -> dict[str, float]:
    """`queue.<name>.depth` and `.lag`: how many wait, and the first of them for how many seconds.

    Empty while there is no telling, because the broker is away.
    """
    now = time.time()
    found = {}
    for name, depth, oldest in _waiting():
        found[f"queue.{name}.depth"] = float(depth)
        found[f"queue.{name}.lag"] = max(0.0, now - oldest) if oldest else 0.0
    return found


def _waiting() -> Iterator[tuple[str, int, float]]:
    """Each queue, how many messages wait there, and when the first of them was sent."""
    return _in_redis() if settings.REDIS_URL else _in_folder(settings.QUEUE_DIR)


def _in_redis() -> Iterator[tuple[str, int, float]]:
    redis = cast("Redis", get_redis_connection("default"))
    pipeline = redis.pipeline(transaction=False)
    for name in QUEUES:
        pipeline.llen(name)
        # Sent to the left, taken from the right.
        pipeline.lindex(name, -1)
    try:
        answers = iter(pipeline.execute())
    except RedisError:
        return
    for name in QUEUES:
        depth, first = next(answers), next(answers)
        yield name, depth, json.loads(first)["headers"].get(SENT_AT, 0.0) if first else 0.0


def _in_folder(folder: Path) -> Iterator[tuple[str, int, float]]:
    """A message's name begins with the nanosecond in which it was sent."""
    names = [file.name for file in folder.glob("*.msg")]
    for queue in QUEUES:
        waiting = [name for name in names if name.endswith(f".{queue}.msg")]
        first = min(waiting, default="").partition("_")[0]
        yield queue, len(waiting), int(first) / 1e9 if first.isdigit() else 0.0
