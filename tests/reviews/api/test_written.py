"""Reviews through the API: written, changed, taken back, and read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts import following
from accounts.models import Audience, User
from catalog.models import Title
from lists.models import Viewing
from lists.watching import see
from lists.when import When
from reviews.models import Decision, Edition, Rating, Review
from tests.make import (
    make_comment,
    make_episode,
    make_rating,
    make_review,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.reviews.api.asking import ask, get, kind, send, wrong

pytestmark = pytest.mark.django_db

THE_FILM: dict[str, Any] = {"media_type": "movie", "id": 603}
THE_SHOW: dict[str, Any] = {"media_type": "tv", "id": 1396}


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603, name="The Matrix")


@pytest.fixture
def show() -> Title:
    show = make_show(tmdb_id=1396)
    for number, episodes in ((1, 2), (2, 3)):
        season = make_season(show, number=number)
        for episode in range(1, episodes + 1):
            make_episode(season, number=episode, air_date=date(2020, number, episode))
    return show


def write(client: Client, **said: Any) -> Any:
    return send(client, "post", "reviews/", THE_FILM | {"text": "It *stays* with you."} | said)


# --- Written -------------------------------------------------------------------------------------
def test_a_review_is_written(as_ann: Client, ann: User, film: Title) -> None:
    answer = write(as_ann, has_spoilers=True, audience="followers", value=8.5)

    told = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/reviews/{told['id']}/"
    assert told["title"]["title"] == "The Matrix"
    assert told["author"]["username"] == "ann"
    assert told["html"] == "<p>It <em>stays</em> with you.</p>\n"
    assert (told["has_spoilers"], told["audience"], told["value"]) == (True, "followers", 8.5)
    assert get(as_ann, f"reviews/{told['id']}/") == told


def test_what_is_left_open_is_as_the_member_usually_likes(client: Client, film: Title) -> None:
    ann = make_user(default_audience=Audience.PRIVATE)
    make_rating(ann, film, 7)
    client.force_login(ann)

    told = write(client).json()

    assert (told["audience"], told["has_spoilers"], told["value"]) == ("private", False, 7)


def test_no_rating_clears_the_one_there_is(as_ann: Client, ann: User, film: Title) -> None:
    make_rating(ann, film, 7)

    assert write(as_ann, value=None).json()["value"] is None
    assert not Rating.objects.exists()


def test_a_title_is_reviewed_once(as_ann: Client, ann: User, film: Title) -> None:
    first = write(as_ann).json()

    again = write(as_ann, text="Once more.", value=2)

    assert kind(again) == (409, "duplicate")
    assert again["Location"] == f"/api/v1/reviews/{first['id']}/"
    assert ann.reviews.get().text == "It *stays* with you."
    assert not Rating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_four_that_are_sent_at_once_one_is_written(ann: User, film: Title) -> None:
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(ann)
    start = Barrier(4)

    def sends(client: Client) -> int:
        try:
            start.wait(30)
            return int(write(client).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        codes = sorted(threads.map(sends, clients))

    assert codes == [201, 409, 409, 409]
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("covers", "episode"),
    [
        (None, None),
        ({"season_number": 1, "episode_number": 2}, (1, 2)),
        ({"season_number": 2}, (2, 3)),
        ({"season_number": 2, "episode_number": None}, (2, 3)),
    ],
)
def test_a_review_of_a_show_may_go_up_to_an_episode(
    as_ann: Client, show: Title, covers: Any, episode: Any
) -> None:
    told = write(as_ann, **THE_SHOW, covers=covers).json()["covers"]

    assert (told and tuple(told.values())) == episode


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (THE_FILM | {"covers": {"season_number": 1}}, (422, "unprocessable")),
        (THE_SHOW | {"covers": {"season_number": 3}}, (404, "not-found")),
        (THE_SHOW | {"covers": {"season_number": 1, "episode_number": 9}}, (404, "not-found")),
        ({"id": 604}, (404, "not-found")),
    ],
)
def test_what_is_not_there_is_not_reviewed(
    as_ann: Client, film: Title, show: Title, said: Any, problem: Any
) -> None:
    assert kind(write(as_ann, **said)) == problem
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"id": "603"}, "id"),
        ({"id": 10**20}, "id"),
        ({"media_type": "person"}, "media_type"),
        ({"audience": "nobody"}, "audience"),
        ({"has_spoilers": "yes"}, "has_spoilers"),
        ({"value": 11}, "value"),
        ({"covers": {}}, "covers.season_number"),
        ({"covers": {"season_number": -1}}, "covers.season_number"),
        ({"covers": {"season_number": 1, "episode_number": 10**9}}, "covers.episode_number"),
    ],
)
def test_what_is_not_right_is_named(as_ann: Client, film: Title, said: Any, field: str) -> None:
    assert wrong(write(as_ann, **said)) == {field}
    assert not Review.objects.exists()


def test_no_more_is_written_in_an_hour_than_on_the_site(
    as_ann: Client, film: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.api.written.AN_HOUR", "1/h")

    assert [write(as_ann).status_code for _ in range(2)] == [201, 429]


def test_a_preview_is_not_kept(as_ann: Client, ann: User) -> None:
    told = send(as_ann, "post", "reviews/preview/", {"text": "||He dies.|| Ask @ann."}).json()

    assert 'class="spoiler"' in told["html"]
    assert 'href="/@ann"' in told["html"]
    assert not Review.objects.exists()


# --- Changed -------------------------------------------------------------------------------------
def test_only_what_is_sent_is_changed(as_ann: Client, ann: User, show: Title) -> None:
    before = write(as_ann, **THE_SHOW, covers={"season_number": 1}, value=6).json()

    told = send(as_ann, "patch", f"reviews/{before['id']}/", {"has_spoilers": True}).json()

    assert told["edited_at"]
    assert told == before | {"has_spoilers": True, "edited_at": told["edited_at"]}


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"text": "Better."}, "text", "Better."),
        ({"audience": "private"}, "audience", "private"),
        ({"value": 2.5}, "value", 2.5),
        ({"value": None}, "value", None),
        ({"covers": None}, "covers", None),
        ({"covers": {"season_number": 2}}, "covers", {"season_number": 2, "episode_number": 3}),
        (
            {"covers": {"season_number": 2, "episode_number": 1}},
            "covers",
            {"season_number": 2, "episode_number": 1},
        ),
        ({}, "text", "It *stays* with you."),
    ],
)
def test_a_review_is_changed(
    as_ann: Client, show: Title, said: Any, field: str, value: Any
) -> None:
    made = write(as_ann, **THE_SHOW, covers={"season_number": 1}, value=6).json()

    told = send(as_ann, "patch", f"reviews/{made['id']}/", said).json()

    assert told[field] == value


@pytest.mark.parametrize(
    ("said", "field"),
    [({"covers": {}}, "covers.season_number"), ({"text": ""}, "text"), ({"value": 0}, "value")],
)
def test_what_is_not_right_is_named_in_a_change(
    as_ann: Client, ann: User, show: Title, said: Any, field: str
) -> None:
    review = make_review(ann, show)

    assert wrong(send(as_ann, "patch", f"reviews/{review.pk}/", said)) == {field}


def test_what_it_said_before_stays_readable(as_ann: Client, ann: User, film: Title) -> None:
    review = make_review(ann, film, text="**First.**")
    send(as_ann, "patch", f"reviews/{review.pk}/", {"text": "Second."})

    (before,) = get(Client(), f"reviews/{review.pk}/history/")["results"]

    assert (before["text"], before["html"]) == (
        "**First.**",
        "<p><strong>First.</strong></p>\n",
    )


def test_who_has_read_another_text_does_not_change_this_one(
    as_ann: Client, ann: User, film: Title
) -> None:
    path = f"reviews/{make_review(ann, film).pk}/"
    etag = ask(as_ann, "get", path)["ETag"]
    send(as_ann, "patch", path, {"text": "Second."})

    assert kind(send(as_ann, "patch", path, {"text": "Third."}, **{"If-Match": etag})) == (
        412,
        "changed",
    )
    assert ann.reviews.get().text == "Second."


def test_a_review_is_taken_back_and_brought_back(as_ann: Client, ann: User, film: Title) -> None:
    review = make_review(ann, film)
    make_comment(review)

    undo = ask(as_ann, "delete", f"reviews/{review.pk}/").json()["undo"]
    assert not Review.objects.exists()
    as_ann.post(f"/undo/{undo}")

    assert get(as_ann, f"reviews/{review.pk}/")["comment_count"] == 1


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_nobody_changes_another_s_review(as_ann: Client, bob: User, method: str) -> None:
    review = make_review(bob)

    answer = send(as_ann, method, f"reviews/{review.pk}/", {"text": "Mine."})

    assert kind(answer) == (404, "not-found")
    assert Review.objects.get().text == review.text
    assert not Edition.objects.exists()


# --- Read ----------------------------------------------------------------------------------------
def test_what_stands_beside_a_review_is_the_reader_s_own(
    as_ann: Client, ann: User, bob: User, film: Title
) -> None:
    review = make_review(bob, film)
    make_rating(bob, film, 9)
    following.follow(ann, bob)
    send(as_ann, "put", f"reviews/{review.pk}/like/")

    told = get(as_ann, f"reviews/{review.pk}/")
    others = get(Client(), f"reviews/{review.pk}/")

    assert (told["is_liked"], told["is_by_friend"], told["value"]) == (True, True, 9)
    assert (others["is_liked"], others["is_by_friend"], others["like_count"]) == (False, False, 1)


@pytest.fixture
def reviews(ann: User, bob: User, film: Title) -> dict[str, Review]:
    """By who wrote them: ann follows bob, carl is liked most, dora gives the most."""
    carl, dora = make_user(username="carl"), make_user(username="dora")
    following.follow(ann, bob)
    made = {who.username: make_review(who, film) for who in (carl, bob, dora)}
    Review.objects.filter(pk=made["carl"].pk).update(like_count=5)
    make_rating(dora, film, 10)
    make_rating(bob, film, 3)
    return made


@pytest.mark.parametrize(
    ("query", "authors"),
    [
        ("", ["bob", "carl", "dora"]),
        ("order=friends", ["bob", "carl", "dora"]),
        ("order=liked", ["carl", "dora", "bob"]),
        ("order=newest", ["dora", "bob", "carl"]),
        ("order=rating", ["dora", "bob", "carl"]),
        ("order=newest&page_size=2&page=2", ["carl"]),
    ],
)
def test_reviews_of_a_title_are_ordered(
    as_ann: Client, reviews: Any, query: str, authors: list[str]
) -> None:
    told = get(as_ann, f"movies/603/reviews/?{query}")["results"]

    assert [one["author"]["username"] for one in told] == authors


def test_visitors_read_what_is_liked_first(client: Client, reviews: Any) -> None:
    told = get(client, "movies/603/reviews/")["results"]

    assert [one["author"]["username"] for one in told] == ["carl", "dora", "bob"]


@pytest.mark.parametrize("query", ["order=x", "page=0", "page_size=101", "fields=nonsense"])
def test_nonsense_in_a_question_is_said(client: Client, reviews: Any, query: str) -> None:
    assert wrong(ask(client, "get", f"movies/603/reviews/?{query}")) == {query.split("=")[0]}


@pytest.mark.parametrize("path", ["movies/604/reviews/", "tv/603/reviews/"])
def test_what_is_not_there_has_no_reviews(client: Client, film: Title, path: str) -> None:
    assert kind(ask(client, "get", path)) == (404, "not-found")


def test_no_more_is_told_than_is_asked_for(client: Client, reviews: Any) -> None:
    told = get(client, "movies/603/reviews/?fields=id,text")["results"]

    assert {name for one in told for name in one} == {"id", "text"}


@pytest.mark.parametrize("place", ["reviews/", "users/ann/reviews/", "users/me/reviews/"])
def test_a_member_s_reviews_come_the_latest_first(
    as_ann: Client, ann: User, bob: User, film: Title, show: Title, place: str
) -> None:
    of_film, of_show = make_review(ann, film), make_review(ann, show)
    make_review(bob, film)

    told = {query: get(as_ann, f"{place}?{query}")["results"] for query in ("", "media_type=movie")}

    assert [one["id"] for one in told[""]] == [of_show.pk, of_film.pk]
    assert [one["id"] for one in told["media_type=movie"]] == [of_film.pk]


def test_titles_are_called_as_the_reader_asks(client: Client, ann: User, film: Title) -> None:
    film.translations.create(language="de", name="Die Matrix")
    make_review(ann, film)

    (told,) = get(client, "movies/603/reviews/?language=de")["results"]

    assert told["title"]["title"] == "Die Matrix"


# --- What tells more than somebody wants to know --------------------------------------------------
def test_who_tells_the_plot_is_folded_for_others(as_ann: Client, ann: User, film: Title) -> None:
    path = f"reviews/{make_review(ann, film, has_spoilers=True).pk}/"

    told, own = get(Client(), path), get(as_ann, path)

    assert (told["is_folded"], told["folded_because"]) == (True, "This review tells the plot.")
    assert told["text"]
    assert (own["is_folded"], own["folded_because"]) == (False, "")


@pytest.mark.parametrize(
    ("wants_shield", "has_seen", "is_folded"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_what_goes_further_than_the_reader_is_folded(
    client: Client, bob: User, show: Title, wants_shield: bool, has_seen: bool, is_folded: bool
) -> None:
    reader = make_user(spoiler_shield=wants_shield)
    client.force_login(reader)
    first = show.seasons.get(number=1).episodes.get(number=1)
    make_review(bob, show, covers=first)
    if has_seen:
        see(reader, show, episode=first, when=When.unknown())

    (told,) = get(client, "tv/1396/reviews/")["results"]

    assert told["is_folded"] is is_folded
    assert bool(Viewing.objects.count()) is has_seen


def test_the_author_is_told_why_something_is_hidden(as_ann: Client, ann: User, bob: User) -> None:
    review = make_review(ann)
    Decision.objects.create(
        moderator=bob, author=ann, review=review, deed="hidden", reason="spam", text="No ads."
    )
    Review.objects.update(hidden_at="2026-01-01T00:00Z")

    told = get(as_ann, f"reviews/{review.pk}/")

    assert told["hidden_at"]
    assert told["hidden_because"] == "Advertises something (No ads.)"
