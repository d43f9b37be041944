"""Titles on cards, from the rows of a written question."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.base import ModelState

from catalog.models import Picture, Title
from catalog.models.title import ON_CARDS, TitleQuerySet, words_for
from cinehub.kit.written import Given, WrittenRows

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


# What is shown of one that was looked for: its words, too.
FOUND = (*ON_CARDS[:5], "tagline", "overview", *ON_CARDS[5:])


def _listed(titles: TitleQuerySet, fields: Sequence[str]) -> QuerySet[Title, Any]:
    asked = titles.filter(pk__among=Given("keys")).annotate(poster_tone=tone_of("poster_path"))
    return asked.values_list(*fields, "poster_tone")


# By their names adult titles are found.
QUESTIONS = {
    ON_CARDS: WrittenRows(lambda: _listed(Title.objects.for_everybody(), ON_CARDS)),
    FOUND: WrittenRows(lambda: _listed(Title.objects.visible(), FOUND)),
}


def listed(keys: list[int], language: str, fields: tuple[str, ...] = ON_CARDS) -> list[Title]:
    """With what grids and tables show of a title; in this order, without those that are gone."""
    rows = QUESTIONS[fields].ask(keys=keys)
    titles = {values[0]: title_of(fields, values, tone) for *values, tone in rows}
    shown = [titles[key] for key in keys if key in titles]
    speak(shown, language)
    return shown


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
    """As `from_db` makes it, which looks at each of the forty fields that are not there, too."""
    title = Title.__new__(Title)
    title._state = ModelState()
    title._state.adding, title._state.db = False, connection.alias
    title.__dict__.update(zip(fields, values, strict=True), poster_tone=tone)
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
