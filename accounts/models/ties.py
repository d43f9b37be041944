"""Who follows, blocks and mutes whom."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class FollowQuerySet(models.QuerySet["Follow"]):
    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def requested(self) -> Self:
        return self.filter(accepted_at=None)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Follow(models.Model):
    """One member follows another, or has asked to."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="following")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)
    # Empty while it is only asked for.
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="follow_others"),
        ]
        indexes = [
            models.Index(fields=["followed", "-created_at", "-id"], name="follow_followers"),
            models.Index(fields=["follower", "-created_at", "-id"], name="follow_following"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followed_id}"


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: Any, other: Any) -> Self:
        """Whoever of the two has blocked: it holds both ways. Ids, or expressions of such."""
        return self.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))


class Block(models.Model):
    """Two members neither see nor reach each other, because one of them wants it so."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_others"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ✕ {self.blocked_id}"


class Mute(models.Model):
    """What the muted one does reaches neither feed nor bell; they do not learn of it."""

    muter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="mute_once"),
            models.CheckConstraint(condition=~Q(muter=F("muted")), name="mute_others"),
        ]

    def __str__(self) -> str:
        return f"{self.muter_id} mutes {self.muted_id}"
