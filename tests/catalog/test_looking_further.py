"""Asking TMDB for what is not here: once, within bounds, and only for who asks for it."""

import html
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from catalog import looking
from catalog.models import Genre, Person, Title
from catalog.refreshing import UNREACHABLE
from cinehub.work.models import Claim
from tests.make import make_person, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

MULTI = "https://tmdb.test/3/search/multi"
FIND = "https://tmdb.test/3/find/tt0113277"

FILM = {
    "media_type": "movie",
    "id": 949,
    "title": "Heat",
    "release_date": "1995-12-15",
    "original_language": "en",
    "vote_average": 7.9,
    "vote_count": 7000,
    "adult": False,
    "genre_ids": [80],
}
SHOW = {"media_type": "tv", "id": 1396, "name": "Heat Rises", "first_air_date": "2008-01-20"}
PERSON = {"media_type": "person", "id": 1158, "name": "Heath", "known_for_department": "Acting"}
FAILURES: dict[str, dict[str, Any]] = {
    "an error": {"status": 500, "body": "oops"},
    "not JSON": {"body": "{truncated"},
    "nothing": {"json": {}},
    "a refused key": {"status": 401, "json": {"status_code": 7}},
    "too fast": {"status": 429, "json": {}, "headers": {"Retry-After": "1"}},
    "silence": {"body": requests.ReadTimeout("silent")},
}


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    """When TMDB wanted quiet in one test, that is no concern of the next."""
    settings.DATA_DIR = tmp_path


def answers(*items: Any) -> responses.BaseResponse:
    return responses.get(MULTI, json={"page": 1, "results": items})


def look(client: Client, words: str = "heat") -> str:
    """Where somebody is led who looks further."""
    answer = client.post("/search/further", {"q": words})
    assert answer.status_code == 303
    return answer["Location"]


def looked(client: Client, words: str = "heat") -> str:
    return parse_qs(urlsplit(look(client, words)).query)["looked"][0]


def shown(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


# --- What comes of it ----------------------------------------------------------------------------
@responses.activate
def test_what_tmdb_finds_is_here_from_then_on(client: Client) -> None:
    Genre.objects.create(tmdb_id=80, name="Crime")
    answers(FILM, SHOW, PERSON)

    look(client)

    assert {title.name for title in Title.objects.all()} == {"Heat", "Heat Rises"}
    assert [genre.name for genre in Title.objects.get(tmdb_id=949).genres.all()] == ["Crime"]
    assert Person.objects.get().name == "Heath"


@responses.activate
def test_what_came_can_be_searched_for_at_once(client: Client) -> None:
    answers(FILM)

    look(client)

    assert "Heat" in shown(client, "/search?q=heat&type=movie")


@responses.activate
def test_the_page_says_what_came(client: Client) -> None:
    answers(FILM, SHOW, PERSON)

    page = shown(client, look(client))

    assert "Films and TV: 2 more from TMDB" in page
    assert "People: 1 more from TMDB" in page


@responses.activate
def test_what_came_stands_on_the_page_once(client: Client) -> None:
    answers(FILM)

    assert shown(client, look(client)).count('href="/movie/949-heat"') == 1


@responses.activate
def test_what_the_search_here_would_not_find_by_these_words_is_shown(client: Client) -> None:
    """TMDB knows other names of it than its lists tell."""
    answers(FILM)

    assert "Heat" in shown(client, look(client, "Fuego contra fuego"))


@responses.activate
def test_what_was_found_here_already_is_nothing_more(client: Client) -> None:
    make_title(tmdb_id=949, name="Heat")
    make_person(tmdb_id=1158, name="Heath")
    call_command("reindex", verbosity=0)
    answers(FILM, PERSON)

    address = look(client)

    assert address.endswith("looked=nothing")
    assert "knows nothing more by that name" in shown(client, address)


@responses.activate
def test_if_tmdb_knows_nothing_either_the_page_says_so(client: Client) -> None:
    answers()

    page = shown(client, look(client, "zzzz"))

    assert "knows nothing by that name" in page
    assert 'action="/search/further"' not in page


@responses.activate
def test_what_is_for_adults_only_is_not_stored(client: Client) -> None:
    answers(FILM | {"adult": True}, PERSON | {"adult": True})

    assert looked(client) == "nothing"
    assert not Title.objects.exists()
    assert not Person.objects.exists()


@responses.activate
@pytest.mark.parametrize(
    "item", [{"media_type": "movie"}, {"media_type": "collection", "id": 1}, {"id": 3}, "x", None]
)
def test_what_makes_no_sense_in_an_answer_is_left_out(client: Client, item: Any) -> None:
    answers(item, FILM)

    assert looked(client) == "movie-949"


# --- How it is asked -----------------------------------------------------------------------------
@responses.activate
def test_tmdb_is_asked_for_the_words_in_the_site_s_language(client: Client) -> None:
    answers(FILM)

    look(client, "  heat\x00 wave ")

    asked = parse_qs(urlsplit(responses.calls[0].request.url or "").query)
    assert (asked["query"], asked["language"]) == (["heat wave"], ["en-US"])
    assert asked["include_adult"] == ["false"]


@responses.activate
def test_where_tmdb_finds_nothing_with_a_year_it_is_left_out(client: Client) -> None:
    responses.get(
        MULTI,
        json={"results": []},
        match=[responses.matchers.query_param_matcher({"query": "heat 1995"}, strict_match=False)],
    )
    responses.get(
        MULTI,
        json={"results": [FILM]},
        match=[responses.matchers.query_param_matcher({"query": "heat"}, strict_match=False)],
    )

    assert looked(client, "heat 1995") == "movie-949"


@responses.activate
@pytest.mark.parametrize("again", ["heat", "HEAT", "  heat "])
def test_the_same_words_are_asked_once_in_half_an_hour(client: Client, again: str) -> None:
    asked = answers(FILM)

    first = looked(client)

    assert looked(client, again) == first
    assert asked.call_count == 1


@responses.activate
def test_where_nobody_remembers_the_answer_it_is_still_not_asked_again(client: Client) -> None:
    asked = answers(FILM)

    look(client)
    cache.clear()

    assert looked(client) == "nothing"
    assert asked.call_count == 1


@responses.activate
def test_after_half_an_hour_the_same_words_are_asked_again(client: Client) -> None:
    asked = answers(FILM)
    with time_machine.travel("2026-01-01 12:00", tick=False) as clock:
        look(client)
        clock.shift(looking.REMEMBERED_SECONDS + 1)
        look(client)

    assert asked.call_count == 2


@responses.activate
def test_reading_never_asks(client: Client) -> None:
    asked = answers(FILM)

    assert client.get("/search/further?q=heat").status_code == 405
    for address in ("/search?q=heat", "/search?q=heat&looked=movie-949", "/search?q=tt0113277"):
        client.get(address)

    assert asked.call_count == 0
    assert not Title.objects.exists()


@responses.activate
@pytest.mark.parametrize("words", ["", "   ", "\x00"])
def test_nothing_is_not_looked_for(client: Client, words: str) -> None:
    assert look(client, words) == "/search"


@responses.activate
@pytest.mark.parametrize(
    "words", ["x" * 10_000, "%" * 300, "'; DROP TABLE catalog_title; --", "🎬"]
)
def test_whatever_is_looked_for_is_answered(client: Client, words: str) -> None:
    answers()

    assert looked(client, words) == "nothing"


def test_no_cookie_is_needed_for_it() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/search/further", {"q": ""}).status_code == 303


@responses.activate
def test_who_looks_too_often_is_asked_to_wait(client: Client) -> None:
    asked = answers()

    statuses = [client.post("/search/further", {"q": f"heat {n}"}).status_code for n in range(25)]

    assert statuses[0] == 303
    assert statuses[-1] == 429
    assert asked.call_count < len(statuses)


# --- Without TMDB --------------------------------------------------------------------------------
@responses.activate
@pytest.mark.parametrize("failure", FAILURES)
def test_however_tmdb_fails_what_is_here_is_shown(client: Client, failure: str) -> None:
    make_title(name="Heat")
    call_command("reindex", verbosity=0)
    responses.get(MULTI, **FAILURES[failure])

    page = shown(client, look(client))

    assert "TMDB can't be asked just now" in page
    assert "Heat" in page
    assert 'action="/search/further"' in page


@responses.activate
def test_after_a_failure_nobody_waits_for_half_a_minute(client: Client) -> None:
    broken = responses.get(MULTI, status=500)

    assert [looked(client, words) for words in ("heat", "heat", "dark")] == ["away"] * 3

    assert broken.call_count == 1


@responses.activate
def test_what_failed_can_be_tried_again_after_half_a_minute(client: Client) -> None:
    with time_machine.travel("2026-01-01 12:00", tick=False) as clock:
        with responses.RequestsMock() as broken:
            broken.get(MULTI, status=500)
            look(client)
        clock.shift(looking.UNREACHABLE_SECONDS + 1)
        answers(FILM)

        assert looked(client) == "movie-949"


def test_while_tmdb_is_away_it_is_not_asked(client: Client) -> None:
    Claim.objects.hold(UNREACHABLE, seconds=30)

    assert looked(client) == "away"


def test_nobody_waits_longer_than_a_page_may_take(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(seconds: float, *_: Any) -> None:
        assert seconds <= 2.5
        raise TimeoutError

    monkeypatch.setattr(looking, "within", too_long)

    assert looked(client) == "away"


@responses.activate
def test_while_nothing_can_be_written_nothing_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> None:
        raise OperationalError("database is locked")

    answers(FILM)
    monkeypatch.setattr(looking, "store_stubs", busy)

    assert looked(client) == "away"


# --- Pasted addresses ----------------------------------------------------------------------------
@responses.activate
def test_an_imdb_id_leads_to_what_it_is_of(client: Client) -> None:
    responses.get(FIND, json={"movie_results": [FILM], "tv_results": [], "person_results": []})

    assert look(client, "https://www.imdb.com/title/tt0113277/") == "/movie/949-heat"


@responses.activate
def test_an_imdb_id_that_tmdb_does_not_know_is_nothing(client: Client) -> None:
    responses.get(FIND, json={f"{kind}_results": [] for kind in ("movie", "tv", "person")})

    assert looked(client, "tt0113277") == "nothing"


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://www.themoviedb.org/movie/949-heat?language=de", "/movie/949"),
        ("https://www.themoviedb.org/tv/1396", "/tv/1396"),
        ("themoviedb.org/person/1158-al-pacino", "/person/1158"),
        ("https://www.themoviedb.org/collection/2344", "/collection/2344"),
    ],
)
def test_an_address_of_tmdb_leads_to_the_page_that_asks_for_it(
    client: Client, words: str, address: str
) -> None:
    assert look(client, words) == address


def test_what_came_is_read_from_the_address_within_bounds() -> None:
    many = ".".join(f"movie-{n}" for n in range(1000))

    read = looking.Looked.read(many)

    assert read
    assert len(read.more) == looking.AT_MOST
