"""Tasks that failed for good: what they were to do, why they could not, and what became of them."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)


class DeadLetterQuerySet(models.QuerySet["DeadLetter"]):
    def open(self) -> Self:
        """Given up, and not yet seen to by anybody."""
        return self.filter(died_at__isnull=False, settled_at=None)

    def outdated(self) -> Self:
        """Seen to so long ago that nobody wants to know any more; open ones never are."""
        return self.filter(settled_at__lt=timezone.now() - KEPT_FOR)


class DeadLetter(models.Model):
    """A task that was given up, or (`died_at` unset) one that took its worker down with it."""

    task_id = models.CharField(_("task id"), max_length=100, unique=True)
    task = models.CharField(_("task"), max_length=200)
    queue = models.CharField(_("queue"), max_length=50)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    traceback = models.TextField(_("traceback"), blank=True)
    # How often the broker handed it out again because who had it never said that it was done.
    returns = models.PositiveIntegerField(_("came back"), default=0)
    first_at = models.DateTimeField(_("first failed at"), auto_now_add=True)
    died_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("retried or dismissed at"), null=True, blank=True)

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("dead letter")
        verbose_name_plural = _("dead letters")
        ordering = ["-first_at", "-pk"]
        indexes = [models.Index("settled_at", "died_at", "id", name="letter_open")]

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"
