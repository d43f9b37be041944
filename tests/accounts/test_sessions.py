"""Where a member is signed in: listed, ended, rotated, tidied."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import sessions, tasks
from accounts.models import User
from tests.make import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "hunter-two-22"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
DEVICES = {
    FIREFOX: "Firefox on Linux",
    IPHONE: "Safari on iPhone",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0": (
        "Edge on Windows"
    ),
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36": (
        "Chrome on Android"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18 Safari/605.1": (
        "Safari on macOS"
    ),
    "Mozilla/5.0 (compatible) Linux": "Linux",
    "curl/8": "Unknown device",
    "": "Unknown device",
}


def member() -> User:
    return make_user(username="ann", password=PASSWORD)


def enter(user_agent: str = FIREFOX, address: str = "203.0.113.9", **options: Any) -> Client:
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address, **options)
    client.post("/sign-in", {"login": "ann", "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/sessions").status_code == 200


def listed(client: Client) -> list[Any]:
    return list(client.get("/settings/sessions").context["sessions"])


# --- Listed --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("user_agent", "words"), DEVICES.items())
def test_a_device_is_told_in_plain_words(user_agent: str, words: str) -> None:
    assert sessions.device(user_agent) == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "This computer (127.0.0.1)"),
        ("192.168.1.7", "The same network (192.168.1.7)"),
        ("8.8.8.8", "Address 8.8.8.8"),
        ("2606:4700::1", "Address 2606:4700::1"),
    ],
)
def test_a_place_is_told_as_far_as_it_is_known(address: str, words: str) -> None:
    assert sessions.place(address) == words


def test_this_device_comes_first_and_can_not_be_signed_out_here() -> None:
    member()
    here = enter()
    enter(IPHONE, "8.8.8.8")

    first, second = listed(here)
    assert (first.device, first.is_current) == ("Firefox on Linux", True)
    assert (second.device, second.is_current, second.is_pocket) == ("Safari on iPhone", False, True)
    assert second.place == "Address 8.8.8.8"
    page = here.get("/settings/sessions").content.decode()
    assert f"/settings/sessions/{second.pk}/end" in page
    assert f"/settings/sessions/{first.pk}/end" not in page


def test_nobody_sees_another_members(client: Client) -> None:
    member()
    enter()
    client.force_login(make_user())

    assert listed(client) == []


def test_the_list_costs_the_same_however_long_it_is() -> None:
    member()
    here = enter()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            here.get("/settings/sessions")
        return len(queries)

    before = cost()
    for _ in range(5):
        enter()
    assert cost() == before


# --- Last seen -----------------------------------------------------------------------------------
def test_a_session_is_seen_every_ten_minutes_and_not_more_often() -> None:
    member()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        here = enter()
        here.get("/about")

        def writes(minutes: int) -> int:
            clock.move_to(now + timedelta(minutes=minutes))
            with CaptureQueriesContext(connection) as queries:
                here.get("/settings/sessions", REMOTE_ADDR="8.8.4.4")
            return sum("UPDATE" in q["sql"] for q in queries)

        assert [writes(9), writes(11), writes(12), writes(22)] == [0, 1, 0, 1]

    told = UserSession.objects.get()
    assert (told.last_seen_at, told.ip) == (now + timedelta(minutes=22), "8.8.4.4")


def test_visitors_are_not_written_down(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/about")

    assert len(queries) == 0


def test_a_session_is_still_in_the_list_when_the_sites_secret_has_changed(settings: Any) -> None:
    member()
    here, there = enter(), enter(IPHONE)
    before = settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new secret of the tests", [before]
    assert [one.device for one in listed(here)] == ["Firefox on Linux", "Safari on iPhone"]
    assert [one.is_current for one in listed(there)] == [True, False]
    here.post("/settings/sessions/end-others")

    assert is_in(here)
    assert not is_in(there)


# --- Ended ---------------------------------------------------------------------------------------
def test_one_is_ended_and_the_others_stay() -> None:
    member()
    here, there, elsewhere = enter(), enter(IPHONE), enter()
    pk = next(one.pk for one in listed(here) if one.is_pocket)

    answer = here.post(f"/settings/sessions/{pk}/end")

    assert answer.status_code == 303
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]


def test_all_others_are_ended() -> None:
    member()
    here, there, elsewhere = enter(), enter(), enter()

    here.post("/settings/sessions/end-others")

    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]
    assert len(listed(here)) == 1


def test_nobody_ends_what_is_another_members(client: Client) -> None:
    member()
    here = enter()
    client.force_login(make_user())

    answer = client.post(f"/settings/sessions/{UserSession.objects.get().pk}/end")

    assert answer.status_code == 404
    assert is_in(here)


@pytest.mark.parametrize("address", ["/settings/sessions/1/end", "/settings/sessions/end-others"])
def test_looking_ends_nothing(address: str) -> None:
    member()

    assert enter().get(address).status_code == 405


def test_a_change_of_the_password_ends_the_others() -> None:
    member()
    here, there = enter(), enter()
    here.post("/sign-in/again", {"password": PASSWORD})
    new = "a-better-one-77"

    here.post(
        "/settings/password",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert User.objects.get().check_password(new)
    assert [is_in(client) for client in (here, there)] == [True, False]
    assert [one.is_current for one in listed(here)] == [True]


def test_a_session_gets_another_key_at_sign_in_and_the_old_one_is_dead() -> None:
    """Whoever had planted a key in somebody's browser has nothing of it."""
    member()
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key

    client.post("/sign-in", {"login": "ann", "password": PASSWORD})

    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


# --- Tidied --------------------------------------------------------------------------------------
def test_what_has_expired_is_forgotten_and_nothing_else() -> None:
    member()
    here, _ = enter(), enter()
    kept = here.session.session_key
    old = timezone.now() - timedelta(days=1)
    Session.objects.exclude(session_key=kept).update(expire_date=old)

    tasks.tidy_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == [kept]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [kept]
