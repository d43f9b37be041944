"""A title inside other answers: one shape for films and shows, and how its titles are read.

    class Entry(Sparse):
        title = Brief()

    titles = titles_of(self, [entry.title_id for entry in entries])

`expand=me` works where an endpoint's `expands` has EXPANDS in it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from rest_framework import serializers

from catalog.api import pictures
from catalog.api.expanding import EXPANDS, MeField, me_of, with_me
from catalog.carded import speak, title_of
from catalog.models import Kind, Title
from catalog.models.title import ON_CARDS, TitleQuerySet
from cinehub.kit.api import Endpoint, Sparse
from cinehub.kit.written import Given, WrittenRows

__all__ = ["EXPANDS", "Brief", "Listed", "briefs", "listed", "of_members", "titles_of", "with_me"]

# In the order of their model.
OF_BRIEF = (*ON_CARDS[:9], "adult", *ON_CARDS[9:], "hidden_at")
OF_LISTED = (
    *ON_CARDS[:5],
    "tagline",
    "overview",
    "poster_path",
    "backdrop_path",
    *ON_CARDS[6:9],
    "adult",
    *ON_CARDS[9:],
    "original_language_id",
    "hidden_at",
)


class Brief(Sparse):
    """Films and shows alike: what TMDB calls `name` of a show is its `title` here."""

    media_type = serializers.ChoiceField(Kind.values)
    id = serializers.IntegerField(help_text="TMDB's.")
    title = serializers.CharField(help_text="In the reader's language, if TMDB has it.")
    original_title = serializers.CharField()
    release_date = serializers.DateField(allow_null=True, help_text="Of a show its first episode.")
    year = serializers.IntegerField(allow_null=True)
    runtime = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    poster_path = serializers.CharField(
        allow_null=True, help_text="`/picture/{size}` stands before it; sizes are TMDB's."
    )
    poster_url = serializers.URLField(allow_null=True)
    vote_average = serializers.FloatField(help_text="TMDB's voters'.")
    vote_count = serializers.IntegerField()
    popularity = serializers.FloatField()
    adult = serializers.BooleanField()
    is_available = serializers.BooleanField(
        help_text="False for what TMDB has dropped; what members keep of it stays."
    )
    url = serializers.URLField(help_text="Its page.")
    me = MeField()

    def to_representation(self, title: Any) -> dict[str, Any]:
        told = brief(title)
        return {name: told[name] for name in self.fields}


class Listed(Brief):
    """A title in a list of titles, which has more room."""

    overview = serializers.CharField(allow_blank=True)
    backdrop_path = serializers.CharField(allow_null=True)
    backdrop_url = serializers.URLField(allow_null=True)
    original_language = serializers.CharField(allow_null=True)
    genre_ids = serializers.ListField(child=serializers.IntegerField())

    def to_representation(self, title: Any) -> dict[str, Any]:
        told = in_list(title)
        return {name: told[name] for name in self.fields}


def brief(title: Title) -> dict[str, Any]:
    """What Brief declares, in a tenth of the time: an answer may have hundreds."""
    name = title.shown_name.name
    return {
        "media_type": title.kind,
        "id": title.tmdb_id,
        "title": name,
        "original_title": title.original_name or title.name,
        "release_date": title.release_date.isoformat() if title.release_date else None,
        "year": title.year,
        "runtime": title.runtime,
        "poster_path": title.poster_path or None,
        "poster_url": pictures.poster_url(title.poster_path),
        "vote_average": title.vote_average,
        "vote_count": title.vote_count,
        "popularity": title.popularity,
        "adult": title.adult,
        "is_available": title.hidden_at is None,
        "url": f"{settings.SITE_URL}{title.get_absolute_url()}",
        "me": me_of(title),
    }


def more(title: Title) -> dict[str, Any]:
    return {
        "overview": title.words.overview,
        "backdrop_path": title.backdrop_path or None,
        "backdrop_url": pictures.backdrop_url(title.backdrop_path),
        "original_language": title.original_language_id,
        "genre_ids": getattr(title, "genre_keys", []),
    }


def in_list(title: Title) -> dict[str, Any]:
    """What Listed declares."""
    return brief(title) | more(title)


def titles_of(view: Endpoint, keys: Iterable[int]) -> dict[int, Title]:
    """For Brief, by their primary keys: two queries, and those of `expand=me`.

    Whatever members keep is here, hidden and adult titles, too.
    """
    wanted = list(dict.fromkeys(keys))
    found = _read(BRIEFS, OF_BRIEF, wanted, view.reader.language)
    return {title.pk: title for title in with_me(view, found)}


def of_members(titles: TitleQuerySet, language: str) -> TitleQuerySet:
    """The same as rows of a QuerySet, for who joins or prefetches; then `with_me` brings `me`."""
    return titles.in_language(language).only(*OF_BRIEF)


def briefs(view: Endpoint, keys: Sequence[int]) -> list[Title]:
    """For Brief, in this order."""
    found = titles_of(view, keys)
    return [found[key] for key in keys if key in found]


def listed(view: Endpoint, keys: Sequence[int]) -> list[Title]:
    """For Listed, in this order; without those that are hidden."""
    found = _read(LISTED, OF_LISTED, list(keys), view.reader.language)
    titles = {title.pk: title for title in found}
    _file(titles)
    return with_me(view, [titles[key] for key in keys if key in titles])


def _file(titles: dict[int, Title]) -> None:
    """Under the ids of their genres."""
    for title in titles.values():
        title.genre_keys = []  # type: ignore[attr-defined]
    for title, genre in GENRES.ask(keys=list(titles)) if titles else ():
        titles[title].genre_keys.append(genre)  # type: ignore[attr-defined]


def _read(
    question: WrittenRows, fields: Sequence[str], keys: list[int], language: str
) -> list[Title]:
    if not keys:
        return []
    found = [title_of(fields, row, None) for row in question.ask(keys=keys)]
    speak(found, language)
    return found


def _briefs() -> QuerySet[Title, Any]:
    return Title.objects.filter(pk__among=Given("keys")).values_list(*OF_BRIEF)


def _listed() -> QuerySet[Title, Any]:
    return Title.objects.visible().filter(pk__among=Given("keys")).values_list(*OF_LISTED)


def _genres() -> QuerySet[Any, Any]:
    filed = Title.objects.filter(pk__among=Given("keys"), genres__isnull=False)
    return filed.order_by("pk", "genres").values_list("pk", "genres")


BRIEFS, LISTED, GENRES = WrittenRows(_briefs), WrittenRows(_listed), WrittenRows(_genres)
