"""Posting mails: no page waits for a mail server."""

import logging
from functools import partial
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

from accounts import mails, tasks
from cinehub.work import letters

log = logging.getLogger(__name__)


def post(message: EmailMultiAlternatives) -> None:
    """Queue it on the commit. Its subject may be read by admins, the rest only by who gets it.

    While the broker is away it waits in the database: it comes later, and nobody sees an error.
    """
    told = {"subject": str(message.subject), "sealed": mails.pack(message)}
    transaction.on_commit(partial(_queue, told))


def _queue(told: dict[str, str]) -> None:
    try:
        tasks.send_mail.delay(**told)
    except BrokerAway as error:
        log.error("No broker took a mail, it waits in the database: %s", error)
        letters.write(
            str(uuid4()),
            task=tasks.send_mail.name,
            queue="mail",
            arguments=told,
            error=tasks.NOT_QUEUED,
            traceback="",
        )
