"""Stars on pages: where one gives them, what all give, and what a member has given."""

from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts import following
from accounts.models import Audience, RatingScale, Undo, User
from catalog.models import Title
from cinehub.kit.own import fill
from reviews import own, rating
from reviews.models import Rating
from tests.make import (
    make_episode,
    make_rating,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.read import shown, text

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def film(**values: Any) -> Title:
    return make_title(**{"tmdb_id": 603, "name": "The Matrix"} | values)


def parts(request: Any, title: Title) -> str:
    return unescape(fill(request, "".join(own.parts(title)).encode()).decode())


@pytest.fixture
def page_for(rf: RequestFactory) -> Callable[[Any], Any]:
    def page(viewer: Any) -> Any:
        request = rf.get("/movie/603-the-matrix")
        request.user = viewer
        return request

    return page


# --- Given ---------------------------------------------------------------------------------------
def test_a_rating_is_given_by_a_form(as_ann: Client, ann: User) -> None:
    film()

    answer = as_ann.post("/movie/603-the-matrix/rating", {"value": "8.5"})

    assert (answer.status_code, answer["Location"]) == (303, "/movie/603-the-matrix")
    assert ann.ratings.get().value == Decimal("8.5")


def test_with_script_the_parts_come_back_and_a_way_to_undo(as_ann: Client) -> None:
    title = film()

    answer = as_ann.post("/movie/603/rating", {"value": "8.5"}, headers=HX)

    page = answer.content.decode()
    assert f'data-own="rating-{title.pk}"' in page
    assert f'data-own="stars-{title.pk}"' in page
    assert "The Matrix: you gave 8.5 of 10." in page
    assert str(Undo.objects.get().key) in page


@pytest.mark.parametrize("headers", [{}, HX])
def test_what_was_given_is_undone_by_its_button(as_ann: Client, headers: dict[str, str]) -> None:
    film()
    as_ann.post("/movie/603/rating", {"value": "8.5"})

    answer = as_ann.post(f"/undo/{Undo.objects.get().key}", headers=headers)

    assert answer.status_code == (200 if headers else 303)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("headers", [{}, HX])
def test_a_rating_is_cleared(as_ann: Client, ann: User, headers: dict[str, str]) -> None:
    rating.rate(ann, title=film(), value=Decimal(8))

    as_ann.post("/movie/603/rating", {"clear": "1", "value": "8.0"}, headers=headers)

    assert not Rating.objects.exists()


@pytest.mark.parametrize("value", ["", "0", "11", "7.3", "many", "NaN"])
def test_what_is_no_rating_is_refused(as_ann: Client, value: str) -> None:
    film()

    answer = as_ann.post("/movie/603/rating", {"value": value}, headers=HX)

    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_a_season_and_an_episode_are_rated_at_their_own_addresses(
    as_ann: Client, ann: User
) -> None:
    show = make_show(tmdb_id=1396)
    season = make_season(show, number=1)
    episode = make_episode(season, number=2)

    one = as_ann.post("/tv/1396/season/1/rating", {"value": "8.0"}, headers=HX)
    other = as_ann.post("/tv/1396/season/1/episode/2/rating", {"value": "9.0"}, headers=HX)

    assert f'data-own="rating-season-{season.pk}"' in one.content.decode()
    assert f'data-own="rating-episode-{episode.pk}"' in other.content.decode()
    given = ann.ratings.order_by("value").values_list("season", "episode")
    assert list(given) == [(season.pk, None), (None, episode.pk)]


@pytest.mark.parametrize(
    "address", ["/movie/9/rating", "/tv/603/rating", "/tv/1396/season/9/rating"]
)
def test_what_is_not_there_is_not_rated(as_ann: Client, address: str) -> None:
    film()
    make_show(tmdb_id=1396)

    assert as_ann.post(address, {"value": "8.0"}).status_code == 404


def test_who_is_not_signed_in_is_led_to_the_door(client: Client) -> None:
    film()
    sent = {"value": "8.0", "next": "/movie/603-the-matrix"}
    door = "/sign-in?next=%2Fmovie%2F603-the-matrix"

    assert client.post("/movie/603/rating", sent)["Location"] == door
    assert client.post("/movie/603/rating", sent, headers=HX)["HX-Redirect"] == door


def test_to_look_rates_nothing(as_ann: Client) -> None:
    film()

    assert as_ann.get("/movie/603/rating").status_code == 405


def test_who_rates_all_day_is_asked_to_rest(
    as_ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    film()
    monkeypatch.setattr("django_ratelimit.core.get_usage", lambda *_a, **_k: {"should_limit": True})
    cache.clear()

    assert as_ann.post("/movie/603/rating", {"value": "8.0"}).status_code == 429


# --- Shown ---------------------------------------------------------------------------------------
def test_a_visitor_sees_what_members_give(page_for: Callable[[Any], Any], client: Client) -> None:
    title = film()
    rating.rate(make_user(), title=title, value=Decimal(7))
    rating.rate(make_user(), title=title, value=Decimal("8.5"))

    page = client.get("/about").wsgi_request
    said = text(parts(page, title))

    assert "7.8 of 10" in said
    assert "2 ratings" in said
    assert "Sign in to rate it" in said


def test_nobody_has_rated_it_yet(page_for: Callable[[Any], Any]) -> None:
    said = text(parts(page_for(make_user()), film()))

    assert "No member has rated it yet." in said


def test_a_member_finds_their_own_rating_chosen(page_for: Callable[[Any], Any], ann: User) -> None:
    title = film()
    rating.rate(ann, title=title, value=Decimal("8.5"))

    page = parts(page_for(ann), title)

    assert 'value="8.5"' in page.split(" checked")[0].rsplit("<input", 1)[1]
    assert page.count(" checked") == 1
    assert "You gave 8.5 of 10" in page


def test_five_stars_have_ten_halves(page_for: Callable[[Any], Any]) -> None:
    ann, title = make_user(rating_scale=RatingScale.STARS), film()
    rating.rate(ann, title=title, value=Decimal("8.5"))

    page = parts(page_for(ann), title)

    assert page.count('type="radio"') == 10
    # It lies between two of them: the nearest is shown.
    assert 'value="9.0"' in page.split(" checked")[0].rsplit("<input", 1)[1]


def test_many_parts_cost_as_much_as_one(
    page_for: Callable[[Any], Any], ann: User, django_assert_max_num_queries: Any
) -> None:
    show = make_show()
    markers = own.parts(show)
    for number in range(1, 6):
        season = make_season(show, number=number)
        markers += own.parts(show, season) + own.parts(show, None, make_episode(season))

    # One for the stars, and one each for titles, seasons and episodes.
    with django_assert_max_num_queries(4):
        page = fill(page_for(ann), "".join(markers).encode())

    assert page.count(b'data-own="rating-') == 11


# --- All that somebody has rated -----------------------------------------------------------------
def names(page: str) -> list[str]:
    return [line.split("<b>")[1].split("</b>")[0] for line in page.split("about-title")[1:]]


def test_a_members_ratings_are_listed_the_last_first(client: Client, bob: User) -> None:
    make_rating(bob, make_title(name="First"), 5)
    make_rating(bob, make_title(name="Last"), 9)

    page = shown(client, "/@bob/ratings")

    assert names(page) == ["Last", "First"]
    assert "2 ratings" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=highest", ["B", "C", "C", "A"]),
        ("sort=lowest", ["A", "C", "C", "B"]),
        ("sort=oldest", ["A", "B", "C", "C"]),
        ("of=movie", ["B", "A"]),
        ("of=tv", []),
        ("of=season", ["C"]),
        ("of=episode", ["C"]),
        ("value=9.0", ["B"]),
        ("value=nonsense&of=x&sort=y", ["C", "C", "B", "A"]),
    ],
)
def test_ratings_are_chosen_and_ordered(
    client: Client, bob: User, query: str, expected: list[str]
) -> None:
    make_rating(bob, make_title(name="A"), 5)
    make_rating(bob, make_title(name="B"), 9)
    show = make_show(name="C")
    season = make_season(show)
    make_rating(bob, show, 7, season=season)
    make_rating(bob, show, 7, episode=make_episode(season))

    assert names(shown(client, f"/@bob/ratings?{query}")) == expected


def test_what_tmdb_has_dropped_is_still_listed(client: Client, bob: User) -> None:
    title = make_title(name="Gone")
    make_rating(bob, title)
    Title.objects.filter(pk=title.pk).update(hidden_at=title.fetched_at)

    page = shown(client, "/@bob/ratings")

    assert "no longer at TMDB" in page
    assert title.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("audience", "adds", "status", "is_listed"),
    [
        (Audience.PUBLIC, Audience.PUBLIC, 200, True),
        (Audience.PUBLIC, Audience.FOLLOWERS, 200, False),
        (Audience.PUBLIC, Audience.PRIVATE, 200, False),
        (Audience.FOLLOWERS, Audience.PUBLIC, 404, False),
        (Audience.PRIVATE, Audience.PUBLIC, 404, False),
    ],
)
def test_strangers_see_the_ratings_that_are_for_them(
    client: Client, audience: Audience, adds: Audience, status: int, is_listed: bool
) -> None:
    bob = make_user(username="bob", audience=audience, default_audience=adds)
    make_rating(bob, make_title(name="Alien"))

    page = client.get("/@bob/ratings")

    assert page.status_code == status
    assert ("Alien" in page.content.decode()) is is_listed


def test_across_a_block_there_are_no_ratings(as_ann: Client, ann: User, bob: User) -> None:
    following.block(bob, ann)

    assert as_ann.get("/@bob/ratings").status_code == 404


def test_a_name_in_another_case_leads_to_the_right_one(client: Client, bob: User) -> None:
    assert client.get("/@BOB/ratings")["Location"] == "/@bob/ratings"


def test_many_ratings_cost_as_much_as_one(
    client: Client, bob: User, django_assert_max_num_queries: Any
) -> None:
    show = make_show()
    for number in range(1, 15):
        season = make_season(show, number=number)
        make_rating(bob, make_title())
        make_rating(bob, show, season=season)
        make_rating(bob, show, episode=make_episode(season))

    with django_assert_max_num_queries(5):
        shown(client, "/@bob/ratings")


def test_who_has_rated_nothing_is_told_what_will_be_here(as_ann: Client) -> None:
    assert "gathers here" in shown(as_ann, "/@ann/ratings")
