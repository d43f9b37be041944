"""What hangs on a title: words in other languages, names, pictures, videos, kindred titles."""

from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.title import Title


class Translation(models.Model):
    title = models.ForeignKey(
        Title, models.CASCADE, related_name="translations", verbose_name=_("title"), db_index=False
    )
    language = models.CharField(_("language"), max_length=2)
    country = models.CharField(_("country"), max_length=2, blank=True)
    name = models.CharField(_("name"), max_length=500, blank=True)
    overview = models.TextField(_("overview"), blank=True)
    tagline = models.TextField(_("tagline"), blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "language", "country"], name="translation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}-{self.country}: {self.name}"


class AlternativeTitle(models.Model):
    title = models.ForeignKey(
        Title,
        models.CASCADE,
        related_name="alternative_titles",
        verbose_name=_("title"),
        db_index=False,
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    name = models.CharField(_("name"), max_length=500)
    type = models.CharField(_("type"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("alternative title")
        verbose_name_plural = _("alternative titles")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "country", "name", "type"], name="alternative_title_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Video(models.Model):
    title = models.ForeignKey(
        Title, models.CASCADE, related_name="videos", verbose_name=_("title"), db_index=False
    )
    tmdb_id = models.CharField(_("TMDB id"), max_length=60)
    site = models.CharField(_("site"), max_length=30)
    key = models.CharField(_("key on that site"), max_length=100)
    name = models.CharField(_("name"), max_length=500, blank=True)
    type = models.CharField(_("type"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    official = models.BooleanField(_("official"), default=False)
    size = models.PositiveIntegerField(_("lines"), default=0)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            models.UniqueConstraint(fields=["title", "tmdb_id"], name="video_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where it is watched; only YouTube's are offered."""
        return f"https://www.youtube.com/watch?v={quote(self.key)}"


class Image(models.Model):
    """A picture of a title that TMDB offers; `catalog.mirror` brings it here."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        BACKDROP = "backdrop", _("Backdrop")
        LOGO = "logo", _("Logo")

    title = models.ForeignKey(
        Title, models.CASCADE, related_name="images", verbose_name=_("title"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    path = models.CharField(_("path"), max_length=100)
    language = models.CharField(_("language"), max_length=2, blank=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    vote_average = models.FloatField(_("TMDB votes' average"), default=0)
    vote_count = models.PositiveIntegerField(_("TMDB votes"), default=0)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.UniqueConstraint(fields=["title", "kind", "path"], name="image_once"),
        ]

    def __str__(self) -> str:
        return self.path


class Link(models.Model):
    """From a title to one that TMDB recommends after it or finds similar, the best first."""

    class Kind(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommended")
        SIMILAR = "similar", _("Similar")

    title = models.ForeignKey(
        Title, models.CASCADE, related_name="links", verbose_name=_("title"), db_index=False
    )
    to = models.ForeignKey(Title, models.CASCADE, related_name="links_here", verbose_name=_("to"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("link to a title")
        verbose_name_plural = _("links to titles")
        constraints = [
            models.UniqueConstraint(fields=["title", "kind", "to"], name="link_once"),
            models.CheckConstraint(
                condition=~models.Q(title=models.F("to")), name="link_to_another"
            ),
        ]
        indexes = [models.Index("title", "kind", "rank", name="link_rank")]

    def __str__(self) -> str:
        return f"{self.title} → {self.to}"
