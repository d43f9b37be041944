"""What TMDB is to be asked about: a queue that survives brokers, workers and machines."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Urgency(models.IntegerChoices):
    """In the order in which the budget is spent, the most urgent last."""

    AGE = 0, _("Old enough")
    CHANGED = 1, _("Changed at TMDB")
    TRACKED = 2, _("Tracked by members")
    CHART = 3, _("On a chart")
    READER = 4, _("A reader waits")


class ErrandQuerySet(models.QuerySet["Errand"]):
    def open(self) -> Self:
        return self.filter(given_up_at=None)

    def given_up(self) -> Self:
        """Asked in vain so often that somebody should have a look."""
        return self.filter(given_up_at__isnull=False)

    def ready(self, now: datetime | None = None) -> Self:
        """To be run now, and nobody has them; the most urgent first, then the oldest."""
        now = now or timezone.now()
        free = Q(taken_until=None) | Q(taken_until__lte=now)
        return self.open().filter(free, due_at__lte=now).order_by("-urgency", "due_at", "pk")


class Errand(models.Model):
    """One thing to ask TMDB about. Whoever takes it has so long; it is deleted when done."""

    class Kind(models.TextChoices):
        MOVIE = "movie", _("Film")
        TV = "tv", _("TV show")
        PERSON = "person", _("Person")
        COLLECTION = "collection", _("Collection")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"))
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency)
    due_at = models.DateTimeField(_("due at"))
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    # Takings that nobody reported back from: the worker was killed, perhaps by this very errand.
    lapses = models.PositiveSmallIntegerField(_("lapses"), default=0)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    error = models.TextField(_("last error"), blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ["-urgency", "due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "tmdb_id"], name="errand_once"),
            models.CheckConstraint(
                condition=Q(urgency__in=Urgency.values), name="errand_urgency_known"
            ),
        ]
        indexes = [
            models.Index(
                models.F("urgency").desc(),
                "due_at",
                "id",
                name="errand_next",
                condition=Q(given_up_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tmdb_id}"


class ChangesCursor(models.Model):
    """How far one kind's changes feed has been read. Days are TMDB's, which are UTC's."""

    kind = models.CharField(_("kind"), max_length=10, choices=Errand.Kind, primary_key=True)
    # Every day before this one is read and closed.
    day = models.DateField(_("day"))
    read_at = models.DateTimeField(_("read at"))
    # What stood in the feed of that day, in its order, when it was last read.
    listed = models.JSONField(_("listed"), default=list, blank=True)

    class Meta:
        verbose_name = _("changes cursor")
        verbose_name_plural = _("changes cursors")

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
