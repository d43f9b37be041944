"""A member's own calendar: what they watch and want, in their country, on their days."""

import html
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.models import Title
from lists.models import State
from tests.lists.held import track, want
from tests.make import (
    make_episode,
    make_release,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db

MINE = "/calendar/mine"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-21 12:00+00:00", tick=False):
        yield


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann", region="DE")
    client.force_login(member)
    return member


def show_on(day: str, *numbers: int, **values: Any) -> Title:
    show = make_show(**values)
    season = make_season(show)
    for number in numbers or (1,):
        make_episode(season, number=number, air_date=day)
    return show


def names(client: Client, **query: str) -> list[str]:
    page = client.get(MINE, query)
    assert page.status_code == 200
    return [event.title.name for day, _url in page.context["days"] for event in day.events]


def shown(client: Client, **query: str) -> str:
    return html.unescape(client.get(MINE, query).content.decode())


# --- What is on it -------------------------------------------------------------------------------
def test_episodes_of_a_show_that_is_watched_are_on_it(client: Client, ann: User) -> None:
    track(ann, show_on("2026-11-05", 3, 4, name="Dark"))

    page = shown(client)
    assert "Dark" in page
    assert "S1 E3–E4" in page


def test_a_planned_show_is_on_it_though_nothing_was_seen(client: Client, ann: User) -> None:
    track(ann, show_on("2026-11-05", name="Dark"), state=State.PLANNED, seen=0)

    assert names(client) == ["Dark"]


@pytest.mark.parametrize("state", [State.PAUSED, State.DROPPED])
def test_what_was_paused_or_dropped_is_not_even_from_the_watchlist(
    client: Client, ann: User, state: str
) -> None:
    show = show_on("2026-11-05")
    track(ann, show, state=state)
    want(ann, show)

    assert names(client) == []


def test_a_show_of_which_nothing_was_seen_is_not(client: Client, ann: User) -> None:
    track(ann, show_on("2026-11-05"), seen=0)

    assert names(client) == []


def test_a_wanted_film_stands_on_its_day_in_the_members_country(client: Client, ann: User) -> None:
    film = make_title(name="Heat", release_date="2026-11-01")
    make_release(film, "2026-11-10", country="US")
    make_release(film, "2026-11-20", country="DE")
    want(ann, film)

    page = client.get(MINE)
    assert [day.date.day for day, _url in page.context["days"]] == [20]


def test_a_wanted_show_is_on_it_with_its_episodes(client: Client, ann: User) -> None:
    want(ann, show_on("2026-11-05", name="Dark"))

    assert names(client) == ["Dark"]


def test_what_others_watch_and_what_waits_for_approval_is_not(client: Client, ann: User) -> None:
    ben = make_user()
    track(ben, show_on("2026-11-05"))
    want(ben, show_on("2026-11-06"))
    want(ann, show_on("2026-11-07"), is_accepted=False)
    show_on("2026-11-08")

    assert names(client) == []


def test_who_keeps_a_title_for_adults_sees_it(client: Client, ann: User) -> None:
    want(ann, make_title(name="Night", adult=True, release_date="2026-11-01"))

    assert names(client) == ["Night"]


def test_what_tmdb_has_dropped_is_not_announced(client: Client, ann: User) -> None:
    want(ann, make_title(hidden_at=datetime.now(UTC), release_date="2026-11-01"))

    assert names(client) == []


def test_a_show_that_is_watched_and_wanted_is_on_it_once(client: Client, ann: User) -> None:
    show = show_on("2026-11-05", name="Dark")
    track(ann, show)
    want(ann, show)

    assert names(client) == ["Dark"]


# --- The page ------------------------------------------------------------------------------------
def test_today_is_where_the_member_is(client: Client, ann: User) -> None:
    ann.time_zone = "Pacific/Auckland"
    ann.save()
    with time_machine.travel("2026-11-30 12:00+00:00", tick=False):
        client.force_login(ann)
        page = shown(client)

    assert "December 2026" in page


def test_films_and_shows_can_be_looked_at_apart(client: Client, ann: User) -> None:
    want(ann, make_title(name="Heat", release_date="2026-11-01"))
    track(ann, show_on("2026-11-05", name="Dark"))

    assert names(client, kind="movie") == ["Heat"]
    assert names(client, kind="tv") == ["Dark"]


def test_a_month_shows_some_of_a_day_and_the_day_all(client: Client, ann: User) -> None:
    want(ann, *(make_title(release_date="2026-11-05") for _ in range(9)))

    assert len(names(client)) == 6
    assert "and 3 more" in shown(client)
    assert "/calendar/mine?day=2026-11-05" in shown(client)
    assert len(names(client, day="2026-11-05")) == 9
    assert len(names(client, view="agenda")) == 9


def test_titles_are_called_what_the_reader_calls_them(client: Client, ann: User) -> None:
    film = make_title(name="The Lives of Others", release_date="2026-11-05")
    make_translation(film, "ru", name="Жизнь других")
    want(ann, film)
    ann.language = "ru"
    ann.save()
    client.force_login(ann)

    assert "Жизнь других" in shown(client)


@pytest.mark.parametrize("view", ["month", "agenda"])
def test_however_much_there_is_it_takes_as_many_questions(
    client: Client, ann: User, view: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(MINE, {"view": view})
        return len(asked)

    track(ann, show_on("2026-11-05"))
    want(ann, make_title(release_date="2026-11-06"))
    queries()
    few = queries()
    for day in range(1, 29):
        track(ann, show_on(f"2026-11-{day:02}"))
        want(ann, make_title(release_date=f"2026-11-{day:02}"))

    assert queries() == few
    assert few <= 12


def test_an_empty_one_says_what_it_is_for(client: Client, ann: User) -> None:
    assert "Your calendar begins with what you watch" in shown(client)


def test_a_month_without_anything_leads_on(client: Client, ann: User) -> None:
    track(ann, show_on("2026-11-05"))

    assert "A quiet month" in shown(client, month="2027-01")
    assert "A quiet day" in shown(client, day="2026-11-06")


def test_nonsense_falls_back_to_this_month(client: Client, ann: User) -> None:
    track(ann, show_on("2026-11-05", name="Dark"))

    page = shown(client, month="2026-99", view="x", kind="y")
    assert "Dark" in page
    assert "No calendar has that day or month" in page


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(MINE)["Location"].startswith("/sign-in")


def test_the_calendar_of_everybody_leads_to_ones_own(client: Client, ann: User) -> None:
    assert 'href="/calendar/mine"' in client.get("/calendar").content.decode()
    assert 'href="/calendar/mine"' not in Client().get("/calendar").content.decode()
