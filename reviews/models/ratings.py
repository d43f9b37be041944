"""Ratings of titles, seasons and episodes, and what members give on average."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, seen_by
from catalog.models import Episode, Season, Title

# TMDB's scale, from half a point to ten.
LEAST, MOST, STEPS = Decimal("0.5"), Decimal(10), 20
OF_TITLE = Q(season=None, episode=None)
OF_SEASON = Q(season__isnull=False, episode=None)
OF_EPISODE = Q(season=None, episode__isnull=False)


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Ratings are for whom their member's additions are for."""
        return self.filter(seen_by(viewer, audience="user__default_audience"))

    def of_titles(self) -> Self:
        return self.filter(OF_TITLE)

    def newest(self) -> Self:
        return self.order_by("-rated_at", "-pk")


class Rating(models.Model):
    """What a member gives a film, a show, a season or an episode: one of each."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ratings")
    # The show, for which a season or an episode may be named.
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    season = models.ForeignKey(Season, models.PROTECT, null=True, blank=True, related_name="+")
    episode = models.ForeignKey(Episode, models.PROTECT, null=True, blank=True, related_name="+")
    # 0.5 to 10, in halves.
    value = models.DecimalField(_("rating"), max_digits=3, decimal_places=1)
    rated_at = models.DateTimeField(default=timezone.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "title"], condition=OF_TITLE, name="rating_of_title_once"
            ),
            models.UniqueConstraint(
                fields=["user", "season"], condition=OF_SEASON, name="rating_of_season_once"
            ),
            models.UniqueConstraint(
                fields=["user", "episode"], condition=OF_EPISODE, name="rating_of_episode_once"
            ),
            models.CheckConstraint(
                condition=OF_TITLE | OF_SEASON | OF_EPISODE, name="rating_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(value__in=[Decimal(n) / 2 for n in range(1, STEPS + 1)]),
                name="rating_in_halves",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-rated_at", "-id"], name="rating_newest"),
            models.Index(fields=["user", "-value", "-id"], name="rating_highest"),
            models.Index("title", "value", name="rating_of_title", condition=OF_TITLE),
            models.Index(fields=["-rated_at", "-id"], name="rating_told"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title_id} {self.value}"


class Tally(models.Model):
    """Members' ratings of one thing together: recounted under its lock, never incremented."""

    title = models.ForeignKey(Title, models.CASCADE, related_name="+")
    season = models.ForeignKey(Season, models.CASCADE, null=True, blank=True, related_name="+")
    episode = models.ForeignKey(Episode, models.CASCADE, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    # None without ratings; not rounded beyond what the column holds.
    average = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    # How many gave 0.5, 1, ... 10.
    histogram = models.JSONField(default=list)

    class Meta:
        verbose_name = _("members' ratings")
        verbose_name_plural = _("members' ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=OF_TITLE, name="tally_of_title_once"
            ),
            models.UniqueConstraint(
                fields=["season"], condition=OF_SEASON, name="tally_of_season_once"
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=OF_EPISODE, name="tally_of_episode_once"
            ),
            models.CheckConstraint(
                condition=OF_TITLE | OF_SEASON | OF_EPISODE, name="tally_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id}: {self.average} ({self.count})"
