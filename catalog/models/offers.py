"""Where a title can be watched, country by country (data by JustWatch)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.title import Title


class Provider(Fetched):
    tmdb_id = models.PositiveIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    logo_path = models.CharField(_("logo"), max_length=100, blank=True)
    priority = models.IntegerField(_("priority"), default=0)

    class Meta:
        ordering = ["priority", "pk"]
        verbose_name = _("watch provider")
        verbose_name_plural = _("watch providers")

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    class Kind(models.TextChoices):
        FLATRATE = "flatrate", _("Stream")
        FREE = "free", _("Free")
        ADS = "ads", _("With ads")
        RENT = "rent", _("Rent")
        BUY = "buy", _("Buy")

    title = models.ForeignKey(
        Title, models.CASCADE, related_name="offers", verbose_name=_("title"), db_index=False
    )
    provider = models.ForeignKey(
        Provider,
        models.CASCADE,
        related_name="offers",
        verbose_name=_("provider"),
        db_index=False,
    )
    country = models.CharField(_("country"), max_length=2)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "country", "kind", "provider"], name="offer_once"
            ),
        ]
        indexes = [
            models.Index("provider", "country", "kind", "title", name="offer_filter"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.country} {self.kind}"
