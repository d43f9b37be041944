"""All that a member has seen, each title once; and smart lists of it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Title
from lists.models import Viewing
from tests.lists.keep import make_smart_list
from tests.make import make_episode, make_season, make_show, make_title, make_user
from tests.read import shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def watch(member: User, title: Title, day: int = 1, **values: object) -> None:
    at = datetime(2026, 1, day, 20, tzinfo=UTC)
    Viewing.objects.create(user=member, title=title, watched_at=at, watched_on=at.date(), **values)


def names(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"/seen?{query}").context["shelf"].rows
    return [row.title.name for row in rows]


def test_each_title_is_there_once_the_last_watched_first(client: Client, ann: User) -> None:
    film, show = make_title(name="Film"), make_show(name="Show")
    season = make_season(show)
    watch(ann, show, 2, episode=make_episode(season))
    watch(ann, film, 3)
    watch(ann, show, 4, episode=make_episode(season))
    watch(make_user(), make_title(name="Somebody else's"), 5)

    assert names(client) == ["Show", "Film"]
    assert "2 titles" in text(shown(client, "/seen"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=tv", ["Show"]),
        ("kind=movie", ["Old", "New"]),
        ("to=1979", ["Old"]),
        ("runtime_max=100&kind=movie", ["New"]),
        ("sort=name", ["New", "Old", "Show"]),
        ("sort=newest", ["Show", "New", "Old"]),
    ],
)
def test_it_is_narrowed_and_put_in_order_as_discover_is(
    client: Client, ann: User, query: str, found: list[str]
) -> None:
    watch(ann, make_title(name="New", release_date="1990-01-01", runtime=90), 1)
    watch(ann, make_title(name="Old", release_date="1970-01-01", runtime=120), 2)
    watch(ann, make_show(name="Show", release_date="2000-01-01", runtime=50), 3)

    assert names(client, query) == found


def test_what_tmdb_dropped_is_still_seen(client: Client, ann: User) -> None:
    watch(ann, make_title(name="Lost", hidden_at="2026-01-01T00:00Z"))

    assert "No longer at TMDB" in shown(client, "/seen")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_nothing_like_that_is_said(client: Client, ann: User, headers: dict[str, str]) -> None:
    watch(ann, make_title(release_date="1990-01-01"))

    assert "You have seen nothing like that" in shown(client, "/seen?to=1950", **headers)


def test_a_filter_on_it_can_be_saved(client: Client, ann: User) -> None:
    watch(ann, make_title(release_date="1990-01-01"))

    page = shown(client, "/seen?from=1980&kind=movie")

    assert "/lists/new?query=kind%3Dmovie%26from%3D1980&kind=movie&scope=seen" in page


def test_a_smart_list_of_it_is_what_fits(client: Client, ann: User) -> None:
    make_smart_list(ann, "from=1980", scope="seen")
    watch(ann, make_title(name="Fits", release_date="1990-01-01"))
    watch(ann, make_title(name="Too old", release_date="1970-01-01"))
    make_title(name="Not seen", release_date="1990-01-01")

    rows = client.get("/@ann/list/smart").context["shelf"].rows

    assert [row.title.name for row in rows] == ["Fits"]
    assert "What ann has seen of this:" in shown(client, "/@ann/list/smart")
