"""TMDB's JSON: what is understood of it, and what counts as not known."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.tmdb import Garbled, shapes
from tests.catalog.tmdb.answers import (
    Json,
    collection,
    episode,
    film,
    listed,
    person,
    show,
    with_seasons,
)

Read = Callable[[Any], Any]


@pytest.mark.parametrize(("reader", "names"), [(shapes.movie, "title"), (shapes.tv, "name")])
def test_a_title_without_a_name_is_garbled(reader: Read, names: str) -> None:
    answer = film() if names == "title" else show()
    with pytest.raises(Garbled):
        reader(answer | {names: " ", f"original_{names}": None})


def test_a_title_without_a_name_in_this_language_bears_its_own() -> None:
    assert shapes.movie(film(title="")).name == "Hafen 7"


@pytest.mark.parametrize(
    ("reader", "answer"), [(shapes.person, person()), (shapes.collection, collection())]
)
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
    answer = film()
    answer["videos"]["results"][0]["published_at"] = value
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
