"""A collection's page: its films in order, and what they come to."""

import html
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import responses
from django.test import Client

from catalog import tasks
from catalog.about.gathered import Gathered, films_of
from catalog.models import Collection, Title
from tests.make import make_title, make_translation

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
MATRIX = "https://tmdb.test/3/collection/2344"


def make_collection(**values: Any) -> Collection:
    """One that was asked about in full."""
    soon = datetime.now(UTC) + timedelta(days=30)
    return Collection.objects.create(
        **{"tmdb_id": 2344, "name": "The Matrix Collection", "refresh_at": soon} | values
    )


def shown(client: Client, collection: Collection) -> str:
    page = client.get(collection.get_absolute_url())
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def tmdb_collection() -> dict[str, Any]:
    part = {"id": 603, "title": "The Matrix", "release_date": "1999-03-31"}
    return {"id": 2344, "name": "The Matrix Collection", "overview": "Red.", "parts": [part]}


# --- What it comes to ----------------------------------------------------------------------------
def test_films_stand_in_the_order_they_came_out_and_what_has_no_date_last() -> None:
    collection = make_collection()
    for name, day in (("Next", None), ("Second", date(2003, 5, 15)), ("First", date(1999, 3, 31))):
        make_title(name=name, release_date=day, collection=collection)

    assert [film.name for film in films_of(collection, "en").films] == ["First", "Second", "Next"]


@pytest.mark.parametrize("values", [{"hidden_at": PAST}, {"adult": True}])
def test_films_that_are_hidden_or_adult_are_not_of_it(values: dict[str, Any]) -> None:
    collection = make_collection()
    make_title(collection=collection, **values)

    assert films_of(collection, "en").films == []


def test_it_comes_to_a_runtime_a_score_and_years() -> None:
    whole = Gathered(
        [
            Title(runtime=136, vote_average=8, year=1999),
            Title(runtime=138, vote_average=7, year=2003),
            Title(runtime=None, vote_average=0, year=None),
        ]
    )

    assert (whole.minutes, whole.timed, whole.score, whole.years) == (274, 2, 7.5, (1999, 2003))


def test_of_nothing_nothing_is_said() -> None:
    whole = Gathered([])

    assert (whole.minutes, whole.score, whole.years) == (0, None, None)


# --- The page ------------------------------------------------------------------------------------
def test_films_whose_runtime_is_unknown_are_said_to_be_left_out(client: Client) -> None:
    collection = make_collection()
    for runtime in (136, 138, None):
        make_title(collection=collection, runtime=runtime)

    page = shown(client, collection)

    assert "4 h 34 min of 2 of 3 films" in page


def test_each_film_is_led_to_by_the_reader_s_name_for_it(client: Client) -> None:
    collection = make_collection()
    film = make_title(name="The Matrix", collection=collection)
    make_translation(film, "fr", name="La Matrice")

    page = client.get(collection.get_absolute_url(), headers={"Accept-Language": "fr"})

    assert f'<a href="{film.get_absolute_url()}" lang="fr">La Matrice</a>' in page.content.decode()


def test_one_without_films_says_so(client: Client) -> None:
    assert "None of its films is in the catalogue yet." in shown(client, make_collection())


def test_machines_are_told_of_each_film(client: Client) -> None:
    collection = make_collection()
    film = make_title(name="The Matrix", collection=collection)

    source = client.get(collection.get_absolute_url()).content.decode()

    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    [part] = json.loads(data)["hasPart"]
    assert part["url"].endswith(film.get_absolute_url())


def test_a_long_one_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    collection = make_collection()
    for _ in range(30):
        make_title(collection=collection)

    with django_assert_max_num_queries(3):
        client.get(collection.get_absolute_url(), headers={"Accept-Language": "fr"})


def test_a_wrong_slug_leads_to_the_right_address(client: Client) -> None:
    collection = make_collection()

    page = client.get("/collection/2344-matrices")

    assert (page.status_code, page.headers["Location"]) == (301, collection.get_absolute_url())


def test_what_tmdb_has_dropped_is_not_found(client: Client) -> None:
    assert client.get(make_collection(hidden_at=PAST).get_absolute_url()).status_code == 404


# --- The first view, and later ones --------------------------------------------------------------
@responses.activate
@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize("known", [True, False])
def test_the_first_reader_has_tmdb_asked_once(client: Client, known: bool) -> None:
    if known:
        make_collection(refresh_at=None)
    responses.get(MATRIX, json=tmdb_collection())

    for _ in range(2):
        page = client.get("/collection/2344-the-matrix-collection").content.decode()
        assert "/movie/603-the-matrix" in page

    assert len(responses.calls) == 1


def test_what_is_old_is_refreshed_behind(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.refresh_collection, "delay", lambda **kwargs: queued.append(kwargs))
    collection = make_collection(refresh_at=PAST, fetched_at=PAST)

    for _ in range(2):
        assert "a fresh copy is on its way" in shown(client, collection)

    assert queued == [{"tmdb_id": 2344}]


# --- Brought up to date by a worker --------------------------------------------------------------
@responses.activate
@pytest.mark.usefixtures("with_key")
def test_a_collection_is_brought_up_to_date() -> None:
    make_collection(overview="Blue.", refresh_at=PAST)
    responses.get(MATRIX, json=tmdb_collection())

    tasks.refresh_collection(tmdb_id=2344)

    collection = Collection.objects.get()
    assert (collection.overview, collection.is_stale) == ("Red.", False)
    assert collection.titles.get().tmdb_id == 603


@responses.activate
@pytest.mark.usefixtures("with_key")
def test_a_collection_that_tmdb_has_dropped_is_hidden() -> None:
    make_collection()
    responses.get(MATRIX, status=404, json={"status_code": 34})

    tasks.refresh_collection(tmdb_id=2344)

    assert Collection.objects.get().hidden_at is not None
