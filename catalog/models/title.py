"""Titles: films and shows."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.fetched import Fetched
from catalog.models.pictures import FANART, Picture
from catalog.models.terms import Collection, Company, Country, Genre, Keyword, Language, Network
from catalog.models.words import ShownName, Words, name_of, tongues_of, words_of
from cinehub.kit.addresses import Ref, address, slug

VISIBLE = Q(hidden_at__isnull=True)
# What can lead a page: it has a picture, and words to stand over it.
LEADS = ~Q(backdrop_path="") & ~Q(overview="")
# What grids and tables show of a title, in the order of its model.
ON_CARDS = (
    "id",
    "kind",
    "tmdb_id",
    "name",
    "original_name",
    "poster_path",
    "release_date",
    "year",
    "runtime",
    "popularity",
    "vote_average",
    "vote_count",
    "score",
)


class Kind(models.TextChoices):
    MOVIE = "movie", _("Film")
    TV = "tv", _("TV show")


def fitting(*, adult: bool, of: str = "title__") -> Q:
    """Titles for adults are shown to who wants them; among rows that are `of` one, or titles."""
    return Q() if adult else Q(**{f"{of}adult": False})


class TitleQuerySet(models.QuerySet["Title"]):
    def visible(self) -> Self:
        """Without what TMDB has dropped."""
        return self.filter(VISIBLE)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def suggested(self) -> Self:
        """For who does not know what to look for: films that many look at, with a poster."""
        return self.visible().of_kind(Kind.MOVIE).exclude(poster_path="").by_popularity()

    def by_popularity(self) -> Self:
        return self.order_by("-popularity", "pk")

    def for_everybody(self) -> Self:
        """What may stand on a page that nobody asked for an adult title on."""
        return self.visible().filter(adult=False)

    def having(self, rows: models.QuerySet[Any]) -> Self:
        """To which one of these rows belongs; without a join, which would repeat a title."""
        return self.filter(pk__in=rows.order_by().values("title"))

    def having_in_turn(self, rows: models.QuerySet[Any]) -> Self:
        """The same, for PostgreSQL to ask of each title: it cannot begin with these rows."""
        row = rows.filter(title=OuterRef("pk")).order_by().values("pk")[:1]
        return self.filter(IsNull(Subquery(row), False))

    def lacking(self, rows: models.QuerySet[Any]) -> Self:
        # Not as `NOT IN`, for which PostgreSQL reads all of them.
        return self.exclude(Exists(rows.filter(title=OuterRef("pk"))))

    def showing(self, path: str) -> Self:
        """Whose poster or backdrop this picture is; reads all titles."""
        return self.visible().filter(Q(poster_path=path) | Q(backdrop_path=path)).order_by("pk")

    def links(self, field: str, *terms: int | str) -> models.QuerySet[Any]:
        """What files titles under any of these genres, keywords: `field` is the relation."""
        relation: Any = self.model._meta.get_field(field)
        links = relation.remote_field.through.objects
        return links.filter(**{f"{relation.m2m_reverse_field_name()}__in": terms})

    def due(self) -> Self:
        """Old enough to be asked about again, the longest overdue first."""
        now = timezone.now()
        return self.visible().filter(refresh_at__lte=now).order_by("refresh_at", "pk")

    def with_details(self) -> Self:
        return self.filter(details_at__isnull=False)

    def in_language(self, language: str) -> Self:
        """With the words for a reader of this language (`de`, `pt-BR`): one query for all rows.

        The rows' own words are in the site's language, so its readers cost nothing more, unless
        English has to stand in for what TMDB lacks in it.
        """
        words = words_for(language)
        if words is None:
            return self
        return self.annotate(reader_language=Value(language)).prefetch_related(words)

    def known_as(self, kind: str, tmdb_id: int) -> "Title | None":
        return self.filter(kind=kind, tmdb_id=tmdb_id).first()

    def for_cards(self, language: str) -> Self:
        """With what grids and tables show of a title, and no more."""
        # What its poster is like, until that is there.
        tone = Picture.objects.filter(path=OuterRef("poster_path")).values("tone")[:1]
        return self.in_language(language).only(*ON_CARDS).annotate(poster_tone=Subquery(tone))


class Title(Fetched):
    """A film or a show, its words in the site's language; Translation has the others."""

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    tmdb_id = models.PositiveBigIntegerField(_("TMDB id"))

    name = models.CharField(_("name"), max_length=500)
    original_name = models.CharField(_("original name"), max_length=500, blank=True)
    tagline = models.TextField(_("tagline"), blank=True)
    overview = models.TextField(_("overview"), blank=True)
    homepage = models.URLField(_("homepage"), max_length=1000, blank=True)
    poster_path = models.CharField(_("poster"), max_length=100, blank=True)
    backdrop_path = models.CharField(_("backdrop"), max_length=100, blank=True)

    status = models.CharField(_("status"), max_length=50, blank=True)
    type = models.CharField(_("type of show"), max_length=50, blank=True)
    release_date = models.DateField(_("released or first aired on"), null=True, blank=True)
    last_air_date = models.DateField(_("last aired on"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    runtime = models.PositiveIntegerField(_("runtime in minutes"), null=True, blank=True)
    season_count = models.PositiveIntegerField(_("seasons"), default=0)
    episode_count = models.PositiveIntegerField(_("episodes"), default=0)
    budget = models.PositiveBigIntegerField(_("budget in US dollars"), default=0)
    revenue = models.PositiveBigIntegerField(_("revenue in US dollars"), default=0)
    adult = models.BooleanField(_("adult"), default=False)

    popularity = models.FloatField(_("popularity"), default=0)
    vote_average = models.FloatField(_("TMDB votes' average"), default=0)
    vote_count = models.PositiveIntegerField(_("TMDB votes"), default=0)
    score = models.FloatField(_("average weighted by the number of votes"), default=0)

    imdb_id = models.CharField(_("IMDb id"), max_length=15, blank=True, db_index=True)
    tvdb_id = models.PositiveBigIntegerField(_("TVDB id"), null=True, blank=True, db_index=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True)

    original_language = models.ForeignKey(
        Language,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("original language"),
    )
    collection = models.ForeignKey(
        Collection,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="titles",
        verbose_name=_("collection"),
    )
    genres = models.ManyToManyField(Genre, related_name="titles", verbose_name=_("genres"))
    keywords = models.ManyToManyField(Keyword, related_name="titles", verbose_name=_("keywords"))
    companies = models.ManyToManyField(Company, related_name="titles", verbose_name=_("companies"))
    networks = models.ManyToManyField(Network, related_name="titles", verbose_name=_("networks"))
    countries = models.ManyToManyField(Country, related_name="titles", verbose_name=_("countries"))
    languages = models.ManyToManyField(
        Language, related_name="titles", verbose_name=_("spoken languages")
    )

    details_at = models.DateTimeField(_("details first held since"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    # TMDB has made one of two: readers of this one are sent to that one.
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged into"),
    )
    # Names of fields that an editor keeps as they are, whatever TMDB says.
    locked = models.JSONField(_("locked against sync"), default=list, blank=True)

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        constraints = [
            models.UniqueConstraint(fields=["kind", "tmdb_id"], name="title_tmdb_id_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="title_kind_known"),
            models.CheckConstraint(
                condition=Q(vote_average__gte=0, vote_average__lte=10), name="title_vote_average"
            ),
        ]
        # One for every order the pages offer (each ends with the key) and every filter on a column.
        indexes = [
            models.Index(
                "kind", F("popularity").desc(), "id", name="title_popular", condition=VISIBLE
            ),
            models.Index("kind", F("score").desc(), "id", name="title_score", condition=VISIBLE),
            models.Index(
                "kind", F("vote_count").desc(), "id", name="title_votes", condition=VISIBLE
            ),
            models.Index("kind", "release_date", "id", name="title_date", condition=VISIBLE),
            models.Index("kind", "name", "id", name="title_name", condition=VISIBLE),
            models.Index("kind", "runtime", "id", name="title_runtime", condition=VISIBLE),
            models.Index("kind", "year", "id", name="title_year", condition=VISIBLE),
            models.Index("kind", "original_language", "id", name="title_language"),
            models.Index("refresh_at", "id", name="title_due"),
            # Few are, and they are looked for among all.
            models.Index("tmdb_id", name="title_hidden", condition=Q(hidden_at__isnull=False)),
            models.Index("id", name="title_locked", condition=~Q(locked=[])),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})" if self.year else self.name

    def get_absolute_url(self) -> str:
        return address("title", self.ref, self.kind)

    @property
    def ref(self) -> Ref:
        return Ref(self.tmdb_id, self.slug)

    @cached_property
    def words(self) -> Words:
        """In the reader's language, where `in_language` asked for it, else in the site's."""
        return words_of(self)

    @property
    def shown_name(self) -> ShownName:
        """The name alone of its words."""
        return name_of(self)

    @property
    def slug(self) -> str:
        """Empty for a name without a Latin letter: its address is the number alone."""
        return slug(self.name) or slug(self.original_name)

    @property
    def is_by_fanart(self) -> bool:
        """Whether a picture of it is Fanart.tv's, which is to be credited."""
        return FANART in (self.poster_path[: len(FANART)], self.backdrop_path[: len(FANART)])

    @property
    def is_movie(self) -> bool:
        return self.kind == Kind.MOVIE


def words_for(language: str) -> "Prefetch[Any] | None":
    """What `in_language` reads besides; None where the titles' own words will do."""
    tongues = tongues_of(language)
    if not tongues:
        return None
    translations: Any = Title._meta.get_field("translations").related_model
    spoken = translations.objects.filter(language__in=tongues).order_by("pk")
    return Prefetch("translations", spoken, to_attr="reader_translations")
