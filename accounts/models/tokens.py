"""Keys that programs come in with for a member, and what they were allowed."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import DatabaseError, models
from django.db.models import Q
from django.utils import timezone

# When a key was last used is known to ten minutes.
SEEN_EVERY = timedelta(minutes=10)


class Used(models.QuerySet[Any]):
    """Of keys, and of what stands for several."""

    def see(self, last_used_at: datetime | None) -> None:
        """That they are used now, if what is known of that is older than it may be."""
        latest = timezone.now() - SEEN_EVERY
        if last_used_at and last_used_at >= latest:
            return
        # While the database is too busy for that, they open all the same.
        with suppress(DatabaseError):
            due = self.filter(Q(last_used_at=None) | Q(last_used_at__lt=latest))
            due.update(last_used_at=timezone.now())


class PersonalTokenQuerySet(Used):
    def open(self) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))

    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")


class PersonalToken(models.Model):
    """A key that a member has made for scripts of their own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    # Of the token only its SHA-256 is known here.
    hash = models.CharField(max_length=64, unique=True)
    # As OAuth writes them, with blanks between.
    scopes = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_named"),
            models.CheckConstraint(condition=~Q(scopes=""), name="token_for_something"),
        ]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="token_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()


class AuthorizationQuerySet(Used):
    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Authorization(models.Model):
    """That a member lets an app act for them; without it none of the app's keys opens anything."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="authorizations"
    )
    client = models.ForeignKey(
        "allauth_idp_oidc.Client", models.CASCADE, related_name="authorizations"
    )
    # All that was allowed since it began; each key has those that it was given out for.
    scopes = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    # The last time that the member was asked.
    allowed_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client"], name="authorization_once"),
        ]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="authorization_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.client_id}"


class SpentToken(models.Model):
    """A refresh token that another one has taken the place of: who shows it again has stolen it,
    or was stolen from."""

    hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    client = models.ForeignKey("allauth_idp_oidc.Client", models.CASCADE, related_name="+")
    spent_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.client_id}"
