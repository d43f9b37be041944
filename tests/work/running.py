"""Tasks to try things with, and workers' hands without a worker."""

from typing import Any

from celery import Task, current_app, shared_task
from celery.app.trace import build_tracer

from cinehub.kit import tracing
from cinehub.work.queues import QUEUES, goes_to

SECRET = "an-api-key-that-is-nobodys-business"
seen: list[dict[str, Any]] = []


@shared_task
@goes_to("bulk")
def works(*, n: int) -> None:
    seen.append({"n": n, **tracing.facts()})


@shared_task
@goes_to("bulk")
def fails(*, n: int) -> None:
    raise ValueError(f"https://user:{SECRET}@host/3/movie?api_key={SECRET}")


@shared_task(autoretry_for=(OSError,), max_retries=1, retry_backoff=1)
@goes_to("bulk")
def tries(*, n: int) -> None:
    raise OSError("TMDB is away")


def hand_out(
    task: Task,
    *,
    task_id: str = "one",
    redelivered: bool = False,
    retries: int = 0,
    request_id: str = "",
    **kwargs: Any,
) -> None:
    """What a worker does with a message from the broker."""
    message = {
        "id": task_id,
        "retries": retries,
        "request_id": request_id,
        "delivery_info": {"routing_key": "bulk", "exchange": "", "redelivered": redelivered},
    }
    build_tracer(task.name, task, app=current_app)(task_id, (), kwargs, message)


def messages(queue: str) -> list[Any]:
    """What waits in the queue, taken out of it."""
    with current_app.connection_for_read() as connection:
        channel = connection.default_channel
        found = []
        while message := channel.basic_get(queue, no_ack=True):
            found.append(message)
        return found


def empty_the_queues() -> None:
    seen.clear()
    for queue in QUEUES:
        messages(queue)
