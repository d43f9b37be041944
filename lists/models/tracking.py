"""Progress: how far members are with a show."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, seen_by
from catalog.models import Episode, Title


class State(models.TextChoices):
    """What a member says of a show; all else viewings say."""

    NONE = "", _("As I watch it")
    PLANNED = "planned", _("Planned")
    PAUSED = "paused", _("Paused")
    DROPPED = "dropped", _("Dropped")


class TrackingQuerySet(models.QuerySet["Tracking"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        return self.filter(seen_by(viewer, audience="user__default_audience"))

    def up_next(self, today: date) -> Self:
        """Shows that go on with an episode that can be watched, the last watched first."""
        is_begun = Q(seen__gt=0) | Q(rewatch__gt=0)
        # Where something is left, a next one without a date has aired.
        has_aired = Q(next_episode__air_date__lte=today) | Q(next_episode__air_date=None)
        going_on = self.filter(is_begun, has_aired, state=State.NONE, left__gt=0)
        return going_on.filter(
            next_episode__isnull=False, title__hidden_at=None, last_watched_at__isnull=False
        ).order_by("-last_watched_at", "-pk")

    def outdated(self) -> Self:
        """Of whose show the catalogue knows more by now, or an episode of which has aired since."""
        return self.filter(
            Q(changes_at__lte=timezone.now()) | Q(title__fetched_at__gt=F("counted_at"))
        )


class Tracking(models.Model):
    """How far a member is with a show: what they say, and what their viewings come to.

    The numbers are recounted (`lists.counting`) whenever a viewing or the show changes; specials
    count for none of them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tracking")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.NONE, blank=True)
    # Which time they watch it anew; 0 is none, and all viewings count.
    rewatch = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    # When they last said or watched something of it.
    changed_at = models.DateTimeField(default=timezone.now)

    # --- Recounted -----------------------------------------------------------------------------
    # Distinct episodes that have aired: watched ones, and others.
    seen = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    minutes_left = models.PositiveIntegerField(default=0)
    # The first one not watched after the last one that was, aired or not.
    next_episode = models.ForeignKey(
        Episode, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_watched_at = models.DateTimeField(null=True, blank=True)
    # When the next episode airs where the member is: until then the numbers hold.
    changes_at = models.DateTimeField(null=True, blank=True)
    # Of when TMDB's word on the show was that was counted; what came later is not in it.
    counted_at = models.DateTimeField(default=timezone.now)

    objects = TrackingQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(fields=["user", "title"], name="tracking_once"),
            models.CheckConstraint(
                condition=Q(state__in=["", "planned", "paused", "dropped"]), name="tracking_state"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-last_watched_at", "-id"], name="tracking_last_watched"),
            models.Index(
                fields=["changes_at"],
                name="tracking_changes",
                condition=Q(changes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title_id}"
