"""What members may like, after what they have liked."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from catalog.models import Link, Title
from cinehub.recommend import LOOKED_AT, MOST, recommended
from lists.models import List, ListItem, Tracking, Viewing
from tests.accounts.api.entering import codes
from tests.make import (
    make_episode,
    make_link,
    make_rating,
    make_season,
    make_show,
    make_title,
    make_user,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/recommendations/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def keep(member: User, title: Title, kind: List.Kind) -> None:
    kept, _new = List.objects.get_or_create(
        owner=member, kind=kind, defaults={"name": kind, "slug": kind}
    )
    ListItem.objects.create(list=kept, title=title, added_by=member, position=1)


def watch(member: User, title: Title, **values: Any) -> None:
    now = timezone.now()
    Viewing.objects.create(
        user=member, title=title, watched_at=now, watched_on=now.date(), batch=uuid4(), **values
    )


def beside(title: Title, *others: Title, **values: Any) -> None:
    for other in others:
        make_link(title, other, **values)


def found(member: User, **values: Any) -> list[int]:
    return [one.title for one in recommended(member, **{"adult": False} | values)]


# --- What speaks for a title ---------------------------------------------------------------------
@pytest.mark.parametrize("how", ["rated", "favoured", "watched", "finished"])
def test_what_is_beside_a_title_that_was_liked_is_recommended(ann: User, how: str) -> None:
    liked = make_show() if how == "finished" else make_title()
    other = make_title()
    beside(liked, other)
    deeds: dict[str, Any] = {
        "rated": lambda: make_rating(ann, liked, 8),
        "favoured": lambda: keep(ann, liked, List.Kind.FAVORITES),
        "watched": lambda: watch(ann, liked),
        "finished": lambda: Tracking.objects.create(user=ann, title=liked, seen=3, left=0),
    }
    deeds[how]()

    [only] = recommended(ann, adult=False)

    assert (only.title, only.because) == (other.pk, (liked.pk,))


@pytest.mark.parametrize("how", ["rated", "watched", "half", "dropped"])
def test_what_was_not_liked_speaks_for_nothing(ann: User, how: str) -> None:
    title = make_show() if how in ("half", "dropped") else make_title()
    other = make_title(popularity=1)
    beside(title, other)
    if how == "watched":
        watch(ann, title)
    if how in ("rated", "watched"):
        make_rating(ann, title, 6)
    else:
        left, state = (3, "") if how == "half" else (0, "dropped")
        Tracking.objects.create(user=ann, title=title, seen=3, left=left, state=state)

    assert all(not one.because for one in recommended(ann, adult=False))


def test_what_more_titles_speak_for_comes_first(ann: User) -> None:
    one, two, once, twice = (make_title() for _ in range(4))
    beside(one, once, twice)
    beside(two, twice)
    make_rating(ann, one, 9)
    make_rating(ann, two, 9)

    assert found(ann) == [twice.pk, once.pk]


def test_what_stands_beside_the_better_rated_comes_first(ann: User) -> None:
    good, best, after_good, after_best = (make_title() for _ in range(4))
    beside(good, after_good)
    beside(best, after_best)
    make_rating(ann, good, 7)
    make_rating(ann, best, 10)

    assert found(ann) == [after_best.pk, after_good.pk]


def test_what_is_recommended_comes_before_what_is_similar(ann: User) -> None:
    liked, similar, other = (make_title() for _ in range(3))
    beside(liked, similar, kind=Link.Kind.SIMILAR, rank=1)
    beside(liked, other, rank=1)
    make_rating(ann, liked, 9)

    assert found(ann) == [other.pk, similar.pk]


def test_of_two_alike_the_one_that_people_like_comes_first(ann: User) -> None:
    liked, unloved, loved = make_title(), make_title(score=3), make_title(score=9)
    beside(liked, unloved, loved, rank=1)
    make_rating(ann, liked, 9)

    assert found(ann) == [loved.pk, unloved.pk]


def test_the_strongest_reasons_are_told_first(ann: User) -> None:
    other = make_title()
    liked = [make_title() for _ in range(4)]
    for title, value in zip(liked, (7, 10, 8, 9), strict=True):
        beside(title, other, rank=1)
        make_rating(ann, title, value)

    [only] = recommended(ann, adult=False)

    assert only.because == (liked[1].pk, liked[3].pk, liked[2].pk)


# --- What is left out ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "how", ["watched", "episode", "rated", "watchlist", "favourite", "dropped", "hidden", "adult"]
)
def test_what_is_known_or_not_for_them_is_left_out(ann: User, how: str) -> None:
    liked, other = make_title(), make_show() if how in ("episode", "dropped") else make_title()
    beside(liked, other)
    make_rating(ann, liked, 9)
    deeds: dict[str, Any] = {
        "watched": lambda: watch(ann, other),
        "episode": lambda: watch(ann, other, episode=make_episode(make_season(other))),
        "rated": lambda: make_rating(ann, other, 2),
        "watchlist": lambda: keep(ann, other, List.Kind.WATCHLIST),
        "favourite": lambda: keep(ann, other, List.Kind.FAVORITES),
        "dropped": lambda: Tracking.objects.create(user=ann, title=other, state="dropped"),
        "hidden": lambda: Title.objects.filter(pk=other.pk).update(hidden_at=timezone.now()),
        "adult": lambda: Title.objects.filter(pk=other.pk).update(adult=True),
    }
    deeds[how]()

    assert other.pk not in found(ann)


def test_what_others_have_seen_is_not_left_out(ann: User) -> None:
    liked, other = make_title(), make_title()
    beside(liked, other)
    make_rating(ann, liked, 9)
    watch(make_user(), other)

    assert found(ann) == [other.pk]


def test_films_and_shows_are_told_apart(ann: User) -> None:
    liked, film, show = make_title(), make_title(), make_show()
    beside(liked, film, show)
    make_rating(ann, liked, 9)

    assert (found(ann, kind="movie"), found(ann, kind="tv")) == ([film.pk], [show.pk])


# --- Where nothing is on record ------------------------------------------------------------------
def test_who_is_new_gets_what_is_popular(ann: User) -> None:
    few, many = make_title(popularity=1), make_show(popularity=9)

    assert found(ann) == [many.pk, few.pk]


def test_what_is_popular_and_known_is_left_out_too(ann: User) -> None:
    seen, other = make_title(popularity=9), make_title(popularity=1)
    make_rating(ann, seen, 2)

    assert found(ann) == [other.pk]


def test_no_more_are_recommended_than_anybody_reads(ann: User) -> None:
    Title.objects.bulk_create(Title(kind="movie", tmdb_id=n, name="x") for n in range(1, MOST + 9))

    assert len(found(ann)) == MOST


def test_many_ratings_ask_no_more_than_one(ann: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            recommended(ann, adult=False)
        return len(queries)

    def like() -> None:
        liked = make_title()
        beside(liked, make_title())
        make_rating(ann, liked, 9, rated_at=datetime(2026, 1, 1, tzinfo=UTC))

    like()
    few = asked()
    for _ in range(LOOKED_AT + 5):
        like()

    assert asked() == few
    assert len(found(ann)) == LOOKED_AT


# --- For machines --------------------------------------------------------------------------------
def test_a_recommendation_says_why(client: Client, ann: User) -> None:
    liked, other = make_title(name="Solaris"), make_title(name="Stalker")
    beside(liked, other)
    make_rating(ann, liked, 9)

    answer = client.get(ADDRESS)

    assert answer["RateLimit-Limit"]
    [told] = answer.json()["results"]
    assert told["title"]["title"] == "Stalker"
    assert told["because"] == [{"media_type": "movie", "id": liked.tmdb_id, "title": "Solaris"}]


def test_it_comes_in_pages(client: Client, ann: User) -> None:
    for n in range(5):
        make_title(popularity=n)

    pages = [client.get(f"{ADDRESS}?page_size=3&page={n}").json() for n in (1, 2)]

    assert [page["total_results"] for page in pages] == [5, 5]
    assert [len(page["results"]) for page in pages] == [3, 2]


def test_what_is_no_kind_is_said_so(client: Client, ann: User) -> None:
    assert list(codes(client.get(f"{ADDRESS}?media_type=book"))) == ["media_type"]


def test_nobody_is_recommended_anything(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 401
