"""TMDB's lists that move: what is trending, popular, in cinemas, on the air."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.title import Kind, Title


class Chart(Fetched):
    class Name(models.TextChoices):
        TRENDING_DAY = "trending_day", _("Trending today")
        TRENDING_WEEK = "trending_week", _("Trending this week")
        POPULAR = "popular", _("Popular")
        TOP_RATED = "top_rated", _("Top rated")
        NOW_PLAYING = "now_playing", _("In cinemas")
        UPCOMING = "upcoming", _("Coming soon")
        AIRING_TODAY = "airing_today", _("Airing today")
        ON_THE_AIR = "on_the_air", _("On the air")

    name = models.CharField(_("name"), max_length=15, choices=Name)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)

    class Meta:
        verbose_name = _("chart")
        verbose_name_plural = _("charts")
        constraints = [models.UniqueConstraint(fields=["name", "kind"], name="chart_once")]

    def __str__(self) -> str:
        heading = HEADINGS.get((Chart.Name(self.name), Kind(self.kind)))
        return str(heading or self.get_name_display())

    def get_absolute_url(self) -> str:
        return reverse("catalog:chart", args=[self.kind, self.slug])

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")


# Every chart that TMDB has, as its page is called.
HEADINGS = {
    (Chart.Name.TRENDING_DAY, Kind.MOVIE): _("Trending films today"),
    (Chart.Name.TRENDING_DAY, Kind.TV): _("Trending shows today"),
    (Chart.Name.TRENDING_WEEK, Kind.MOVIE): _("Trending films this week"),
    (Chart.Name.TRENDING_WEEK, Kind.TV): _("Trending shows this week"),
    (Chart.Name.POPULAR, Kind.MOVIE): _("Popular films"),
    (Chart.Name.POPULAR, Kind.TV): _("Popular shows"),
    (Chart.Name.TOP_RATED, Kind.MOVIE): _("Top rated films"),
    (Chart.Name.TOP_RATED, Kind.TV): _("Top rated shows"),
    (Chart.Name.NOW_PLAYING, Kind.MOVIE): _("In cinemas"),
    (Chart.Name.UPCOMING, Kind.MOVIE): _("Coming soon"),
    (Chart.Name.AIRING_TODAY, Kind.TV): _("Airing today"),
    (Chart.Name.ON_THE_AIR, Kind.TV): _("On the air"),
}


class ChartEntry(models.Model):
    chart = models.ForeignKey(
        Chart, models.CASCADE, related_name="entries", verbose_name=_("chart"), db_index=False
    )
    title = models.ForeignKey(
        Title, models.CASCADE, related_name="chart_entries", verbose_name=_("title")
    )
    rank = models.PositiveIntegerField(_("rank"))

    class Meta:
        verbose_name = _("chart entry")
        verbose_name_plural = _("chart entries")
        constraints = [
            models.UniqueConstraint(fields=["chart", "rank"], name="chart_rank_once"),
            models.UniqueConstraint(fields=["chart", "title"], name="chart_title_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"
