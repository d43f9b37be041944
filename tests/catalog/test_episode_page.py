"""An episode's page: what happens in it, who made it, and which come before and after it."""

import html
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.models import Episode, Season, Title
from tests.make import (
    make_credit,
    make_episode,
    make_episode_credit,
    make_person,
    make_season,
    make_show,
    make_translation,
)

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
SHOW = "/tv/1396-breaking-bad"
PILOT = f"{SHOW}/season/1/episode/1"


@pytest.fixture
def show() -> Title:
    return make_show(tmdb_id=1396, name="Breaking Bad")


@pytest.fixture
def season(show: Title) -> Season:
    return make_season(show, number=1, name="Season 1")


@pytest.fixture
def pilot(season: Season) -> Episode:
    return make_episode(season, number=1, name="Pilot")


def shown(client: Client, address: str = PILOT, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def part(page: str, pattern: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found
    return text(found[0])


def neighbours(page: str) -> tuple[str, str]:
    """The addresses it leads back and on to, below the show's."""
    found = dict(re.findall(r'href="([^"]+)" rel="(prev|next)"', page))
    back = {which: address.removeprefix(SHOW) for address, which in found.items()}
    return back.get("prev", ""), back.get("next", "")


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

    page = shown(client)

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

    assert "airs on May 2, 2026" in shown(client)


def test_one_of_which_little_is_known_has_a_page(client: Client, season: Season) -> None:
    make_episode(season, number=1, name="")

    page = shown(client)

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

    trail = part(shown(client, accept_language="de"), r'<nav class="trail".*?</nav>')

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

    rail = part(shown(client), r'<section aria-labelledby="guests".*?</section>')

    assert rail.endswith("F First Part First S Second Part Second")


def test_guests_lead_to_their_pages(client: Client, pilot: Episode) -> None:
    make_episode_credit(pilot, make_person(tmdb_id=92495, name="John Koyama"))

    assert '<a href="/person/92495-john-koyama">John Koyama</a>' in shown(client)


def test_the_director_and_the_writer_are_named_first(client: Client, pilot: Episode) -> None:
    for job, name in (("Editor", "Lynne"), ("Writer", "Vince"), ("Director", "Adam")):
        make_episode_credit(pilot, make_person(name=name), department="Crew", job=job)

    page = shown(client)

    assert part(page, r'<dl class="makers">.*?</dl>') == "Directed by Adam Written by Vince"
    assert part(page, r'<dl class="crew">.*?</dl>') == "Crew Lynne Editor"


def test_who_wrote_in_two_ways_is_named_once(client: Client, pilot: Episode) -> None:
    writer = make_person(name="Vince")
    for job in ("Writer", "Teleplay"):
        make_episode_credit(pilot, writer, department="Writing", job=job)

    assert part(shown(client), r'<dl class="makers">.*?</dl>') == "Written by Vince"


def test_the_rest_of_the_crew_is_grouped_by_department(client: Client, pilot: Episode) -> None:
    for department, job in (("Sound", "Mixer"), ("Camera", "Operator"), ("Sound", "Boom")):
        person = make_person(name=f"The {job}")
        make_episode_credit(pilot, person, department=department, job=job)

    crew = part(shown(client), r'<dl class="crew">.*?</dl>')

    assert crew == "Camera The Operator Operator Sound The Mixer Mixer The Boom Boom"


def test_the_show_s_cast_is_there_too(client: Client, pilot: Episode) -> None:
    make_credit(pilot.season.title, make_person(name="Bryan Cranston"), character="Walter")

    assert "Bryan Cranston" in shown(client)


def test_who_is_hidden_is_named_without_a_link(client: Client, pilot: Episode) -> None:
    for n, job in enumerate(("Director", "Editor", "")):
        person = make_person(tmdb_id=770 + n, name=f"Gone {n}", hidden_at=PAST)
        make_episode_credit(pilot, person, department="Crew" if job else "Acting", job=job)

    page = shown(client)

    assert all(f"Gone {n}" in page for n in range(3))
    assert "/person/77" not in page


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
    assert neighbours(shown(client)) == ("", "")


def test_specials_are_passed_over(client: Client, show: Title, pilot: Episode) -> None:
    make_episode(make_season(show, number=0), number=1)

    assert neighbours(shown(client)) == ("", "")


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

    assert neighbours(shown(client)) == ("", "/season/5/episode/4")


def test_other_shows_are_not_its_neighbours(client: Client, pilot: Episode) -> None:
    make_episode(make_season(make_show(), number=1), number=2)

    assert neighbours(shown(client)) == ("", "")


# --- Two with one number -------------------------------------------------------------------------
def test_of_two_with_one_number_the_older_is_shown(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=901, number=1, name="Younger")
    make_episode(season, tmdb_id=900, number=1, name="Older")

    page = shown(client)

    assert "Older" in page
    assert "Younger" not in page


def test_of_two_with_one_number_the_visible_is_shown(client: Client, season: Season) -> None:
    make_episode(season, tmdb_id=900, number=1, name="Older", hidden_at=PAST)
    make_episode(season, tmdb_id=901, number=1, name="Younger")

    assert "Younger" in shown(client)


def test_of_two_neighbours_with_one_number_the_older_is_named(
    client: Client, season: Season, pilot: Episode
) -> None:
    make_episode(season, tmdb_id=990_001, number=2, name="Younger")
    make_episode(season, tmdb_id=990_000, number=2, name="Older")

    assert "Older" in part(shown(client), r'<nav class="turns".*?</nav>')


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

    page = shown(client)

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
    with django_assert_num_queries(len(few)):
        client.get(PILOT, headers=headers)
