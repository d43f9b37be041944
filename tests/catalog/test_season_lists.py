"""A season's address, which episodes stand there, and the seasons beside it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from catalog.models import Season, Title
from catalog.refreshing import Age
from catalog.views import seasons as views
from cinehub.kit.kept import changed
from tests.make import (
    make_episode,
    make_season,
)
from tests.read import part, shown

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
SEASON_1 = "/tv/1396-breaking-bad/season/1"


def numbers(page: str) -> list[int]:
    """The listed episodes'."""
    return [int(number) for number in re.findall(r'<li class="episode[^"]*" id="e(\d+)"', page)]


# --- Which episodes ------------------------------------------------------------------------------
def test_episodes_are_in_the_order_of_their_numbers(client: Client, season: Season) -> None:
    for number in (10, 2, 1):
        make_episode(season, number=number)

    assert numbers(shown(client, SEASON_1)) == [1, 2, 10]


def test_hidden_episodes_are_left_out(client: Client, season: Season) -> None:
    make_episode(season, number=1, hidden_at=PAST)
    make_episode(season, number=2)

    assert numbers(shown(client, SEASON_1)) == [2]


def test_of_two_with_one_number_the_older_is_listed(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=901, number=1, name="Younger")
    make_episode(season, tmdb_id=900, number=1, name="Older")

    page = shown(client, SEASON_1)

    assert numbers(page) == [1]
    assert "Older" in page


def test_of_two_with_one_number_the_visible_is_listed(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=900, number=1, name="Older", hidden_at=PAST)
    make_episode(season, tmdb_id=901, number=1, name="Younger")

    assert "Younger" in shown(client, SEASON_1)


def test_a_long_season_has_pages(client: Client, season: Season) -> None:
    for number in range(1, 96):
        make_episode(season, number=number)

    assert numbers(shown(client, SEASON_1)) == list(range(1, 41))
    assert numbers(shown(client, f"{SEASON_1}?page=3")) == list(range(81, 96))
    assert "81 to 95 of 95" in shown(client, f"{SEASON_1}?page=3")


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("0", 3), ("-1", 3), ("abc", 1), ("%00", 1), ("9" * 9, 3), ("x" * 9000, 1), ("9" * 9000, 1)],
)
def test_a_page_that_is_none_is_said_to_be_none(
    client: Client, season: Season, wanted: str, number: int
) -> None:
    for each in range(1, 96):
        make_episode(season, number=each)

    page = client.get(f"{SEASON_1}?page={wanted}")

    assert page.status_code == 200
    assert "There is no such page of this season" in page.content.decode()
    assert page.context["page"].number == number


def test_a_page_that_is_one_is_not_apologised_for(client: Client, season: Season) -> None:
    make_episode(season, number=1)

    assert "There is no such page" not in shown(client, f"{SEASON_1}?page=1")


# --- The other seasons ---------------------------------------------------------------------------
def test_the_specials_come_last_and_are_called_so(client: Client, show: Title) -> None:
    for number in (0, 2, 1):
        make_season(show, number=number, name="")

    page = shown(client, SEASON_1)

    assert part(page, r'<nav class="tabs".*?</nav>') == "Season 1 Season 2 Specials"
    assert f'<a href="{SEASON_1}" aria-current="page">Season 1</a>' in page


def test_an_only_season_has_no_others(client: Client, season: Season) -> None:
    assert '<nav class="tabs"' not in shown(client, SEASON_1)


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, None, 2), (2, 1, 4), (4, 2, None), (0, None, None)]
)
def test_it_leads_to_the_seasons_before_and_after(
    client: Client, show: Title, number: int, before: int | None, after: int | None
) -> None:
    for each in (0, 1, 2, 4):
        make_season(show, number=each)
    make_season(show, number=3, hidden_at=PAST)

    page = shown(client, f"/tv/1396-breaking-bad/season/{number}")

    for which, neighbour in (("prev", before), ("next", after)):
        found = re.search(rf'href="[^"]*/season/(\d+)" rel="{which}"', page)
        assert (int(found[1]) if found else None) == neighbour


# --- Its address ---------------------------------------------------------------------------------
@pytest.mark.parametrize("ref", ["1396", "1396-wrong", "1396-Breaking-Bad"])
def test_a_wrong_slug_leads_to_the_right_one(client: Client, season: Season, ref: str) -> None:
    answer = client.get(f"/tv/{ref}/season/1")

    assert (answer.status_code, answer["Location"]) == (301, SEASON_1)


@pytest.mark.parametrize(
    "address",
    [
        "/tv/1396-breaking-bad/season/2",
        "/tv/1396-breaking-bad/season/999999",
        "/tv/1396-breaking-bad/season/9999999",
        "/tv/1396-breaking-bad/season/-1",
        "/tv/1396-breaking-bad/season/one",
        "/tv/999999999999999/season/1",
        "/movie/1396-breaking-bad/season/1",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, season: Season, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_hidden_season_is_not_found(client: Client, show: Title) -> None:
    make_season(show, number=1, hidden_at=PAST)

    assert client.get(SEASON_1).status_code == 404


def test_a_season_of_a_hidden_show_is_not_found(client: Client, season: Season) -> None:
    Title.objects.update(hidden_at=PAST)

    assert client.get(SEASON_1).status_code == 404


def test_a_show_never_looked_at_is_looked_at_first(
    client: Client, season: Season, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whoever does it for the title's page; what it finds is shown with its age."""
    asked = []

    def looked_at(find: Any, kind: str, tmdb_id: int) -> tuple[Title, Age]:
        asked.append((kind, tmdb_id))
        return season.title, Age.INCOMPLETE

    monkeypatch.setattr(views, "ready_for_reader", looked_at)

    page = shown(client, SEASON_1)

    assert asked == [("tv", 1396)]
    assert "Details have not arrived yet" in page


@pytest.mark.redis
@pytest.mark.usefixtures("keeping")
def test_a_kept_page_is_thrown_away_when_the_show_changes(client: Client, season: Season) -> None:
    shown(client, SEASON_1)
    make_episode(season, number=1, name="Pilot")

    assert "Pilot" not in shown(client, SEASON_1)
    changed("tv/1396")
    assert "Pilot" in shown(client, SEASON_1)
