"""Figures over time, for the pictures on the admin's dashboard."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureQuerySet(models.QuerySet["Measure"]):
    def since(self, moment: datetime) -> Self:
        """In the order of time, name by name."""
        return self.filter(at__gte=moment).order_by("name", "at")


class Measure(models.Model):
    """What one figure was at one moment: `queue.bulk.depth`, `tmdb.spent`, `mirror.bytes`."""

    name = models.CharField(_("name"), max_length=100)
    at = models.DateTimeField(_("at"))
    value = models.FloatField(_("value"))

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="measure_once")]
        indexes = [models.Index("at", name="measure_at")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}: {self.value:g}"
