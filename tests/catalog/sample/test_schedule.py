"""Programmes that air around the present day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog.tmdb.sample import SampleAdapter, holdings, schedule
from tests.catalog.sample.asking import EPISODE, IMAGES, TODAY, get_from, session_on


def test_scheduled_episodes_lie_around_today(tiny: Path) -> None:
    made = get_from(tiny)("tv/9/season/1")["episodes"]
    days = [date.fromisoformat(one["air_date"]) for one in made]
    assert {day.weekday() for day in days} == {0, 2, 4}
    assert min(days) >= TODAY - timedelta(days=21)
    assert max(days) <= TODAY + timedelta(days=21)
    assert len(days) == 18 + (TODAY.weekday() in {0, 2, 4})


@pytest.mark.parametrize("later", [1, 2, 7, 20])
def test_scheduled_episodes_keep_their_ids_when_today_moves(tiny: Path, later: int) -> None:
    def made(today: date) -> dict[str, Any]:
        return {one["air_date"]: one for one in get_from(tiny, today)("tv/9/season/1")["episodes"]}

    now, then = made(TODAY), made(TODAY + timedelta(days=later))
    both = set(now) & set(then)
    assert both
    assert [now[day] for day in sorted(both)] == [then[day] for day in sorted(both)]


def test_scheduled_numbers_count_up_one_by_one_from_the_start(tiny: Path) -> None:
    numbers = [one["episode_number"] for one in get_from(tiny)("tv/9/season/1")["episodes"]]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    first = get_from(tiny, date(2020, 1, 1))("tv/9/season/1")["episodes"][0]
    assert (first["air_date"], first["episode_number"]) == ("2020-01-01", 1)


def test_a_yearly_season_gives_way_to_the_next_at_the_turn_of_its_year(yearly: Path) -> None:
    def seasons(today: date) -> list[tuple[int, str]]:
        found = get_from(yearly, today)("tv/5")["seasons"]
        return [(season["season_number"], season["name"]) for season in found]

    assert seasons(date(2026, 6, 1)) == [(75, "2026")]
    assert seasons(date(2026, 12, 25)) == [(75, "2026"), (76, "2027")]
    assert seasons(date(2031, 6, 1)) == [(80, "2031")]
    old, new = (get_from(yearly, date(2026, 12, 25))(f"tv/5/season/{n}") for n in (75, 76))
    assert old["episodes"][-1]["air_date"] == "2026-12-31"
    assert old["episodes"][-1]["episode_number"] == 365
    assert new["episodes"][0]["air_date"] == "2027-01-01"
    assert new["episodes"][0]["episode_number"] == 1


@pytest.mark.parametrize("number", [70, 75, 90])
def test_a_yearly_season_keeps_its_poster_in_other_years(yearly: Path, number: int) -> None:
    path = f"{IMAGES}/w92/tv-5-season-{number}-poster.jpg"
    assert session_on(SampleAdapter(yearly, TODAY)).get(path, timeout=5).status_code == 200


def test_the_last_and_the_next_episode_enclose_today(tiny: Path) -> None:
    told = get_from(tiny)("tv/9")
    assert told["last_episode_to_air"]["air_date"] == "2026-11-20"
    assert told["next_episode_to_air"]["air_date"] == "2026-11-23"
    assert told["number_of_seasons"] == 1
    assert told["number_of_episodes"] == told["seasons"][1]["episode_count"]


def test_a_show_is_on_the_air_only_around_its_days(tiny: Path) -> None:
    saturday = TODAY + timedelta(days=1)
    assert get_from(tiny)("tv/airing_today")["total_results"] == 1
    assert get_from(tiny, saturday)("tv/airing_today")["total_results"] == 0
    assert get_from(tiny, saturday)("tv/on_the_air")["total_results"] == 1


def test_an_episode_answers_alone_and_in_its_season(tiny: Path) -> None:
    whole = get_from(tiny)("tv/9/season/1", append_to_response="credits")
    one = get_from(tiny)(f"tv/9/season/1/episode/{whole['episodes'][3]['episode_number']}")
    assert set(one) == set(EPISODE.split()) | {"crew", "guest_stars"}
    assert {**one, "show_id": 9} == whole["episodes"][3]


def test_every_episode_id_is_nobody_elses(bundled: holdings.Holdings) -> None:
    ids = [
        episode.id
        for show in bundled.shows.values()
        for season in schedule.seasons(show, TODAY)
        for episode in schedule.episodes(show, season, TODAY)
    ]
    assert len(ids) == len(set(ids))
