"""Our own copies of pictures: what is known of each, and the files made of it."""

from datetime import datetime, timedelta
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How the path of what Fanart.tv has begins here, as no picture of TMDB is called.
FANART = "/fanart-"

FILE = ("pk", "size", "digest", "used_at")
HELD = ("pk", "role", "source_url", "missing_until", *(f"files__{name}" for name in FILE))


class HeldFile(NamedTuple):
    pk: int
    digest: str
    used_at: datetime


class Held(NamedTuple):
    """A picture with its files, by their sizes."""

    pk: int
    path: str
    role: str
    source_url: str
    missing_until: datetime | None
    files: dict[str, HeldFile]

    @property
    def is_lacking(self) -> bool:
        return self.missing_until is not None and self.missing_until > timezone.now()


class PictureQuerySet(models.QuerySet["Picture"]):
    def lacking(self) -> Self:
        """The host has no such picture, or what it has is none; it is not asked again for now."""
        return self.filter(missing_until__gt=timezone.now())

    def wanted(self) -> Self:
        """Asked for ahead, and not here yet."""
        # A picture that somebody merely asked for once, and nobody had, has no role.
        first = self.filter(seen_at=None).exclude(role="")
        return first.exclude(missing_until__gt=timezone.now()).order_by("pk")

    def held(self, path: str) -> "Held | None":
        """All there is to know to show it, in one query."""
        rows = list(self.filter(path=path).values(*HELD))
        if not rows:
            return None
        files = {
            row["files__size"]: HeldFile(
                row["files__pk"], row["files__digest"], row["files__used_at"]
            )
            for row in rows
            if row["files__size"]
        }
        first = rows[0]
        return Held(
            first["pk"], path, first["role"], first["source_url"], first["missing_until"], files
        )


class Picture(models.Model):
    """A picture by its address at TMDB (`/abc.jpg`), which never comes to mean another."""

    class Role(models.TextChoices):
        POSTER = "poster", _("Poster")
        BACKDROP = "backdrop", _("Backdrop")
        PORTRAIT = "portrait", _("Portrait")
        STILL = "still", _("Still")
        LOGO = "logo", _("Logo")

    path = models.CharField(_("path"), max_length=100, unique=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True)
    # Where it comes from, when that is not TMDB (Fanart.tv).
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    # A WebP of a few dozen pixels, about 120 bytes, to stand in while the picture loads.
    placeholder = models.BinaryField(_("placeholder"), default=b"", blank=True)
    # The number of its dominant colour among those of static/css/tones.css.
    tone = models.PositiveSmallIntegerField(_("tone"), null=True, blank=True)
    missing_until = models.DateTimeField(_("not there until"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    error = models.TextField(_("last error"), blank=True)
    seen_at = models.DateTimeField(_("first mirrored at"), null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            models.Index("missing_until", name="picture_missing", condition=~Q(missing_until=None))
        ]

    def __str__(self) -> str:
        return self.path


class PictureFileQuerySet(models.QuerySet["PictureFile"]):
    def longest_unused(self) -> Self:
        return self.order_by("used_at", "pk")

    def unused_for(self, age: timedelta) -> Self:
        return self.filter(used_at__lt=timezone.now() - age)


class PictureFile(models.Model):
    """One size of a picture. Files are named by what is in them, so rows may share one."""

    picture = models.ForeignKey(
        Picture, models.CASCADE, related_name="files", verbose_name=_("picture")
    )
    size = models.CharField(_("size"), max_length=10)
    digest = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("content type"), max_length=30)
    bytes = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    # To the day: a picture that is looked at all the time is not written all the time.
    used_at = models.DateTimeField(_("last used at"), default=timezone.now)

    objects = PictureFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture file")
        verbose_name_plural = _("picture files")
        constraints = [
            models.UniqueConstraint(fields=["picture", "size"], name="picture_file_once")
        ]
        indexes = [
            models.Index("used_at", "id", name="picture_file_used"),
            models.Index("digest", name="picture_file_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.size} {self.digest[:12]}"
