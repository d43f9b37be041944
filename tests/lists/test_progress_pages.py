"""Shows by how far their member is, what is next, and the row of it on the home page."""

from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import Title
from lists import tracking, watching
from lists.models import State
from lists.own.upnext import rows
from lists.own.watching import titles as seen
from lists.watching import When
from tests.lists.shows import make_ended_show, make_running_show
from tests.make import make_title, make_translation, make_user
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

UP_NEXT, PROGRESS = "/up-next", "/progress"


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def begun(member: User, name: str = "The Wire", on: date | None = None, **values: Any) -> Title:
    """A show whose first episode was seen."""
    show, episodes = make_running_show(aired=3, name=name, **values)
    when = When.day(on) if on else When.now(member)
    watching.watch(member, show, episode=episodes[0], when=when)
    return show


def row(page: str, show: Title) -> str:
    return part(page, rf'<div class="next" data-own="next-{show.pk}">.*?</div>\s*</li>')


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# --- Up next -------------------------------------------------------------------------------------
def test_a_show_says_what_is_next_and_what_is_left(client: Client, ann: User) -> None:
    show = begun(ann)

    words = row(shown(client, UP_NEXT), show)

    for said in ("The Wire", "Watching", "1 of 3", "1 h 40 min left", "S1 · E2", "Seen"):
        assert said in words


def test_once_it_is_seen_the_next_one_stands_there(client: Client, ann: User) -> None:
    show = begun(ann)
    address = reverse("lists:seen-episode", args=[show.ref, 1, 2])
    assert f'hx-post="{address}"' in shown(client, UP_NEXT)

    answer = client.post(address, {"on": 1}, headers={"HX-Request": "true"})

    assert "S1 · E3" in text(answer.content.decode())


def test_once_all_is_seen_the_row_says_when_it_goes_on(client: Client, ann: User) -> None:
    show = begun(ann)
    address = reverse("lists:seen", args=["tv", show.ref])

    answer = client.post(address, {"on": 1}, headers={"HX-Request": "true"})

    words = text(answer.content.decode())
    assert "Up to date" in words
    assert "airs on" in words


def test_the_last_watched_is_first(client: Client, ann: User) -> None:
    begun(ann, "Heimat", date(2020, 1, 1))
    begun(ann, "Dark", date(2021, 1, 1))

    page = shown(client, UP_NEXT)

    assert page.index("Dark") < page.index("Heimat")


def test_with_nothing_to_go_on_with_it_says_what_to_do(client: Client, ann: User) -> None:
    assert "Nothing to go on with" in shown(client, UP_NEXT)


def test_what_tmdb_has_dropped_does_not_go_on(client: Client, ann: User) -> None:
    begun(ann)
    Title.objects.update(hidden_at=timezone.now())

    assert "The Wire" not in shown(client, UP_NEXT)
    assert "The Wire" in shown(client, PROGRESS)


def test_names_are_in_the_reader_s_language(client: Client, ann: User) -> None:
    make_translation(begun(ann, "Breaking Bad"), "de-DE", name="Reine Chemie")

    for page in (UP_NEXT, PROGRESS):
        assert "Reine Chemie" in shown(client, page, accept_language="de-DE")


# --- By status -----------------------------------------------------------------------------------
def test_shows_stand_with_those_alike(client: Client, ann: User) -> None:
    begun(ann, "Dark")
    paused = begun(ann, "Heimat")
    tracking.say(ann, paused, State.PAUSED)
    ended, _episodes = make_ended_show(name="Kir Royal")
    watching.watch_show(ann, ended, when=When.now(ann))

    for status, name in (("watching", "Dark"), ("paused", "Heimat"), ("finished", "Kir Royal")):
        page = shown(client, f"{PROGRESS}?status={status}")
        assert [n for n in ("Dark", "Heimat", "Kir Royal") if f">{n}</a>" in page] == [name]


def test_the_first_that_has_any_is_shown_and_none_that_is_empty(client: Client, ann: User) -> None:
    tracking.say(ann, begun(ann), State.DROPPED)

    tabs = part(
        shown(client, f"{PROGRESS}?status=nonsense"), r'<ul class="chips statuses">.*?</ul>'
    )

    assert tabs == "Dropped 1"


def test_without_shows_it_says_what_to_do(client: Client, ann: User) -> None:
    assert "No shows yet" in shown(client, PROGRESS)


def test_a_status_that_nothing_has_says_so(client: Client, ann: User) -> None:
    begun(ann)

    assert "None of your shows." in shown(client, f"{PROGRESS}?status=dropped")


@pytest.mark.parametrize(
    ("order", "first"), [("recent", "Dark"), ("name", "Alf"), ("left", "Lost"), ("x", "Dark")]
)
def test_shows_are_in_the_order_that_is_asked_for(
    client: Client, ann: User, order: str, first: str
) -> None:
    lost = begun(ann, "Lost", date(2020, 1, 2))
    begun(ann, "Alf", date(2020, 1, 1))
    begun(ann, "Dark", date(2021, 1, 1))
    Title.objects.update(fetched_at=timezone.now())
    watching.watch(ann, lost, episode=_second(lost), when=When.day(date(2020, 1, 3)))

    page = shown(client, f"{PROGRESS}?sort={order}")

    names = ("Lost", "Alf", "Dark")
    assert min(names, key=lambda name: page.index(f">{name}</a>")) == first


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.NONE, ["Pause", "Drop", "Watch again from the start"]),
        (State.PLANNED, ["No longer planned", "Pause", "Drop", "Watch again from the start"]),
        (State.PAUSED, ["Go on watching", "Drop", "Watch again from the start"]),
        (State.DROPPED, ["Take it up again", "Watch again from the start"]),
    ],
)
def test_what_can_be_said_depends_on_what_was(
    client: Client, ann: User, state: State, offered: list[str]
) -> None:
    show = begun(ann)
    tracking.say(ann, show, state)

    status = state.value or "watching"
    menu = part(
        shown(client, f"{PROGRESS}?status={status}"), r'<div class="menu-list">\s*<button.*?</div>'
    )

    assert menu == " ".join([*offered, "History"])


def test_a_show_that_is_watched_again_says_so(client: Client, ann: User) -> None:
    show = begun(ann)
    tracking.watch_again(ann, show)

    words = row(shown(client, PROGRESS), show)

    assert "Watching again 0 of 3" in words
    assert "No longer watch again" in words


# --- On its own page -----------------------------------------------------------------------------
def own(member: User | AnonymousUser, *titles: Title) -> list[str]:
    """What fills `seen`, as markers on a page would have it."""
    request = RequestFactory().get("/tv/1")
    request.user = member
    told = [(str(t.pk), t.kind, str(t.tmdb_id), t.slug, t.name) for t in titles]
    return [text(each) for each in seen(request, told)]


def test_a_show_that_was_begun_says_how_far_they_are(client: Client, ann: User) -> None:
    [words] = own(ann, begun(ann))

    for said in ("Watching", "1 of 3 episodes", "1 h 40 min left", "S1 · E2", "1 viewing"):
        assert said in words


def test_a_show_that_was_not_begun_can_be_planned(client: Client, ann: User) -> None:
    [words] = own(ann, make_running_show()[0])

    assert words == "Keep track Plan to watch All that has aired is seen"


def test_a_film_says_when_it_was_seen(client: Client, ann: User) -> None:
    film = make_title()
    assert own(ann, film) == ["Seen On another day…"]

    watching.watch(ann, film, when=When.day(date(2020, 1, 1)))
    assert own(ann, film) == ["Seen Watched on Jan. 1, 2020"]
    watching.watch(ann, film, when=When.unknown(), batch=uuid4())

    assert own(ann, film) == ["Seen Watched 2 times, last on Jan. 1, 2020"]


def test_a_film_of_some_day_says_so(client: Client, ann: User) -> None:
    film = make_title()
    watching.watch(ann, film, when=When.unknown())

    assert own(ann, film) == ["Seen Watched some day"]
    watching.watch(ann, film, when=When.unknown(), batch=uuid4())

    assert own(ann, film) == ["Seen Watched 2 times"]


def test_visitors_are_shown_the_way_in(client: Client) -> None:
    film, show = make_title(), make_running_show()[0]

    words = own(AnonymousUser(), film, show)

    assert words == ["I have seen it", "Keep track of it"]


def test_a_show_s_name_is_words_and_nothing_else(client: Client, ann: User) -> None:
    begun(ann, '<b>"The Wire')

    page = client.get(UP_NEXT).content.decode()

    assert '<b>"' not in page
    assert '<b>"The Wire: what to do' in unescape(page)
    assert "&lt;b&gt;&quot;The Wire</a>" in page


# --- The row of the home page --------------------------------------------------------------------
def home_row(member: User | AnonymousUser) -> str:
    request = RequestFactory().get("/")
    request.user = member
    return Template("{% include 'watching/_up_next_row.html' %}").render(
        Context({"request": request})
    )


def test_the_row_has_what_goes_on(ann: User) -> None:
    show = begun(ann)

    markup = home_row(ann)

    assert f"<!--own next {show.pk}|" in markup
    assert "Up next" in text(markup)


def test_there_is_no_row_for_visitors_nor_for_who_has_nothing(ann: User) -> None:
    assert home_row(ann).strip() == ""
    assert home_row(AnonymousUser()).strip() == ""


def test_visitors_have_no_shows_that_go_on() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert rows(request, [("1", "1", "x", "X")]) == [""]


def test_the_row_costs_one_question_and_its_parts_another(
    ann: User, django_assert_num_queries: Any
) -> None:
    shows = [begun(ann, f"Show {n}") for n in range(5)]
    request = RequestFactory().get("/")
    request.user = ann

    with django_assert_num_queries(1):
        home_row(ann)
    with django_assert_num_queries(1):
        filled = rows(request, [(str(s.pk), str(s.tmdb_id), s.slug, s.name) for s in shows])

    assert len(filled) == 5


# --- What it costs -------------------------------------------------------------------------------
def test_pages_cost_the_same_for_many(client: Client, ann: User) -> None:
    begun(ann)
    few = [cost(client, page) for page in (UP_NEXT, PROGRESS)]
    for n in range(15):
        begun(ann, f"Show {n}")

    many = [cost(client, page) for page in (UP_NEXT, PROGRESS)]

    assert all(now <= before for now, before in zip(many, few, strict=True))
    assert max(many) <= 20


def _second(show: Title) -> Any:
    return show.seasons.get().episodes.get(number=2)
