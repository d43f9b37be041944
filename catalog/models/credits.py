"""Who did what: cast and crew of titles, guests and crew of episodes."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.people import Person
from catalog.models.seasons import Episode
from catalog.models.title import Title


class CreditQuerySet(models.QuerySet["Credit"]):
    def cast(self) -> Self:
        """In the order TMDB bills them."""
        return self.filter(department=Credit.ACTING).order_by("position", "pk")

    def crew(self) -> Self:
        return self.exclude(department=Credit.ACTING).order_by("position", "pk")


class Credit(models.Model):
    """One job of one person on a title. A show's counts the episodes it was done in."""

    ACTING = "Acting"

    title = models.ForeignKey(
        Title, models.CASCADE, related_name="credits", verbose_name=_("title"), db_index=False
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="credits", verbose_name=_("person"), db_index=False
    )
    tmdb_id = models.CharField(_("TMDB credit id"), max_length=60)
    department = models.CharField(_("department"), max_length=50)
    job = models.CharField(_("job"), max_length=150, blank=True)
    character = models.CharField(_("character"), max_length=1000, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    episode_count = models.PositiveIntegerField(_("episodes"), null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [
            models.UniqueConstraint(fields=["title", "tmdb_id"], name="credit_once"),
        ]
        indexes = [
            models.Index("title", "department", "position", name="credit_of_title"),
            models.Index("person", "department", "title", name="credit_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.character or self.job}"


class EpisodeCredit(models.Model):
    """A guest star or a member of the crew of one episode."""

    episode = models.ForeignKey(
        Episode, models.CASCADE, related_name="credits", verbose_name=_("episode"), db_index=False
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="episode_credits", verbose_name=_("person")
    )
    tmdb_id = models.CharField(_("TMDB credit id"), max_length=60)
    department = models.CharField(_("department"), max_length=50)
    job = models.CharField(_("job"), max_length=150, blank=True)
    character = models.CharField(_("character"), max_length=1000, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("episode credit")
        verbose_name_plural = _("episode credits")
        constraints = [
            models.UniqueConstraint(fields=["episode", "tmdb_id"], name="episode_credit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.character or self.job}"
