"""Mails that tell what has happened: one thing at once, or a day's in the morning."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from accounts import mails, unsubscribe
from accounts.models import Kind, Mail, Notification, User
from accounts.models.notices import NotificationQuerySet

# In the member's own time; who was missed at eight, because no worker ran, is not two hours later.
HOURS = (8, 9, 10)
# Before then nobody gets a second one.
APART = timedelta(hours=20)
# What is older when its mail could be sent is no news.
NEWS = timedelta(days=3)
MOST_LISTED = 30


def is_confirmed(user: User) -> bool:
    """Nobody is mailed at an address that somebody else may have typed."""
    return _confirmed().filter(user=user.pk, email__iexact=user.email).exists()


def letter(user: User, told: Sequence[Notification]) -> EmailMultiAlternatives:
    """In their language, about one thing or about several."""
    stop = _stop(user, told[0])
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = _subject(told)
        words = {
            "subject": subject,
            "told": told[:MOST_LISTED],
            "more": len(told) - MOST_LISTED,
            "stop": stop,
            "site": settings.SITE_URL,
            "home": f"{settings.SITE_URL}/",
        }
        body = render_to_string("mail/notices.txt", words)
        html = render_to_string("mail/notices.html", words)
    message = EmailMultiAlternatives(subject, body, to=[user.email], headers=_headers(stop))
    message.attach_alternative(html, mails.HTML)
    return message


def due(now: datetime, most: int) -> list[int]:
    """The keys of members in whose morning it is, and who have something to hear of."""
    zones = _zones_at(now)
    at_eight = Q(time_zone__in=zones)
    if settings.TIME_ZONE in zones:
        at_eight |= Q(time_zone="")
    had_one = Notification.objects.filter(recipient=OuterRef("pk"), mail=Mail.DAILY)
    members = User.objects.present().filter(
        at_eight,
        Exists(_news(now).filter(recipient=OuterRef("pk"))),
        Exists(_confirmed().filter(user=OuterRef("pk"), email__iexact=OuterRef("email"))),
    )
    return list(
        members.exclude(Exists(had_one.filter(mailed_at__gt=now - APART)))
        .order_by("pk")
        .values_list("pk", flat=True)[:most]
    )


@transaction.atomic
def claim(pk: int, now: datetime) -> EmailMultiAlternatives | None:
    """Their mail, which from then on counts as sent: whoever comes second finds nothing."""
    user = User.objects.present().select_for_update(no_key=True).filter(pk=pk).first()
    told = list(_news(now).filter(recipient=pk).newest()) if user else []
    if not user or not told:
        return None
    Notification.objects.filter(pk__in=[one.pk for one in told]).update(mailed_at=now)
    return letter(user, told)


def give_up(now: datetime) -> None:
    """What was read meanwhile, or could not be mailed in time, waits for no mail any more."""
    late = Notification.objects.filter(mailed_at=None, created_at__lt=now - NEWS)
    late.exclude(mail=Mail.OFF).update(mail=Mail.OFF)


def _news(now: datetime) -> NotificationQuerySet:
    """What waits for the morning and is not read meanwhile."""
    waiting = Notification.objects.unread().filter(mail=Mail.DAILY, mailed_at=None)
    return waiting.filter(created_at__gt=now - NEWS)


def _confirmed() -> QuerySet[EmailAddress]:
    found: QuerySet[EmailAddress] = EmailAddress.objects.filter(verified=True)
    return found


def _zones_at(now: datetime) -> list[str]:
    """Where it is morning."""
    return [name for name in available_timezones() if now.astimezone(ZoneInfo(name)).hour in HOURS]


def _subject(told: Sequence[Notification]) -> str:
    if len(told) == 1:
        return told[0].text
    number = len(told)
    return ngettext(
        "%(number)d notification from CineHub", "%(number)d notifications from CineHub", number
    ) % {"number": number}


def _stop(user: User, told: Notification) -> str:
    if told.kind == Kind.SECURITY:
        return ""
    what = unsubscribe.DAILY if told.mail == Mail.DAILY else told.kind
    return unsubscribe.address(user.pk, what)


def _headers(stop: str) -> dict[str, str]:
    """Mail programs show a button for these (RFC 8058)."""
    if not stop:
        return {}
    return {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
