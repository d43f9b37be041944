"""While TMDB is down, or more readers come than it may be asked for, no page waits for it."""

import html
from pathlib import Path
from typing import Any

import pytest
import responses
from django.test import Client

from catalog.models import Title
from catalog.refreshing import is_away
from catalog.source import pace
from catalog.tmdb import Crowded
from catalog.tmdb.book import FAILURES
from catalog.tmdb.limiter import Limiter
from tests.make import make_title, tmdb_movie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

MOVIE = "https://tmdb.test/3/movie/603"


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def title() -> Title:
    return make_title(tmdb_id=603, name="The Matrix", details_at=None, refresh_at=None)


def go_down() -> None:
    for _ in range(FAILURES):
        pace().failed()


@responses.activate
def test_while_the_circuit_is_open_a_page_shows_what_is_known_and_asks_nothing(
    client: Client, title: Title
) -> None:
    asked = responses.get(MOVIE, json=tmdb_movie(603))
    go_down()

    page = html.unescape(client.get("/movie/603-the-matrix").content.decode())

    assert "TMDB can't be reached just now" in page
    assert asked.call_count == 0


@responses.activate
def test_while_the_circuit_is_open_nobody_looks_further(client: Client) -> None:
    go_down()

    assert "looked=away" in client.post("/search/further", {"q": "heat"})["Location"]
    assert len(responses.calls) == 0


@responses.activate
def test_the_first_reader_after_an_outage_finds_out(client: Client, title: Title) -> None:
    responses.get(MOVIE, json=tmdb_movie(603))
    go_down()
    pace().answered()

    assert "Keanu Reeves" in client.get("/movie/603-the-matrix").content.decode()


@responses.activate
def test_a_crowd_of_readers_is_no_outage(
    client: Client, title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crowded(limiter: Limiter) -> None:
        raise Crowded

    monkeypatch.setattr(Limiter, "borrow", crowded)

    assert client.get("/movie/603-the-matrix").status_code == 200
    assert "looked=away" in client.post("/search/further", {"q": "heat"})["Location"]
    assert not is_away()
