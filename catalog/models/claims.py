"""One at a time, across every process and machine, on whatever database there is."""

from datetime import timedelta
from typing import Self

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimQuerySet(models.QuerySet["Claim"]):
    def take(self, name: str, *, seconds: float) -> bool:
        """Whether the caller now holds this name, for so long; everybody else is told no.

        A claim is not given back: it also keeps what just failed from being tried at once again.
        """
        if self.held(name):
            # Without a write, which on SQLite waits for whoever is writing.
            return False
        now = timezone.now()
        until = now + timedelta(seconds=seconds)
        if self.filter(name=name, until__lte=now).update(until=until):
            return True
        try:
            with transaction.atomic():
                self.create(name=name, until=until)
        except IntegrityError:
            return False
        return True

    def hold(self, name: str, *, seconds: float) -> None:
        """Hold it, whoever else does."""
        self.update_or_create(
            name=name, defaults={"until": timezone.now() + timedelta(seconds=seconds)}
        )

    def held(self, name: str) -> bool:
        return self.filter(name=name, until__gt=timezone.now()).exists()

    def lapsed(self) -> Self:
        return self.filter(until__lt=timezone.now())


class Claim(models.Model):
    name = models.CharField(_("name"), max_length=100, primary_key=True)
    until = models.DateTimeField(_("until"), db_index=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return self.name
