"""Sending what waits, one receiver after the other: run by workers.

Who does not take what is sent rests, longer each time, so that nobody waits for the dead. A
delivery is tried a few times; a receiver that takes nothing for days is turned off.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from time import monotonic

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.hooks import door
from accounts.hooks.addresses import Refused, Trouble, Unreachable
from accounts.hooks.signature import sign
from accounts.models import Delivery, Kind, Webhook
from accounts.notifying import notify
from cinehub.work.models import Claim

# Seconds before a delivery's second attempt, its third …
WAITS = (10, 60, 10 * 60, 60 * 60, 6 * 60 * 60)
# A receiver rests no longer: whoever is back again hears of everything within the hour.
LONGEST_REST = 60 * 60
PATIENCE = timedelta(days=3)
# So many receivers are seen to at once, and each for so long: other work has its turn, too.
SLOTS = 2
SECONDS = 30
# No turn takes longer; what a killed worker had is another's after it.
LEASE_SECONDS = 90
# Beyond it the schedule comes by often enough.
LONGEST_COUNTDOWN = 10 * 60
AGENT = "CineHub-Webhooks/1"
Status = Delivery.Status
Stopped = Webhook.Stopped


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to."""

    code: int | None = None
    text: str = ""
    trouble: Trouble = Trouble.NONE

    @property
    def is_taken(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


class Turn:
    """The right to send to one receiver, and one of the few slots for that."""

    def __init__(self, webhook: int) -> None:
        self.owner = uuid.uuid4().hex
        self.name = f"webhook {webhook}"
        self.slot = ""

    def begin(self) -> bool:
        if not self._take(self.name):
            return False
        self.slot = next(filter(self._take, map("webhooks {}".format, range(SLOTS))), "")
        if not self.slot:
            self.end()
        return bool(self.slot)

    def end(self) -> None:
        for name in (self.slot, self.name):
            Claim.objects.leave(name, owner=self.owner)

    def _take(self, name: str) -> bool:
        return Claim.objects.take(name, seconds=LEASE_SECONDS, owner=self.owner)


def send(webhook: int) -> float | None:
    """What waits for this one, the longest overdue first, until the time is up.

    Gives the seconds after which to come again, if that is soon. Nothing happens where somebody
    else sees to it, or all slots are taken: the schedule comes by.
    """
    turn = Turn(webhook)
    if not turn.begin():
        return None
    until = monotonic() + SECONDS
    try:
        while monotonic() < until and _send_next(webhook):
            pass
    finally:
        turn.end()
    # Not before: who came while we were at it was sent away.
    return _again(webhook)


def stop(webhook: Webhook, why: Stopped) -> None:
    """For good, until its owner turns it on again; they hear of it. Within a transaction."""
    webhook.is_on, webhook.stopped = False, why
    webhook.save(update_fields=["is_on", "stopped", "changed_at"])
    webhook.deliveries.waiting().update(status=Status.FAILED)
    notify(
        recipient=webhook.owner,
        actor=None,
        kind=Kind.WEBHOOK,
        text=_("One of your webhooks is turned off: its receiver takes nothing any more."),
        url=reverse("accounts:webhook", args=[webhook.pk]),
    )


def forget_outdated() -> int:
    return Delivery.objects.outdated().delete()[0]


def _send_next(webhook: int) -> bool:
    """Whether there was one."""
    found = Webhook.objects.due().filter(pk=webhook).first()
    delivery = found.deliveries.due().first() if found else None
    if found is None or delivery is None:
        return False
    if not Webhook.objects.told_of(delivery.member_id).filter(pk=webhook).exists():
        # They have taken it back meanwhile: nothing is sent, and nothing is left to be seen.
        delivery.delete()
        return True
    now = timezone.now()
    # Before it is sent: an attempt that killed its worker was one.
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=F("attempts") + 1, tried_at=now, next_at=now + timedelta(seconds=LEASE_SECONDS)
    )
    _write_down(webhook, delivery.pk, _attempt(found, delivery))
    return True


def _attempt(webhook: Webhook, delivery: Delivery) -> Outcome:
    body = delivery.body.encode()
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Connection": "close",
            "CineHub-Event": delivery.event,
            "CineHub-Delivery": str(delivery.key),
            "CineHub-Signature": sign(webhook.secret, body),
        }
        answer = door.post(webhook.url, body, headers)
    except InvalidToken:
        return Outcome(trouble=Trouble.SECRET)
    except Refused:
        return Outcome(trouble=Trouble.ADDRESS)
    except Unreachable as error:
        return Outcome(trouble=error.trouble)
    return Outcome(answer.code, answer.text)


@transaction.atomic
def _write_down(webhook: int, delivery: int, outcome: Outcome) -> None:
    held = Webhook.objects.select_for_update(no_key=True).filter(pk=webhook).first()
    sent = Delivery.objects.filter(pk=delivery).first()
    if held is None or sent is None:
        return
    sent.code, sent.answer, sent.trouble = outcome.code, outcome.text, outcome.trouble
    if outcome.is_taken:
        sent.status = Status.TAKEN
    elif sent.attempts > len(WAITS):
        sent.status = Status.FAILED
    else:
        sent.next_at = timezone.now() + timedelta(seconds=WAITS[sent.attempts - 1])
    sent.save(update_fields=["code", "answer", "trouble", "status", "next_at"])
    _judge(held, outcome)


def _judge(held: Webhook, outcome: Outcome) -> None:
    """What the attempt says of the receiver."""
    if outcome.is_taken:
        held.failures, held.failing_since, held.rests_until = 0, None, None
    else:
        now = timezone.now()
        held.failures += 1
        held.failing_since = held.failing_since or now
        rest = min(WAITS[min(held.failures, len(WAITS)) - 1], LONGEST_REST)
        held.rests_until = now + timedelta(seconds=rest)
    held.save(update_fields=["failures", "failing_since", "rests_until"])
    if not held.is_on or held.failing_since is None:
        return
    if outcome.code == HTTPStatus.GONE:
        stop(held, Stopped.GONE)
    elif timezone.now() - held.failing_since > PATIENCE:
        stop(held, Stopped.FAILING)


def _again(webhook: int) -> float | None:
    found = Webhook.objects.active().filter(pk=webhook).first()
    first = found.deliveries.waiting().order_by("next_at", "pk").first() if found else None
    if found is None or first is None:
        return None
    at = max(first.next_at, found.rests_until or first.next_at)
    wait = max((at - timezone.now()).total_seconds(), 0)
    return wait if wait <= LONGEST_COUNTDOWN else None
