"""A title's words for one reader: in their language, else in the site's, else in English."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings

# What is said in neither the reader's language nor the site's is said in this one.
LAST_RESORT = "en"


@dataclass(frozen=True)
class Words:
    """A title's words for one reader; `language` is the overview's."""

    name: str
    tagline: str
    overview: str
    language: str


class ShownName(NamedTuple):
    name: str
    language: str


def tongues_of(language: str) -> set[str]:
    """Those a reader of this language (`pt-BR`) may need besides the site's."""
    return {language.partition("-")[0], LAST_RESORT} - {settings.TMDB_LANGUAGE[:2]}


def words_of(title: Any) -> Words:
    """Each from the first that has it."""
    said = _said_of(title)
    overview = _first(said, "overview", title)
    return Words(
        name=_first(said, "name", title).name,
        tagline=_first(said, "tagline", title).tagline,
        overview=overview.overview,
        language=_language(overview),
    )


def name_of(title: Any) -> ShownName:
    """The name alone."""
    named = _first(_said_of(title), "name", title)
    return ShownName(named.name, _language(named))


def _said_of(title: Any) -> list[Any]:
    """It, and its translations as far as they have been read: for its reader the best first."""
    told = getattr(title, "reader_translations", ())
    if not told:
        return [title]
    reader = getattr(title, "reader_language", "")
    tongue = reader.partition("-")[0]
    # The reader's own country first, then whoever speaks the language.
    spoken = [t for t in told if t.language == tongue]
    spoken.sort(key=lambda t: t.country != reader[3:])
    return [*spoken, title, *(t for t in told if t.language != tongue)]


def _first(said: Iterable[Any], field: str, title: Any) -> Any:
    """That has it; else the title, which has it empty."""
    return next((words for words in said if getattr(words, field)), title)


def _language(words: Any) -> str:
    """Of a translation; a title's own words are in the site's."""
    return getattr(words, "language", settings.TMDB_LANGUAGE[:2])
