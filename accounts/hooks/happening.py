"""Something has happened that members' programs want to hear of."""

import json
import logging
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from accounts.hooks import tasks
from accounts.models import Delivery, User, Webhook
from catalog.models import Title

log = logging.getLogger(__name__)

Data = dict[str, Any]
# What is told of it, to whom it may be told to; None if that is nothing.
Tell = Callable[[User], Data | None]


def tell(member: int, event: str, data: Tell) -> None:
    """By the member's key, in the transaction of the deed: `rating.set`, and what there is to it.

    Where nobody listens this is one query and no more, and `data` is never asked.
    """
    hooks = list(Webhook.objects.hearing(member, event.partition(".")[0]))
    if not hooks:
        return
    whose = User.objects.get(pk=member)
    told = data(whose)
    if told is not None:
        send(hooks, whose, event, told)


def send(hooks: list[Webhook], member: User, event: str, data: Data) -> list[Delivery]:
    """The same event to each, as of now. Within a transaction."""
    now = timezone.now()
    said = {
        "id": uuid.uuid4(),
        "event": event,
        "created_at": now,
        "member": {"username": member.username},
        "data": data,
    }
    body = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False)
    made = Delivery.objects.bulk_create(
        Delivery(webhook=hook, member=member, event=event, body=body, created_at=now, next_at=now)
        for hook in hooks
    )
    for hook in hooks:
        if hook.rests_until is None or hook.rests_until <= now:
            queue(hook.pk)
    return made


def queue(webhook: int) -> None:
    transaction.on_commit(partial(_queue, webhook))


def about(title: Title) -> Data:
    """A title, by the names of the API."""
    return {"media_type": title.kind, "id": title.tmdb_id, "name": title.name}


def is_for(member: User, title: Title) -> bool:
    """Their programs know no more than pages show them: adult titles if they want such."""
    return member.adult or not title.adult


def _queue(webhook: int) -> None:
    try:
        tasks.send_webhook.delay(webhook=webhook)
    except BrokerAway as error:
        # It is in the database, and the schedule comes by.
        log.warning("No broker took a webhook's turn: %s", error)
