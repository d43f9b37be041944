"""Ratings through the API: one, many, a member's, and what they come to."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Title
from reviews.models import Rating
from tests.make import make_episode, make_rating, make_season, make_show, make_title, make_user
from tests.reviews.api.asking import ask, get, kind, send, wrong

pytestmark = pytest.mark.django_db

FILM = "ratings/movie/603/"
SHOW = "ratings/tv/1396/"
SEASON = f"{SHOW}seasons/2/"
EPISODE = f"{SEASON}episodes/5/"


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603, name="The Matrix", vote_average=8.2, vote_count=26_000)


@pytest.fixture
def show() -> Title:
    show = make_show(tmdb_id=1396, name="Breaking Bad")
    make_episode(make_season(show, number=2), number=5, vote_average=9, vote_count=50)
    return show


# --- One -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "type_", "numbers"),
    [
        (FILM, "movie", (None, None)),
        (SHOW, "tv", (None, None)),
        (SEASON, "season", (2, None)),
        (EPISODE, "episode", (2, 5)),
    ],
)
def test_anything_is_rated_and_says_so(
    as_ann: Client, film: Title, show: Title, path: str, type_: str, numbers: Any
) -> None:
    assert send(as_ann, "put", path, {"value": 8.5}).status_code == 200

    told = get(as_ann, path)
    assert (told["type"], told["value"]) == (type_, 8.5)
    assert (told["season_number"], told["episode_number"]) == numbers
    assert told["title"]["id"] == (603 if type_ == "movie" else 1396)


@pytest.mark.parametrize("path", [FILM, SHOW, SEASON, EPISODE])
def test_a_rating_is_taken_back(as_ann: Client, film: Title, show: Title, path: str) -> None:
    send(as_ann, "put", path, {"value": 3})

    assert ask(as_ann, "delete", path).status_code == 200

    assert kind(ask(as_ann, "get", path)) == (404, "not-found")


def test_who_rates_anew_has_one_rating(as_ann: Client, ann: User, film: Title) -> None:
    send(as_ann, "put", FILM, {"value": 3})
    send(as_ann, "put", FILM, {"value": 10})

    assert [rating.value for rating in ann.ratings.all()] == [10]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_what_was_done_can_be_undone(as_ann: Client, ann: User, film: Title, method: str) -> None:
    make_rating(ann, film, 7)

    undo = send(as_ann, method, FILM, {"value": 2}).json()["undo"]
    as_ann.post(f"/undo/{undo}")

    assert ann.ratings.get().value == 7


@pytest.mark.parametrize("path", [FILM, SHOW, SEASON, EPISODE])
@pytest.mark.parametrize("method", ["get", "delete"])
def test_what_is_not_rated_has_no_rating(
    as_ann: Client, film: Title, show: Title, path: str, method: str
) -> None:
    assert kind(ask(as_ann, method, path)) == (404, "not-found")


@pytest.mark.parametrize(
    "path",
    [
        "ratings/movie/604/",
        "ratings/tv/603/",
        f"{SHOW}seasons/3/",
        f"{SHOW}seasons/3/episodes/5/",
        f"{SEASON}episodes/6/",
        "ratings/movie/1396/seasons/2/",
        "ratings/movie/9999999999999999999/",
    ],
)
def test_what_is_not_there_is_not_rated(
    as_ann: Client, film: Title, show: Title, path: str
) -> None:
    assert kind(send(as_ann, "put", path, {"value": 5})) == (404, "not-found")


@pytest.mark.parametrize(
    "value", [0, 0.4, 0.7, 10.5, -1, 1e30, "8", None, True, [8], {}, "\x00", 8.25]
)
def test_what_is_no_rating_is_refused(as_ann: Client, film: Title, value: Any) -> None:
    assert wrong(send(as_ann, "put", FILM, {"value": value})) == {"value"}
    assert not Rating.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"null", b"{}"])
def test_a_body_without_a_rating_is_refused(as_ann: Client, film: Title, body: bytes) -> None:
    answer = as_ann.put(f"/api/v1/{FILM}", body, content_type="application/json")

    assert answer.status_code == 400


def test_who_has_read_another_rating_does_not_change_this_one(
    as_ann: Client, ann: User, film: Title
) -> None:
    make_rating(ann, film, 7)
    etag = as_ann.get(f"/api/v1/{FILM}")["ETag"]
    send(as_ann, "put", FILM, {"value": 2})

    answer = send(as_ann, "put", FILM, {"value": 9}, **{"If-Match": etag})

    assert kind(answer) == (412, "changed")
    assert ann.ratings.get().value == 2


def test_no_more_is_rated_in_an_hour_than_on_the_site(
    as_ann: Client, film: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.api.ratings.AN_HOUR", "2/h")

    codes = [send(as_ann, "put", FILM, {"value": 5}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]


# --- Many ----------------------------------------------------------------------------------------
def test_many_are_rated_at_once(as_ann: Client, ann: User, film: Title, show: Title) -> None:
    make_rating(ann, film, 2)
    items = [
        {"media_type": "movie", "id": 603, "value": None},
        {"media_type": "tv", "id": 1396, "value": 9},
        {"media_type": "tv", "id": 1396, "season_number": 2, "value": 8.5},
        {"media_type": "tv", "id": 1396, "season_number": 2, "episode_number": 5, "value": 8},
        {"media_type": "tv", "id": 1396, "season_number": 2, "episode_number": 6, "value": 8},
        {"media_type": "tv", "id": 1396, "season_number": 7, "value": 8},
        {"media_type": "tv", "id": 603, "value": 8},
    ]

    told = send(as_ann, "post", "ratings/", {"items": items}).json()

    assert [one["outcome"] for one in told["results"]] == [
        "cleared",
        *["rated"] * 3,
        *["not_found"] * 3,
    ]
    assert (told["rated"], told["cleared"], told["not_found"]) == (3, 1, 3)
    assert sorted(rating.value for rating in ann.ratings.all()) == [8, 8.5, 9]


def test_of_what_is_rated_twice_at_once_the_later_holds(
    as_ann: Client, ann: User, film: Title
) -> None:
    items = [{"media_type": "movie", "id": 603, "value": value} for value in (4, 6)]

    send(as_ann, "post", "ratings/", {"items": items})

    assert ann.ratings.get().value == 6


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"value": 11}, "items.0.value"),
        ({"media_type": "game"}, "items.0.media_type"),
        ({"id": 0}, "items.0.id"),
        ({"id": 10**30}, "items.0.id"),
        ({"episode_number": 1}, "items.0.episode_number"),
        ({"media_type": "movie", "season_number": 1}, "items.0.season_number"),
        ({"season_number": -1}, "items.0.season_number"),
    ],
)
def test_of_many_the_wrong_one_is_named(as_ann: Client, item: Any, field: str) -> None:
    items = [{"media_type": "tv", "id": 1, "value": 5} | item]

    assert wrong(send(as_ann, "post", "ratings/", {"items": items})) == {field}


@pytest.mark.parametrize("count", [0, 101])
def test_no_more_than_a_hundred_are_rated_at_once(as_ann: Client, count: int) -> None:
    items = [{"media_type": "tv", "id": 1, "value": 5}] * count

    assert send(as_ann, "post", "ratings/", {"items": items}).status_code == 400


# --- A member's ----------------------------------------------------------------------------------
@pytest.fixture
def given(ann: User, film: Title, show: Title) -> None:
    make_rating(ann, film, 6)
    make_rating(ann, show, 9)
    season = show.seasons.get()
    make_rating(ann, show, 7.5, season=season)
    make_rating(ann, show, 8, episode=season.episodes.get())
    make_rating(make_user(), film, 10)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", [8, 7.5, 9, 6]),
        ("order=oldest", [6, 9, 7.5, 8]),
        ("order=highest", [9, 8, 7.5, 6]),
        ("order=lowest", [6, 7.5, 8, 9]),
        ("type=movie", [6]),
        ("type=tv", [9]),
        ("type=season", [7.5]),
        ("type=episode", [8]),
        ("min_value=8", [8, 9]),
        ("max_value=7.5", [7.5, 6]),
        ("min_value=7.5&max_value=8&order=lowest", [7.5, 8]),
        ("page_size=3&page=2", [6]),
    ],
)
@pytest.mark.parametrize("place", ["ratings/", "users/ann/ratings/", "users/me/ratings/"])
def test_ratings_are_filtered_and_ordered(
    as_ann: Client, given: None, place: str, query: str, values: list[float]
) -> None:
    told = get(as_ann, f"{place}?{query}")

    assert [one["value"] for one in told["results"]] == values


@pytest.mark.parametrize(
    "query", ["order=x", "type=game", "min_value=x", "min_value=11", "page=0", "expand=x"]
)
def test_nonsense_in_a_question_is_said(as_ann: Client, query: str) -> None:
    assert wrong(ask(as_ann, "get", f"ratings/?{query}")) == {query.split("=")[0]}


def test_titles_for_adults_are_there_for_who_wants_them(
    client: Client, as_ann: Client, ann: User
) -> None:
    make_rating(ann, make_title(adult=True))

    assert get(Client(), "users/ann/ratings/")["total_results"] == 0
    assert get(as_ann, "users/ann/ratings/")["total_results"] == 1


# --- What they come to ---------------------------------------------------------------------------
def test_a_title_says_what_members_and_voters_give_it(client: Client, film: Title) -> None:
    for value in (8, 8, 5):
        ask_as(make_user(), FILM, value)

    told = get(client, "movies/603/ratings/")

    assert (told["vote_average"], told["vote_count"]) == (8.2, 26_000)
    assert (told["members"]["average"], told["members"]["count"]) == (7, 3)
    steps = {step["value"]: step["count"] for step in told["members"]["histogram"]}
    assert (len(steps), steps[8], steps[5], steps[0.5]) == (20, 2, 1, 0)
    assert told["me"] is None


@pytest.mark.parametrize("below", ["", "seasons/2/", "seasons/2/episodes/5/"])
def test_of_a_show_each_part_has_a_tally_of_its_own(
    client: Client, show: Title, below: str
) -> None:
    ask_as(make_user(), f"{SHOW}{below}", 4)

    counts = {
        part: get(client, f"tv/1396/{part}ratings/")["members"]["count"]
        for part in ("", "seasons/2/", "seasons/2/episodes/5/")
    }

    assert counts == dict.fromkeys(counts, 0) | {below: 1}


def test_what_i_give_it_is_told_to_who_asks(as_ann: Client, ann: User, film: Title) -> None:
    make_rating(ann, film, 9.5)

    assert get(as_ann, "movies/603/ratings/?expand=me")["me"]["value"] == 9.5
    assert get(as_ann, "movies/603/ratings/")["me"] is None
    assert get(Client(), "movies/603/ratings/?expand=me")["me"] is None


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_a_tally_is_never_an_old_one(
    client: Client, film: Title, keeping: None
) -> None:
    before = get(client, "movies/603/ratings/")["members"]["count"]
    ask_as(make_user(), FILM, 4)

    assert (before, get(client, "movies/603/ratings/")["members"]["count"]) == (0, 1)


@pytest.mark.parametrize(
    "path", ["movies/1/ratings/", "tv/603/ratings/", "tv/1/seasons/1/ratings/"]
)
def test_what_is_not_there_has_no_tally(client: Client, film: Title, path: str) -> None:
    assert kind(ask(client, "get", path)) == (404, "not-found")


def ask_as(member: User, path: str, value: float) -> None:
    client = Client()
    client.force_login(member)
    assert send(client, "put", path, {"value": value}).status_code == 200
