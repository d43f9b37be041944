"""Titles on cards, from the rows of a written question."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from catalog.models import Picture, Title
from catalog.models.title import TitleQuerySet, words_for

# What a card shows of a title, in the order of its model.
CARD = (
    "id",
    "kind",
    "tmdb_id",
    "name",
    "original_name",
    "poster_path",
    "year",
    "vote_average",
)


def card_rows(titles: TitleQuerySet, *more: str) -> QuerySet[Title, Any]:
    """What a card shows of each, and these fields besides."""
    return titles.annotate(poster_tone=tone_of("poster_path")).values_list(
        *CARD, "poster_tone", *more
    )


def tone_of(poster: str) -> Subquery:
    """What a poster is like, until it is there."""
    return Subquery(Picture.objects.filter(path=OuterRef(poster)).values("tone")[:1])


def carded(rows: Iterable[Sequence[Any]], language: str) -> list[Title]:
    """Of `card_rows`."""
    titles = [title_of(CARD, row[: len(CARD)], row[len(CARD)]) for row in rows]
    speak(titles, language)
    return titles


def title_of(fields: Sequence[str], values: Sequence[Any], tone: int | None) -> Title:
    """The fields are in the order of their model."""
    title = Title.from_db(connection.alias, fields, values)
    title.poster_tone = tone  # type: ignore[attr-defined]
    return title


def speak(titles: Sequence[Title], language: str) -> None:
    """What `in_language` does, for titles at hand."""
    words = words_for(language)
    if words is not None:
        for title in titles:
            title.reader_language = language  # type: ignore[attr-defined]
        prefetch_related_objects(titles, words)


def day_of(text: str | None) -> date | None:
    """As JSON has it."""
    return date.fromisoformat(text) if text else None
