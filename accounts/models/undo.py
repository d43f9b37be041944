"""What a member may take back for a while."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

# As long as somebody may come back to the page whose toast offers it.
KEPT = timedelta(days=1)


class UndoQuerySet(models.QuerySet["Undo"]):
    def open(self) -> Self:
        return self.filter(created_at__gt=timezone.now() - KEPT)

    def lapsed(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - KEPT)


class Undo(models.Model):
    """Something that was done, and all it takes to undo it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="undos")
    # The name by which whole pages know what undoes it.
    deed = models.CharField(max_length=40)
    data = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UndoQuerySet.as_manager()

    def __str__(self) -> str:
        return self.deed
