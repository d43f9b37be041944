"""The history: by day, with its filters, and the form by which a viewing is added and changed."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Audience, User
from catalog.models import Episode, Title
from lists import watching
from lists.history import PER_PAGE
from lists.models import Precision, Viewing
from lists.own.history import lines
from lists.watching import When
from tests.lists.shows import make_ended_show, make_running_show
from tests.make import (
    make_episode,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

QUICK = {"HX-Request": "true"}
HISTORY = "/history"


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann", time_zone="Europe/Berlin")
    client.force_login(member)
    return member


def saw(member: User, name: str, on: date | None = None, **values: Any) -> Viewing:
    film = make_title(name=name, **values)
    when = When.day(on) if on else When.unknown()
    return watching.watch(member, film, when=when)


def of(viewing: Viewing) -> str:
    return reverse("lists:viewings", args=[viewing.title.kind, viewing.title.ref])


# --- What it shows -------------------------------------------------------------------------------
def test_it_is_by_day_the_last_first_and_what_nobody_remembers_last(
    client: Client, ann: User
) -> None:
    saw(ann, "Heat", date(2020, 5, 1))
    saw(ann, "Alien", date(2021, 6, 2))
    saw(ann, "Brazil")

    words = text(shown(client, HISTORY))

    there = [words.index(each) for each in ("June 2, 2021", "Alien", "May 1, 2020", "Heat")]
    assert there == sorted(there)
    assert words.index("Heat") < words.index("Some day") < words.index("Brazil")
    assert "3 viewings" in words


def test_a_viewing_has_its_time_where_the_member_is(client: Client, ann: User) -> None:
    film = make_title()
    at = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    watching.watch(ann, film, when=When.instant(at, ann))

    words = text(shown(client, HISTORY))
    assert "March 11, 2026" in words
    assert "12:30 a.m." in words


def test_an_episode_is_named_with_its_show(client: Client, ann: User) -> None:
    show, episodes = make_ended_show(name="The Wire")
    watching.watch(ann, show, episode=episodes[0], when=When.now(ann))

    row = part(shown(client, HISTORY), r'<li class="viewing".*?</li>')

    assert "The Wire" in row
    assert str(episodes[0]) in row


def test_specials_have_no_season_in_letters(client: Client, ann: User) -> None:
    special = make_episode(make_season(make_show(), number=0), number=3, air_date="2020-01-01")
    watching.watch(ann, special.season.title, episode=special, when=When.now(ann))

    row = part(shown(client, HISTORY), r'<p class="viewing-episode">.*?</p>')

    assert "Special 3 Specials, episode 3" in text(row)


def test_what_people_and_tmdb_wrote_is_words_and_nothing_else(client: Client, ann: User) -> None:
    saw(ann, "<b>Heat</b>", date(2020, 1, 1))
    Viewing.objects.update(note="<i>Again</i>")

    page = client.get(HISTORY).content.decode()

    assert "<b>Heat" not in page
    assert "<i>Again" not in page
    assert "<b>Heat</b>: change" in unescape(page)
    assert "<i>Again</i>" in unescape(page)


def test_to_change_a_viewing_leads_back_to_the_same_page(client: Client, ann: User) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))

    page = shown(client, f"{HISTORY}?kind=movie&year=2020")

    there = quote(f"{HISTORY}?kind=movie&year=2020")
    assert f'href="/viewing/{viewing.pk}?next={there}"' in page
    assert f'formaction="/viewing/{viewing.pk}/delete"' in page


def test_titles_are_in_the_reader_s_language(client: Client, ann: User) -> None:
    viewing = saw(ann, "Breaking Bad", date(2020, 1, 1))
    make_translation(viewing.title, "de-DE", name="Reine Chemie")

    assert "Reine Chemie" in shown(client, HISTORY, accept_language="de-DE")


def test_what_tmdb_has_dropped_stays_without_a_link(client: Client, ann: User) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))
    Title.objects.update(hidden_at=timezone.now())

    page = shown(client, HISTORY)

    assert "Heat no longer at TMDB" in text(page)
    assert f'href="{viewing.title.get_absolute_url()}"' not in page
    assert client.get(of(viewing)).status_code == 200


def test_without_viewings_it_says_what_to_do(client: Client, ann: User) -> None:
    assert "Nothing was watched yet" in shown(client, HISTORY)


def test_a_page_follows_the_other_without_a_gap(client: Client, ann: User) -> None:
    film = make_title()
    for _each in range(PER_PAGE + 5):
        watching.watch(ann, film, when=When.day(date(2020, 1, 1)), batch=uuid4())

    first = shown(client, HISTORY)
    rest = part(first, r'[?]after=[^"]*')
    second = shown(client, f"{HISTORY}{rest}")

    assert (first.count("viewing-name"), second.count("viewing-name")) == (PER_PAGE, 5)
    assert "Earlier ones" not in second


@pytest.mark.parametrize(
    "after", ["x", "2020-01-01_1", "2020-01-01T00:00:00+00:00_x", "1500-01-01T00:00:00+00:00_1"]
)
def test_nonsense_begins_from_the_start(client: Client, ann: User, after: str) -> None:
    saw(ann, "Heat", date(2020, 1, 1))

    assert "Heat" in shown(client, f"{HISTORY}?after={after}")


# --- Filters -------------------------------------------------------------------------------------
FILTERS = [
    ("kind=movie", {"Heat", "Alien", "Brazil"}),
    ("kind=tv", {"The Wire"}),
    ("kind=nonsense", {"Heat", "Alien", "Brazil", "The Wire"}),
    ("year=2020", {"Heat"}),
    ("year=2021&month=6", {"Alien", "The Wire"}),
    ("year=2021&month=7", set()),
    ("month=6", {"Heat", "Alien", "Brazil", "The Wire"}),
    ("from=2020-05-02", {"Alien", "The Wire"}),
    ("to=2020-05-01", {"Heat"}),
    ("from=2020-05-01&to=2021-06-01", {"Heat", "The Wire"}),
    ("from=2020-13-99&to=x&year=12x", {"Heat", "Alien", "Brazil", "The Wire"}),
    ("q=wire", {"The Wire"}),
    ("q=HEA", {"Heat"}),
    ("q=nowhere", set()),
    ("unknown=1", {"Brazil"}),
    ("again=1", {"Heat", "The Wire"}),
    ("again=1&kind=tv", {"The Wire"}),
]


@pytest.mark.parametrize(("query", "names"), FILTERS)
def test_filters(client: Client, ann: User, query: str, names: set[str]) -> None:
    heat = saw(ann, "Heat", date(2020, 5, 1)).title
    watching.watch(ann, heat, when=When.day(date(2020, 5, 1)), batch=uuid4())
    saw(ann, "Alien", date(2021, 6, 2))
    saw(ann, "Brazil")
    show, [episode] = make_ended_show(aired=1, name="The Wire")
    for day in (date(2021, 6, 1), date(2021, 6, 2)):
        watching.watch(ann, show, episode=episode, when=When.day(day), batch=uuid4())

    page = shown(client, f"{HISTORY}?{query}")

    found = {name for name in ("Heat", "Alien", "Brazil", "The Wire") if f">{name}</a>" in page}
    assert found == names
    if not names:
        assert "Nothing of the kind" in page


def test_only_what_was_seen_before_is_again(client: Client, ann: User) -> None:
    show, [episode] = make_ended_show(aired=1)
    first = watching.watch(ann, show, episode=episode, when=When.day(date(2021, 6, 1)))
    later = When.day(date(2021, 7, 1))
    second = watching.watch(ann, show, episode=episode, when=later, batch=uuid4())

    page = shown(client, f"{HISTORY}?again=1")

    assert f"viewing-{second.pk}" in page
    assert f"viewing-{first.pk}" not in page
    assert page.count("once more") == shown(client, HISTORY).count("once more") == 1


# --- What it costs -------------------------------------------------------------------------------
def test_it_costs_the_same_for_many(client: Client, ann: User) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    show, episodes = make_ended_show(aired=30)
    watching.watch(ann, show, episode=episodes[0], when=When.now(ann))
    saw(ann, "Heat", date(2020, 1, 1))
    pages = [HISTORY, reverse("lists:viewings", args=["tv", show.ref])]
    few = [cost(page) for page in pages]
    watching.watch_show(ann, show, when=When.now(ann))
    for n in range(20):
        saw(ann, f"Film {n}", date(2020, 1, 1))

    many = [cost(page) for page in pages]

    assert all(now <= before for now, before in zip(many, few, strict=True))
    assert max(many) <= 20


# --- Others' -------------------------------------------------------------------------------------
def test_another_one_s_is_shown_without_what_is_theirs_alone(client: Client, ann: User) -> None:
    ben = make_user(username="ben")
    viewing = saw(ben, "Heat", date(2020, 1, 1))
    at = datetime(2020, 1, 1, 20, 15, tzinfo=UTC)
    watching.change(viewing, when=When.instant(at, ben), note="Cried a lot")

    page = shown(client, "/@ben/history")

    assert "Heat" in page
    assert "8:15 p.m." not in page
    assert "9:15 p.m." not in page
    assert "Cried a lot" not in page
    assert f"/viewing/{viewing.pk}" not in page


@pytest.mark.parametrize(
    ("audience", "of_additions"),
    [("public", Audience.PRIVATE), ("private", Audience.PUBLIC), ("followers", Audience.PUBLIC)],
)
def test_what_may_not_be_seen_is_not_there(
    client: Client, audience: str, of_additions: str
) -> None:
    ben = make_user(username="ben", audience=audience, default_audience=of_additions)
    saw(ben, "Heat", date(2020, 1, 1))

    assert client.get("/@ben/history").status_code == 404


def test_whoever_is_written_otherwise_is_sent_on(client: Client, ann: User) -> None:
    make_user(username="ben")

    assert client.get("/@BEN/history")["Location"] == "/@ben/history"
    assert client.get("/@ann/history")["Location"] == HISTORY
    assert client.get("/@nobody/history").status_code == 404


def test_visitors_are_led_to_the_door(client: Client) -> None:
    for page in (HISTORY, "/progress", "/up-next", "/movie/603/viewings", "/viewing/1"):
        assert client.get(page)["Location"].startswith(reverse("account_login"))


# --- To add a viewing ----------------------------------------------------------------------------
def send(client: Client, address: str, headers: Any = None, **sent: Any) -> Any:
    return client.post(address, {"precision": "now", "batch": uuid4()} | sent, headers=headers)


@pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])
@pytest.mark.parametrize(
    ("sent", "precision", "on"),
    [
        ({"precision": "now"}, Precision.INSTANT, date(2026, 3, 11)),
        ({"precision": "instant", "at": "2026-01-02T00:30"}, Precision.INSTANT, date(2026, 1, 2)),
        ({"precision": "day", "on": "1999-12-31"}, Precision.DAY, date(1999, 12, 31)),
        ({"precision": "unknown"}, Precision.UNKNOWN, None),
    ],
)
@time_machine.travel(datetime(2026, 3, 10, 23, 30, tzinfo=UTC), tick=False)
def test_a_viewing_is_added_as_well_as_somebody_remembers(
    client: Client, headers: Any, sent: dict[str, str], precision: str, on: date | None
) -> None:
    ann, film = make_user(time_zone="Europe/Berlin"), make_title()
    client.force_login(ann)

    answer = send(client, f"/movie/{film.ref}/viewings", headers, note="With Ben", **sent)

    assert answer.status_code == 303
    viewing = ann.viewings.get()
    assert (viewing.precision, viewing.watched_on, viewing.note) == (precision, on, "With Ben")


def test_a_time_is_meant_where_the_member_is(client: Client, ann: User) -> None:
    film = make_title()

    send(client, f"/movie/{film.ref}/viewings", precision="instant", at="2020-01-02T00:30")

    assert ann.viewings.get().watched_at == datetime(2020, 1, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"precision": ""}, "required"),
        ({"precision": "instant"}, "When was it?"),
        ({"precision": "instant", "at": "nonsense"}, "valid date"),
        ({"precision": "instant", "at": "2999-01-01T00:00"}, "still to come"),
        ({"precision": "instant", "at": "1500-01-01T00:00"}, "no films then"),
        ({"precision": "day"}, "Which day was it?"),
        ({"precision": "day", "on": "2999-01-01"}, "still to come"),
        ({"precision": "day", "on": "0001-01-01"}, "no films then"),
        ({"note": "x" * 501}, "at most 500"),
    ],
)
def test_what_can_t_be_is_refused_in_words(
    client: Client, ann: User, sent: dict[str, str], why: str
) -> None:
    film = make_title()

    answer = send(client, f"/movie/{film.ref}/viewings", **sent)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ann.viewings.exists()


def test_sent_twice_it_is_one_and_another_form_is_another(client: Client, ann: User) -> None:
    film, batch = make_title(), uuid4()
    for _each in range(2):
        send(client, f"/movie/{film.ref}/viewings", batch=batch)
    assert ann.viewings.count() == 1

    send(client, f"/movie/{film.ref}/viewings", batch="")

    assert ann.viewings.count() == 2


def test_an_episode_is_watched_on_a_day(client: Client, ann: User) -> None:
    show, episodes = make_running_show()
    address = f"/tv/{show.ref}/season/1/episode/1/viewings"

    send(client, address, precision="day", on="2021-01-01")

    assert ann.viewings.get().episode == episodes[0]
    assert "Jan. 1, 2021" in text(shown(client, address))


def test_an_episode_that_is_to_air_is_refused_in_words(client: Client, ann: User) -> None:
    show, episodes = make_running_show()

    answer = send(client, f"/tv/{show.ref}/season/1/episode/{episodes[-1].number}/viewings")

    assert answer.status_code == 422
    assert "This episode has not aired yet." in answer.content.decode()


def test_a_show_lists_what_was_watched_of_it_and_has_no_form(client: Client, ann: User) -> None:
    show, episodes = make_running_show()
    page = reverse("lists:viewings", args=["tv", show.ref])
    assert "Episodes are added on their own pages" in shown(client, page)

    watching.watch(ann, show, episode=episodes[0], when=When.now(ann))

    assert str(episodes[0]) in shown(client, page)
    assert 'name="precision"' not in shown(client, page)


# --- To change one -------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])
def test_a_viewing_is_changed(client: Client, ann: User, headers: Any) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))
    page = reverse("lists:viewing", args=[viewing.pk])
    assert 'value="2020-01-01"' in shown(client, page)

    sent = {"precision": "unknown", "note": "Long ago", "next": HISTORY}
    answer = send(client, page, headers, **sent)

    assert answer["Location"] == HISTORY
    viewing.refresh_from_db()
    assert (viewing.watched_on, viewing.note) == (None, "Long ago")


def test_a_change_that_can_t_be_leaves_it_as_it_was(client: Client, ann: User) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))

    answer = send(client, reverse("lists:viewing", args=[viewing.pk]), precision="day")

    assert answer.status_code == 422
    viewing.refresh_from_db()
    assert viewing.watched_on == date(2020, 1, 1)


def test_who_changes_the_note_alone_does_not_lose_the_seconds(client: Client, ann: User) -> None:
    at = datetime(2020, 1, 1, 20, 15, 42, tzinfo=UTC)
    viewing = watching.watch(ann, make_title(), when=When.instant(at, ann))
    page = reverse("lists:viewing", args=[viewing.pk])
    assert 'value="2020-01-01T21:15"' in shown(client, page)

    send(client, page, precision="instant", at="2020-01-01T21:15", note="Good")

    viewing.refresh_from_db()
    assert (viewing.watched_at, viewing.note) == (at, "Good")


@pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])
def test_a_viewing_is_there_once_more(client: Client, ann: User, headers: Any) -> None:
    viewing, batch = saw(ann, "Heat", date(2020, 1, 1)), uuid4()
    address = reverse("lists:viewing-again", args=[viewing.pk])

    for _each in range(2):
        answer = client.post(address, {"batch": batch}, headers=headers)

    copy = ann.viewings.exclude(pk=viewing.pk).get()
    page = reverse("lists:viewing", args=[copy.pk])
    assert answer["HX-Redirect" if headers else "Location"] == page
    assert copy.watched_on == date(2020, 1, 1)


@pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])
def test_of_an_episode_that_tmdb_has_dropped_there_is_no_viewing_more(
    client: Client, ann: User, headers: Any
) -> None:
    show, episodes = make_ended_show()
    viewing = watching.watch(ann, show, episode=episodes[0], when=When.unknown())
    Episode.objects.filter(pk=episodes[0].pk).update(hidden_at=timezone.now())

    answer = client.post(reverse("lists:viewing-again", args=[viewing.pk]), headers=headers)

    assert answer.status_code == (422 if headers else 303)
    assert ann.viewings.count() == 1


def test_without_a_batch_it_is_there_once_more_each_time(client: Client, ann: User) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))

    for _each in range(2):
        client.post(reverse("lists:viewing-again", args=[viewing.pk]), {"batch": "x"})

    assert ann.viewings.count() == 3


@pytest.mark.parametrize("headers", [{}, QUICK], ids=["form", "script"])
def test_a_viewing_is_taken_out(client: Client, ann: User, headers: Any) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))

    answer = client.post(reverse("lists:viewing-delete", args=[viewing.pk]), headers=headers)

    assert not ann.viewings.exists()
    if headers:
        assert f'<li data-own="viewing-{viewing.pk}" hidden>' in answer.content.decode()
    else:
        assert answer["Location"] == of(viewing)


def test_a_stranger_s_viewing_is_not_there(client: Client, ann: User) -> None:
    viewing = saw(make_user(), "Heat", date(2020, 1, 1))

    for name in ("viewing", "viewing-again", "viewing-delete"):
        address = reverse(f"lists:{name}", args=[viewing.pk])
        assert client.post(address, {"precision": "unknown"}).status_code == 404
    assert Viewing.objects.get().watched_on == date(2020, 1, 1)


def test_nobody_gets_a_line_of_another_one_s_history(ann: User) -> None:
    viewing = saw(ann, "Heat", date(2020, 1, 1))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert lines(request, [(str(viewing.pk),)]) == [""]

    request.user = make_user()

    assert lines(request, [(str(viewing.pk),)]) == [
        f'<li data-own="viewing-{viewing.pk}" hidden></li>'
    ]
