"""Where TMDB has no picture, Fanart.tv may have one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
import responses
import time_machine
from django.test import Client
from django.utils import timezone

from catalog import tasks
from catalog.mirror import fanart
from catalog.models import Picture, Title
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from cinehub.work.models import Claim
from tests.catalog.mirror.pictures import opened, picture
from tests.catalog.tmdb.answers import film
from tests.make import make_show, make_title

pytestmark = pytest.mark.django_db

FANART = "https://fanart.test/v3"
ART = "https://art.test/fanart/movies/603/movieposter/the-matrix.jpg"


@pytest.fixture(autouse=True)
def key(with_key: None, settings: Any) -> None:
    settings.FANART_API_KEY = "secret"


@pytest.fixture
def host() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def art(number: int = 7, url: str = ART, **told: Any) -> dict[str, str]:
    return {"id": str(number), "url": url, "lang": "en", "likes": "1"} | told


def poster(*arts: dict[str, str]) -> dict[str, Any]:
    return {"name": "The Matrix", "tmdb_id": "603", "movieposter": list(arts)}


# --- Which ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arts", "chosen"),
    [
        ([art(1, likes="3"), art(2, likes="9"), art(3, likes="4")], 2),
        ([art(1, lang="de", likes="90"), art(2, lang="en", likes="1")], 2),
        ([art(1, lang="de", likes="90"), art(2, lang="00", likes="1")], 2),
        ([art(1, lang="", likes="90"), art(2, lang="en", likes="1")], 2),
        ([art(1, lang="de", likes="2"), art(2, lang="fr", likes="5")], 2),
        ([art(9), art(2), art(5)], 2),
        ([art(1, likes=""), {"id": "x"}, art(3, likes="2")], 3),
    ],
    ids=[
        "the best liked",
        "the site's language before others",
        "no words before another language",
        "the site's language before no words",
        "another language before nothing",
        "the oldest of equals",
        "what can be read of it",
    ],
)
def test_the_best_liked_in_the_sites_language_is_chosen(
    arts: list[dict[str, str]], chosen: int
) -> None:
    found = fanart.best(arts, "en")
    assert found
    assert found.number == chosen


@pytest.mark.parametrize("listed", [None, [], "nonsense", [None, 5, {}], [{"id": "1"}]])
def test_of_nothing_nothing_is_chosen(listed: Any) -> None:
    assert fanart.best(listed, "en") is None


# --- Asking ---------------------------------------------------------------------------------------
def test_a_title_without_a_poster_gets_one(host: responses.RequestsMock, client: Client) -> None:
    title = make_title(tmdb_id=603, backdrop_path="/tmdb.jpg")
    host.get(f"{FANART}/movies/603", json=poster(art(7)))
    host.get(ART, body=picture(size=(1000, 1426)))

    assert fanart.look_for_art(10) == 1

    title.refresh_from_db()
    assert (title.poster_path, title.backdrop_path) == ("/fanart-7.jpg", "/tmdb.jpg")
    answer = client.get("/picture/w342/fanart-7.jpg")
    assert opened(answer.content).size == (342, 488)
    assert host.calls[0].request.headers["api-key"] == "secret"
    assert "api-key" not in host.calls[1].request.headers


def test_a_show_is_asked_about_by_its_number_at_thetvdb(host: responses.RequestsMock) -> None:
    show = make_show(tvdb_id=81189)
    make_show(tvdb_id=None)
    told = {"tvposter": [art(1)], "showbackground": [art(2)], "clearlogo": [art(3)]}
    host.get(f"{FANART}/tv/81189", json=told)
    fanart.look_for_art(10)
    show.refresh_from_db()
    assert (show.poster_path, show.backdrop_path) == ("/fanart-1.jpg", "/fanart-2.jpg")


def test_it_is_brought_ahead_like_all_others(host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603, backdrop_path="/tmdb.jpg")
    host.get(f"{FANART}/movies/603", json=poster(art(7)))
    host.get(ART, body=picture(size=(500, 750)))
    tasks.mirror_ahead()
    assert Picture.objects.get(path="/fanart-7.jpg").files.count() == 5


def test_what_tmdb_has_is_not_asked_about(host: responses.RequestsMock) -> None:
    make_title(poster_path="/p.jpg", backdrop_path="/b.jpg")
    make_title(details_at=None)
    make_title(hidden_at=timezone.now())
    assert fanart.look_for_art(10) == 0
    assert len(host.calls) == 0


def test_nobody_is_asked_twice_in_a_month(host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603)
    asked = host.get(f"{FANART}/movies/603", status=404)
    for days, calls in ((0, 1), (29, 1), (31, 2)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            fanart.look_for_art(10)
        assert asked.call_count == calls


@pytest.mark.parametrize("without", ["key", "TMDB"])
def test_without_a_key_or_on_the_sample_nobody_is_asked(
    host: responses.RequestsMock, settings: Any, without: str
) -> None:
    settings.FANART_API_KEY = "" if without == "key" else "secret"
    settings.TMDB_IS_SAMPLE = without == "TMDB"
    make_title()
    assert fanart.look_for_art(10) == 0
    assert len(host.calls) == 0


@pytest.mark.parametrize(
    "failure",
    [{"status": 503}, {"status": 401}, {"body": "<html>"}, {"body": requests.ConnectionError()}],
    ids=str,
)
def test_while_it_is_away_the_rest_waits(
    host: responses.RequestsMock, failure: dict[str, Any]
) -> None:
    make_title(tmdb_id=1)
    make_title(tmdb_id=2)
    host.get(f"{FANART}/movies/1", **failure)
    assert fanart.look_for_art(10) == 0
    assert len(host.calls) == 1
    assert not Claim.objects.exists()


@pytest.mark.parametrize("answer", [[], {}, {"movieposter": "none"}, {"movieposter": [{}]}, 5])
def test_an_answer_that_makes_no_sense_changes_nothing(
    host: responses.RequestsMock, answer: Any
) -> None:
    make_title(tmdb_id=603)
    host.get(f"{FANART}/movies/603", json=answer)
    assert fanart.look_for_art(10) == 0
    assert not Picture.objects.exists()


def test_a_picture_from_elsewhere_is_not_fetched(
    host: responses.RequestsMock, client: Client
) -> None:
    make_title(tmdb_id=603)
    host.get(f"{FANART}/movies/603", json=poster(art(7, url="https://evil.example/a.jpg")))
    fanart.look_for_art(10)
    assert client.get("/picture/w342/fanart-7.jpg").status_code == 404
    assert len(host.calls) == 1


# --- With TMDB ------------------------------------------------------------------------------------
@pytest.fixture
def matrix(host: responses.RequestsMock) -> Title:
    """Held as TMDB tells it, with a poster of Fanart.tv."""
    store_titles([told(poster_path=None)])
    host.get(f"{FANART}/movies/1001", json=poster(art(7)))
    fanart.look_for_art(10)
    return Title.objects.get(tmdb_id=1001, kind="movie")


def told(**differences: Any) -> Any:
    return shapes.movie(film(1001, **differences))


def test_a_sync_leaves_it_where_tmdb_still_has_none(matrix: Title) -> None:
    store_titles([told(poster_path=None)])
    matrix.refresh_from_db()
    assert matrix.poster_path == "/fanart-7.jpg"


def test_a_poster_of_tmdb_takes_its_place(matrix: Title) -> None:
    store_titles([told(poster_path="/tmdb.jpg")])
    matrix.refresh_from_db()
    assert matrix.poster_path == "/tmdb.jpg"


def test_what_tmdb_itself_took_back_is_gone(matrix: Title) -> None:
    store_titles([told(poster_path="/tmdb.jpg")])
    store_titles([told(poster_path=None)])
    matrix.refresh_from_db()
    assert matrix.poster_path == ""
