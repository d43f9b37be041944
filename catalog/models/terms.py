"""What a title is filed under: genre, keyword, country, language, company, network, collection.

Their primary keys are TMDB's own ids (ISO codes for countries and languages), so that an answer can
be written down without looking each of them up first.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.genres import said
from cinehub.kit.addresses import Ref, address, slug


class Genre(Fetched):
    tmdb_id = models.PositiveIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    for_movies = models.BooleanField(_("of films"), default=False)
    for_tv = models.BooleanField(_("of shows"), default=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("genre")
        verbose_name_plural = _("genres")

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return said(self.name)

    def get_absolute_url(self) -> str:
        return address("catalog:genre", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))


class Keyword(Fetched):
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=255, db_index=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("catalog:keyword", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))


class Country(Fetched):
    code = models.CharField(_("ISO 3166-1 code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:country", args=[self.code])


class Language(Fetched):
    code = models.CharField(_("ISO 639-1 code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    native_name = models.CharField(_("name in itself"), max_length=100, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return self.name


class Company(Fetched):
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=255, db_index=True)
    logo_path = models.CharField(_("logo"), max_length=100, blank=True)
    country = models.ForeignKey(
        Country, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("catalog:company", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))


class Network(Fetched):
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=255, db_index=True)
    logo_path = models.CharField(_("logo"), max_length=100, blank=True)
    country = models.ForeignKey(
        Country, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("catalog:network", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))


class Collection(Fetched):
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"), primary_key=True)
    name = models.CharField(_("name"), max_length=255, db_index=True)
    overview = models.TextField(_("overview"), blank=True)
    poster_path = models.CharField(_("poster"), max_length=100, blank=True)
    backdrop_path = models.CharField(_("backdrop"), max_length=100, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("catalog:collection", self.ref)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, slug(self.name))
