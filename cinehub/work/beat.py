"""The schedules' clock: django-celery-beat's, of which one ticks however many there are."""

import logging
import socket
import uuid
from time import monotonic
from typing import Any

from django.db import DatabaseError, close_old_connections
from django_celery_beat.schedulers import DatabaseScheduler

from cinehub.work.models import Claim

log = logging.getLogger(__name__)

NAME = "beat"
# Who dies without a word is replaced after so long, and a stand-by's look.
HELD_SECONDS = 40
RENEW_SECONDS = 15
LOOK_SECONDS = 10


class Scheduler(DatabaseScheduler):
    """Ticks while it holds the claim; until then it stands by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.owner = f"{socket.gethostname()[:50]} {uuid.uuid4().hex[:12]}"
        self.is_ticking = False
        self._renew_at = 0.0
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Nothing is written before the claim is held; `prepare` has made what there is."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        try:
            if not self._holds():
                return LOOK_SECONDS
            interval: float = super().tick(*args, **kwargs)
        except DatabaseError as error:
            log.warning("No tick without the database: %s", error)
            close_old_connections()
            self._stand_by()
            return RENEW_SECONDS
        return interval

    def sync(self) -> None:
        # What another one has written since is not to be overwritten.
        if self.is_ticking:
            super().sync()

    def close(self) -> None:
        super().close()
        if self.is_ticking:
            # The next one need not wait until it is sure that this one is dead.
            Claim.objects.leave(NAME, owner=self.owner)
            self.is_ticking = False

    def _holds(self) -> bool:
        """Asks the database now and then only: a claim outlasts several ticks."""
        if monotonic() < self._renew_at and self.is_ticking:
            return True
        self._renew_at = monotonic() + RENEW_SECONDS
        if not Claim.objects.take(NAME, seconds=HELD_SECONDS, owner=self.owner):
            self._stand_by()
        elif not self.is_ticking:
            log.info("This beat ticks from here on: %s", self.owner)
            self.is_ticking = True
        return self.is_ticking

    def _stand_by(self) -> None:
        """What was read of the schedules is old when its turn comes."""
        self.is_ticking = False
        self._dirty.clear()
        self._heap = None
        self._schedule = None
        self._initial_read = True
