"""TMDB's JSON, good and bad: facts come out of it, or Garbled, and nothing else."""

import copy
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
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
    episode,
    film,
    listed,
    page,
    person,
    show,
    with_seasons,
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
TO_STORE = [value for value in NONSENSE if not isinstance(value, list | dict | bool)]

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


# --- Nonsense in every place ----------------------------------------------------------------------
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
@pytest.mark.parametrize("value", TO_STORE, ids=lambda value: repr(value)[:20])
def test_the_database_takes_whatever_a_title_may_say(
    reader: Read, answer: Json, value: Any
) -> None:
    told = [facts for path in paths(answer) for facts in read(reader, spoilt(answer, path, value))]
    store_titles([replace(facts, tmdb_id=10_000 + n) for n, facts in enumerate(told)])
    assert Title.objects.filter(tmdb_id__gte=10_000).count() == len(told) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("value", TO_STORE, ids=lambda value: repr(value)[:20])
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


# --- What is understood ---------------------------------------------------------------------------
@pytest.mark.parametrize(("reader", "names"), [(shapes.movie, "title"), (shapes.tv, "name")])
def test_a_title_without_a_name_is_garbled(reader: Read, names: str) -> None:
    answer = film() if names == "title" else show()
    with pytest.raises(Garbled):
        reader(answer | {names: " ", f"original_{names}": None})


def test_a_title_without_a_name_in_this_language_bears_its_own() -> None:
    assert shapes.movie(film(title="")).name == "Hafen 7"


@pytest.mark.parametrize(("reader", "answer"), [READERS["person"], READERS["collection"]])
@pytest.mark.parametrize("changes", [{"id": None}, {"name": None, "original_name": None}])
def test_who_has_no_name_or_number_is_garbled(reader: Read, answer: Json, changes: Json) -> None:
    with pytest.raises(Garbled):
        reader(answer | changes)


@pytest.mark.parametrize("value", [None, {}, "x", 7])
def test_a_list_without_results_is_garbled(value: Any) -> None:
    with pytest.raises(Garbled):
        shapes.page({"results": value}, "movie")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2001-04-05", date(2001, 4, 5)),
        ("2001-04-05T10:00:00.000Z", date(2001, 4, 5)),
        ("", None),
        ("2001-02-30", None),
        ("0000-00-00", None),
        ("soon", None),
        (20010405, None),
    ],
)
def test_a_date_is_a_date_or_not_known(value: Any, expected: date | None) -> None:
    assert shapes.movie(film(release_date=value)).release_date == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2001-03-01T12:00:00.000Z", datetime(2001, 3, 1, 12, tzinfo=UTC)),
        ("2001-03-01T12:00:00+02:00", datetime(2001, 3, 1, 10, tzinfo=UTC)),
        ("2001-03-01T12:00:00", datetime(2001, 3, 1, 12, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_an_instant_is_an_instant_or_not_known(value: Any, expected: datetime | None) -> None:
    answer = spoilt(film(), ("videos", "results", 0, "published_at"), value)
    assert shapes.movie(answer).videos[0].published_at == expected


def test_numbers_that_no_column_holds_are_not_known() -> None:
    facts = shapes.movie(film(runtime=2**31, budget=2**63, vote_average=11, popularity=math.inf))
    assert (facts.runtime, facts.budget, facts.vote_average, facts.popularity) == (None, 0, 10, 0)


def test_words_lose_what_no_database_keeps() -> None:
    facts = shapes.movie(film(overview=" a\x00b\ud800c "))
    assert facts.overview == "abc"


def test_an_address_that_is_no_web_address_is_not_known() -> None:
    assert shapes.movie(film(homepage="javascript:alert(1)")).homepage == ""


@pytest.mark.parametrize("code", ["", "d", "deu", "\x00\x00", "1!", "\ud800x", None, 12])
def test_a_code_is_two_letters_or_not_known(code: Any) -> None:
    facts = shapes.movie(film(original_language=code, origin_country=[code, "AT"]))
    assert facts.original_language_id is None
    assert {country.code for country in facts.countries} == {"DE", "AT"}


def test_a_films_rating_is_the_one_of_its_widest_release() -> None:
    releases = [
        {"type": kind, "release_date": "2001-04-05", "note": str(kind), "certification": rating}
        for kind, rating in ((1, "18"), (4, "16"), (3, "12"), (2, "6"))
    ]
    told = {"results": [{"iso_3166_1": "DE", "release_dates": releases}]}
    facts = shapes.movie(film(release_dates=told))
    assert [rating.code for rating in facts.certifications] == ["12"]
    assert len(facts.release_dates) == 4


@pytest.mark.parametrize("minutes", [[], None, -1, [0], [10**30], ["x"]])
def test_a_show_without_a_runtime_has_the_one_of_its_middling_episode(minutes: Any) -> None:
    episodes = [episode(n, n, runtime=runtime) for n, runtime in ((1, 20), (2, 30), (3, 90))]
    specials = [episode(9, 1, runtime=1)]
    told = show(episode_run_time=minutes) | with_seasons({0: specials, 1: episodes})
    assert shapes.tv(told).runtime == 30


def test_every_role_of_an_actor_is_a_credit_of_its_own() -> None:
    roles = {c.character: c.episode_count for c in shapes.tv(show()).credits if c.character}
    assert roles == {"Mate": 2, "Twin": 1}


def test_credits_without_an_id_are_told_apart_by_what_was_done() -> None:
    crew = [{"id": 5, "name": "Fay", "job": job} for job in ("Editor", "Writer", "Editor")]
    facts = shapes.movie(film(credits={"crew": crew}))
    assert [credit.job for credit in facts.credits] == ["Editor", "Writer"]


def test_a_title_is_not_linked_to_itself_nor_to_what_has_no_name() -> None:
    results = [listed(7), listed(1, original_title="", title=""), listed(0), listed(2)]
    facts = shapes.movie(film(recommendations={"results": results}, similar=None))
    assert [link.to.tmdb_id for link in facts.links] == [2]


def test_what_a_server_sends_is_read_as_it_was_sent() -> None:
    for reader, answer in READERS.values():
        assert reader(json.loads(json.dumps(answer))) == reader(answer)
