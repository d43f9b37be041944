"""Collections, and the films in them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from catalog.models import Collection, Title
from catalog.sync.ages import COLLECTION_DAYS
from catalog.sync.collections import hide_collection, store_collections
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import collection, film, listed

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_a_collection_says_what_tmdb_says_and_when_to_ask_again() -> None:
    with time_machine.travel(NOON, tick=False):
        store_collections([shapes.collection(collection())])
    held = Collection.objects.get(pk=31)
    assert (held.name, held.overview) == ("The Harbours", "Two films by the sea.")
    assert (held.poster_path, held.backdrop_path) == ("/harbours.jpg", "/harbours-wide.jpg")
    assert held.refresh_at == NOON + timedelta(days=COLLECTION_DAYS)


def test_a_collection_brings_stubs_of_its_films_and_gathers_those_held() -> None:
    store_titles([shapes.movie(film(7, belongs_to_collection=None))])
    store_collections([shapes.collection(collection())])
    films = Collection.objects.get(pk=31).titles.order_by("tmdb_id")
    assert [title.name for title in films] == ["Harbour 7", "Listed 17"]


def test_storing_twice_adds_no_row() -> None:
    for _ in range(2):
        store_collections([shapes.collection(collection())])
    assert (Collection.objects.count(), Title.objects.count()) == (1, 2)


def test_a_collection_without_films_is_held() -> None:
    store_collections([shapes.collection(collection(parts=[]))])
    assert Collection.objects.get(pk=31).titles.count() == 0


def test_a_film_may_be_in_two_collections_one_after_the_other() -> None:
    store_collections([shapes.collection(collection())])
    store_collections([shapes.collection(collection(32, name="The Ports", parts=[listed(7)]))])
    assert Title.objects.get(tmdb_id=7).collection_id == 32


def test_a_dropped_collection_is_hidden_and_comes_back_with_its_films() -> None:
    store_collections([shapes.collection(collection())])
    assert [hide_collection(31), hide_collection(31)] == [1, 0]
    assert Collection.objects.get(pk=31).hidden_at is not None
    assert Title.objects.visible().count() == 2
    store_collections([shapes.collection(collection())])
    assert Collection.objects.get(pk=31).hidden_at is None
