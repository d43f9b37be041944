"""Asking somebody in."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GOOD_FOR = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither taken up nor too old."""
        return self.filter(accepted_at=None, sent_at__gt=timezone.now() - GOOD_FOR)

    def newest(self) -> Self:
        return self.order_by("-sent_at", "-pk")


class Invitation(models.Model):
    """Sent by mail; who has its key may sign up, once, whatever the site's door says."""

    email = models.EmailField(_("e-mail address"))
    # Empty once the member who invited is gone.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("invited by"),
        related_name="invitations",
        null=True,
        blank=True,
    )
    # Of the key only its SHA-256 is known here.
    key_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("accepted by"),
        related_name="invitation",
        null=True,
        blank=True,
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "invited_by",
                name="invitation_once",
                violation_error_message=_("You have invited this address before."),
            ),
        ]
        indexes = [models.Index(fields=["-sent_at", "-id"], name="invitation_newest")]

    def __str__(self) -> str:
        return self.email

    @property
    def good_until(self) -> datetime:
        return self.sent_at + GOOD_FOR

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and self.good_until > timezone.now()
