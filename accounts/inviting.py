"""Asking people in by mail. Nobody learns from it whether an address has an account."""

import secrets
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mailing, mails
from accounts.models import Block, Invitation, User
from accounts.models.invitations import GOOD_FOR

A_DAY = timedelta(days=1)


class Spent(Exception):
    """More than a member may send in a day."""


@transaction.atomic
def invite(inviter: User, email: str) -> None:
    """A new one; or the one from before, with a new key. Raises Spent."""
    email = email.lower()
    # One after the other, or two at once are both the last one.
    User.objects.select_for_update(no_key=True).get(pk=inviter.pk)
    before = inviter.invitations.filter(email__iexact=email).first()
    if before and before.accepted_at:
        return
    if not (inviter.is_staff or _may_send(inviter, email)):
        raise Spent
    key = secrets.token_urlsafe(32)
    sent = before or Invitation(invited_by=inviter)
    sent.email, sent.key_hash, sent.sent_at = email, _hash(key), timezone.now()
    sent.save()
    _send(inviter, email, key)


def withdraw(invitation: Invitation) -> None:
    """What was taken up stays known."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()


def find(key: str) -> Invitation | None:
    """The one that this key still opens the door with."""
    return Invitation.objects.open().filter(key_hash=_hash(key)).first()


def accept(key: str, member: User) -> bool:
    """Once, whoever comes first."""
    mine = Invitation.objects.open().filter(key_hash=_hash(key))
    return bool(mine.update(accepted_at=timezone.now(), accepted_by=member))


def _may_send(inviter: User, email: str) -> bool:
    sent = inviter.invitations.filter(sent_at__gt=timezone.now() - A_DAY)
    return sent.exclude(email=email).count() < settings.INVITATIONS_A_DAY


def _send(inviter: User, email: str, key: str) -> None:
    """To a member it says that they are one; from whom they have blocked they hear nothing."""
    mine = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if mine and Block.objects.between(inviter.pk, mine.user_id).exists():
        return
    path = reverse("account_login") if mine else reverse("accounts:invitation", args=[key])
    told = {
        "inviter": inviter,
        "is_member": bool(mine),
        "address": f"{settings.SITE_URL}{path}",
        "days": GOOD_FOR.days,
    }
    text = render_to_string("mail/invitation.txt", told)
    subject = _("%(name)s invites you to CineHub") % {"name": inviter.name}
    mailing.post(mails.write(subject, text, email))


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
