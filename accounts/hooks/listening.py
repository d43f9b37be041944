"""Members have their programs listen: they name an address, and see what was sent there."""

from collections.abc import Collection
from typing import Any

from allauth.idp.oidc.models import Client
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.hooks import addresses, happening
from accounts.hooks.signature import kept, new_secret
from accounts.models import Delivery, User, Webhook
from accounts.models.hooks import SUBJECTS

# More than anybody has programs.
MOST = 10
TEST = "test"
_AS_NEW = {"failures": 0, "failing_since": None, "rests_until": None}


class TooMany(Exception):
    """Nobody needs so many."""


class Off(Exception):
    """It is turned off, so nothing is sent."""


def apps_of(owner: User) -> QuerySet[Client]:
    """Those a webhook may be one of."""
    return Client.objects.filter(owner=owner).order_by("name", "pk")


@transaction.atomic
def add(
    owner: User, *, url: str, subjects: Collection[str], app: Client | None = None
) -> tuple[Webhook, str]:
    """With its secret, which nobody is shown again. Raises TooMany and addresses.Refused."""
    addresses.read(url)
    # Of two that are made at once one waits, and is counted.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if owner.webhooks.count() >= MOST:
        raise TooMany
    secret = new_secret()
    made = owner.webhooks.create(url=url, app=app, secret=kept(secret), **_heard(subjects))
    return made, secret


@transaction.atomic
def change(
    webhook: Webhook, *, url: str, subjects: Collection[str], app: Client | None = None
) -> None:
    """What waits goes to the new address. Raises addresses.Refused."""
    addresses.read(url)
    values: dict[str, Any] = {"url": url, "app": app, **_heard(subjects)}
    if url != webhook.url:
        values |= _AS_NEW
    _update(webhook, **values)
    happening.queue(webhook.pk)


@transaction.atomic
def turn_on(webhook: Webhook) -> None:
    """Whatever was the matter with it is forgotten; what it missed is not sent."""
    _update(webhook, is_on=True, stopped="", **_AS_NEW)


@transaction.atomic
def turn_off(webhook: Webhook) -> None:
    """What waits is given up."""
    _update(webhook, is_on=False)
    webhook.deliveries.waiting().update(status=Delivery.Status.FAILED)


def change_secret(webhook: Webhook) -> str:
    """Whatever is sent from now on is signed with it; what was signed before is told by the old."""
    secret = new_secret()
    _update(webhook, secret=kept(secret))
    return secret


@transaction.atomic
def try_out(webhook: Webhook) -> Delivery:
    """Sends an event in which nothing has happened. Raises Off."""
    held = _held(webhook)
    # Whoever asks for it wants to know now.
    _update(held, rests_until=None)
    held.rests_until = None
    return happening.send([held], held.owner, TEST, {})[0]


@transaction.atomic
def replay(delivery: Delivery) -> None:
    """The same once more, by the same key, with attempts of its own. Raises Off."""
    held = _held(delivery.webhook)
    _update(held, rests_until=None)
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.WAITING, attempts=0, next_at=timezone.now()
    )
    happening.queue(held.pk)


def remove(webhook: Webhook) -> None:
    """With all that was sent there."""
    webhook.delete()


def _heard(subjects: Collection[str]) -> dict[str, bool]:
    return {field: subject in subjects for subject, field in SUBJECTS.items()}


def _update(webhook: Webhook, **values: Any) -> None:
    for name, value in values.items():
        setattr(webhook, name, value)
    webhook.save(update_fields=[*values, "changed_at"])


def _held(webhook: Webhook) -> Webhook:
    held = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    if not held.is_on:
        raise Off
    return held
