"""One at a time, across every process and machine, on whatever database there is."""

from datetime import timedelta
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimQuerySet(models.QuerySet["Claim"]):
    def take(self, name: str, *, seconds: float, owner: str = "") -> bool:
        """Whether the caller now holds this name, for so long; everybody else is told no.

        Without an owner it is not given back: it also keeps what just failed from being tried at
        once again. An owner may take it again before it ends, and `leave` it.
        """
        if self.held(name, by_others_than=owner):
            # Without a write, which on SQLite waits for whoever is writing.
            return False
        now = timezone.now()
        until = now + timedelta(seconds=seconds)
        own = Q(owner=owner) if owner else Q(pk=None)
        taken = self.filter(Q(until__lte=now) | own, name=name)
        if taken.update(until=until, owner=owner):
            return True
        try:
            with transaction.atomic():
                self.create(name=name, until=until, owner=owner)
        except IntegrityError:
            return False
        return True

    def leave(self, name: str, *, owner: str) -> None:
        self.filter(name=name, owner=owner).delete()

    def hold(self, name: str, *, seconds: float) -> None:
        """Hold it, whoever else does."""
        self.update_or_create(
            name=name, defaults={"until": timezone.now() + timedelta(seconds=seconds)}
        )

    def held(self, name: str, *, by_others_than: str = "") -> bool:
        held = self.filter(name=name, until__gt=timezone.now())
        return (held.exclude(owner=by_others_than) if by_others_than else held).exists()

    def lapsed(self) -> Self:
        return self.filter(until__lt=timezone.now())


class Claim(models.Model):
    name = models.CharField(_("name"), max_length=100, primary_key=True)
    # Who may take it again while it lasts; nobody where it is empty.
    owner = models.CharField(_("owner"), max_length=100, blank=True)
    until = models.DateTimeField(_("until"), db_index=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return self.name
