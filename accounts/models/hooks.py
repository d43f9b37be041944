"""Webhooks: addresses of members' own that hear what happens, and what was sent there."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from allauth.idp.oidc.models import Client, Token
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import scopes

LONGEST_URL = 500
# The first of what a receiver answers is enough to see what it says.
LONGEST_ANSWER = 1024
# So long somebody may look what was sent, and have it sent again.
KEPT = timedelta(days=7)
# What there is to be heard of: the first word of an event, and the field that asks for it.
SUBJECTS = {"viewing": "hears_viewings", "rating": "hears_ratings", "list": "hears_lists"}


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def active(self) -> Self:
        """Those that are told something; of who leaves, nothing is told any more."""
        return self.filter(is_on=True, owner__is_active=True, owner__leaves_at=None)

    def hearing(self, member: int, subject: str) -> Self:
        """Those that hear what this member does, by its key.

        Two questions in one, each by an index of its own: with `OR` all webhooks would be read.
        """
        asked = self.active().filter(**{SUBJECTS[subject]: True})
        mine, allowed = asked.filter(owner=member), asked.filter(_is_allowed(member))
        return mine.order_by().union(allowed.order_by())

    def told_of(self, member: int) -> Self:
        """Those that may know what this member does."""
        return self.active().filter(Q(owner=member) | _is_allowed(member))

    def due(self) -> Self:
        """Those for which something waits, and which do not rest."""
        waiting = Delivery.objects.due().filter(webhook=OuterRef("pk"))
        rested = Q(rests_until=None) | Q(rests_until__lte=timezone.now())
        return self.active().filter(rested, Exists(waiting)).order_by("pk")

    def oldest(self) -> Self:
        return self.order_by("created_at", "pk")


class Webhook(models.Model):
    """Hears what its owner does; of an app, also what members do who let the app read."""

    class Stopped(models.TextChoices):
        """Why it is off."""

        BY_OWNER = "", _("Off")
        GONE = "gone", _("The receiver said that it is gone")
        FAILING = "failing", _("Nothing was taken for days")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    app = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("app")
    )
    url = models.CharField(_("address"), max_length=LONGEST_URL)
    # Sealed, for we have to sign with it.
    secret = models.CharField(max_length=300, editable=False)
    hears_viewings = models.BooleanField(_("what is watched"), default=True)
    hears_ratings = models.BooleanField(_("what is rated"), default=True)
    hears_lists = models.BooleanField(_("what is put on lists"), default=True)
    is_on = models.BooleanField(default=True)
    stopped = models.CharField(max_length=7, choices=Stopped, default=Stopped.BY_OWNER, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    # How the receiver is: failures in a row, since when, and until when it is left alone.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hears_viewings=True) | Q(hears_ratings=True) | Q(hears_lists=True),
                name="webhook_hears_something",
            ),
            models.CheckConstraint(
                condition=Q(stopped="") | Q(stopped__in=["gone", "failing"], is_on=False),
                name="webhook_stopped_known",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def subjects(self) -> list[str]:
        return [subject for subject, field in SUBJECTS.items() if getattr(self, field)]

    @property
    def is_failing(self) -> bool:
        return self.is_on and self.failing_since is not None


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(status=Delivery.Status.WAITING)

    def due(self) -> Self:
        """The longest overdue first."""
        return self.waiting().filter(next_at__lte=timezone.now()).order_by("next_at", "pk")

    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def before(self, moment: datetime, pk: int) -> Self:
        """What comes after this one where the newest is first."""
        return self.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=pk))

    def outdated(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - KEPT)


class Delivery(models.Model):
    """One event for one webhook, and what became of it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Delivered")
        FAILED = "failed", _("Given up")

    class Trouble(models.TextChoices):
        """Why there is no answer."""

        NONE = "", ""
        ADDRESS = "address", _("Webhooks may not go to where this address leads")
        NAME = "name", _("Nobody knows the name of this host")
        CONNECTION = "connection", _("There is no connection to this host")
        CERTIFICATE = "certificate", _("The host has no good certificate for its name")
        TIME = "time", _("There was no answer in time")
        GARBLED = "garbled", _("The answer was not HTTP")
        SECRET = "secret", _("Its secret can’t be read any more: make a new one")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # That somebody removes theirs just now is no reason for what another member does to fail at its
    # commit: what then has no webhook is sent to nobody, and forgotten with the others.
    webhook = models.ForeignKey(
        Webhook, models.CASCADE, related_name="deliveries", db_constraint=False
    )
    # Who did what is told: with them it goes.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    event = models.CharField(max_length=40)
    # As it is signed and sent, byte for byte.
    body = models.TextField()
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    # Of the last attempt.
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True)
    trouble = models.CharField(max_length=11, choices=Trouble, default=Trouble.NONE, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "taken", "failed"]),
                name="delivery_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-created_at", "-id"], name="webhook_delivery_newest"),
            models.Index(
                fields=["webhook", "next_at", "id"],
                name="webhook_delivery_due",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["created_at"], name="webhook_delivery_outdated"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"


def _is_allowed(member: int) -> Q:
    """Webhooks of an app that the member lets read, as long as it is its owner's."""
    tokens = Token.objects.valid().filter(
        type__in=(Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN),
        user=member,
        # Without it none of the app's tokens opens anything.
        client__authorizations__user=member,
        # One a line.
        scopes__regex=rf"(^|\s){scopes.READ}(\s|$)",
    )
    return Q(app__in=tokens.order_by().values("client"), app__owner=F("owner"))
