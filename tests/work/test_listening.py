"""Who may listen, for how long, and how many of them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.sessions.models import Session

from cinehub.work import listening as ear
from tests.make import make_user
from tests.work.ears import HOST, MATRIX, closed_with, hear, listening, refused, socket, tell

pytestmark = pytest.mark.usefixtures("sockets")

HEAR = f"hear={MATRIX}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": f"http://{HOST}.elsewhere.example"},
        {"origin": f"http://{HOST}:8001"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://elsewhere.example", "host": "elsewhere.example"},
    ],
)
def test_other_sites_pages_do_not_listen(headers: dict[str, str]) -> None:
    assert async_to_sync(refused)(socket(HEAR, user=make_user(is_staff=True), **headers))


def test_an_origin_that_is_trusted_with_forms_may_listen(settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://cinehub.example"]

    assert not async_to_sync(refused)(socket(HEAR, origin="https://cinehub.example"))


def test_a_page_that_came_unencrypted_does_not_listen_to_a_site_that_is(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.CSRF_TRUSTED_ORIGINS = True, []

    assert async_to_sync(refused)(socket(HEAR, origin=f"http://{HOST}"))


def test_there_is_one_door_for_sockets() -> None:
    assert async_to_sync(refused)(socket(HEAR, path="/elsewhere/"))


@pytest.mark.parametrize(
    "query",
    ["", "hear=staff", "hear=user.1", "hear=title.movie.603x", "hear=title.book.1", "hear=%00%ff"],
)
def test_a_visitor_who_may_hear_nothing_is_sent_away(query: str) -> None:
    async def listen() -> int:
        opened = socket(query)
        await opened.connect()
        return await closed_with(opened)

    assert async_to_sync(listen)() == ear.NOTHING_TO_HEAR


def test_a_page_hears_of_three_things_at_most() -> None:
    async def listen() -> list[str]:
        query = "&".join(f"hear=title.movie.{n}" for n in range(5))
        groups = []
        async with listening(socket(query)) as page:
            for n in (4, 3, 2, 1):
                await tell(f"title.movie.{n}", "arrived")
            while not groups or groups[-1] != "title.movie.1":
                groups.append((await hear(page))["group"])
        return groups

    assert async_to_sync(listen)() == ["title.movie.2", "title.movie.1"]


async def open_many(count: int, **headers: str) -> int:
    """How the last of so many from one address is closed; 0: it is not."""
    opened = [socket(HEAR, **headers) for _ in range(count)]
    for one in opened:
        await one.connect()
    last = await opened[-1].receive()
    for one in opened:
        await one.leave()
    return int(last.get("code", 0))


def test_an_address_has_so_many_sockets_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ear, "OPEN_AT_MOST", 3)

    assert async_to_sync(open_many)(3) == 0
    assert async_to_sync(open_many)(4) == ear.TOO_MANY


def test_behind_a_proxy_each_visitor_is_counted_by_their_own_address(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BEHIND_PROXY = True
    monkeypatch.setattr(ear, "OPEN_AT_MOST", 1)

    async def listen() -> int:
        first = socket(HEAR, x_forwarded_for="198.51.100.1")
        async with listening(first):
            return await open_many(1, x_forwarded_for="198.51.100.1, 203.0.113.9")

    assert async_to_sync(listen)() == 0


@pytest.mark.django_db
def test_all_visitors_together_leave_room_for_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ear, "VISITORS_AT_MOST", 1)
    member = socket(HEAR, user=make_user())

    async def listen() -> int:
        async with listening(socket(HEAR)), listening(member):
            return await open_many(1)

    assert async_to_sync(listen)() == ear.TOO_MANY


def beat_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ear, "BEAT_SECONDS", 0.2)


async def stay(opened: Any, then: Callable[[], object] = lambda: None) -> int:
    """The page answers each ping, whatever happens once it is open, until it is closed."""
    await opened.connect()
    await sync_to_async(then)()
    while (said := await opened.receive())["type"] == "websocket.send":
        await opened.say("here")
    return int(said["code"])


def test_a_page_that_answers_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_fast(monkeypatch)

    async def listen() -> bool:
        opened = socket(HEAR)
        staying = asyncio.create_task(stay(opened))
        await asyncio.sleep(1)
        still_there = not staying.done()
        staying.cancel()
        await opened.leave()
        return still_there

    assert async_to_sync(listen)()


def test_a_page_that_does_not_answer_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_fast(monkeypatch)

    async def listen() -> int:
        opened = socket(HEAR)
        await opened.connect()
        return await closed_with(opened)

    assert async_to_sync(listen)() == ear.SILENT


def test_a_page_that_talks_all_the_time_is_sent_away() -> None:
    async def listen() -> int:
        async with listening(socket(HEAR)) as page:
            for _ in range(ear.WORDS_AT_MOST + 1):
                await page.say("here")
            return await closed_with(page)

    assert async_to_sync(listen)() == ear.TALKATIVE


def test_a_visitor_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_fast(monkeypatch)
    monkeypatch.setattr(ear, "VISIT_SECONDS", 0.05)

    assert async_to_sync(stay)(socket(HEAR)) == ear.LONG_ENOUGH


@pytest.mark.django_db
def test_who_signs_out_is_not_told_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_fast(monkeypatch)
    opened = socket(user=make_user(is_staff=True))

    assert async_to_sync(stay)(opened, Session.objects.all().delete) == ear.NOT_SIGNED_IN


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_who_may_not_see_work_any_more_is_not_told(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, bool]
) -> None:
    beat_fast(monkeypatch)
    user = make_user(is_staff=True)
    opened = socket(user=user)

    def forbid() -> None:
        type(user).objects.update(**change)

    assert async_to_sync(stay)(opened, forbid) == ear.NOT_SIGNED_IN


def test_while_redis_is_away_a_page_is_told_to_come_later(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]},
        }
    }

    assert async_to_sync(refused)(socket(HEAR))
    assert "A page can't listen just now" in caplog.text


def test_when_the_server_ends_pages_are_told_to_come_again() -> None:
    async def listen() -> int:
        async with listening(socket(HEAR)) as page:
            await ear.close_all()
            return await closed_with(page)

    assert async_to_sync(listen)() == ear.RESTARTING
