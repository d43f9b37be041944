"""TMDB's JSON with nonsense in it: facts come out of it, or Garbled, and nothing else."""

import copy
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalog.models import Person, Title
from catalog.sync.collections import store_collections
from catalog.sync.people import store_people
from catalog.sync.titles import store_stubs, store_titles
from catalog.tmdb import Garbled, shapes
from tests.catalog.tmdb.answers import (
    Json,
    collection,
    film,
    listed,
    page,
    person,
    show,
)

Read = Callable[[Any], Any]
Path = tuple[str | int, ...]

NONSENSE = [
    None,
    "",
    [],
    {},
    -1,
    "x",
    10**30,
    True,
    2.5,
    0,
    10**400,
    math.nan,
    math.inf,
    "a\x00b",
    "\x00\x00",
    "\ud800x",
    "2001-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    ["x"],
    [None, {}, [], 7],
    {"results": [7], "cast": [None], "x": {"x": 1}},
    "z" * 3000,
]

# Of these each means something else to a database.
STORABLE = [value for value in NONSENSE if not isinstance(value, list | dict | bool)]
# SQLite takes nearly everything; the rest of the list is PostgreSQL's, which is strict.
SQLITE_TOO = (None, 10**30, "\ud800x")
TO_STORE = [
    pytest.param(
        value, id=repr(value)[:20], marks=() if value in SQLITE_TOO else pytest.mark.postgres
    )
    for value in STORABLE
]

READERS: dict[str, tuple[Read, Any]] = {
    "movie": (shapes.movie, film()),
    "tv": (shapes.tv, show()),
    "person": (shapes.person, person()),
    "collection": (shapes.collection, collection()),
    "page": (lambda data: shapes.page(data, "movie"), page(listed(1), listed(2))),
    "genres": (shapes.genres, {"genres": [{"id": 18, "name": "Drama"}]}),
    "countries": (
        shapes.countries,
        [{"iso_3166_1": "DE", "english_name": "Germany", "native_name": "Deutschland"}],
    ),
    "languages": (
        shapes.languages,
        [{"iso_639_1": "de", "english_name": "German", "name": "Deutsch"}],
    ),
    "providers": (
        shapes.providers,
        {"results": [{"provider_id": 81, "provider_name": "Wave", "display_priority": 1}]},
    ),
    "missing_seasons": (shapes.missing_seasons, show()),
}


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """The way to everything in an answer."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inside in items:
        yield (*here, key)
        if isinstance(inside, dict | list):
            yield from paths(inside, (*here, key))


def spoilt(answer: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(answer)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


def without(answer: Any, path: Path) -> Any:
    changed = copy.deepcopy(answer)
    place = changed
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return changed


def read(reader: Read, answer: Any) -> list[Any]:
    """The facts, or none where the answer is garbled."""
    try:
        return [reader(answer)]
    except Garbled:
        return []


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: repr(value)[:20])
def test_nonsense_in_any_place_gives_facts_or_garbled(name: str, value: Any) -> None:
    reader, answer = READERS[name]
    for path in paths(answer):
        read(reader, spoilt(answer, path, copy.deepcopy(value)))


@pytest.mark.parametrize("name", READERS)
def test_any_key_may_be_missing(name: str) -> None:
    reader, answer = READERS[name]
    for path in paths(answer):
        read(reader, without(answer, path))


@pytest.mark.parametrize("name", READERS)
def test_keys_that_nobody_knows_change_nothing(name: str) -> None:
    reader, answer = READERS[name]
    told = copy.deepcopy(answer)
    for path in [(), *paths(answer)]:
        place = told
        for key in path:
            place = place[key]
        if isinstance(place, dict) and path[-2:] != ("watch/providers", "results"):
            place["new in 2027"] = [{"x": None}]
    assert reader(told) == reader(answer)


@pytest.mark.parametrize("name", READERS)
def test_what_is_said_twice_is_held_once(name: str) -> None:
    reader, answer = READERS[name]
    told = copy.deepcopy(answer)
    for path in reversed(list(paths(answer))):
        place = told
        for key in path:
            place = place[key]
        if isinstance(place, list) and path[-1] not in {"also_known_as", "genre_ids"}:
            place.extend(copy.deepcopy(place))
    if isinstance(told, list):
        told.extend(copy.deepcopy(told))
    assert reader(told) == reader(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(("reader", "answer"), [(shapes.movie, film()), (shapes.tv, show())])
@pytest.mark.parametrize("value", TO_STORE)
def test_the_database_takes_whatever_a_title_may_say(
    reader: Read, answer: Json, value: Any
) -> None:
    told = [facts for path in paths(answer) for facts in read(reader, spoilt(answer, path, value))]
    store_titles([replace(facts, tmdb_id=10_000 + n) for n, facts in enumerate(told)])
    assert Title.objects.filter(tmdb_id__gte=10_000).count() == len(told) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("value", TO_STORE)
def test_the_database_takes_whatever_a_person_or_a_list_may_say(value: Any) -> None:
    def told(name: str) -> list[Any]:
        reader, answer = READERS[name]
        changed = (spoilt(answer, path, copy.deepcopy(value)) for path in paths(answer))
        return [facts for one in changed for facts in read(reader, one)]

    store_people([replace(facts, tmdb_id=n) for n, facts in enumerate(told("person"), 1)])
    store_collections(told("collection"))
    for one in told("page"):
        store_stubs(one.titles)
    assert Person.objects.exists()
