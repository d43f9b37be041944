"""Seasons and episodes of shows."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.title import VISIBLE, Title


class SeasonQuerySet(models.QuerySet["Season"]):
    def visible(self) -> Self:
        return self.filter(VISIBLE)

    def in_order(self) -> Self:
        """By number, the specials (season 0) last."""
        return self.order_by(models.Case(models.When(number=0, then=1), default=0), "number", "pk")


class Season(Fetched):
    title = models.ForeignKey(
        Title, models.CASCADE, related_name="seasons", verbose_name=_("title")
    )
    number = models.PositiveIntegerField(_("number"))
    # TMDB gives a season it has made anew another id; the number is what stays.
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), db_index=True)
    name = models.CharField(_("name"), max_length=500, blank=True)
    overview = models.TextField(_("overview"), blank=True)
    poster_path = models.CharField(_("poster"), max_length=100, blank=True)
    air_date = models.DateField(_("first aired on"), null=True, blank=True)
    episode_count = models.PositiveIntegerField(_("episodes"), default=0)
    vote_average = models.FloatField(_("TMDB votes' average"), default=0)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = [
            models.UniqueConstraint(fields=["title", "number"], name="season_number_once"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """For a season whose show is at hand."""
        return reverse("catalog:season", args=[self.title.ref, self.number])

    @property
    def is_specials(self) -> bool:
        return self.number == 0

    @property
    def full_name(self) -> str:
        """As TMDB calls it; in the reader's language where it only counts it."""
        usual = "Specials" if self.is_specials else f"Season {self.number}"
        return self.short_name if self.name in ("", usual) else self.name

    @property
    def short_name(self) -> str:
        """The same length for all seasons of a show, whatever TMDB calls them."""
        if self.is_specials:
            return str(_("Specials"))
        return gettext("Season %(number)s") % {"number": self.number}


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def visible(self) -> Self:
        return self.filter(VISIBLE)

    def listed(self) -> Self:
        """One for each number of a season: of two rows that pass each other, the older."""
        twins = self.model._default_manager.filter(
            VISIBLE, season=OuterRef("season"), number=OuterRef("number"), pk__lt=OuterRef("pk")
        )
        return self.visible().filter(~Exists(twins), season__hidden_at=None)

    def in_order(self) -> Self:
        return self.order_by("season__number", "number", "pk")

    def around(self, episode: "Episode") -> "tuple[Episode | None, Episode | None]":
        """The ones before and after it in its show, over the borders of seasons.

        Specials lie beside the seasons, not between them: they lead to one another only.
        """
        season = episode.season
        alike = Q(season__number=0) if season.is_specials else Q(season__number__gt=0)
        show = self.listed().filter(alike, season__title=season.title_id).select_related("season")
        before = Q(season__number__lt=season.number) | Q(season=season, number__lt=episode.number)
        after = Q(season__number__gt=season.number) | Q(season=season, number__gt=episode.number)
        backwards = show.order_by("-season__number", "-number", "pk")
        return backwards.filter(before).first(), show.in_order().filter(after).first()


class Episode(Fetched):
    """An episode, known by its TMDB id: its number and season may change, a member's viewing stays.

    That is why (season, number) is not unique: TMDB swaps numbers, and two rows pass each other.
    """

    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    season = models.ForeignKey(
        Season, models.CASCADE, related_name="episodes", verbose_name=_("season"), db_index=False
    )
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=500, blank=True)
    overview = models.TextField(_("overview"), blank=True)
    still_path = models.CharField(_("still"), max_length=100, blank=True)
    air_date = models.DateField(_("aired on"), null=True, blank=True)
    runtime = models.PositiveIntegerField(_("runtime in minutes"), null=True, blank=True)
    type = models.CharField(_("type of episode"), max_length=30, blank=True)
    vote_average = models.FloatField(_("TMDB votes' average"), default=0)
    vote_count = models.PositiveIntegerField(_("TMDB votes"), default=0)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        indexes = [
            models.Index("season", "number", "tmdb_id", name="episode_order"),
            models.Index("air_date", "tmdb_id", name="episode_calendar", condition=VISIBLE),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Episode %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """For an episode whose season and show are at hand."""
        season = self.season
        return reverse("catalog:episode", args=[season.title.ref, season.number, self.number])

    @property
    def is_to_come(self) -> bool:
        return self.air_date is not None and self.air_date > timezone.localdate()
