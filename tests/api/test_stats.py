"""Figures of members, for machines; what they come to is in tests/statistics."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.make import (
    make_credit,
    make_episode,
    make_genre,
    make_rating,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.statistics.test_figures import watched

pytestmark = pytest.mark.django_db

MINE = "/api/v1/stats/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def told(client: Client, address: str = MINE) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def live(member: User, year: int = 2025) -> None:
    """Something for every figure."""
    film = make_title(runtime=100)
    film.genres.add(make_genre())
    make_credit(film)
    for day in (1, 2):
        watched(member, film, f"{year}-03-0{day}")
    show = make_show()
    watched(member, show, f"{year}-03-03", make_episode(make_season(show), runtime=50))
    make_rating(member, film, 9, rated_at=datetime(year, 3, 2, 12, tzinfo=UTC))


def test_a_history_is_told_in_numbers(client: Client, ann: User) -> None:
    live(ann)

    found = told(client)

    assert (found["films"], found["episodes"], found["viewings"]) == (2, 1, 3)
    assert (found["minutes"], found["rewatches"], found["shows"]) == (250, 1, 1)
    assert found["first_time"] == {
        "films": 1,
        "episodes": 1,
        "since": "2025-03-01",
        "until": "2025-03-03",
    }
    assert found["longest_streak"] == {"first": "2025-03-01", "last": "2025-03-03", "days": 3}
    assert found["by_month"][2] == {"month": 3, "viewings": 3, "minutes": 250}
    assert found["by_year"] == [{"year": 2025, "viewings": 3, "minutes": 250}]


def test_its_titles_are_told_as_everywhere(client: Client, ann: User) -> None:
    live(ann)

    found = told(client)

    assert [one["title"]["media_type"] for one in found["top_films"]] == ["movie"]
    assert [one["viewings"] for one in found["top_films"]] == [2]
    [episode] = found["first_and_last_episodes"]
    assert (episode["date"], episode["season_number"]) == ("2025-03-03", 1)
    assert found["ratings"]["histogram"][17] == {"value": 9.0, "count": 1}


def test_nothing_is_a_history_too(client: Client, ann: User) -> None:
    found = told(client)

    assert (found["viewings"], found["busiest_day"], found["by_year"]) == (0, None, [])


def test_a_year_is_told_day_by_day(client: Client, ann: User) -> None:
    live(ann, 2024)
    live(ann, 2025)

    found = told(client, f"{MINE}2025/")

    assert (found["year"], found["viewings"]) == (2025, 3)
    assert [day["date"] for day in found["by_day"]] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert told(client, "/api/v1/users/ann/year/2025/") == found


@pytest.mark.parametrize("year", ["0", "1879", "2099", "999999"])
def test_there_is_no_year_before_films_or_to_come(client: Client, ann: User, year: str) -> None:
    assert client.get(f"{MINE}{year}/").status_code == 404


@pytest.mark.parametrize("rest", ["stats/", "year/2025/"])
@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, 200),
        ({"audience": "followers"}, 404),
        ({"default_audience": "followers"}, 404),
        ({"default_audience": "private"}, 404),
    ],
)
def test_figures_are_for_whom_a_history_is_for(
    client: Client, rest: str, values: dict[str, str], status: int
) -> None:
    live(make_user(username="bob", **values))

    assert client.get(f"/api/v1/users/bob/{rest}").status_code == status


def test_adult_titles_are_for_who_wants_them(client: Client, ann: User) -> None:
    film = make_title(adult=True)
    for day in (1, 2):
        watched(ann, film, f"2025-03-0{day}")

    assert told(client)["top_films"] == []

    User.objects.filter(pk=ann.pk).update(adult=True)
    assert len(told(client)["top_films"]) == 1


@pytest.mark.parametrize("address", [MINE, f"{MINE}2025/", "/api/v1/users/me/stats/"])
def test_a_longer_history_asks_no_more(client: Client, ann: User, address: str) -> None:
    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            told(client, address)
        return len(queries)

    live(ann)
    asked()
    few = asked()
    for _ in range(3):
        live(ann)

    assert asked() == few
