"""Somebody cares for a title: what is lacking of it is asked for at once.

All else that members care for is handed down hourly (`lists.cared_for`).
"""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

from catalog import tasks
from catalog.models import Title

log = logging.getLogger(__name__)


def care_for(title: Title) -> None:
    """Said by whoever puts a title on a list, or tracks it; it is seen to after the commit."""
    if title.details_at is None and title.hidden_at is None:
        for task in (tasks.track_titles, tasks.mirror_titles):
            transaction.on_commit(partial(_queue, task, title))


def _queue(task: Any, title: Title) -> None:
    try:
        task.delay(refs=[(title.kind, title.tmdb_id)])
    except BrokerAway as error:
        # The clock hands it down within the hour.
        log.warning("No broker takes %s of %s: %s", task.name, title, error)
