"""An episode's page: what happens in it, and who made it."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from catalog.models import Episode, Season, Title
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
SHOW = "/tv/1396-breaking-bad"
PILOT = f"{SHOW}/season/1/episode/1"


# --- What it tells -------------------------------------------------------------------------------
def test_it_tells_what_there_is_to_tell(client: Client, pilot: Episode) -> None:
    Episode.objects.update(
        air_date=date(2008, 1, 20),
        runtime=58,
        vote_average=8.2,
        vote_count=1500,
        overview="Walter gets a diagnosis.",
        still_path="/s.jpg",
        type="finale",
    )

    page = shown(client, PILOT)

    for words in (
        "Pilot",
        "S1 · E1",
        "Season 1, episode 1",
        "Jan. 20, 2008",
        "58 min",
        "8.2",
        "1,500 votes",
        "Walter gets a diagnosis.",
        "Season finale",
    ):
        assert words in text(page)
    assert "/picture/w1280/s.jpg" in page


@time_machine.travel("2026-05-01 12:00Z")
def test_one_that_is_to_come_says_when(client: Client, pilot: Episode) -> None:
    Episode.objects.update(air_date=date(2026, 5, 2))

    assert "airs on May 2, 2026" in shown(client, PILOT)


def test_one_of_which_little_is_known_has_a_page(client: Client, season: Season) -> None:
    make_episode(season, number=1, name="")

    page = shown(client, PILOT)

    assert part(page, "<h1.*?</h1>") == "Episode 1"
    assert "Nobody has written yet what happens in it" in page
    assert "<img" not in page


def test_a_special_is_called_one(client: Client, show: Title) -> None:
    make_episode(make_season(show, number=0, name="Specials"), number=3)

    page = shown(client, f"{SHOW}/season/0/episode/3")

    assert "Special 3" in text(page)
    assert "S0" not in text(page)


def test_the_trail_leads_to_the_show_in_the_reader_s_words(client: Client, pilot: Episode) -> None:
    make_translation(pilot.season.title, "de-DE", name="Reine Chemie")

    trail = part(shown(client, PILOT, accept_language="de"), r'<nav class="trail".*?</nav>')

    assert trail == "Reine Chemie Season 1 Episode 1"


@pytest.mark.parametrize(("number", "place"), [(1, "#e1"), (40, "#e40"), (41, "?page=2#e41")])
def test_the_trail_leads_to_its_place_in_the_season(
    client: Client, season: Season, number: int, place: str
) -> None:
    for each in range(1, 43):
        make_episode(season, number=each)

    page = shown(client, f"{SHOW}/season/1/episode/{number}")

    assert f'href="{SHOW}/season/1{place}"' in page
    listed = shown(client, f"{SHOW}/season/1{place.partition('#')[0]}")
    assert f'id="e{number}"' in listed


def test_words_are_shown_as_words(client: Client, season: Season) -> None:
    evil = '</script><script>alert("1")</script>'
    episode = make_episode(season, number=1, name=evil, overview=evil)
    make_episode_credit(episode, make_person(name=evil), character=evil)
    make_episode_credit(episode, department=evil, job=evil)

    assert b"<script>alert" not in client.get(PILOT).content


# --- Who made it ---------------------------------------------------------------------------------
def test_guests_are_billed_with_their_parts(client: Client, pilot: Episode) -> None:
    for position, name in ((1, "Second"), (0, "First")):
        person = make_person(name=name)
        make_episode_credit(pilot, person, character=f"Part {name}", position=position)

    rail = part(shown(client, PILOT), r'<section aria-labelledby="guests".*?</section>')

    assert rail.endswith("F First Part First S Second Part Second")


def test_guests_lead_to_their_pages(client: Client, pilot: Episode) -> None:
    make_episode_credit(pilot, make_person(tmdb_id=92495, name="John Koyama"))

    assert '<a href="/person/92495-john-koyama">John Koyama</a>' in shown(client, PILOT)


def test_the_director_and_the_writer_are_named_first(client: Client, pilot: Episode) -> None:
    for job, name in (("Editor", "Lynne"), ("Writer", "Vince"), ("Director", "Adam")):
        make_episode_credit(pilot, make_person(name=name), department="Crew", job=job)

    page = shown(client, PILOT)

    assert part(page, r'<dl class="makers">.*?</dl>') == "Directed by Adam Written by Vince"
    assert part(page, r'<dl class="crew">.*?</dl>') == "Crew Lynne Editor"


def test_who_wrote_in_two_ways_is_named_once(client: Client, pilot: Episode) -> None:
    writer = make_person(name="Vince")
    for job in ("Writer", "Teleplay"):
        make_episode_credit(pilot, writer, department="Writing", job=job)

    assert part(shown(client, PILOT), r'<dl class="makers">.*?</dl>') == "Written by Vince"


def test_the_rest_of_the_crew_is_grouped_by_department(client: Client, pilot: Episode) -> None:
    for department, job in (("Sound", "Mixer"), ("Camera", "Operator"), ("Sound", "Boom")):
        person = make_person(name=f"The {job}")
        make_episode_credit(pilot, person, department=department, job=job)

    crew = part(shown(client, PILOT), r'<dl class="crew">.*?</dl>')

    assert crew == "Camera The Operator Operator Sound The Mixer Mixer The Boom Boom"


def test_the_show_s_cast_is_there_too(client: Client, pilot: Episode) -> None:
    make_credit(pilot.season.title, make_person(name="Bryan Cranston"), character="Walter")

    assert "Bryan Cranston" in shown(client, PILOT)


def test_who_is_hidden_is_named_without_a_link(client: Client, pilot: Episode) -> None:
    for n, job in enumerate(("Director", "Editor", "")):
        person = make_person(tmdb_id=770 + n, name=f"Gone {n}", hidden_at=PAST)
        make_episode_credit(pilot, person, department="Crew" if job else "Acting", job=job)

    page = shown(client, PILOT)

    assert all(f"Gone {n}" in page for n in range(3))
    assert "/person/77" not in page


# --- For machines --------------------------------------------------------------------------------
def test_machines_are_told_which_episode_it_is(client: Client, pilot: Episode) -> None:
    Episode.objects.update(
        air_date=date(2008, 1, 20), runtime=58, vote_average=8.25, vote_count=9, still_path="/s.jpg"
    )
    page = client.get(PILOT).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found

    told = json.loads(found[1])

    assert told["@type"] == "TVEpisode"
    assert (told["name"], told["episodeNumber"]) == ("Pilot", 1)
    assert (told["datePublished"], told["duration"]) == ("2008-01-20", "PT58M")
    assert told["partOfSeason"]["seasonNumber"] == 1
    assert told["partOfSeries"]["url"].endswith(SHOW)
    assert told["aggregateRating"]["ratingCount"] == 9
    assert told["image"].endswith("/picture/w1280/s.jpg")


def test_a_link_to_it_has_a_picture_and_words(client: Client, pilot: Episode) -> None:
    Episode.objects.update(still_path="/s.jpg", overview="Walter gets a diagnosis.")

    page = shown(client, PILOT)

    assert re.search(r'<meta property="og:image" content="http[^"]+/picture/w1280/s.jpg">', page)
    assert '<meta property="og:title" content="Breaking Bad: Pilot">' in page
    assert '<meta name="description" content="Walter gets a diagnosis.">' in page
    assert re.search(rf'<link rel="canonical" href="http[^"]+{PILOT}">', page)


# --- What it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "de"])
def test_it_costs_the_same_however_much_there_is_to_tell(
    client: Client, pilot: Episode, django_assert_num_queries: Any, language: str
) -> None:
    headers = {"accept-language": language}
    show = pilot.season.title

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            make_episode(make_season(show, number=number), number=1)
            make_credit(show)
            make_episode_credit(pilot)
            make_episode_credit(pilot, department="Sound", job="Mixer")

    fill(2, 4)
    with django_assert_num_queries(12, exact=False) as few:
        client.get(PILOT, headers=headers)
    fill(4, 50)
    cache.clear()
    with django_assert_num_queries(len(few)):
        client.get(PILOT, headers=headers)
