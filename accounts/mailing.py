"""Posting mails and text messages: no page waits for the server that takes them."""

import json
import logging
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

from accounts import mails, tasks
from cinehub.kit.sealing import seal
from cinehub.work import letters
from cinehub.work.queues import queue_of

log = logging.getLogger(__name__)


def post(message: EmailMultiAlternatives) -> None:
    """Queue it on the commit. Its subject may be read by admins, the rest only by who gets it.

    While the broker is away it waits in the database: it comes later, and nobody sees an error.
    """
    told = {"subject": str(message.subject), "sealed": mails.pack(message)}
    transaction.on_commit(partial(_queue, tasks.send_mail, told))


def text(phone: str, words: str) -> None:
    """A text message, in the same way."""
    told = {"sealed": seal(json.dumps({"phone": phone, "text": words}))}
    transaction.on_commit(partial(_queue, tasks.send_sms, told))


def _queue(task: Any, told: dict[str, str]) -> None:
    try:
        task.delay(**told)
    except BrokerAway as error:
        log.error("No broker took a message, it waits in the database: %s", error)
        letters.write(
            str(uuid4()),
            task=task.name,
            queue=queue_of(task),
            arguments=told,
            error=tasks.NOT_QUEUED,
            traceback="",
        )
