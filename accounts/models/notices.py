"""What members are told, and how they want to be told."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long they are kept once they were read, and where they are on no page.
KEPT = timedelta(days=180)
KEPT_OFF_SITE = timedelta(days=14)


class Kind(models.TextChoices):
    """What there is to be told of; members choose for each how they hear of it."""

    FOLLOW = "follow", _("Somebody follows you")
    REQUEST = "request", _("Somebody asks to follow you")
    ACCEPTED = "accepted", _("You may follow somebody")
    LIKE = "like", _("Somebody likes what you wrote")
    COMMENT = "comment", _("Somebody comments on what you wrote")
    MENTION = "mention", _("Somebody mentions you")
    COLLABORATION = "collaboration", _("Somebody shares a list with you")
    EPISODE = "episode", _("A new episode of a show you watch")
    STREAMING = "streaming", _("Something from your watchlist can be streamed")
    MODERATION = "moderation", _("A moderator decides about what you wrote")
    WEBHOOK = "webhook", _("A webhook of yours is turned off")
    SECURITY = "security", _("Something happened to your account")


class Mail(models.TextChoices):
    OFF = "off", _("No mail")
    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def on_site(self) -> Self:
        """Not only for the mail."""
        return self.filter(is_on_site=True)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def outdated(self) -> Self:
        """Read long ago; or only for a mail, which was sent."""
        now = timezone.now()
        return self.filter(
            Q(read_at__lt=now - KEPT) | Q(is_on_site=False, created_at__lt=now - KEPT_OFF_SITE)
        )

    def before(self, moment: datetime, pk: int) -> Self:
        """What comes after this one where the newest is first."""
        return self.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=pk))


class Notification(models.Model):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    # Who did it; the site itself, if empty.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=16, choices=Kind)
    # In the recipient's language.
    text = models.CharField(max_length=300)
    # A path of this site.
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    is_on_site = models.BooleanField(default=True)
    mail = models.CharField(max_length=7, choices=Mail, default=Mail.OFF)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notification_kind"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["recipient"],
                name="notification_unread",
                condition=Q(read_at=None, is_on_site=True),
            ),
            models.Index(
                fields=["mail", "recipient"],
                name="notification_to_mail",
                condition=Q(mailed_at=None) & ~Q(mail="off"),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    """How a member hears of a kind of thing, where it is not as usual."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=16, choices=Kind)
    is_on_site = models.BooleanField(default=True)
    mail = models.CharField(max_length=7, choices=Mail, default=Mail.OFF)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, mail__in=Mail.values), name="choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
