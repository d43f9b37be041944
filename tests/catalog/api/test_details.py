"""A film, a show, and what hangs on them; also where TMDB is to tell of them."""

from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language

from catalog.models import Certification, Title
from catalog.sync.merging import merge
from catalog.sync.telling import tell
from tests.make import (
    make_collection,
    make_credit,
    make_episode,
    make_genre,
    make_link,
    make_offer,
    make_season,
    make_show,
    make_title,
    make_translation,
    tmdb_movie,
)

pytestmark = pytest.mark.django_db

MATRIX = "/api/v1/movies/603/"
AT_TMDB = "https://tmdb.test/3/movie/603"


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    """When TMDB wanted quiet in one test, that is no concern of the next."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def matrix() -> Title:
    return make_title(tmdb_id=603, name="The Matrix", overview="A hacker learns the truth.")


def test_a_film_tells_what_its_page_tells(client: Client, matrix: Title) -> None:
    matrix.genres.add(make_genre(tmdb_id=28, name="Action"))
    Certification.objects.create(title=matrix, country="US", code="R")

    told = client.get(MATRIX).json()

    assert told["overview"] == "A hacker learns the truth."
    assert told["genres"] == [{"id": 28, "name": "Action"}]
    assert (told["certification"], told["data_age"]) == ("R", "fresh")
    assert "credits" not in told


def test_words_are_in_the_language_asked_for(client: Client, matrix: Title) -> None:
    make_translation(matrix, "de", name="Matrix", overview="Ein Hacker.")

    told = client.get(MATRIX, {"language": "de-AT"}).json()

    assert (told["title"], told["overview"]) == ("Matrix", "Ein Hacker.")


@pytest.mark.parametrize(("language", "spoken"), [("ru-RU", "ru"), ("xx", "en")])
def test_genres_are_in_the_language_asked_for_if_the_site_speaks_it(
    client: Client, matrix: Title, monkeypatch: pytest.MonkeyPatch, language: str, spoken: str
) -> None:
    monkeypatch.setattr("catalog.api.shapes.said", lambda name: f"{name} in {get_language()}")
    matrix.genres.add(make_genre(name="A genre"))

    (genre,) = client.get(MATRIX, {"language": language}).json()["genres"]

    assert genre["name"] == f"A genre in {spoken}"


def test_certifications_are_those_of_the_region(client: Client, matrix: Title) -> None:
    Certification.objects.create(title=matrix, country="DE", code="16")

    assert client.get(MATRIX, {"region": "DE"}).json()["certification"] == "16"


def test_what_is_expanded_comes_along(client: Client, matrix: Title) -> None:
    make_credit(matrix, character="Neo")
    make_link(matrix, make_title(name="Dark City"))

    told = client.get(MATRIX, {"expand": "credits,recommendations"}).json()

    assert told["credits"]["cast"][0]["character"] == "Neo"
    assert [each["title"] for each in told["recommendations"]] == ["Dark City"]


@pytest.mark.parametrize("query", [{"expand": "beauty"}, {"fields": "beauty"}])
def test_what_there_is_not_is_refused(client: Client, matrix: Title, query: Any) -> None:
    answer = client.get(MATRIX, query)

    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == list(query)


def test_no_more_is_told_than_is_asked_for(client: Client, matrix: Title) -> None:
    assert client.get(MATRIX, {"fields": "id,title"}).json() == {"id": 603, "title": "The Matrix"}


def test_a_hidden_collection_is_not_named(client: Client) -> None:
    collection = make_collection(hidden_at=timezone.now())
    make_title(tmdb_id=603, collection=collection)

    assert client.get(MATRIX).json()["belongs_to_collection"] is None


def test_a_show_knows_its_seasons_and_what_airs_next(client: Client) -> None:
    show = make_show(tmdb_id=1396)
    make_season(show, number=0)
    season = make_season(show, number=1)
    make_episode(season, number=7, air_date="2099-01-01")

    told = client.get("/api/v1/tv/1396/").json()

    assert [each["season_number"] for each in told["seasons"]] == [1, 0]
    assert told["next_episode_to_air"]["episode_number"] == 7


def test_providers_are_of_all_countries_or_of_one(client: Client, matrix: Title) -> None:
    make_offer(matrix, country="US")
    make_offer(matrix, country="DE")
    address = f"{MATRIX}watch-providers/"

    everywhere = client.get(address).json()["results"]
    there = client.get(address, {"region": "DE"}).json()["results"]

    assert [each["iso_3166_1"] for each in everywhere] == ["DE", "US"]
    assert [each["iso_3166_1"] for each in there] == ["DE"]


@pytest.mark.parametrize("number", [0, 9])
def test_a_season_that_is_not_there_is_nowhere(client: Client, number: int) -> None:
    make_season(make_show(tmdb_id=1396))

    assert client.get(f"/api/v1/tv/1396/seasons/{number}/").status_code == 404
    assert client.get(f"/api/v1/tv/1396/seasons/{number}/episodes/").status_code == 404


def test_episodes_know_their_neighbours(client: Client) -> None:
    season = make_season(make_show(tmdb_id=1396))
    for number in (1, 2):
        make_episode(season, number=number)

    told = client.get("/api/v1/tv/1396/seasons/1/episodes/2/").json()

    assert told["previous"] == {"season_number": 1, "episode_number": 1}
    assert told["next"] is None


# --- What is not here ----------------------------------------------------------------------------
@pytest.mark.usefixtures("with_key")
@responses.activate
def test_what_is_not_here_yet_is_asked_of_tmdb(client: Client) -> None:
    responses.get(AT_TMDB, json=tmdb_movie())

    assert client.get(MATRIX).json()["title"] == "The Matrix"


@pytest.mark.usefixtures("with_key")
@responses.activate
def test_what_tmdb_does_not_know_either_is_nowhere(client: Client) -> None:
    responses.get(AT_TMDB, status=404, json={"status_code": 34})

    assert client.get(MATRIX).status_code == 404


@pytest.mark.usefixtures("with_key")
@responses.activate
def test_tmdb_away_is_said_with_when_to_come_again(client: Client) -> None:
    responses.get(AT_TMDB, body=requests.ConnectionError("refused"))

    answer = client.get(MATRIX)

    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/tmdb-unreachable/")
    assert int(answer["Retry-After"]) > 0


@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize("time", ["first", "second"])
@responses.activate
def test_an_answer_of_no_use_is_told_apart(client: Client, time: str) -> None:
    responses.get(AT_TMDB, json=[])
    if time == "second":
        client.get(MATRIX)

    answer = client.get(MATRIX)

    assert answer.status_code == 502
    assert answer.json()["type"].endswith("/tmdb-error/")


@pytest.mark.usefixtures("with_key", "keeping")
@responses.activate
def test_what_is_old_is_told_with_its_age_and_not_kept(client: Client) -> None:
    make_title(tmdb_id=603, details_at=None, refresh_at=None, name="A stub")
    responses.get(AT_TMDB, body=requests.ConnectionError("refused"))

    first = client.get(MATRIX)

    assert first.json()["data_age"] == "unreachable"
    assert first["Cache-Control"] == "private, no-cache"
    Title.objects.filter(tmdb_id=603).update(name="Another name")
    assert client.get(MATRIX).json()["title"] == "Another name"


@pytest.mark.parametrize("below", ["", "credits/", "watch-providers/?region=DE"])
def test_a_merged_title_leads_to_the_other(client: Client, below: str) -> None:
    merge(make_title(tmdb_id=603), make_title(tmdb_id=604))

    answer = client.get(f"{MATRIX}{below}")

    assert answer.status_code == 308
    assert answer["Location"] == f"/api/v1/movies/604/{below}"


# --- Again ---------------------------------------------------------------------------------------
@pytest.mark.usefixtures("keeping")
def test_what_is_kept_costs_no_question(
    client: Client, matrix: Title, django_assert_num_queries: Any
) -> None:
    first = client.get(MATRIX)

    with django_assert_num_queries(0):
        again = client.get(MATRIX)

    assert again.json() == first.json()
    assert again["Last-Modified"] == first["Last-Modified"]


@pytest.mark.usefixtures("keeping")
def test_what_has_changed_is_told_anew(
    client: Client, matrix: Title, django_capture_on_commit_callbacks: Any
) -> None:
    client.get(MATRIX)
    with django_capture_on_commit_callbacks(execute=True):
        Title.objects.filter(pk=matrix.pk).update(name="Another name")
        tell("movie/603")

    assert client.get(MATRIX).json()["title"] == "Another name"


def test_numbers_that_no_database_has_are_nowhere(client: Client) -> None:
    assert client.get(f"/api/v1/movies/{10**20}/").status_code == 404
