"""Pages that are kept are thrown away when the sync has changed what they show."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from catalog.models import Title
from catalog.sync.charts import store_chart
from catalog.sync.titles import hide_title, store_titles
from catalog.tmdb.shapes import titles as shapes
from tests.make import make_title

pytestmark = [
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("keeping"),
]


def matrix(name: str) -> Any:
    return shapes.movie({"id": 603, "title": name, "original_title": name, "popularity": 9.0})


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_title_s_page_shows_its_new_name(client: Client) -> None:
    store_titles([matrix("The Matrix")])
    page(client, "/movie/603-the-matrix")

    store_titles([matrix("Matrix Reborn")])

    assert "Matrix Reborn" in page(client, "/movie/603-the-matrix")


def test_a_title_that_is_dropped_is_gone_at_once(client: Client) -> None:
    store_titles([matrix("The Matrix")])
    page(client, "/movie/603-the-matrix")

    hide_title("movie", 603)

    assert client.get("/movie/603-the-matrix").status_code == 404


def test_a_chart_shows_what_came_onto_it(client: Client) -> None:
    film = make_title(name="Heat")
    assert "Heat" not in page(client, "/")

    stub = shapes.movie({"id": film.tmdb_id, "title": "Heat"})
    store_chart(("popular", "movie"), [stub])

    assert "Heat" in page(client, "/")


def test_what_is_rolled_back_throws_nothing_away(
    client: Client, django_assert_num_queries: Any
) -> None:
    store_titles([matrix("The Matrix")])
    page(client, "/movie/603-the-matrix")

    with transaction.atomic():
        Title.objects.update(refresh_at=timezone.now() + timedelta(days=1))
        store_titles([matrix("Matrix Reborn")])
        transaction.set_rollback(True)

    with django_assert_num_queries(0):
        assert "Matrix Reborn" not in page(client, "/movie/603-the-matrix")
