"""What every task is: a message that is not lost, and work that is not given up in silence."""

import logging
import time
from collections.abc import Mapping
from typing import Any

from celery.contrib.django.task import DjangoTask
from celery.exceptions import Ignore
from django.db import DatabaseError, close_old_connections

from cinehub.kit import tracing
from cinehub.work import letters
from cinehub.work.alone import threads
from cinehub.work.queues import SENT_AT, queue_of

log = logging.getLogger(__name__)

# A task that took so many workers down with it is not given to another.
MOST_RETURNS = 3
# The database may be away for a moment just when there is something to write down.
WRITE_ATTEMPTS = 3
WRITE_AGAIN_SECONDS = 2


class Task(DjangoTask):
    """Carries the id of the request that queued it; becomes a dead letter when it fails for good.

    Its message stays with the broker until it has ended, for `visibility_timeout`: no task may take
    longer, nor be put off for longer, or it is handed out twice.
    """

    abstract = True

    def apply_async(
        self,
        args: Any = None,
        kwargs: Any = None,
        *more: Any,
        headers: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Any:
        told = {SENT_AT: time.time(), **(headers or {})}
        if request_id := tracing.request_id():
            told.setdefault(tracing.REQUEST_ID, request_id)
        return super().apply_async(args, kwargs, *more, headers=told, **options)

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        if self.request.is_eager:
            return
        known = {"task_id": task_id, "task": self.name}
        if request_id := self.request.get(tracing.REQUEST_ID):
            known[tracing.REQUEST_ID] = request_id
        # Not only while it runs: what Celery says of how it ended is about it, too.
        tracing.begin(**known)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.request.called_directly or self.request.is_eager:
            return super().__call__(*args, **kwargs)
        task_id, came_back = str(self.request.id), self._came_back()
        # Whoever died with it at its other attempts is not to be given up for it.
        with threads.running(alone=came_back and self._is_suspect(task_id)):
            # Not before it begins: who waited beside one that killed their worker did nothing.
            if came_back and self._returns(task_id, kwargs) >= MOST_RETURNS:
                log.error("Not run again, its workers died: %s %s", self.name, kwargs)
                raise Ignore
            return self.run(*args, **kwargs)

    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        if self._came_back():
            letters.forget(task_id)

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        for attempt in range(WRITE_ATTEMPTS):
            if attempt:
                time.sleep(WRITE_AGAIN_SECONDS)
                # The one that failed will not do any better.
                close_old_connections()
            try:
                letters.write(
                    task_id,
                    task=self.name,
                    queue=self._queue(),
                    arguments=kwargs,
                    error=repr(exc),
                    traceback=str(einfo.traceback if einfo else ""),
                )
            except DatabaseError as error:
                log.error("No dead letter of %s %s: %s", self.name, kwargs, error)
            else:
                return

    def _came_back(self) -> bool:
        return bool((self.request.delivery_info or {}).get("redelivered"))

    def _is_suspect(self, task_id: str) -> bool:
        """This is its last attempt, or one more than that."""
        try:
            return letters.returns_of(task_id) >= MOST_RETURNS - 2
        except DatabaseError:
            return False

    def _returns(self, task_id: str, kwargs: dict[str, Any]) -> int:
        try:
            return letters.count_return(
                task_id, task=self.name, queue=self._queue(), arguments=kwargs, most=MOST_RETURNS
            )
        except DatabaseError as error:
            log.warning("Whether %s came back too often is not known: %s", self.name, error)
            return 0

    def _queue(self) -> str:
        told = (self.request.delivery_info or {}).get("routing_key")
        return str(told or queue_of(self))
