"""A season's page: its episodes, its neighbours, who was in it."""

import gzip
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from catalog.models import Season, Title
from tests.make import (
    make_credit,
    make_episode,
    make_episode_credit,
    make_person,
    make_season,
    make_translation,
)
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
SEASON_1 = "/tv/1396-breaking-bad/season/1"


# --- What it tells -------------------------------------------------------------------------------
def test_it_tells_what_there_is_to_tell(client: Client, season: Season) -> None:
    Season.objects.update(
        air_date=date(2008, 1, 20),
        vote_average=8.3,
        overview="A teacher cooks.",
        poster_path="/p.jpg",
    )
    for number in (1, 2):
        make_episode(season, number=number, runtime=50)

    page = shown(client, SEASON_1)

    for words in ("Season 1", "2008", "2 episodes", "1 h 40 min in all", "8.3", "A teacher cooks."):
        assert words in text(page)
    assert "/picture/w342/p.jpg" in page


def test_an_episode_tells_what_there_is_to_tell(client: Client, season: Season) -> None:
    make_episode(
        season,
        number=1,
        name="Pilot",
        air_date=date(2008, 1, 20),
        runtime=58,
        vote_average=8.2,
        overview="Walter gets a diagnosis.",
        still_path="/s.jpg",
    )

    page = shown(client, SEASON_1)

    row = part(page, r'<li class="episode.*?</li>')
    assert row == "Episode 1 Pilot Jan. 20, 2008 58 min Score: 8.2 Walter gets a diagnosis."
    assert "/picture/w300/s.jpg" in page


def test_an_episode_leads_to_its_page(client: Client, season: Season) -> None:
    make_episode(season, number=7, name="Pilot")

    assert f'<a href="{SEASON_1}/episode/7">Pilot</a>' in shown(client, SEASON_1)


def test_the_trail_leads_to_the_show_in_the_reader_s_words(client: Client, season: Season) -> None:
    make_translation(season.title, "de-DE", name="Reine Chemie")

    page = shown(client, SEASON_1, accept_language="de")

    assert part(page, r'<nav class="trail".*?</nav>') == "Reine Chemie Season 1"
    assert 'href="/tv/1396-breaking-bad"' in page


@time_machine.travel("2026-05-01 12:00Z")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 30), "April 30, 2026"),
        (date(2026, 5, 1), "May 1, 2026"),
        (date(2026, 5, 2), "airs on May 2, 2026"),
        (None, "no date yet"),
    ],
)
def test_what_is_to_come_is_said_in_words(
    client: Client, season: Season, day: date | None, words: str
) -> None:
    make_episode(season, number=1, name="Pilot", air_date=day, still_path="/s.jpg")

    assert (
        part(shown(client, SEASON_1), r'<li class="episode.*?</li>') == f"Episode 1 Pilot {words}"
    )


@pytest.mark.parametrize(("length", "folded"), [(280, False), (281, True)])
def test_a_long_overview_is_folded(
    client: Client, season: Season, length: int, folded: bool
) -> None:
    make_episode(season, number=1, overview="x" * length)

    assert ("<details>" in shown(client, SEASON_1)) is folded


def test_a_folded_overview_is_there_in_full_without_script(client: Client, season: Season) -> None:
    make_episode(season, number=1, overview="word " * 100 + "end.")

    assert "word end." in shown(client, SEASON_1)


def test_without_episodes_it_says_so(client: Client, season: Season) -> None:
    assert "Nothing is known of its episodes yet" in shown(client, SEASON_1)


def test_without_episodes_it_counts_those_that_are_announced(client: Client, show: Title) -> None:
    make_season(show, number=1, episode_count=8)

    assert "8 episodes" in shown(client, SEASON_1)


def test_without_a_still_there_is_the_number(client: Client, season: Season) -> None:
    make_episode(season, number=12)

    assert '<span class="still still-missing" aria-hidden="true">12</span>' in shown(
        client, SEASON_1
    )


def test_a_season_without_a_name_has_its_number(client: Client, show: Title) -> None:
    make_season(show, number=4, name="")

    page = shown(client, "/tv/1396-breaking-bad/season/4")

    assert part(page, "<h1.*?</h1>") == "Season 4"


def test_words_are_shown_as_words(client: Client, show: Title) -> None:
    evil = '</script><script>alert("1")</script>'
    season = make_season(show, number=1, name=evil, overview=evil)
    make_episode_credit(make_episode(season, number=1, name=evil, overview=evil), character=evil)

    assert b"<script>alert" not in client.get(SEASON_1).content


# --- Who was in it -------------------------------------------------------------------------------
def test_guests_are_in_the_order_of_how_often_they_came(client: Client, season: Season) -> None:
    often, once = make_person(name="Came Often"), make_person(name="Came Once")
    first, second = make_episode(season, number=1), make_episode(season, number=2)
    make_episode_credit(first, once)
    make_episode_credit(first, often, character="Tuco")
    make_episode_credit(second, often, character="Tuco")

    rail = part(shown(client, SEASON_1), r'<section aria-labelledby="guests".*?</section>')

    assert rail.endswith("C Came Often Tuco 2 episodes C Came Once 1 episode")


def test_guests_are_those_of_this_season(client: Client, show: Title, season: Season) -> None:
    other = make_season(show, number=2)
    make_episode_credit(make_episode(other), make_person(name="Elsewhere"))
    make_episode_credit(make_episode(season, hidden_at=PAST), make_person(name="Dropped"))
    crew = make_person(name="Behind It")
    make_episode_credit(make_episode(season), crew, department="Directing", job="Director")

    assert 'aria-labelledby="guests"' not in shown(client, SEASON_1)


def test_the_show_s_cast_leads_to_their_pages(client: Client, season: Season) -> None:
    make_credit(season.title, make_person(tmdb_id=17419, name="Bryan Cranston"))

    assert '<a href="/person/17419-bryan-cranston">Bryan Cranston</a>' in shown(client, SEASON_1)


def test_who_is_hidden_is_named_without_a_link(client: Client, season: Season) -> None:
    make_credit(season.title, make_person(tmdb_id=5, name="Gone", hidden_at=PAST))

    page = shown(client, SEASON_1)

    assert "Gone" in page
    assert "/person/5" not in page


# --- For machines --------------------------------------------------------------------------------
def test_machines_are_told_which_season_it_is(client: Client, season: Season) -> None:
    make_episode(season, number=1)
    page = client.get(SEASON_1).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found

    told = json.loads(found[1])

    assert told["@type"] == "TVSeason"
    assert (told["seasonNumber"], told["numberOfEpisodes"]) == (1, 1)
    assert told["partOfSeries"]["name"] == "Breaking Bad"
    assert told["url"].endswith(SEASON_1)


def test_its_canonical_address_is_in_its_head(client: Client, season: Season) -> None:
    assert re.search(rf'<link rel="canonical" href="http[^"]+{SEASON_1}">', shown(client, SEASON_1))


def test_it_is_described_even_without_an_overview(client: Client, season: Season) -> None:
    words = "Season 1 of Breaking Bad, episode by episode."

    assert f'<meta name="description" content="{words}">' in shown(client, SEASON_1)


# --- What it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "de"])
def test_it_costs_the_same_however_much_there_is_to_tell(
    client: Client, season: Season, django_assert_num_queries: Any, language: str
) -> None:
    headers = {"accept-language": language}

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            make_season(season.title, number=number + 1)
            make_credit(season.title)
            make_episode_credit(make_episode(season, number=number, runtime=20))

    fill(1, 3)
    with django_assert_num_queries(12, exact=False) as few:
        client.get(SEASON_1, headers=headers)
    fill(3, 60)
    cache.clear()
    with django_assert_num_queries(len(few)):
        client.get(SEASON_1, headers=headers)


def test_the_longest_season_is_a_light_page(client: Client, season: Season) -> None:
    for number in range(1, 261):
        words = " ".join(f"{number * n * 7919:x}" for n in range(40))
        make_episode(season, number=number, overview=words, still_path=f"/{words[-20:-10]}.jpg")

    assert len(gzip.compress(client.get(SEASON_1).content)) <= 25_000
