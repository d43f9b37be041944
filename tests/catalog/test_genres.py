"""Genres are called what the reader calls them."""

import pytest
from django.test import Client

from tests.make import make_genre, make_title

pytestmark = pytest.mark.django_db

RUSSIAN = {"HTTP_ACCEPT_LANGUAGE": "ru"}


@pytest.mark.parametrize(
    "address",
    [
        "/discover/movie?genre=28",
        "/genre/28-action",
        "/movie/603-the-matrix",
        "/search?q=matrix&genre=28",
    ],
)
def test_on_every_page(client: Client, address: str) -> None:
    action = make_genre(tmdb_id=28, name="Action", for_movies=True)
    for n in range(7):
        make_title(tmdb_id=603 + n, name="The Matrix").genres.add(action)

    russian = client.get(address, **RUSSIAN).content.decode()
    english = client.get(address).content.decode()

    assert "Боевик" in russian
    assert "Боевик" not in english
    assert "Action" in english


def test_one_that_tmdb_has_invented_since_keeps_its_name(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix").genres.add(
        make_genre(tmdb_id=99999, name="Mumblecore")
    )

    assert "Mumblecore" in client.get("/movie/603-the-matrix", **RUSSIAN).content.decode()
