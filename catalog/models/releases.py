"""When a title comes out where, and from what age it may be seen there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.title import Title


class ReleaseDate(models.Model):
    """A film's release in a country. Its date is a day there, not an instant."""

    class Type(models.IntegerChoices):
        PREMIERE = 1, _("Premiere")
        LIMITED = 2, _("Cinemas (limited)")
        CINEMA = 3, _("Cinemas")
        DIGITAL = 4, _("Digital")
        PHYSICAL = 5, _("Physical")
        TV = 6, pgettext_lazy("a release", "TV")

    title = models.ForeignKey(
        Title, models.CASCADE, related_name="release_dates", verbose_name=_("title"), db_index=False
    )
    country = models.CharField(_("country"), max_length=2)
    type = models.PositiveSmallIntegerField(_("type"), choices=Type)
    date = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=255, blank=True)
    certification = models.CharField(_("certification"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("release date")
        verbose_name_plural = _("release dates")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "country", "type", "date", "note"], name="release_date_once"
            ),
        ]
        indexes = [models.Index("country", "date", "title", name="release_calendar")]

    def __str__(self) -> str:
        return f"{self.country} {self.date}"


class Certification(models.Model):
    """A title's one age rating in a country; a film's is the one of its widest release."""

    title = models.ForeignKey(
        Title,
        models.CASCADE,
        related_name="certifications",
        verbose_name=_("title"),
        db_index=False,
    )
    country = models.CharField(_("country"), max_length=2)
    code = models.CharField(_("code"), max_length=30)

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        constraints = [
            models.UniqueConstraint(fields=["title", "country"], name="certification_once"),
        ]
        indexes = [models.Index("country", "code", "title", name="certification_filter")]

    def __str__(self) -> str:
        return f"{self.country}: {self.code}"
