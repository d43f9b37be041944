"""The people who make films and shows."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.title import VISIBLE
from cinehub.kit.addresses import Ref, address, slug


class PersonQuerySet(models.QuerySet["Person"]):
    def visible(self) -> Self:
        return self.filter(VISIBLE)

    def due(self) -> Self:
        """Old enough to be asked about again, the longest overdue first."""
        overdue = self.visible().filter(refresh_at__lte=timezone.now())
        return overdue.order_by("refresh_at", "pk")

    def by_popularity(self) -> Self:
        return self.order_by("-popularity", "pk")


class Person(Fetched):
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=255)
    also_known_as = models.JSONField(_("also known as"), default=list, blank=True)
    gender = models.PositiveSmallIntegerField(
        _("gender"),
        choices={0: _("not said"), 1: _("woman"), 2: _("man"), 3: _("non-binary")},
        default=0,
    )
    known_for = models.CharField(_("known for"), max_length=50, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    birthday = models.DateField(_("born on"), null=True, blank=True)
    deathday = models.DateField(_("died on"), null=True, blank=True)
    place_of_birth = models.CharField(_("born in"), max_length=255, blank=True)
    homepage = models.URLField(_("homepage"), max_length=1000, blank=True)
    profile_path = models.CharField(_("portrait"), max_length=100, blank=True)
    popularity = models.FloatField(_("popularity"), default=0)
    adult = models.BooleanField(_("adult"), default=False)
    imdb_id = models.CharField(_("IMDb id"), max_length=15, blank=True, db_index=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    details_at = models.DateTimeField(_("details first held since"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(
                F("popularity").desc(), "tmdb_id", name="person_popular", condition=VISIBLE
            ),
            models.Index("name", "tmdb_id", name="person_name", condition=VISIBLE),
            models.Index("refresh_at", "tmdb_id", name="person_due"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("catalog:person", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))
