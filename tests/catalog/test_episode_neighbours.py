"""An episode's address, and which episodes come before and after it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from catalog.models import Episode, Season, Title
from tests.make import (
    make_episode,
    make_season,
    make_show,
)
from tests.read import part, shown

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
SHOW = "/tv/1396-breaking-bad"
PILOT = f"{SHOW}/season/1/episode/1"


def neighbours(page: str) -> tuple[str, str]:
    """The addresses it leads back and on to, below the show's."""
    found = dict(re.findall(r'href="([^"]+)" rel="(prev|next)"', page))
    back = {which: address.removeprefix(SHOW) for address, which in found.items()}
    return back.get("prev", ""), back.get("next", "")


# --- Before and after ----------------------------------------------------------------------------
def test_it_leads_over_the_borders_of_seasons(client: Client, show: Title) -> None:
    for number in (1, 2, 3):
        season = make_season(show, number=number)
        for episode in (1, 2):
            make_episode(season, number=episode)

    assert neighbours(shown(client, f"{SHOW}/season/2/episode/1")) == (
        "/season/1/episode/2",
        "/season/2/episode/2",
    )
    assert neighbours(shown(client, f"{SHOW}/season/2/episode/2")) == (
        "/season/2/episode/1",
        "/season/3/episode/1",
    )


def test_the_first_has_none_before_it_and_the_last_none_after_it(
    client: Client, pilot: Episode
) -> None:
    assert neighbours(shown(client, PILOT)) == ("", "")


def test_specials_are_passed_over(client: Client, show: Title, pilot: Episode) -> None:
    make_episode(make_season(show, number=0), number=1)

    assert neighbours(shown(client, PILOT)) == ("", "")


def test_a_special_leads_to_other_specials_only(
    client: Client, show: Title, pilot: Episode
) -> None:
    specials = make_season(show, number=0)
    for number in (1, 2):
        make_episode(specials, number=number)

    page = shown(client, f"{SHOW}/season/0/episode/2")

    assert neighbours(page) == ("/season/0/episode/1", "")


def test_gaps_and_what_is_hidden_are_passed_over(
    client: Client, show: Title, season: Season, pilot: Episode
) -> None:
    make_episode(season, number=2, hidden_at=PAST)
    make_episode(make_season(show, number=2, hidden_at=PAST), number=1)
    make_episode(make_season(show, number=5), number=4)

    assert neighbours(shown(client, PILOT)) == ("", "/season/5/episode/4")


def test_other_shows_are_not_its_neighbours(client: Client, pilot: Episode) -> None:
    make_episode(make_season(make_show(), number=1), number=2)

    assert neighbours(shown(client, PILOT)) == ("", "")


# --- Two with one number -------------------------------------------------------------------------
def test_of_two_with_one_number_the_older_is_shown(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=901, number=1, name="Younger")
    make_episode(season, tmdb_id=900, number=1, name="Older")

    page = shown(client, PILOT)

    assert "Older" in page
    assert "Younger" not in page


def test_of_two_with_one_number_the_visible_is_shown(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=900, number=1, name="Older", hidden_at=PAST)
    make_episode(season, tmdb_id=901, number=1, name="Younger")

    assert "Younger" in shown(client, PILOT)


def test_of_two_neighbours_with_one_number_the_older_is_named(
    client: Client, season: Season, pilot: Episode
) -> None:
    make_episode(season, tmdb_id=990_001, number=2, name="Younger")
    make_episode(season, tmdb_id=990_000, number=2, name="Older")

    assert "Older" in part(shown(client, PILOT), r'<nav class="turns".*?</nav>')


# --- Its address ---------------------------------------------------------------------------------
@pytest.mark.parametrize("ref", ["1396", "1396-wrong", "1396-Breaking-Bad"])
def test_a_wrong_slug_leads_to_the_right_one(client: Client, pilot: Episode, ref: str) -> None:
    answer = client.get(f"/tv/{ref}/season/1/episode/1")

    assert (answer.status_code, answer["Location"]) == (301, PILOT)


@pytest.mark.parametrize(
    "address",
    [
        f"{SHOW}/season/1/episode/2",
        f"{SHOW}/season/2/episode/1",
        f"{SHOW}/season/1/episode/999999",
        f"{SHOW}/season/1/episode/9999999",
        f"{SHOW}/season/1/episode/-1",
        f"{SHOW}/season/1/episode/",
        "/tv/999999999999999/season/1/episode/1",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, pilot: Episode, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("model", [Title, Season, Episode])
def test_what_is_hidden_is_not_found(client: Client, pilot: Episode, model: Any) -> None:
    model.objects.update(hidden_at=PAST)

    assert client.get(PILOT).status_code == 404
