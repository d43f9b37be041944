"""What somebody looks for, read from the query string, and what is found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.models import Collection, Name, Person, Title
from catalog.search.addresses import Thing, meant
from catalog.search.asked import Asked
from catalog.search.conditions import Filter
from catalog.search.finding import find
from catalog.search.ranking import Found as Match
from cinehub.kit.web import clean_words

LETTERS_READ = 200
TABS = ("", *Name.Of.values)
FIRST_YEAR, LAST_YEAR = 1870, 2100
LARGEST = 2**31 - 1
# When nobody is likely to mean anything else: full search looks on for longer.
SURE, SURE_WHILE_TYPING = 1.15, 1.0
SUGGESTED = {"title": 6, "person": 3, "collection": 2}


@dataclass(frozen=True)
class Query:
    """Nonsense in it is left out and said in `ignored`; it never raises."""

    words: str
    tab: str = ""
    genre: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    ignored: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: QueryDict) -> "Query":
        typed = data.get("q", "")
        words = clean_words(typed, LETTERS_READ)
        ignored = []
        if len(clean_words(typed, LETTERS_READ + 1)) > LETTERS_READ:
            ignored.append(_("Only the first %d letters were looked for.") % LETTERS_READ)
        tab = data.get("type", "")
        if tab not in TABS:
            ignored.append(_("There is no such kind of result."))
            tab = ""
        genre = _number(data.get("genre", ""), 1, LARGEST)
        years = [_number(data.get(name, ""), FIRST_YEAR, LAST_YEAR) for name in ("from", "to")]
        if genre is None and data.get("genre", ""):
            ignored.append(_("There is no such genre."))
        if any(
            year is None and data.get(name)
            for name, year in zip(("from", "to"), years, strict=True)
        ):
            ignored.append(_("A year has four digits."))
        return cls(words, tab, genre, years[0], years[1], tuple(ignored))

    def address(self) -> Thing | None:
        """The title, person or collection whose id or address was pasted in."""
        return meant(self.words)

    @cached_property
    def matches(self) -> list[Match]:
        """Of all kinds, the best first."""
        return self._matches(SURE)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are on each tab."""
        of = Counter(match.of for match in self.matches)
        return {"": len(self.matches)} | {tab: of[tab] for tab in TABS[1:]}

    def found(self, language: str, offset: int = 0, count: int = 20) -> list[Thing]:
        """Those of the tab, for a reader of this language."""
        of_tab = [match for match in self.matches if self.tab in ("", match.of)]
        return _load(of_tab[offset : offset + count], language)

    def suggestions(self, language: str) -> tuple[list[Title], list[Person], list[Collection]]:
        """The best few titles, people and collections, for who is still typing."""
        matches = self._matches(SURE_WHILE_TYPING)
        chosen: list[Match] = []
        for kind, most in SUGGESTED.items():
            chosen += [m for m in matches if _kind(m) == kind][:most]
        things = _load(chosen, language)
        return (
            [thing for thing in things if isinstance(thing, Title)],
            [thing for thing in things if isinstance(thing, Person)],
            [thing for thing in things if isinstance(thing, Collection)],
        )

    def _matches(self, enough: float) -> list[Match]:
        wanted = Filter(self.genre, self.year_from, self.year_to)
        return find(Asked(self.words), wanted, enough=enough)


def _number(value: str, least: int, most: int) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) < 12):
        return None
    return int(value) if least <= int(value) <= most else None


def _kind(match: Match) -> str:
    return match.of if match.of in SUGGESTED else "title"


def _load(matches: Sequence[Match], language: str) -> list[Thing]:
    """One query for each kind of thing; what has been hidden since is left out."""
    ids: dict[str, list[int]] = {}
    for match in matches:
        ids.setdefault(_kind(match), []).append(match.pk)
    held: dict[tuple[str, int], Any] = {}
    for kind, things in (
        ("title", Title.objects.visible().in_language(language)),
        ("person", Person.objects.visible()),
        ("collection", Collection.objects.filter(hidden_at=None)),
    ):
        if kind in ids:
            held |= {(kind, thing.pk): thing for thing in things.filter(pk__in=ids[kind])}
    keys = ((_kind(match), match.pk) for match in matches)
    return [held[key] for key in keys if key in held]
