"""One touch, how far members are with shows, and their calendars, through the API."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.models import Title
from lists import keeping, watching
from lists.models import CalendarLink, Viewing
from lists.watching import When
from tests.lists.shows import make_aired, make_ended_show, make_running_show
from tests.make import make_release, make_season, make_title
from tests.reviews.api.asking import get, kind, send, wrong

pytestmark = pytest.mark.django_db

SHOW = "tv/1396/"
SEASON = f"{SHOW}seasons/1/"


@pytest.fixture
def show() -> Title:
    """Of three episodes that have aired, and one to come."""
    return make_running_show(tmdb_id=1396, name="Breaking Bad")[0]


def seen(member: User) -> list[int]:
    """The numbers of the episodes."""
    viewings = Viewing.objects.filter(user=member, episode__isnull=False)
    return sorted(viewings.values_list("episode__number", flat=True))


# --- One touch -----------------------------------------------------------------------------------
def test_a_film_is_seen_once_however_often_it_is_said(client: Client, ann: User) -> None:
    make_title(tmdb_id=603)

    answers = [send(client, "put", "movies/603/watched/", {}).json() for _ in range(2)]

    assert [answer["added"] for answer in answers] == [1, 0]
    assert answers[1]["undo"] is None


def test_a_film_was_seen_on_another_day(client: Client, ann: User) -> None:
    make_title(tmdb_id=603)

    send(client, "put", "movies/603/watched/", {"watched_on": "2024-03-01"})

    assert str(Viewing.objects.get().watched_on) == "2024-03-01"


def test_a_film_was_not_seen_after_all(client: Client, ann: User) -> None:
    film = make_title(tmdb_id=603)
    watching.watch(ann, film, when=When.now(ann))

    answer = send(client, "delete", "movies/603/watched/").json()

    assert answer["removed"] == 1
    assert not Viewing.objects.exists()
    send(client, "post", f"undo/{answer['undo']}/")
    assert Viewing.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "body", "numbers"),
    [
        (SHOW, {}, [1, 2, 3]),
        (SEASON, {}, [1, 2, 3]),
        (f"{SEASON}episodes/2/", {}, [2]),
        (f"{SEASON}episodes/2/", {"up_to": True}, [1, 2]),
    ],
)
def test_of_a_show_that_is_seen_which_has_aired(
    client: Client, ann: User, show: Title, path: str, body: Any, numbers: list[int]
) -> None:
    answer = send(client, "put", f"{path}watched/", body).json()

    assert answer["added"] == len(numbers)
    assert seen(ann) == numbers
    send(client, "post", f"undo/{answer['undo']}/")
    assert seen(ann) == []


@pytest.mark.parametrize(
    ("path", "numbers"), [(SHOW, []), (SEASON, []), (f"{SEASON}episodes/2/", [1, 3])]
)
def test_of_a_show_that_is_taken_back(
    client: Client, ann: User, show: Title, path: str, numbers: list[int]
) -> None:
    watching.watch_show(ann, show, when=When.now(ann))

    send(client, "delete", f"{path}watched/")

    assert seen(ann) == numbers


@pytest.mark.parametrize("body", [{}, {"up_to": True}])
def test_an_episode_that_is_to_come_was_not_seen(
    client: Client, ann: User, show: Title, body: Any
) -> None:
    answer = send(client, "put", f"{SEASON}episodes/4/watched/", body)

    assert kind(answer) == (422, "unprocessable")


@pytest.mark.parametrize("path", [f"{SHOW}seasons/7/", f"{SEASON}episodes/70/"])
def test_what_the_show_has_not_is_not_found(
    client: Client, ann: User, show: Title, path: str
) -> None:
    assert kind(send(client, "put", f"{path}watched/", {})) == (404, "not-found")


def test_a_show_whose_episodes_are_not_here_yet_is_asked_for(
    client: Client, ann: User, show: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    Title.objects.update(details_at=None)

    def brought(_view: object, _kind: str, _tmdb_id: int) -> tuple[Title, None]:
        make_aired(make_season(show, number=2), 2)
        return show, None

    monkeypatch.setattr("lists.api.finding.title_for", brought)

    assert send(client, "put", f"{SHOW}watched/", {}).json()["added"] == 5


# --- How far -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("planned", "planned"),
        ("paused", "paused"),
        ("dropped", "dropped"),
        ("none", "watching"),
        ("again", "watching"),
    ],
)
def test_somebody_says_how_they_are_with_a_show(
    client: Client, ann: User, show: Title, state: str, status: str
) -> None:
    send(client, "put", f"{SEASON}episodes/1/watched/", {})

    answer = send(client, "put", f"{SHOW}state/", {"state": state})

    assert (answer.status_code, answer.json()["status"]) == (200, status)
    assert get(client, f"{SHOW}state/")["status"] == status


def test_a_state_is_taken_back(client: Client, ann: User, show: Title) -> None:
    undo = send(client, "put", f"{SHOW}state/", {"state": "dropped"}).json()["undo"]

    send(client, "post", f"undo/{undo}/")

    assert get(client, f"{SHOW}state/")["status"] is None


def test_a_state_that_there_is_not_is_an_error(client: Client, ann: User, show: Title) -> None:
    assert wrong(send(client, "put", f"{SHOW}state/", {"state": "bored"})) == {"state"}


def test_progress_tells_every_episode(client: Client, ann: User, show: Title) -> None:
    send(client, "put", f"{SEASON}episodes/2/watched/", {"watched_on": "2024-03-01"})

    told = get(client, f"{SHOW}progress/")

    assert [told[name] for name in ("status", "seen", "left", "round")] == ["watching", 1, 2, 0]
    assert told["next_episode"]["episode_number"] == 3
    (season,) = told["seasons"]
    assert (season["season_number"], season["aired"], season["seen"]) == (1, 3, 1)
    marks = [(one["has_aired"], one["is_seen"], one["plays"]) for one in season["episodes"]]
    assert marks == [(True, False, 0), (True, True, 1), (True, False, 0), (False, False, 0)]
    assert season["episodes"][1]["last_watched_on"] == "2024-03-01"


def test_of_a_show_that_is_watched_again_this_round_counts(
    client: Client, ann: User, show: Title
) -> None:
    send(client, "put", f"{SHOW}watched/", {})
    send(client, "put", f"{SHOW}state/", {"state": "again"})

    told = get(client, f"{SHOW}progress/")

    (first, *_rest) = told["seasons"][0]["episodes"]
    assert (told["round"], first["is_seen"], first["plays"]) == (1, False, 1)


def test_of_a_show_that_nobody_has_begun_all_is_left(
    client: Client, ann: User, show: Title
) -> None:
    told = get(client, f"{SHOW}progress/")

    assert [told[name] for name in ("status", "seen", "left")] == [None, 0, 3]


def test_shows_are_told_by_their_status(client: Client, ann: User, show: Title) -> None:
    ended = make_ended_show(name="The Wire")[0]
    watching.watch_show(ann, ended, when=When.now(ann))
    send(client, "put", f"{SEASON}episodes/1/watched/", {})

    def names(query: str) -> list[str]:
        return [row["title"]["title"] for row in get(client, f"progress/{query}")["results"]]

    assert names("") == ["Breaking Bad"]
    assert names("?status=finished&sort=name") == ["The Wire"]
    counts = {row["status"]: row["shows"] for row in get(client, "progress/statuses/")["results"]}
    assert (counts["watching"], counts["finished"], counts["dropped"]) == (1, 1, 0)
    assert wrong(client.get("/api/v1/progress/?status=bored")) == {"status"}


def test_up_next_is_what_can_be_watched(client: Client, ann: User, show: Title) -> None:
    send(client, "put", f"{SEASON}episodes/1/watched/", {})

    (row,) = get(client, "up-next/")["results"]

    assert row["next_episode"]["episode_number"] == 2
    assert row["next_episode"]["season_number"] == 1


def test_all_that_was_seen_is_told_once(client: Client, ann: User, show: Title) -> None:
    film = make_title(name="Ikiru")
    for day in (1, 2):
        watching.watch(ann, film, when=When.day(date(2020, 1, day)), batch=uuid4())
    watching.watch_show(ann, show, when=When.day(date(2024, 1, 1)))

    found = get(client, "seen/")["results"]

    told = [(row["title"]["title"], row["plays"], row["last_watched_on"]) for row in found]
    assert told == [("Breaking Bad", 3, "2024-01-01"), ("Ikiru", 2, "2020-01-02")]
    (only,) = get(client, "seen/?media_type=movie")["results"]
    assert only["title"]["title"] == "Ikiru"


# --- Calendar ------------------------------------------------------------------------------------
def test_my_calendar_tells_of_what_i_want_alone(client: Client, ann: User) -> None:
    day = timezone.localdate() + timedelta(days=2)
    wanted, other = make_title(name="Wanted"), make_title(name="Other")
    for film in (wanted, other):
        make_release(film, str(day))
    keeping.add(keeping.watchlist(ann), wanted, by=ann)

    found = get(client, "calendar/mine/?region=US")["results"]

    assert [(row["date"], row["title"]["title"]) for row in found] == [(str(day), "Wanted")]


def test_a_calendar_has_an_address_when_somebody_opens_one(client: Client, ann: User) -> None:
    path = "calendar/mine/link/"
    assert kind(client.get(f"/api/v1/{path}")) == (404, "not-found")

    opened = send(client, "post", path)

    assert opened.status_code == 201
    assert get(client, path) == opened.json()
    assert CalendarLink.objects.get().key in opened.json()["ical"]
    assert send(client, "post", path).json()["ical"] != opened.json()["ical"]
    assert send(client, "delete", path).status_code == 204
    assert not CalendarLink.objects.exists()
