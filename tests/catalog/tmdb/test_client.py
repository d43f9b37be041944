"""The client: what it asks TMDB, and how often."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.tmdb import TMDB, Garbled
from catalog.tmdb.client import PARTS_AT_MOST
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
from tests.catalog.tmdb.answers.served import Served, client

SECRET = "0f1e2d3c4b5a"


def test_a_film_comes_whole_in_one_request() -> None:
    served = Served({"movie/7": film(7)})
    facts = client(served).movie(7)
    assert served.times == {"movie/7": 1}
    assert (facts.name, len(facts.credits), len(facts.offers)) == ("Harbour 7", 3, 2)


def test_a_show_comes_with_its_seasons_in_one_request() -> None:
    served = Served({"tv/8": show(8)})
    facts = client(served).tv(8)
    assert served.times == {"tv/8": 1}
    assert [len(season.episodes or ()) for season in facts.seasons] == [1, 2]


@pytest.mark.parametrize(("kind", "answer"), [("movie", film(7)), ("tv", show(7))])
def test_never_more_parts_are_asked_than_tmdb_appends(kind: str, answer: Json) -> None:
    served = Served({f"{kind}/7": answer})
    client(served).title(kind, 7)
    parts = served.asked[0].params["append_to_response"].split(",")
    assert len(parts) == len(set(parts)) <= PARTS_AT_MOST


def test_a_show_of_many_seasons_is_asked_again_in_twenties() -> None:
    def answer(params: dict[str, str]) -> Json:
        parts = params["append_to_response"].split(",")
        return {key: value for key, value in told.items() if "/" not in key or key in parts}

    told = show(8) | with_seasons({n: [episode(900 + n, 1)] for n in range(46)})
    served = Served({"tv/8": answer})
    facts = client(served).tv(8)
    assert [season.number for season in facts.seasons] == list(range(46))
    assert all(season.episodes for season in facts.seasons)
    asked = [len(one.params["append_to_response"].split(",")) for one in served.asked]
    assert asked == [20, 20, 17]


def test_a_season_that_tmdb_keeps_to_itself_is_told_by_its_headline() -> None:
    told = show(8, **{"season/1": None})
    del told["season/0"]
    facts = client(Served({"tv/8": told})).tv(8)
    assert [season.episodes for season in facts.seasons] == [None, None]


def test_a_v3_key_is_sent_as_a_parameter() -> None:
    served = Served({"movie/7": film(7)})
    client(served, api_key=SECRET).movie(7)
    assert served.asked[0].params["api_key"] == SECRET
    assert "Authorization" not in served.asked[0].headers


def test_a_v4_token_is_sent_as_bearer_and_wins_over_a_key() -> None:
    served = Served({"movie/7": film(7)})
    client(served, token=SECRET, api_key="other").movie(7)
    assert served.asked[0].headers["Authorization"] == f"Bearer {SECRET}"
    assert "api_key" not in served.asked[0].params


def test_the_language_is_sent_and_pictures_are_wanted_in_it_in_english_and_without_words() -> None:
    served = Served({"movie/7": film(7)})
    client(served, language="pt-BR").movie(7)
    assert served.asked[0].params["language"] == "pt-BR"
    assert served.asked[0].params["include_image_language"] == "pt,en,null"


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda tmdb: tmdb.person(61), "person/61"),
        (lambda tmdb: tmdb.collection(31), "collection/31"),
        (lambda tmdb: tmdb.chart("trending/tv/week", 3), "trending/tv/week"),
        (lambda tmdb: tmdb.genres("tv"), "genre/tv/list"),
        (lambda tmdb: tmdb.countries(), "configuration/countries"),
        (lambda tmdb: tmdb.languages(), "configuration/languages"),
        (lambda tmdb: tmdb.providers("movie"), "watch/providers/movie"),
    ],
)
def test_everything_else_is_one_request(ask: Callable[[TMDB], Any], path: str) -> None:
    answers: Json = {
        "person/61": person(),
        "collection/31": collection(),
        "trending/tv/week": page(listed(1, "name"), last=9),
        "genre/tv/list": {"genres": [{"id": 1, "name": "Sea"}]},
        "configuration/countries": [{"iso_3166_1": "DE", "english_name": "Germany"}],
        "configuration/languages": [{"iso_639_1": "de", "english_name": "German"}],
        "watch/providers/movie": {"results": [{"provider_id": 81, "provider_name": "Wave"}]},
    }
    served = Served({path: answers[path]})
    assert ask(client(served))
    assert served.times == {path: 1}


def test_a_page_that_says_it_has_titles_and_names_none_is_garbled() -> None:
    empty = {"page": 1, "total_pages": 3, "total_results": 60, "results": [{"id": "x"}, None]}
    with pytest.raises(Garbled):
        client(Served({"movie/popular": empty})).chart("movie/popular")
    none = {"page": 1, "total_pages": 1, "total_results": 0, "results": []}
    assert client(Served({"movie/popular": none})).chart("movie/popular").titles == ()


def test_a_charts_kind_and_page_follow_from_what_was_asked() -> None:
    served = Served({"movie/popular": page(listed(1)), "tv/popular": page(listed(1, "name"))})
    tmdb = client(served)
    assert [tmdb.chart(f"{kind}/popular", 4).titles[0].kind for kind in ("movie", "tv")] == [
        "movie",
        "tv",
    ]
    assert served.asked[0].params["page"] == "4"
