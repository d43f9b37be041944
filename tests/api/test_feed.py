"""The feed, for machines; who is heard of is in tests/test_feed.py."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Follow, User
from lists.models import List, ListItem
from tests.accounts.api.entering import codes
from tests.make import (
    make_episode,
    make_review,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)
from tests.test_feed import NOON, followed_by, rated, watched

pytestmark = pytest.mark.django_db

FEED = "/api/v1/feed/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


@pytest.fixture
def ben(ann: User) -> User:
    return followed_by(ann, username="ben")


def told(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{FEED}{query}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_it_is_for_members(client: Client) -> None:
    assert client.get(FEED).status_code == 401


def test_what_somebody_watched_is_told_with_the_title(client: Client, ben: User) -> None:
    film = make_title(name="Stalker")
    watched(ben, film)

    [entry] = told(client)

    assert (entry["kind"], entry["member"]["username"], entry["count"]) == ("watched", "ben", 1)
    assert [title["id"] for title in entry["titles"]] == [film.tmdb_id]
    assert (entry["value"], entry["review"], entry["list"]) == (None, None, None)


def test_an_episode_is_told_by_its_numbers(client: Client, ben: User) -> None:
    show = make_show()
    episode = make_episode(make_season(show, number=2), number=5)
    rated(ben, show, value=9, episode=episode)

    [entry] = told(client)

    assert (entry["season_number"], entry["episode_number"], entry["value"]) == (2, 5, 9.0)


def test_of_several_episodes_none_is_told(client: Client, ben: User) -> None:
    show = make_show()
    season = make_season(show)
    for n in range(3):
        at = NOON + timedelta(minutes=n)
        watched(ben, show, at, episode=make_episode(season))

    [entry] = told(client)

    assert (entry["count"], entry["season_number"], entry["episode_number"]) == (3, None, None)


def test_a_review_is_told_whole(client: Client, ben: User) -> None:
    make_review(ben, text="It *stays* with you.")

    [entry] = told(client)

    assert entry["kind"] == "reviewed"
    assert entry["review"]["text"] == "It *stays* with you."
    assert not entry["review"]["is_folded"]


@pytest.mark.parametrize("kind", ["made", "added"])
def test_a_list_is_told_with_some_of_its_titles(client: Client, ben: User, kind: str) -> None:
    made = List.objects.create(owner=ben, name="Best of all", slug="best", kind=List.Kind.CUSTOM)
    if kind == "added":
        List.objects.filter(pk=made.pk).update(created_at=NOON - timedelta(days=400))
    film = make_title()
    ListItem.objects.create(list=made, title=film, added_by=ben, position=1)

    entry = next(one for one in told(client, "?show=lists") if one["kind"] == kind)

    assert entry["list"]["name"] == "Best of all"
    assert entry["list"]["url"] == "http://testserver/@ben/list/best"
    assert [title["id"] for title in entry["titles"]] == [film.tmdb_id]


def test_titles_are_in_the_readers_language(client: Client, ben: User) -> None:
    film = make_title(name="Stalker")
    make_translation(film, "de", name="Der Stalker")
    watched(ben, film)

    [entry] = told(client, "?language=de")

    assert entry["titles"][0]["title"] == "Der Stalker"


def test_pages_lose_nothing_and_repeat_nothing(client: Client, ben: User) -> None:
    for _ in range(3):
        watched(ben)
        rated(ben)

    found, query = [], "?page_size=2"
    while query:
        answer = client.get(f"{FEED}{query}").json()
        found += [one["id"] for one in answer["results"]]
        cursor = answer["next_cursor"]
        query = f"?page_size=2&cursor={cursor}" if cursor else ""

    assert len(found) == len(set(found)) == 6


@pytest.mark.parametrize(("query", "field"), [("?cursor=x", "cursor"), ("?show=martians", "show")])
def test_nonsense_is_said_by_its_name(client: Client, ann: User, query: str, field: str) -> None:
    assert list(codes(client.get(f"{FEED}{query}"))) == [field]


def test_only_what_is_asked_for_is_told(client: Client, ben: User) -> None:
    watched(ben)
    rated(ben)

    assert [one["kind"] for one in told(client, "?show=rated&fields=kind")] == ["rated"]
    assert told(client, "?show=rated&fields=kind") == [{"kind": "rated"}]


def test_who_follows_nobody_hears_nothing(client: Client, ann: User) -> None:
    Follow.objects.all().delete()
    watched(make_user())

    assert told(client) == []


def test_whom_many_follow_is_proposed(client: Client, ann: User) -> None:
    many = make_user(username="many")
    followed_by(make_user(), username="few")
    for _ in range(2):
        Follow.objects.create(follower=make_user(), followed=many, accepted_at=timezone.now())

    told = client.get(f"{FEED}people/").json()["results"]

    assert [one["username"] for one in told] == ["many", "few"]


def test_more_of_it_asks_no_more(client: Client, ann: User, ben: User) -> None:
    def happen() -> None:
        other = followed_by(ann)
        show = make_show()
        watched(other)
        watched(other, show, episode=make_episode(make_season(show)))
        rated(other)
        make_review(other)
        made = List.objects.create(owner=other, name="A", slug="a", kind=List.Kind.CUSTOM)
        ListItem.objects.create(list=made, title=make_title(), added_by=other, position=1)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            told(client, "?page_size=100")
        return len(queries)

    happen()
    asked()
    few = asked()
    for _ in range(3):
        happen()

    assert asked() == few
