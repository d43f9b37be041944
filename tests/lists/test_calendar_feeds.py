"""The address of a calendar: private, revocable, and valid for the programs that read it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.models import User
from cinehub.kit.hiding import hide
from lists import subscribing
from lists.models import CalendarLink
from tests.lists.held import track, want
from tests.make import make_episode, make_season, make_show, make_title, make_translation, make_user

pytestmark = pytest.mark.django_db

CHANGE = "/calendar/mine/address"
FORMATS = ["ics", "rss"]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-21 12:00+00:00", tick=False):
        yield


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def key(ann: User) -> str:
    return subscribing.open_link(ann).key


def read(key: str, kind: str = "ics", **headers: str) -> Any:
    """As a program does, without a session."""
    return Client().get(f"/calendar/feed/{key}.{kind}", headers=headers)


def entries(key: str) -> list[Any]:
    return list(Calendar.from_ical(read(key).content).walk("VEVENT"))


# --- What it tells -------------------------------------------------------------------------------
def test_a_calendar_program_reads_whole_days(ann: User, key: str) -> None:
    show = make_show(name="Dark", tmdb_id=70523)
    make_episode(make_season(show), number=3, air_date="2026-12-01")
    track(ann, show)

    (entry,) = entries(key)

    assert entry.decoded("dtstart") == date(2026, 12, 1)
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert entry.decoded("dtend") == date(2026, 12, 2)
    assert entry["summary"] == "Dark · S1 E3"
    assert entry["uid"] == "tv-70523-2026-12-01@testserver"
    assert entry["url"] == "http://testserver/tv/70523-dark"
    assert entry["transp"] == "TRANSPARENT"
    assert entry.decoded("dtstamp") == show.fetched_at.replace(microsecond=0)


def test_it_is_valid_by_the_rfc(ann: User, key: str) -> None:
    name = "A name; with, signs \\ and\nlines, which is longer than a line may be: Ünïcödé " * 3
    want(ann, make_title(name=name, release_date="2026-11-25"))

    body = read(key).content
    lines = body.split(b"\r\n")

    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert Calendar.from_ical(body).errors == []
    assert all(not event.errors for event in Calendar.from_ical(body).walk("VEVENT"))
    assert str(entries(key)[0]["summary"]).startswith("A name; with, signs \\ and")
    for needed in (b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//CineHub//testserver//"):
        assert needed in lines


def test_an_entry_is_the_same_one_however_often_it_is_read(ann: User, key: str) -> None:
    film = make_title(release_date="2026-11-25")
    want(ann, film)
    before = [entry["uid"] for entry in entries(key)]
    film.name = "Called otherwise by now"
    film.save()

    assert [entry["uid"] for entry in entries(key)] == before


def test_no_two_entries_are_one(ann: User, key: str) -> None:
    show = make_show()
    season = make_season(show)
    for number in range(1, 9):
        make_episode(season, number=number, air_date=f"2026-12-0{number}")
    track(ann, show)
    want(ann, make_title(release_date="2026-12-01"), make_title(release_date="2026-12-01"))

    uids = [entry["uid"] for entry in entries(key)]
    assert len(uids) == len(set(uids)) == 10


def test_it_reaches_from_a_month_ago_to_a_year_ahead(ann: User, key: str) -> None:
    today = date(2026, 11, 21)
    days = [today + timedelta(days=n) for n in (-31, -30, 365, 366)]
    want(ann, *(make_title(release_date=day) for day in days))

    assert [entry.decoded("dtstart") for entry in entries(key)] == days[1:3]


def test_a_feed_has_what_came_out_and_what_will_within_a_week(ann: User, key: str) -> None:
    want(ann, make_title(name="Old", release_date="2026-11-01", overview="A <b> film"))
    want(ann, make_title(name="Soon", release_date="2026-11-28"))
    want(ann, make_title(name="Later", release_date="2026-11-29"))

    answer = read(key, "rss")
    items = ElementTree.fromstring(answer.content).findall("channel/item")

    assert answer["Content-Type"].startswith("application/rss+xml")
    assert [item.findtext("title") for item in items] == ["Soon (2000)", "Old (2000)"]
    assert "Nov. 1, 2026: First release" in str(items[1].findtext("description"))
    assert len({item.findtext("guid") for item in items}) == 2


def test_an_empty_calendar_is_still_one(ann: User, key: str) -> None:
    assert entries(key) == []
    assert ElementTree.fromstring(read(key, "rss").content).tag == "rss"


def test_it_speaks_the_members_language_and_keeps_their_days(ann: User, key: str) -> None:
    film = make_title(name="The Lives of Others", release_date="2026-12-21")
    make_translation(film, "ru", name="Жизнь других")
    want(ann, film)
    ann.language, ann.time_zone = "ru", "Pacific/Auckland"
    ann.save()

    with time_machine.travel("2027-01-20 12:00+00:00", tick=False):
        assert len(entries(key)) == 0
    with time_machine.travel("2027-01-20 10:00+00:00", tick=False):
        assert str(entries(key)[0]["summary"]).startswith("Жизнь других")


@pytest.mark.parametrize("kind", FORMATS)
def test_however_much_there_is_it_takes_as_many_questions(ann: User, key: str, kind: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(key, kind)
        return len(asked)

    want(ann, make_title(release_date="2026-11-22"))
    few = queries()
    want(ann, *(make_title(release_date="2026-11-22") for _ in range(20)))

    assert queries() == few
    assert few <= 4


# --- Who reads it --------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", FORMATS)
def test_it_is_kept_by_nobody_else_and_found_by_no_search_engine(key: str, kind: str) -> None:
    answer = read(key, kind)

    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_sent_again_that_has_not_changed(ann: User, key: str, kind: str) -> None:
    want(ann, make_title(release_date="2026-11-22", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))
    first = read(key, kind)

    assert read(key, kind, if_none_match=first["ETag"]).status_code == 304


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("wrong", ["x", "x" * 32, "x" * 2000, "-"])
def test_another_key_opens_nothing(key: str, kind: str, wrong: str) -> None:
    assert read(wrong, kind).status_code == 404


@pytest.mark.parametrize(
    "values", [{"is_active": False}, {"leaves_at": datetime(2026, 12, 1, tzinfo=UTC)}]
)
def test_who_is_gone_has_no_calendar(ann: User, key: str, values: dict[str, Any]) -> None:
    User.objects.filter(pk=ann.pk).update(**values)

    assert read(key).status_code == 404


@pytest.mark.parametrize("kind", FORMATS)
def test_a_program_that_asks_all_the_time_is_told_to_wait(key: str, kind: str) -> None:
    assert [read(key, kind).status_code for _ in range(61)][-2:] == [200, 429]


def test_it_is_only_read(key: str) -> None:
    assert Client().post(f"/calendar/feed/{key}.ics").status_code == 405


def test_the_key_is_in_no_log(key: str) -> None:
    assert key not in hide(f"/calendar/feed/{key}.ics")


# --- Making, renewing, closing it ----------------------------------------------------------------
@pytest.mark.parametrize("htmx", [False, True])
def test_an_address_is_made_and_shown(client: Client, ann: User, htmx: bool) -> None:
    client.force_login(ann)
    answer = client.post(CHANGE, {"on": "1"}, headers={"HX-Request": "true"} if htmx else {})
    key = CalendarLink.objects.get(user=ann).key

    if htmx:
        body = answer.content.decode()
        assert re.search(r'<section[^>]*data-own="calendar-address"', body)
        assert "data-toast" in body
    else:
        assert answer["Location"] == "/calendar/mine#address"
        body = client.get("/calendar/mine").content.decode()
    assert f"http://testserver/calendar/feed/{key}.ics" in body
    assert f"webcal://testserver/calendar/feed/{key}.ics" in body
    assert f"http://testserver/calendar/feed/{key}.rss" in body
    assert read(key).status_code == 200


def test_a_new_address_makes_the_old_one_void(client: Client, ann: User, key: str) -> None:
    client.force_login(ann)
    client.post(CHANGE, {"on": "1"})

    assert read(key).status_code == 404
    assert read(CalendarLink.objects.get().key).status_code == 200


@pytest.mark.parametrize("htmx", [False, True])
def test_an_address_that_is_closed_opens_nothing(
    client: Client, ann: User, key: str, htmx: bool
) -> None:
    client.force_login(ann)
    answer = client.post(CHANGE, {"on": "0"}, headers={"HX-Request": "true"} if htmx else {})

    assert answer.status_code == (200 if htmx else 303)
    assert read(key).status_code == 404
    assert "Make an address" in client.get("/calendar/mine").content.decode()


def test_to_look_at_the_page_makes_none(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.get("/calendar/mine")

    assert client.get(CHANGE).status_code == 405
    assert not CalendarLink.objects.exists()


def test_who_is_not_signed_in_makes_none() -> None:
    assert Client().post(CHANGE, {"on": "1"})["Location"].startswith("/sign-in")
    assert not CalendarLink.objects.exists()


def test_others_addresses_stay_as_they_are(client: Client, key: str) -> None:
    client.force_login(make_user())
    client.post(CHANGE, {"on": "0"})

    assert read(key).status_code == 200


def test_a_form_of_elsewhere_makes_none(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)

    assert client.post(CHANGE, {"on": "1"}).status_code == 403


def test_with_script_too_who_is_not_signed_in_is_led_to_the_door() -> None:
    answer = Client().post(CHANGE, {"on": "1"}, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/sign-in")
