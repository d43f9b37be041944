"""The calendar: what comes out when, in whose country, and what is bounded."""

import html
import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.about.schedule import coming_soon
from catalog.models import ReleaseDate, Title
from catalog.views import calendar
from tests.make import (
    make_episode,
    make_release,
    make_season,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

MONTH = {"month": "2026-11"}
STRANGE = [
    "9999-99",
    "2026-13",
    "2026-00",
    "1869-12",
    "2101-01",
    "-1",
    "2026",
    "2026-11-21",
    "٢٠٢٦-١١",
    "2026-11\x00",
    "x" * 10_000,
    "0000-01",
]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-21 12:00+00:00", tick=False):
        yield


def shown(client: Client, query: dict[str, Any], **headers: str) -> str:
    page = client.get("/calendar", query, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def events(client: Client, query: dict[str, Any], **headers: str) -> list[tuple[str, str, str]]:
    """What a month shows: day, name, what of it."""
    page = client.get("/calendar", query, headers=headers)
    return [
        (str(event.day), event.title.name, event.words)
        for day, _url in page.context["days"]
        for event in day.events
    ]


def show_with(*numbers: int, season: int = 1, day: str = "2026-11-05", **values: Any) -> Title:
    show = make_show(**values)
    held = make_season(show, number=season)
    for number in numbers:
        make_episode(held, number=number, air_date=day)
    return show


# --- Films ---------------------------------------------------------------------------------------
def test_a_film_is_shown_on_its_day_in_the_readers_country(client: Client) -> None:
    film = make_title(name="Heat", release_date="2026-11-01")
    make_release(film, "2026-11-20", country="DE")
    make_release(film, "2026-11-10", country="US")

    german = events(client, MONTH, accept_language="de-DE")

    assert german == [("2026-11-20", "Heat", "Cinemas")]


def test_a_film_without_a_date_in_the_readers_country_is_shown_on_its_first(client: Client) -> None:
    film = make_title(name="Heat", release_date="2026-11-01")
    make_release(film, "2026-11-20", country="DE")

    assert events(client, MONTH) == [("2026-11-01", "Heat", "First release")]


@pytest.mark.parametrize("type", ReleaseDate.Type)
def test_how_a_film_comes_out_is_said_in_words(client: Client, type: ReleaseDate.Type) -> None:
    make_release(make_title(), "2026-11-20", type=type)

    assert events(client, MONTH)[0][2] == type.label


def test_what_comes_out_twice_on_a_day_is_shown_once(client: Client) -> None:
    film = make_title(name="Heat")
    make_release(film, "2026-11-20")
    make_release(film, "2026-11-20", type=ReleaseDate.Type.DIGITAL)

    assert events(client, MONTH) == [("2026-11-20", "Heat", "Cinemas, Digital")]


def test_a_film_is_shown_again_when_it_comes_out_again(client: Client) -> None:
    film = make_title()
    make_release(film, "2026-11-02")
    make_release(film, "2026-11-20", type=ReleaseDate.Type.DIGITAL)

    assert [day for day, *_ in events(client, MONTH)] == ["2026-11-02", "2026-11-20"]


@pytest.mark.parametrize("out", [{"hidden_at": "2026-01-01T00:00Z"}, {"adult": True}])
def test_what_is_hidden_or_for_adults_is_not_shown(client: Client, out: dict[str, Any]) -> None:
    make_release(make_title(**out), "2026-11-20")
    make_title(release_date="2026-11-20", **out)
    show_with(1, **out)
    make_show(details_at=None, release_date="2026-11-20", **out)

    assert events(client, MONTH) == []


def test_the_first_and_the_last_day_belong_to_the_month(client: Client) -> None:
    film = make_title()
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        make_release(film, day)

    assert [day for day, *_ in events(client, MONTH)] == ["2026-11-01", "2026-11-30"]


# --- Shows ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("numbers", "season", "words"),
    [
        ([5], 2, "S2 E5"),
        ([1, 2, 3, 4, 5, 6, 7, 8], 2, "S2 E1–E8"),
        ([1, 2, 4], 2, "3 episodes"),
        ([7], 0, "Special"),
        ([7, 8], 0, "2 specials"),
    ],
)
def test_the_episodes_of_a_day_are_one_line(
    client: Client, numbers: list[int], season: int, words: str
) -> None:
    show_with(*numbers, season=season, name="Dark")

    assert events(client, MONTH) == [("2026-11-05", "Dark", words)]


def test_episodes_of_several_seasons_are_counted(client: Client) -> None:
    show = show_with(9, season=1)
    make_episode(make_season(show, number=2), number=1, air_date="2026-11-05")

    assert events(client, MONTH)[0][2] == "2 episodes"


def test_an_episode_that_tmdb_dropped_is_not_shown(client: Client) -> None:
    held = make_season(make_show())
    make_episode(held, air_date="2026-11-05", hidden_at=timezone.now())

    assert events(client, MONTH) == []


def test_a_show_whose_episodes_are_not_here_begins_on_its_first_day(client: Client) -> None:
    make_show(name="Dark", details_at=None, release_date="2026-11-05")

    assert events(client, MONTH) == [("2026-11-05", "Dark", "Begins")]


@pytest.mark.parametrize(("kind", "names"), [("movie", ["Heat"]), ("tv", ["Dark"])])
def test_films_and_shows_can_be_had_alone(client: Client, kind: str, names: list[str]) -> None:
    make_release(make_title(name="Heat"), "2026-11-05")
    show_with(1, name="Dark")

    assert [name for _day, name, _words in events(client, MONTH | {"kind": kind})] == names


# --- Bounds --------------------------------------------------------------------------------------
def test_a_day_shows_its_best_known_and_how_many_more_there_are(client: Client) -> None:
    for fame in range(calendar.MOST):
        make_release(make_title(name=f"Film {fame}", popularity=fame), "2026-11-05")
        show_with(1, name=f"Show {fame}", popularity=fame + 0.5)
    page = shown(client, MONTH)

    assert [name for _day, name, _words in events(client, MONTH)] == [
        "Show 5",
        "Film 5",
        "Show 4",
        "Film 4",
        "Show 3",
        "Film 3",
    ]
    assert "and 6 more" in page
    assert "/calendar?day=2026-11-05" in page


def test_equally_known_titles_keep_their_places(client: Client) -> None:
    films = [make_title() for _ in range(calendar.MOST + 3)]
    for film in reversed(films):
        make_release(film, "2026-11-05")

    first = [film.name for film in films[: calendar.MOST]]
    assert [name for _day, name, _words in events(client, MONTH)] == first


def test_more_titles_cost_no_more_queries(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get("/calendar", MONTH, headers={"accept-language": "de"})
            client.get("/calendar", {"day": "2026-11-05"}, headers={"accept-language": "de"})
        return len(counted)

    def more() -> None:
        make_translation(show_with(1), "de", name="Dunkel")
        make_release(make_title(), "2026-11-05")

    more()
    before = queries()
    for _ in range(5):
        more()

    assert queries() == before


def test_a_day_is_shown_whole_in_pages(client: Client) -> None:
    for _ in range(calendar.PER_PAGE):
        make_release(make_title(), "2026-11-05")
    show_with(1, name="The least known", popularity=-1)
    last = client.get("/calendar", {"day": "2026-11-05", "page": 2})

    assert [event.title.name for event in last.context["events"]] == ["The least known"]
    assert "page 2 of 2" in last.content.decode()


@pytest.mark.parametrize("page", ["-1", "0", "999999999999999999999", "x", "\x00", "1" * 10_000])
def test_a_page_that_is_not_there_falls_back(client: Client, page: str) -> None:
    show_with(1, name="Dark")

    assert "Dark" in shown(client, {"day": "2026-11-05", "page": page})


# --- The page ------------------------------------------------------------------------------------
def test_without_a_month_it_is_this_one(client: Client) -> None:
    show_with(1, name="Dark")
    page = shown(client, {})

    assert "November 2026" in page
    assert "Dark" in page
    assert "No calendar has" not in page


@pytest.mark.parametrize("name", ["month", "day"])
@pytest.mark.parametrize("value", STRANGE)
def test_a_month_or_day_that_no_calendar_has_falls_back_and_says_so(
    client: Client, name: str, value: str
) -> None:
    if (name, value) == ("day", "2026-11-21"):
        value = "2026-02-30"
    page = shown(client, {name: value})

    assert "No calendar has that day or month" in page
    assert "November 2026" in page


@pytest.mark.parametrize("value", ["x", "\x00", "MOVIE", "y" * 10_000])
def test_a_view_or_kind_that_is_none_shows_everything(client: Client, value: str) -> None:
    show_with(1, name="Dark")

    assert "Dark" in shown(client, {"kind": value, "view": value})


def test_today_is_marked_in_words(client: Client) -> None:
    show_with(1, day="2026-11-21")

    for view in ("month", "agenda"):
        assert re.search(r'id="today".*?<b>Today</b>', shown(client, {"view": view}), re.DOTALL)


@pytest.mark.parametrize(
    ("tongue", "first"), [("en-US", "Sun"), ("de-DE", "Mon"), ("ar-EG", "Sat"), ("xx", "Sun")]
)
def test_the_week_begins_as_in_the_readers_country(client: Client, tongue: str, first: str) -> None:
    show_with(1)
    page = shown(client, MONTH, accept_language=tongue)

    assert re.findall(r'<th scope="col">(\w+)', page)[0] == first


@pytest.mark.parametrize(
    ("query", "before", "after"),
    [
        ("month=2026-11", "month=2026-10", "month=2026-12"),
        ("month=2026-12", "month=2026-11", "month=2027-01"),
        ("month=1870-01", "", "month=1870-02"),
        ("month=2100-12", "month=2100-11", ""),
        ("day=2026-11-30", "day=2026-11-29", "day=2026-12-01"),
        ("day=1870-01-01", "", "day=1870-01-02"),
        ("day=2100-12-31", "day=2100-12-30", ""),
        ("month=2026-11&view=agenda&kind=tv", "month=2026-10&view=agenda&kind=tv", None),
    ],
)
def test_one_can_go_on_and_back(client: Client, query: str, before: str, after: str | None) -> None:
    page = html.unescape(client.get(f"/calendar?{query}").content.decode())
    ways = {rel: url for url, rel in re.findall(r'href="/calendar\?([^"]+)" rel="(\w+)"', page)}

    assert ways.get("prev", "") == before
    if after is not None:
        assert ways.get("next", "") == after


def test_the_agenda_leads_with_days(client: Client) -> None:
    show_with(1, name="Dark")
    page = shown(client, MONTH | {"view": "agenda"})

    assert "Thursday, November 5" in page
    assert "<table" not in page


def test_a_month_of_which_nothing_is_known_says_so(client: Client) -> None:
    assert "Nothing is known of this month" in shown(client, {"month": "1999-01"})


def test_a_day_of_which_nothing_is_known_says_so(client: Client) -> None:
    assert "A quiet day" in shown(client, {"day": "1999-01-01"})


def test_a_title_is_named_in_the_readers_language(client: Client) -> None:
    make_translation(show_with(1, name="Dark"), "de", name="Dunkel")

    assert "Dunkel" in shown(client, MONTH, accept_language="de")


def test_a_day_is_the_same_day_in_every_time_zone(client: Client) -> None:
    show_with(1, day="2026-11-05")

    with timezone.override("Pacific/Auckland"):
        assert [day for day, *_ in events(client, MONTH)] == ["2026-11-05"]


# --- Coming soon ---------------------------------------------------------------------------------
def soon(most: int = 10) -> list[str]:
    titles = Title.objects.all()
    found = coming_soon(date(2026, 11, 21), country="US", titles=titles, most=most)
    return [event.title.name for event in found]


def test_what_comes_soon_is_in_the_order_of_its_days(client: Client) -> None:
    make_release(make_title(name="Later", popularity=9), "2026-12-24")
    make_release(make_title(name="Sooner"), "2026-11-21")
    make_title(name="Elsewhere", release_date="2026-12-01")

    assert soon() == ["Sooner", "Elsewhere", "Later"]


def test_what_is_out_already_does_not_come_soon(client: Client) -> None:
    film = make_title()
    make_release(film, "2026-11-20")
    make_release(film, "2026-12-20", type=ReleaseDate.Type.PHYSICAL)

    assert soon() == []


def test_of_much_that_comes_soon_the_best_known_is_told(client: Client) -> None:
    make_release(make_title(name="Unknown", popularity=1), "2026-11-22")
    make_release(make_title(name="Known", popularity=9), "2026-12-22")

    assert soon(most=1) == ["Known"]
