"""What every row that came from TMDB knows about its age."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Fetched(models.Model):
    """When TMDB was last asked about this row, and when to ask again (both UTC)."""

    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    refresh_at = models.DateTimeField(_("ask again at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_stale(self) -> bool:
        return self.refresh_at is None or self.refresh_at <= timezone.now()
