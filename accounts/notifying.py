"""Telling a member what has happened: the one door to the bell and to their mail."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import Truncator

from accounts import digest, mailing, records
from accounts.choosing import Way, way
from accounts.models import Block, Kind, Mail, Mute, Notification, User
from accounts.models.notices import NotificationQuerySet
from cinehub.work import live

LONGEST_TEXT = 300


@transaction.atomic
def notify(
    *, recipient: User, actor: User | None, kind: Kind, text: str | Promise, url: str
) -> Notification | None:
    """The text is lazy, and put into the recipient's language; the url is a path of this site.

    Nothing is told to whom it is about, to whom will not hear of the actor, or of the kind. What
    is told again before it was read is renewed.
    """
    listener = None if actor == recipient else _listener(recipient, actor, kind)
    chosen = way(listener, kind) if listener else None
    if not listener or not chosen:
        return None
    with translation.override(listener.language or settings.LANGUAGE_CODE):
        words = Truncator(str(text)).chars(LONGEST_TEXT)
    same = {"actor": actor, "kind": kind, "url": url}
    told = _renewed(listener, same, words, chosen) or _begun(listener, same, words, chosen)
    records.refresh(listener.pk)
    if told.is_on_site:
        _tell(listener)
    _mail_at_once(listener, told)
    return told


def _listener(recipient: User, actor: User | None, kind: Kind) -> User | None:
    """As they are now, and kept until the end: of two who tell the same one waits."""
    members = User.objects.all() if kind == Kind.SECURITY else User.objects.present()
    found: QuerySet[User] = members.filter(pk=recipient.pk, is_active=True)
    if actor:
        found = found.exclude(Exists(Block.objects.between(actor.pk, OuterRef("pk")))).exclude(
            Exists(Mute.objects.filter(muter=OuterRef("pk"), muted=actor))
        )
    return found.select_for_update(no_key=True, of=("self",)).first()


def _renewed(recipient: User, same: dict[str, Any], text: str, chosen: Way) -> Notification | None:
    """It is told as of now, and mailed no second time."""
    told = recipient.notifications.filter(**same).unread().first()
    if told:
        told.text, told.created_at = text, timezone.now()
        told.is_on_site = chosen.is_on_site
        told.save(update_fields=["text", "created_at", "is_on_site"])
    return told


def _begun(recipient: User, same: dict[str, Any], text: str, chosen: Way) -> Notification:
    return recipient.notifications.create(
        **same, text=text, is_on_site=chosen.is_on_site, mail=chosen.mail
    )


def mark_read(notifications: NotificationQuerySet, member: User) -> None:
    """Of the member's own; their other pages hear of it."""
    if notifications.filter(recipient=member).unread().update(read_at=timezone.now()):
        records.refresh(member.pk)
        _tell(member)


def _mail_at_once(recipient: User, told: Notification) -> None:
    if told.mail != Mail.AT_ONCE or told.mailed_at:
        return
    # What happens to an account is mailed to where it was opened from, whoever reads there.
    if told.kind == Kind.SECURITY or digest.is_confirmed(recipient):
        told.mailed_at = timezone.now()
        told.save(update_fields=["mailed_at"])
        mailing.post(digest.letter(recipient, [told]))


def _tell(member: User) -> None:
    unread = member.notifications.on_site().unread().count()
    live.publish(f"user.{member.pk}", "notified", unread=unread)
