"""Seasons and episodes: TMDB moves, renumbers and drops them, and a member's viewings stay."""

from datetime import date
from typing import Any

import pytest

from catalog.models import Episode, EpisodeCredit, Season, Title
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import episode, show, with_seasons

pytestmark = pytest.mark.django_db

Episodes = list[dict[str, Any]]


def store(seasons: dict[int, Episodes], tmdb_id: int = 8) -> None:
    """A show of these seasons, as TMDB tells it."""
    store_told(with_seasons(seasons, tmdb_id), tmdb_id)


def store_told(seasons: dict[str, Any], tmdb_id: int = 8) -> None:
    """A show of which TMDB's answer says this of its seasons."""
    told = {key: value for key, value in show(tmdb_id).items() if not key.startswith("season/")}
    store_titles([shapes.tv(told | seasons)])


def visible() -> list[tuple[int, int, int]]:
    """What readers see: season, number, episode."""
    shown = Episode.objects.visible().order_by("season__number", "number", "pk")
    return list(shown.values_list("season__number", "number", "pk"))


def season_keys() -> dict[int, int]:
    return dict(Season.objects.values_list("number", "pk"))


def test_seasons_and_episodes_say_what_tmdb_says() -> None:
    store({0: [episode(1, 1)], 1: [episode(2, 1), episode(3, 2)]})
    season = Season.objects.get(number=1)
    assert (season.title.tmdb_id, season.tmdb_id, season.name) == (8, 8001, "Season 1")
    assert (season.overview, season.poster_path) == ("Storms ahead.", "/season-1.jpg")
    assert (season.episode_count, season.vote_average) == (2, 7.5)
    second = Episode.objects.get(pk=3)
    assert (second.number, second.name, second.air_date) == (2, "Watch 2", date(2010, 1, 2))
    assert (second.runtime, second.type, second.still_path) == (44, "standard", "/deck.jpg")
    assert visible() == [(0, 1, 1), (1, 1, 2), (1, 2, 3)]


def test_seasons_and_episodes_are_as_fresh_as_their_show() -> None:
    store({1: [episode(1, 1)]})
    title = Title.objects.get(tmdb_id=8)
    for row in (Season.objects.get(), Episode.objects.get()):
        assert (row.fetched_at, row.refresh_at) == (title.fetched_at, title.refresh_at)


def test_an_episode_has_its_guests_and_its_crew() -> None:
    store({1: [episode(1, 1), episode(2, 2, guest_stars=[], crew=None)]})
    assert set(
        EpisodeCredit.objects.values_list("episode", "person__name", "job", "character", "position")
    ) == {(1, "Eli Storm", "", "Stowaway", 500), (1, "Cy Marsh", "Director", "", 0)}


def test_guests_who_are_gone_from_the_answer_go() -> None:
    store({1: [episode(1, 1)]})
    store({1: [episode(1, 1, guest_stars=[])]})
    assert set(EpisodeCredit.objects.values_list("person__name", flat=True)) == {"Cy Marsh"}


def test_an_episode_that_is_dropped_is_hidden_and_keeps_its_credits() -> None:
    store({1: [episode(1, 1), episode(2, 2)]})
    store({1: [episode(1, 1)]})
    assert visible() == [(1, 1, 1)]
    assert Episode.objects.get(pk=2).credits.count() == 2


def test_a_dropped_episode_comes_back() -> None:
    for told in ([episode(1, 1)], [], [episode(1, 1)]):
        store({1: told})
    assert visible() == [(1, 1, 1)]


def test_a_season_that_is_dropped_is_hidden_with_its_episodes() -> None:
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    store({1: [episode(1, 1)]})
    assert visible() == [(1, 1, 1)]
    assert list(Season.objects.visible().values_list("number", flat=True)) == [1]
    assert Season.objects.count() == 2


def test_a_dropped_season_comes_back_with_its_row() -> None:
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    before = season_keys()
    store({1: [episode(1, 1)]})
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    assert season_keys() == before
    assert visible() == [(1, 1, 1), (2, 1, 2)]


def test_hiding_again_does_not_move_the_day_of_hiding() -> None:
    store({1: [episode(1, 1), episode(2, 2)], 2: [episode(3, 1)]})
    store({1: [episode(1, 1)]})
    hidden = dict(Episode.objects.values_list("pk", "hidden_at"))
    store({1: [episode(1, 1)]})
    assert dict(Episode.objects.values_list("pk", "hidden_at")) == hidden


@pytest.mark.parametrize("moved_to", [0, 2, 3])
def test_an_episode_that_moves_to_another_season_stays_itself(moved_to: int) -> None:
    store({0: [], 1: [episode(1, 1), episode(2, 2)], 2: [episode(3, 1)]})
    store({1: [episode(1, 1)], 2: [episode(3, 1)]} | {moved_to: [episode(2, 7)]})
    moved = Episode.objects.select_related("season").get(pk=2)
    assert (moved.season.number, moved.number, moved.hidden_at) == (moved_to, 7, None)
    assert moved.credits.count() == 2


def test_an_episode_moves_out_of_a_season_that_is_dropped() -> None:
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    store({1: [episode(1, 1), episode(2, 2)]})
    assert visible() == [(1, 1, 1), (1, 2, 2)]


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({1: 2, 2: 1, 3: 3}, id="swapped"),
        pytest.param({1: 2, 2: 3, 3: 1}, id="turned round"),
        pytest.param({1: 2, 2: 3, 3: 4}, id="one put before them"),
        pytest.param({1: 1, 2: 1, 3: 1}, id="all the same number"),
    ],
)
def test_episodes_change_their_numbers_and_stay_themselves(numbers: dict[int, int]) -> None:
    store({1: [episode(n, n) for n in (1, 2, 3)]})
    store({1: [episode(pk, number) for pk, number in numbers.items()]})
    assert dict(Episode.objects.visible().values_list("pk", "number")) == numbers


def test_two_seasons_swap_their_episodes() -> None:
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    store({1: [episode(2, 1)], 2: [episode(1, 1)]})
    assert visible() == [(1, 1, 2), (2, 1, 1)]


def test_a_season_that_tmdb_made_anew_keeps_its_row() -> None:
    store({1: [episode(1, 1)]})
    before = season_keys()
    told = with_seasons({1: [episode(1, 1)]})
    told["seasons"][0]["id"] = 4711
    store_told(told)
    assert season_keys() == before
    assert Season.objects.get().tmdb_id == 4711


def test_seasons_that_tmdb_renumbers_keep_their_numbers_rows() -> None:
    store({1: [episode(1, 1)], 2: [episode(2, 1)]})
    before = season_keys()
    told = with_seasons({1: [episode(2, 1)], 2: [episode(1, 1)]})
    first, second = told["seasons"]
    first["id"], second["id"] = second["id"], first["id"]
    store_told(told)
    assert season_keys() == before
    assert visible() == [(1, 1, 2), (2, 1, 1)]


def test_a_season_told_by_its_headline_alone_keeps_its_episodes() -> None:
    store({1: [episode(1, 1)]})
    store_told(with_seasons({1: [episode(1, 1)]}) | {"season/1": None})
    assert visible() == [(1, 1, 1)]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({1: [episode(1, 1), episode(1, 2)]}, id="twice in a season"),
        pytest.param({1: [episode(1, 1)], 2: [episode(1, 1)]}, id="in two seasons"),
    ],
)
def test_an_episode_told_twice_is_held_where_it_was_told_first(told: dict[int, Episodes]) -> None:
    store(told)
    assert visible() == [(1, 1, 1)]
    assert EpisodeCredit.objects.count() == 2


def test_a_season_told_twice_is_held_once() -> None:
    told = with_seasons({1: [episode(1, 1)]})
    told["seasons"] *= 2
    store_told(told)
    assert visible() == [(1, 1, 1)]


def test_a_show_does_not_hide_what_belongs_to_another() -> None:
    store({1: [episode(1, 1)]}, 8)
    store({1: [episode(2, 1)]}, 9)
    store({}, 9)
    assert visible() == [(1, 1, 1)]


@pytest.mark.parametrize("told", [{}, {1: []}, {0: [episode(1, 1)]}])
def test_a_show_may_have_next_to_nothing(told: dict[int, Episodes]) -> None:
    store(told)
    assert Season.objects.count() == len(told)


def test_an_episode_without_a_name_or_a_date_is_held() -> None:
    store({1: [episode(1, 1, name=None, air_date="", runtime=None, overview=None)]})
    held = Episode.objects.get(pk=1)
    assert (held.name, held.air_date, held.runtime, str(held)) == ("", None, None, "Episode 1")


@pytest.mark.parametrize("nothing", [{}, {"seasons": None}, {"seasons": "none"}])
def test_an_answer_that_says_nothing_of_seasons_takes_none_away(nothing: dict[str, Any]) -> None:
    store({1: [episode(1, 1)]})
    told = {key: value for key, value in show(8).items() if not key.startswith("season")}
    store_titles([shapes.tv(told | nothing)])
    assert visible() == [(1, 1, 1)]
