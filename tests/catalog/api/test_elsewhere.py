"""Search, people, terms, the calendar and ids of others."""

from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from django.core.management import call_command
from django.test import Client

from catalog.models import Keyword, Network
from tests.make import (
    make_collection,
    make_credit,
    make_person,
    make_release,
    make_show,
    make_title,
    tmdb_movie,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/"


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def _fields(answer: Any) -> set[str]:
    assert answer.status_code == 400
    return {each["field"] for each in answer.json()["errors"]}


@pytest.fixture
def matrices() -> None:
    make_title(name="The Matrix", vote_count=100, imdb_id="tt0133093")
    make_show(name="Matrix", vote_count=50)
    make_collection(name="The Matrix Collection")
    make_person(name="Matrix Person")
    call_command("reindex")


def test_a_search_finds_things_of_every_kind(client: Client, matrices: None) -> None:
    found = client.get(f"{API}search/", {"q": "matrix"}).json()["results"]

    assert {each["media_type"] for each in found} == {"movie", "tv", "person", "collection"}
    for each in found:
        told = [name for name in ("title", "person", "collection") if each[name]]
        assert told == ["title" if each["media_type"] in ("movie", "tv") else each["media_type"]]


@pytest.mark.parametrize(
    ("room", "name"), [("movies", "The Matrix"), ("tv", "Matrix"), ("people", "Matrix Person")]
)
def test_a_search_may_be_for_one_kind(client: Client, matrices: None, room: str, name: str) -> None:
    (found,) = client.get(f"{API}search/{room}/", {"q": "matrix"}).json()["results"]

    assert found.get("title", found.get("name")) == name


def test_a_pasted_id_finds_the_one_thing(client: Client, matrices: None) -> None:
    found = client.get(f"{API}search/", {"q": "tt0133093"}).json()["results"]

    assert [each["title"]["title"] for each in found] == ["The Matrix"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "  "}, {"q": "a" * 201}, {"q": "\0"}])
def test_a_search_for_nothing_is_refused(client: Client, query: Any) -> None:
    assert _fields(client.get(f"{API}search/", query)) == {"q"}


def test_a_year_that_is_none_is_refused(client: Client) -> None:
    query = {"q": "matrix", "year_from": "long ago"}

    assert _fields(client.get(f"{API}search/movies/", query)) == {"year_from"}


# --- Further -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("with_key")
@responses.activate
def test_tmdb_is_asked_for_what_is_not_here(client: Client) -> None:
    film = {"id": 603, "title": "The Matrix", "media_type": "movie"}
    responses.get("https://tmdb.test/3/search/multi", json={"page": 1, "results": [film]})

    answer = client.post(f"{API}search/further/", {"q": "matrix"}, content_type="application/json")

    assert [each["title"]["id"] for each in answer.json()["results"]] == [603]


@pytest.mark.usefixtures("with_key")
@responses.activate
def test_a_pasted_address_is_looked_up(client: Client) -> None:
    responses.get("https://tmdb.test/3/movie/603", json=tmdb_movie())

    pasted = {"q": "https://www.themoviedb.org/movie/603-the-matrix"}
    answer = client.post(f"{API}search/further/", pasted, content_type="application/json")

    assert [each["title"]["id"] for each in answer.json()["results"]] == [603]


@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize("ask", ["further", "find"])
@responses.activate
def test_that_tmdb_is_away_is_said(client: Client, ask: str) -> None:
    responses.get("https://tmdb.test/3/find/tt0133093", body=requests.ConnectionError("refused"))
    if ask == "find":
        answer = client.get(f"{API}find/tt0133093/")
    else:
        words = {"q": "tt0133093"}
        answer = client.post(f"{API}search/further/", words, content_type="application/json")

    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/tmdb-unreachable/")


# --- Ids of others -------------------------------------------------------------------------------
def test_things_are_found_by_the_ids_of_others(client: Client) -> None:
    make_show(name="Breaking Bad", tvdb_id=81189)
    make_person(name="Keanu Reeves", imdb_id="nm0000206")

    show = client.get(f"{API}find/81189/").json()
    person = client.get(f"{API}find/nm0000206/").json()

    assert [each["title"] for each in show["tv_results"]] == ["Breaking Bad"]
    assert [each["name"] for each in person["person_results"]] == ["Keanu Reeves"]


@pytest.mark.parametrize("address", ["81189/?source=imdb_id", "tt0133093/?source=tvdb_id"])
def test_an_id_that_the_source_does_not_have_is_refused(client: Client, address: str) -> None:
    assert _fields(client.get(f"{API}find/{address}")) == {"source"}


# --- People --------------------------------------------------------------------------------------
def test_everybody_is_listed_the_best_known_first(client: Client) -> None:
    make_person(name="Hardly known", popularity=1)
    make_person(name="Well known", popularity=9)
    make_person(name="For adults", adult=True)

    told = client.get(f"{API}people/").json()["results"]

    assert [each["name"] for each in told] == ["Well known", "Hardly known"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Acted in", "Directed"]),
        ({"department": "directing"}, ["Directed"]),
        ({"media_type": "tv"}, ["Directed"]),
    ],
)
def test_the_work_of_somebody_is_narrowed(client: Client, query: Any, names: list[str]) -> None:
    person = make_person(known_for="Acting", details_at="2026-01-01T00:00Z", refresh_at=None)
    make_credit(make_title(name="Acted in"), person)
    make_credit(make_show(name="Directed"), person, department="Directing", job="Director")

    told = client.get(f"{API}people/{person.pk}/credits/", query).json()["results"]

    assert [each["title"]["title"] for each in told] == names


@pytest.mark.parametrize("name", ["department", "media_type", "sort"])
def test_work_of_no_such_kind_is_refused(client: Client, name: str) -> None:
    person = make_person(details_at="2026-01-01T00:00Z")

    assert _fields(client.get(f"{API}people/{person.pk}/credits/", {name: "beauty"})) == {name}


# --- Terms ---------------------------------------------------------------------------------------
def test_a_term_leads_to_its_titles(client: Client) -> None:
    keyword = Keyword.objects.create(tmdb_id=9951, name="alien")
    make_title(name="Alien").keywords.add(keyword)

    told = client.get(f"{API}keywords/9951/").json()
    titles = client.get(told["movies_url"].removeprefix("http://testserver")).json()

    assert [each["title"] for each in titles["results"]] == ["Alien"]


def test_only_shows_have_networks(client: Client) -> None:
    Network.objects.create(tmdb_id=174, name="AMC")

    assert client.get(f"{API}networks/174/").json()["movies_url"] is None


def test_terms_are_found_by_how_they_begin(client: Client) -> None:
    for n, name in enumerate(("alien", "Alien invasion", "space")):
        Keyword.objects.create(tmdb_id=n + 1, name=name)

    told = client.get(f"{API}keywords/", {"q": "ALIEN"}).json()["results"]

    assert {each["name"] for each in told} == {"alien", "Alien invasion"}


def test_counting_ends_somewhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.api.lengths.COUNTED", 2)
    for n in range(4):
        Keyword.objects.create(tmdb_id=n + 1, name=f"keyword {n}")

    told = client.get(f"{API}keywords/").json()

    assert (told["total_results"], told["total_is_exact"]) == (2, False)
    assert client.get(f"{API}keywords/", {"page": 2, "page_size": 2}).status_code == 404


# --- The calendar --------------------------------------------------------------------------------
def test_the_calendar_tells_what_comes_out_in_the_region(client: Client) -> None:
    make_release(make_title(name="Here"), "2026-03-01", country="DE")
    make_release(make_title(name="There"), "2026-03-01", country="US")
    make_release(make_title(name="Later"), "2026-03-09", country="DE")

    told = client.get(f"{API}calendar/", {"from": "2026-03-01", "region": "DE"}).json()

    assert [(each["date"], each["title"]["title"]) for each in told["results"]] == [
        ("2026-03-01", "Here")
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "0001-01-01"}, "from"),
        ({"from": "9999-12-31"}, "from"),
        ({"from": "someday"}, "from"),
        ({"from": "2026-03-01", "to": "2026-02-01"}, "to"),
        ({"from": "2026-03-01", "to": "2026-05-01"}, "to"),
        ({"media_type": "person"}, "media_type"),
    ],
)
def test_days_that_make_no_sense_are_refused(client: Client, query: Any, field: str) -> None:
    assert _fields(client.get(f"{API}calendar/", query)) == {field}
