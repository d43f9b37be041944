"""What somebody looks for, read from the query string, and what is found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from catalog.carded import FOUND, listed
from catalog.models import Collection, Name, Person, Title
from catalog.search.addresses import Thing, meant
from catalog.search.asked import Asked
from catalog.search.conditions import Filter
from catalog.search.finding import find
from catalog.search.ranking import Match
from cinehub.kit.web import clean_words
from cinehub.kit.written import Given, WrittenRows

LETTERS_READ = 200
TABS = ("", *Name.Of.values)
FIRST_YEAR, LAST_YEAR = 1870, 2100
LARGEST = 2**31 - 1
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
        typed = clean_words(data.get("q", ""), LETTERS_READ + 1)
        tab = data.get("type", "")
        genre = _number(data.get("genre", ""), 1, LARGEST)
        years = [_number(data.get(name, ""), FIRST_YEAR, LAST_YEAR) for name in ("from", "to")]
        asked = (data.get("from"), data.get("to"))
        said = {
            _("Only the first %d letters were looked for.") % LETTERS_READ: typed[LETTERS_READ:],
            _("There is no such kind of result; these are all."): tab not in TABS,
            _("There is no such genre."): data.get("genre") and genre is None,
            _("A year has four digits."): any(
                a and not y for a, y in zip(asked, years, strict=True)
            ),
        }
        if None not in years:
            years.sort(key=lambda year: year or 0)
        return cls(
            typed[:LETTERS_READ].rstrip(),
            tab if tab in TABS else "",
            genre,
            years[0],
            years[1],
            tuple(sentence for sentence, holds in said.items() if holds),
        )

    def address(self) -> Thing | None:
        """The title, person or collection whose id or address was pasted in."""
        return meant(self.words)

    @cached_property
    def matches(self) -> list[Match]:
        """Of all kinds, the best first."""
        return self._matches()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many there are on each tab."""
        of = Counter(match.of for match in self.matches)
        return {"": len(self.matches)} | {tab: of[tab] for tab in TABS[1:]}

    def found(self, language: str, offset: int = 0, count: int = 20) -> list[Thing]:
        """Those of the tab, for a reader of this language."""
        of_tab = [match for match in self.matches if self.tab in ("", match.of)]
        return _load(of_tab[offset : offset + count], language)

    def load(self, matches: Sequence[Match], language: str) -> list[Thing]:
        """Some of the matches, whatever they are of."""
        return _load(matches, language)

    def suggestions(self, language: str) -> tuple[list[Title], list[Person], list[Collection]]:
        """The best few titles, people and collections, for who is still typing."""
        matches = self._matches(hurried=True)
        chosen: list[Match] = []
        for kind, most in SUGGESTED.items():
            chosen += [m for m in matches if _kind(m) == kind][:most]
        things = _load(chosen, language)
        return (
            [thing for thing in things if isinstance(thing, Title)],
            [thing for thing in things if isinstance(thing, Person)],
            [thing for thing in things if isinstance(thing, Collection)],
        )

    def _matches(self, *, hurried: bool = False) -> list[Match]:
        wanted = Filter(self.genre, self.year_from, self.year_to)
        return find(Asked(self.words), wanted, hurried=hurried)


def _number(value: str, least: int, most: int) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) < 12):
        return None
    return int(value) if least <= int(value) <= most else None


def _kind(match: Match) -> str:
    return match.of if match.of in SUGGESTED else "title"


# --- What was found, with what is shown of it ---------------------------------------------------
PERSON = ("tmdb_id", "name", "known_for", "profile_path")
COLLECTION = ("tmdb_id", "name", "poster_path")


def _people() -> QuerySet[Any, Any]:
    return Person.objects.visible().filter(pk__among=Given("keys")).values_list(*PERSON)


def _collections() -> QuerySet[Any, Any]:
    held = Collection.objects.filter(hidden_at=None, pk__among=Given("keys"))
    return held.order_by().values_list(*COLLECTION)


PEOPLE, COLLECTIONS = WrittenRows(_people), WrittenRows(_collections)


def _load(matches: Sequence[Match], language: str) -> list[Thing]:
    """One query for each kind of thing; what has been hidden since is left out."""
    ids: dict[str, list[int]] = {}
    for match in matches:
        ids.setdefault(_kind(match), []).append(match.pk)
    titles = listed(ids["title"], language, FOUND) if "title" in ids else []
    held: dict[tuple[str, int], Any] = {("title", title.pk): title for title in titles}
    for kind, model, fields, rows in (
        ("person", Person, PERSON, PEOPLE),
        ("collection", Collection, COLLECTION, COLLECTIONS),
    ):
        if kind in ids:
            things = (
                model.from_db(connection.alias, fields, values)
                for values in rows.ask(keys=ids[kind])
            )
            held |= {(kind, thing.pk): thing for thing in things}
    keys = ((_kind(match), match.pk) for match in matches)
    return [held[key] for key in keys if key in held]
