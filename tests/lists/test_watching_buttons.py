"""Buttons of what was watched: each does the same with script and without."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Undo, User
from catalog.models import Episode, Title
from lists import tracking, watching
from lists.models import State
from lists.watching import When
from tests.lists.shows import make_aired, make_ended_show, make_running_show, tracked
from tests.make import make_episode, make_season, make_show, make_title, make_user
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

QUICK = {"HX-Request": "true"}
WAYS = pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def seen(title: Title) -> str:
    return reverse("lists:seen", args=[title.kind, title.ref])


def seen_episode(show: Title, episode: Episode, deed: str = "seen-episode") -> str:
    return reverse(f"lists:{deed}", args=[show.ref, episode.season.number, episode.number])


def press(client: Client, address: str, headers: dict[str, str], **sent: Any) -> Any:
    answer = client.post(address, {"next": "/about"} | sent, headers=headers)
    if headers:
        assert answer.status_code == 200
        assert "data-toast" in answer.content.decode()
    else:
        assert (answer.status_code, answer["Location"]) == (303, "/about")
    return answer


# --- Seen ----------------------------------------------------------------------------------------
@WAYS
def test_a_film_is_seen_and_not_any_more(client: Client, ann: User, headers: Any) -> None:
    film = make_title()

    press(client, seen(film), headers, on=1)
    assert ann.viewings.get().title == film
    press(client, seen(film), headers, on=0)

    assert not ann.viewings.exists()


@WAYS
def test_a_double_click_is_one_viewing(client: Client, ann: User, headers: Any) -> None:
    film = make_title()

    for _each in range(2):
        press(client, seen(film), headers, on=1)

    assert ann.viewings.count() == 1


@WAYS
def test_of_a_show_all_that_has_aired_is_seen(client: Client, ann: User, headers: Any) -> None:
    show, _episodes = make_running_show(aired=3)

    press(client, seen(show), headers, on=1)

    assert ann.viewings.count() == 3


@WAYS
def test_a_season_is_seen_and_not_any_more(client: Client, ann: User, headers: Any) -> None:
    show, _episodes = make_running_show(aired=3)
    address = reverse("lists:seen-season", args=[show.ref, 1])

    press(client, address, headers, on=1)
    assert ann.viewings.count() == 3
    press(client, address, headers, on=0)

    assert not ann.viewings.exists()


@WAYS
def test_an_episode_is_seen_and_not_any_more(client: Client, ann: User, headers: Any) -> None:
    show, episodes = make_running_show()

    press(client, seen_episode(show, episodes[0]), headers, on=1)
    assert ann.viewings.get().episode == episodes[0]
    press(client, seen_episode(show, episodes[0]), headers, on=0)

    assert not ann.viewings.exists()


@WAYS
def test_all_up_to_an_episode_is_seen(client: Client, ann: User, headers: Any) -> None:
    show, episodes = make_running_show(aired=3)

    press(client, seen_episode(show, episodes[1]), headers, up_to=1)

    assert set(ann.viewings.values_list("episode", flat=True)) == {e.pk for e in episodes[:2]}


@pytest.mark.parametrize("sent", [{"on": 1}, {"up_to": 1}])
def test_what_has_not_aired_is_refused_in_words(
    client: Client, ann: User, sent: dict[str, int]
) -> None:
    show, episodes = make_running_show()
    address = seen_episode(show, episodes[-1])

    quick = client.post(address, sent, headers=QUICK)
    plain = client.post(address, sent | {"next": "/about"}, follow=True)

    assert quick.status_code == 422
    for answer in (quick, plain):
        assert "This episode has not aired yet." in answer.content.decode()
    assert not ann.viewings.exists()


def test_with_script_all_parts_that_changed_are_sent(client: Client, ann: User) -> None:
    show, episodes = make_running_show(aired=2)

    answer = press(client, seen_episode(show, episodes[0]), QUICK, on=1).content.decode()

    for own in (
        f"card-{show.pk}",
        f"seen-{show.pk}",
        f"next-{show.pk}",
        f"season-{episodes[0].season_id}",
        f"episode-{episodes[0].pk}",
    ):
        assert f'data-own="{own}"' in answer
    assert "1 of 2 seen" in text(answer)


@WAYS
def test_what_was_pressed_by_mistake_is_undone(client: Client, ann: User, headers: Any) -> None:
    show, episodes = make_running_show(aired=3)
    press(client, reverse("lists:seen-season", args=[show.ref, 1]), headers, on=1)

    press(client, reverse("undo", args=[Undo.objects.get().pk]), headers)

    assert not ann.viewings.exists()
    assert tracked(ann, show).seen == 0
    assert episodes


@WAYS
def test_what_was_taken_out_by_mistake_is_back(client: Client, ann: User, headers: Any) -> None:
    film = make_title()
    before = watching.watch(ann, film, when=When.unknown(), note="As a child")
    Undo.objects.all().delete()
    press(client, reverse("lists:viewing-delete", args=[before.pk]), headers)

    answer = press(client, reverse("undo", args=[Undo.objects.get().pk]), headers)

    assert ann.viewings.get(pk=before.pk).note == "As a child"
    if headers:
        assert part(answer.content.decode(), rf'<li[^>]*data-own="viewing-{before.pk}".*?</li>')


# --- How they are with a show --------------------------------------------------------------------
@WAYS
@pytest.mark.parametrize("state", ["planned", "paused", "dropped"])
def test_they_say_how_they_are_with_a_show(
    client: Client, ann: User, headers: Any, state: str
) -> None:
    show, _episodes = make_running_show()

    press(client, reverse("lists:state", args=[show.ref]), headers, state=state)
    assert tracked(ann, show).state == state
    press(client, reverse("lists:state", args=[show.ref]), headers, state="none")

    assert tracked(ann, show).state == State.NONE


@WAYS
def test_they_watch_a_show_again_and_no_longer(client: Client, ann: User, headers: Any) -> None:
    show, episodes = make_ended_show()
    watching.watch_season(ann, episodes[0].season, when=When.now(ann))

    press(client, reverse("lists:state", args=[show.ref]), headers, state="again")
    assert tracked(ann, show).rewatch == 1
    press(client, reverse("lists:state", args=[show.ref]), headers, state="once")

    assert tracked(ann, show).rewatch == 0


@pytest.mark.parametrize("state", ["", "nonsense", "nonepaused"])
def test_what_nobody_can_say_is_not_there(client: Client, ann: User, state: str) -> None:
    show, _episodes = make_running_show()

    answer = client.post(reverse("lists:state", args=[show.ref]), {"state": state})

    assert answer.status_code == 404


# --- Who may -------------------------------------------------------------------------------------
@WAYS
def test_who_is_not_signed_in_is_led_to_the_door(client: Client, headers: Any) -> None:
    show, episodes = make_running_show()
    viewing = watching.watch(make_user(), make_title(), when=When.unknown())
    for address in (
        seen(show),
        reverse("lists:seen-season", args=[show.ref, 1]),
        seen_episode(show, episodes[0]),
        reverse("lists:state", args=[show.ref]),
        reverse("lists:viewings", args=["movie", viewing.title.ref]),
        reverse("lists:viewing", args=[viewing.pk]),
        reverse("lists:viewing-again", args=[viewing.pk]),
        reverse("lists:viewing-delete", args=[viewing.pk]),
    ):
        answer: HttpResponse = client.post(address, {"on": 1, "next": "/about"}, headers=headers)
        door = answer["HX-Redirect" if headers else "Location"]
        assert door == f"{reverse('account_login')}?next=%2Fabout"


def test_to_look_at_a_button_changes_nothing(client: Client, ann: User) -> None:
    show, episodes = make_running_show()
    for address in (
        seen(show),
        reverse("lists:seen-season", args=[show.ref, 1]),
        seen_episode(show, episodes[0]),
        reverse("lists:state", args=[show.ref]),
    ):
        assert client.get(address).status_code == 405


def test_what_there_is_not_can_t_be_seen(client: Client, ann: User) -> None:
    show, _episodes = make_running_show()
    hidden = make_title(hidden_at=show.fetched_at)
    for address in (
        "/movie/999999/seen",
        seen(hidden),
        reverse("lists:seen-season", args=[show.ref, 9]),
        reverse("lists:seen-episode", args=[show.ref, 1, 99]),
        reverse("lists:viewings-episode", args=[show.ref, 1, 99]),
    ):
        assert client.post(address, {"on": 1}).status_code == 404


def test_what_tmdb_has_dropped_can_still_be_taken_out(client: Client, ann: User) -> None:
    film = make_title()
    watching.watch(ann, film, when=When.now(ann))
    Title.objects.update(hidden_at=film.fetched_at)

    press(client, seen(film), {}, on=0)

    assert not ann.viewings.exists()


# --- Where they stand ----------------------------------------------------------------------------
def own(client: Client, page: str, name: str) -> str:
    return part(shown(client, page), rf'<(\w+)[^>]*data-own="{name}".*?</\1>')


def test_a_season_says_how_much_of_it_was_seen(client: Client, ann: User) -> None:
    show, episodes = make_running_show(aired=3)
    watching.watch(ann, show, episode=episodes[0], when=When.now(ann))
    season = episodes[0].season
    season.title = show

    words = own(client, season.get_absolute_url(), f"season-{season.pk}")

    assert words == "All seen Season 1: all seen 1 of 3 seen"


def test_an_episode_says_when_it_was_seen(client: Client, ann: User) -> None:
    show, episodes = make_running_show()
    when = When.day(episodes[0].air_date)  # type: ignore[arg-type]
    watching.watch(ann, show, episode=episodes[0], when=when)

    for page in (f"/tv/{show.ref}/season/1", f"/tv/{show.ref}/season/1/episode/1"):
        words = own(client, page, f"episode-{episodes[0].pk}")
        assert "Jan. 1, 2020" in words
        assert "Up to here" not in words


def test_an_episode_that_was_not_seen_offers_what_can_be_said(client: Client, ann: User) -> None:
    show, episodes = make_running_show()

    words = own(client, f"/tv/{show.ref}/season/1", f"episode-{episodes[1].pk}")

    for offered in ("Seen", "Up to here", "Another day"):
        assert offered in words


def test_an_episode_that_is_to_air_says_when_and_can_t_be_pressed(
    client: Client, ann: User
) -> None:
    show, episodes = make_running_show()
    season = episodes[0].season
    undated = make_episode(season, number=20, name="The last one")

    page = shown(client, f"/tv/{show.ref}/season/1")

    for each, words in ((episodes[-1], "airs on"), (undated, "The last one: has not aired yet")):
        found = part(page, rf'<div[^>]*data-own="episode-{each.pk}".*?</div>')
        assert words in found
        assert "Up to here" not in found


def test_one_without_a_date_can_be_seen_once_a_later_one_has_aired(
    client: Client, ann: User
) -> None:
    show = make_show()
    season = make_season(show)
    undated = make_episode(season, number=1)
    make_aired(season, 1)

    assert "Up to here" in own(client, f"/tv/{show.ref}/season/1", f"episode-{undated.pk}")


def test_in_a_new_round_an_episode_is_not_seen_yet_but_was(client: Client, ann: User) -> None:
    show, episodes = make_ended_show()
    when = When.day(episodes[0].air_date)  # type: ignore[arg-type]
    watching.watch_season(ann, episodes[0].season, when=when)
    tracking.watch_again(ann, show)

    page = shown(client, f"/tv/{show.ref}/season/1")
    row = part(page, rf'<div[^>]*data-own="episode-{episodes[0].pk}".*?</div>')

    assert "Jan. 1, 2020" in row
    assert "Up to here" in row
    assert "0 of 3 seen" in text(page)


def test_a_season_of_which_nothing_has_aired_offers_nothing(client: Client, ann: User) -> None:
    show = make_show()
    make_season(show)

    assert 'name="on"' not in shown(client, f"/tv/{show.ref}/season/1")


def test_visitors_are_shown_none_of_it(client: Client) -> None:
    show, episodes = make_running_show()

    page = shown(client, f"/tv/{show.ref}/season/1")

    assert "Up to here" not in page
    assert 'data-own="episode' not in page
    assert episodes


def test_what_is_said_of_episodes_costs_the_same_for_many(
    client: Client, ann: User, django_assert_max_num_queries: Any
) -> None:
    show, _episodes = make_running_show(aired=2)
    page = f"/tv/{show.ref}/season/1"
    client.get(page)
    with django_assert_max_num_queries(100) as few:
        client.get(page)
    make_aired(show.seasons.get(), 30)
    watching.watch_show(ann, show, when=When.now(ann))

    with django_assert_max_num_queries(len(few)):
        client.get(page)
