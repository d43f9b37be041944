"""What members have watched, through the API."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.models import Title
from lists import watching
from lists.models import Viewing
from lists.watching import When
from tests.lists.shows import make_running_show
from tests.make import make_title, make_user
from tests.reviews.api.asking import get, kind, send, wrong

pytestmark = pytest.mark.django_db

AT = "2024-03-01T20:00:00Z"


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603, name="The Matrix")


@pytest.fixture
def show() -> Title:
    """Of three episodes that have aired, and one to come."""
    return make_running_show(tmdb_id=1396, name="Breaking Bad")[0]


def of_film(**more: Any) -> dict[str, Any]:
    return {"media_type": "movie", "id": 603, **more}


def of_episode(number: int, **more: Any) -> dict[str, Any]:
    numbers = {"season_number": 1, "episode_number": number}
    return {"media_type": "tv", "id": 1396, **numbers, **more}


def told(page: Any) -> list[tuple[str, int | None]]:
    return [
        (row["title"]["title"], row["episode"] and row["episode"]["episode_number"])
        for row in page["results"]
    ]


# --- Written down --------------------------------------------------------------------------------
def test_a_film_is_written_down_at_its_moment(client: Client, ann: User, film: Title) -> None:
    answer = send(client, "post", "history/", of_film(watched_at=AT, note="With Bob"))

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/history/{made['id']}/"
    names = ("precision", "watched_at", "watched_on", "note", "episode", "is_again")
    assert [made[name] for name in names] == [
        *("instant", AT, "2024-03-01", "With Bob", None, False),
    ]
    assert get(client, f"history/{made['id']}/") == made


def test_the_day_of_a_moment_is_the_members(client: Client, ann: User, film: Title) -> None:
    ann.time_zone = "Pacific/Auckland"
    ann.save()

    made = send(client, "post", "history/", of_film(watched_at=AT)).json()

    assert made["watched_on"] == "2024-03-02"


def test_a_day_is_enough(client: Client, ann: User, film: Title) -> None:
    made = send(client, "post", "history/", of_film(watched_on="2024-03-01")).json()

    assert (made["precision"], made["watched_at"]) == ("day", None)


def test_nobody_has_to_remember(client: Client, ann: User, film: Title) -> None:
    made = send(client, "post", "history/", of_film(unknown=True)).json()

    assert (made["precision"], made["watched_at"], made["watched_on"]) == ("unknown", None, None)


def test_without_a_time_it_is_now(client: Client, ann: User, film: Title) -> None:
    send(client, "post", "history/", of_film())

    assert timezone.now() - Viewing.objects.get().watched_at < timedelta(minutes=1)


def test_an_episode_is_written_down(client: Client, ann: User, show: Title) -> None:
    made = send(client, "post", "history/", of_episode(2)).json()

    assert made["episode"]["episode_number"] == 2
    assert get(client, "tv/1396/progress/")["seen"] == 1


def test_an_episode_that_is_to_come_was_not_watched(client: Client, ann: User, show: Title) -> None:
    assert kind(send(client, "post", "history/", of_episode(4))) == (422, "unprocessable")
    assert not Viewing.objects.exists()


def test_the_same_moment_twice_is_a_duplicate(client: Client, ann: User, film: Title) -> None:
    send(client, "post", "history/", of_film(watched_at=AT))

    answer = send(client, "post", "history/", of_film(watched_at="2024-03-01T21:00:00+01:00"))

    assert kind(answer) == (409, "duplicate")


def test_twice_on_a_day_is_twice(client: Client, ann: User, film: Title) -> None:
    for _ in range(2):
        send(client, "post", "history/", of_film(watched_on="2024-03-01"))

    assert [row["is_again"] for row in get(client, "history/")["results"]] == [True, False]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"watched_at": "2999-01-01T00:00:00Z"}, "watched_at"),
        ({"watched_at": "1800-01-01T00:00:00Z"}, "watched_at"),
        ({"watched_at": "0001-01-01T00:00:00+14:00"}, "watched_at"),
        ({"watched_at": "9999-12-31T23:59:59-12:00"}, "watched_at"),
        ({"watched_at": 5}, "watched_at"),
        ({"watched_on": "2999-01-01"}, "watched_on"),
        ({"watched_on": "0001-01-01"}, "watched_on"),
        ({"watched_on": "2024-03-01", "watched_at": AT}, "watched_on"),
        ({"watched_on": "2024-03-01", "unknown": True}, "unknown"),
        ({"season_number": 1}, "season_number"),
        ({"note": "x" * 501}, "note"),
        ({"media_type": "tv"}, "season_number"),
        ({"media_type": "tv", "season_number": 1}, "episode_number"),
        ({"media_type": "tv", "season_number": 10**9, "episode_number": 1}, "season_number"),
    ],
)
def test_nonsense_is_said_to_be(
    client: Client, ann: User, film: Title, more: dict[str, Any], field: str
) -> None:
    assert wrong(send(client, "post", "history/", of_film(**more))) == {field}


def test_many_are_written_down_and_each_is_answered_for(
    client: Client, ann: User, film: Title, show: Title
) -> None:
    items = [
        of_film(watched_at=AT),
        of_episode(1),
        of_film(watched_at=AT),
        of_episode(4),
        of_episode(9),
        {"media_type": "movie", "id": 999_999},
        of_episode(2, unknown=True),
    ]

    answer = send(client, "post", "history/", {"items": items}).json()

    outcomes = [row["outcome"] for row in answer["results"]]
    assert outcomes == [
        *("added", "added", "existing", "not_aired", "not_found", "not_found", "added"),
    ]
    counts = ("added", "existing", "not_aired", "not_found")
    assert [answer[name] for name in counts] == [3, 1, 1, 2]
    kept = [row["viewing"] for row in answer["results"] if row["viewing"]]
    assert sorted(kept) == sorted(Viewing.objects.values_list("pk", flat=True))


def test_what_is_wrong_with_one_of_many_is_said_beside_it(
    client: Client, ann: User, film: Title
) -> None:
    body = {"items": [of_film(), of_film(watched_on="2999-01-01")]}

    assert wrong(send(client, "post", "history/", body)) == {"items.1.watched_on"}
    assert not Viewing.objects.exists()


def test_what_was_dropped_goes_on_when_more_of_it_is_brought(
    client: Client, ann: User, show: Title
) -> None:
    send(client, "put", "tv/1396/state/", {"state": "dropped"})

    send(client, "post", "history/", {"items": [of_episode(1), of_episode(2)]})

    assert get(client, "tv/1396/state/")["status"] == "watching"


def test_the_same_key_writes_it_down_once(client: Client, ann: User, film: Title) -> None:
    for _ in range(2):
        send(client, "post", "history/", of_film(), **{"Idempotency-Key": "a"})

    assert Viewing.objects.count() == 1


# --- Told ----------------------------------------------------------------------------------------
def test_the_last_is_told_first_and_the_rest_by_a_cursor(
    client: Client, ann: User, film: Title
) -> None:
    for day in (1, 3, 2):
        watching.watch(ann, make_title(name=str(day)), when=When.day(date(2024, 1, day)))

    first = get(client, "history/?page_size=2")
    second = get(client, f"history/?page_size=2&cursor={first['next_cursor']}")

    assert [name for name, _ in told(first) + told(second)] == ["3", "2", "1"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("media_type=tv", ["Breaking Bad"]),
        ("media_type=movie&id=603", ["The Matrix", "The Matrix"]),
        ("id=1396&season_number=1&episode_number=1", ["Breaking Bad"]),
        ("id=1396&episode_number=2", []),
        ("q=matrix", ["The Matrix", "The Matrix"]),
        ("year=2023", ["The Matrix"]),
        ("year=2024&month=5", ["Breaking Bad"]),
        ("from=2024-01-01&to=2024-04-01", ["The Matrix"]),
        ("again=true", ["The Matrix"]),
        ("unknown=1", []),
    ],
)
def test_the_history_is_narrowed(
    client: Client, ann: User, film: Title, show: Title, query: str, names: list[str]
) -> None:
    send(client, "post", "history/", of_film(watched_on="2023-03-01"))
    send(client, "post", "history/", of_film(watched_on="2024-03-01"))
    send(client, "post", "history/", of_episode(1, watched_on="2024-05-01"))

    assert [name for name, _ in told(get(client, f"history/?{query}"))] == names


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("media_type=book", "media_type"),
        ("year=99999", "year"),
        ("from=yesterday", "from"),
        ("again=perhaps", "again"),
        ("q=%00", "q"),
        ("cursor=nonsense", "cursor"),
        ("page_size=0", "page_size"),
        ("fields=password", "fields"),
    ],
)
def test_a_filter_that_makes_no_sense_is_an_error(
    client: Client, ann: User, film: Title, query: str, field: str
) -> None:
    send(client, "post", "history/", of_film())

    assert wrong(client.get(f"/api/v1/history/?{query}")) == {field}


# --- Changed and taken out -----------------------------------------------------------------------
@pytest.fixture
def viewing(ann: User, film: Title) -> Viewing:
    return watching.watch(ann, film, when=When.day(date(2024, 3, 1)), note="Alone")


def test_it_was_another_day(client: Client, viewing: Viewing) -> None:
    changed = send(client, "patch", f"history/{viewing.pk}/", {"watched_on": "2024-03-02"}).json()

    assert (changed["watched_on"], changed["note"]) == ("2024-03-02", "Alone")


def test_a_note_alone_leaves_the_day(client: Client, viewing: Viewing) -> None:
    changed = send(client, "patch", f"history/{viewing.pk}/", {"note": ""}).json()

    told = ("note", "precision", "watched_on")
    assert [changed[name] for name in told] == ["", "day", "2024-03-01"]


def test_it_is_taken_out_and_brought_back(client: Client, viewing: Viewing) -> None:
    undo = send(client, "delete", f"history/{viewing.pk}/").json()["undo"]
    assert not Viewing.objects.exists()

    send(client, "post", f"undo/{undo}/")

    assert Viewing.objects.get().pk == viewing.pk


def test_the_same_once_more_is_there_twice(client: Client, viewing: Viewing) -> None:
    answer = send(client, "post", f"history/{viewing.pk}/again/")

    assert (answer.status_code, answer.json()["watched_on"]) == (201, "2024-03-01")
    assert Viewing.objects.count() == 2


def test_many_are_taken_out_at_once(
    client: Client, ann: User, viewing: Viewing, show: Title
) -> None:
    watching.watch_show(ann, show, when=When.now(ann))
    theirs = watching.watch(make_user(), viewing.title, when=When.unknown())
    keys = list(Viewing.objects.values_list("pk", flat=True))

    answer = send(client, "post", "history/remove/", {"ids": keys}).json()

    assert (answer["removed"], len(answer["undos"])) == (4, 2)
    assert list(Viewing.objects.all()) == [theirs]
    assert get(client, "tv/1396/progress/")["seen"] == 0


@pytest.mark.parametrize(
    ("method", "more", "body"),
    [
        ("get", "", None),
        ("patch", "", {"note": "x"}),
        ("delete", "", None),
        ("post", "again/", None),
    ],
)
def test_somebody_elses_is_not_there(
    client: Client, viewing: Viewing, method: str, more: str, body: Any
) -> None:
    client.force_login(make_user())

    answer = send(client, method, f"history/{viewing.pk}/{more}", body)

    assert kind(answer) == (404, "not-found")


# --- Of others -----------------------------------------------------------------------------------
def test_others_see_no_notes(client: Client, viewing: Viewing) -> None:
    client.logout()

    (row,) = get(client, "users/ann/history/")["results"]

    assert row["title"]["id"] == 603
    assert "note" not in row


def test_who_does_not_share_what_they_add_has_no_history_for_others(
    client: Client, viewing: Viewing
) -> None:
    User.objects.update(default_audience="private")
    client.logout()

    assert kind(client.get("/api/v1/users/ann/history/")) == (404, "not-found")
