"""When a member's things changed last, as the header of their answers says."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.make import make_title, make_user
from tests.reviews.api.asking import send

pytestmark = pytest.mark.django_db

MADE, CHANGED = datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 2, 12, tzinfo=UTC)
FILM = {"media_type": "movie", "id": 603}

# How each is made, where it is then, and how it is changed.
THINGS: dict[str, tuple[str, str, dict[str, Any], str, dict[str, Any]]] = {
    "a list": ("post", "lists/", {"name": "Rainy days"}, "patch", {"name": "Grey days"}),
    "a review": ("post", "reviews/", FILM | {"text": "Good."}, "patch", {"text": "Very good."}),
    "a viewing": ("post", "history/", dict(FILM), "patch", {"note": "In the open air."}),
    "a rating": ("put", "ratings/movie/603/", {"value": 8}, "put", {"value": 9}),
}


@pytest.fixture
def member() -> Client:
    make_title(kind="movie", tmdb_id=603)
    client = Client()
    client.force_login(make_user())
    return client


@pytest.mark.parametrize("thing", THINGS)
def test_what_a_member_has_says_when_it_changed_last(member: Client, thing: str) -> None:
    how, where, body, again, change = THINGS[thing]
    with time_machine.travel(MADE, tick=False):
        made = send(member, how, where, body)
    there = made.headers.get("Location", f"/api/v1/{where}").removeprefix("/api/v1/")

    told = [member.get(f"/api/v1/{there}")["Last-Modified"]]
    with time_machine.travel(CHANGED, tick=False):
        assert send(member, again, there, change).status_code == 200
    told.append(member.get(f"/api/v1/{there}")["Last-Modified"])

    assert told == ["Fri, 01 May 2026 12:00:00 GMT", "Sat, 02 May 2026 12:00:00 GMT"]
