"""History: what members have watched, and when."""

import uuid
from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, seen_by
from catalog.models import Episode, Title

# When somebody watched who does not remember: before there was anything to watch.
LONG_AGO = datetime(1880, 1, 1, tzinfo=UTC)
LONGEST_NOTE = 500


class Precision(models.TextChoices):
    """How well somebody remembers when they watched."""

    INSTANT = "instant", _("At a time")
    DAY = "day", _("On a day")
    UNKNOWN = "unknown", _("I don't remember")


class ViewingQuerySet(models.QuerySet["Viewing"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Viewings are for whom their member's additions are for."""
        return self.filter(seen_by(viewer, audience="user__default_audience"))

    def newest(self) -> Self:
        """The last watched first, what nobody remembers last."""
        return self.order_by("-watched_at", "-pk")

    def before(self, moment: datetime, pk: int) -> Self:
        """What comes after this one where the newest is first."""
        return self.filter(Q(watched_at__lt=moment) | Q(watched_at=moment, pk__lt=pk))


class Viewing(models.Model):
    """One dated watch of a film, or of an episode: to watch again is another one.

    It hangs on TMDB's id of the episode, wherever TMDB moves that to.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="viewings")
    # The film; or the show, for which the episode is named.
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, models.PROTECT, null=True, blank=True, related_name="+")
    precision = models.CharField(max_length=7, choices=Precision, default=Precision.INSTANT)
    # The instant; noon (UTC) of the day; LONG_AGO. All are sorted by it.
    watched_at = models.DateTimeField(_("watched at"))
    # The day where the member was then; empty if unknown.
    watched_on = models.DateField(_("watched on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    # How many times the show had been begun anew; 0 is the first time.
    rewatch = models.PositiveSmallIntegerField(default=0)
    # What was marked in one go; sent twice, it is still marked once.
    batch = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ViewingQuerySet.as_manager()

    class Meta:
        verbose_name = _("viewing")
        verbose_name_plural = _("viewings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "batch", "title"],
                condition=Q(episode=None),
                name="viewing_of_film_once",
            ),
            models.UniqueConstraint(
                fields=["user", "batch", "episode"],
                condition=Q(episode__isnull=False),
                name="viewing_of_episode_once",
            ),
            models.CheckConstraint(
                condition=Q(precision="unknown", watched_on=None)
                | Q(precision__in=["instant", "day"], watched_on__isnull=False),
                name="viewing_day_known",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-watched_at", "-id"], name="viewing_newest"),
            models.Index(fields=["user", "title", "episode"], name="viewing_of_title"),
            models.Index(fields=["-created_at", "-id"], name="viewing_told"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title_id} {self.episode_id or ''}"
