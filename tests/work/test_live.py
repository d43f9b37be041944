"""What happens anywhere is heard by open pages, and by those alone who may hear it."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import transaction

from catalog.sync.telling import arrived
from cinehub.work import live
from cinehub.work.live import FileLine, RedisLine, publish
from tests.make import make_user
from tests.work.ears import MATRIX, hear, listening, socket, tell

pytestmark = pytest.mark.usefixtures("sockets")

NOBODY = "redis://127.0.0.1:1/0"


class Told:
    """A line that remembers what was said."""

    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []

    def send(self, group: str, message: dict[str, object]) -> None:
        self.messages.append(message)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    said = Told()
    monkeypatch.setattr(live, "line", lambda: said)
    return said.messages


def test_who_listens_hears_what_is_published() -> None:
    async def listen() -> object:
        async with listening(socket(f"hear={MATRIX}")) as page:
            await tell(MATRIX, "arrived", parts=3)
            return await hear(page)

    assert async_to_sync(listen)() == {"group": MATRIX, "kind": "arrived", "parts": 3}


def test_two_pages_hear_the_same() -> None:
    async def listen() -> list[object]:
        first, second = socket(f"hear={MATRIX}"), socket(f"hear={MATRIX}")
        async with listening(first), listening(second):
            await tell(MATRIX, "arrived")
            return [(await hear(page))["kind"] for page in (first, second)]

    assert async_to_sync(listen)() == ["arrived", "arrived"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("who", "heard"),
    [
        ("visitor", ["public"]),
        ("member", ["own", "public"]),
        ("staff", ["work", "own", "public"]),
    ],
)
def test_everybody_hears_what_is_theirs(who: str, heard: list[str]) -> None:
    user = None if who == "visitor" else make_user(is_staff=who == "staff")
    stranger = make_user()
    opened = socket(f"hear={MATRIX}", user=user)

    async def listen() -> list[str]:
        kinds = []
        async with listening(opened) as page:
            await tell("staff", "work")
            await tell(f"user.{stranger.pk}", "a stranger's")
            await tell(f"user.{user.pk if user else 0}", "own")
            await tell("title.movie.604", "another film's")
            await tell(MATRIX, "public")
            while not kinds or kinds[-1] != "public":
                kinds.append((await hear(page))["kind"])
        return kinds

    assert async_to_sync(listen)() == heard


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_it_before_it_is_committed(told: list[dict[str, object]]) -> None:
    with transaction.atomic():
        publish(MATRIX, "arrived")
        assert told == []

    assert told == [{"group": MATRIX, "kind": "arrived"}]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_told(told: list[dict[str, object]]) -> None:
    with transaction.atomic():
        publish(MATRIX, "arrived")
        transaction.set_rollback(True)

    assert told == []


@pytest.mark.django_db(transaction=True)
def test_a_page_hears_of_what_it_waits_for(told: list[dict[str, object]]) -> None:
    arrived("movie/603", "person/6384")

    assert [message["group"] for message in told] == [MATRIX, "title.person.6384"]


def test_while_redis_is_away_nothing_fails_and_nobody_waits_twice(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CHANNEL_LAYERS = redis_layer(NOBODY)
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": NOBODY}
    }
    line = RedisLine()

    for _ in range(100):
        line.send("staff", {"kind": "run"})

    assert caplog.text.count("Open pages do not hear") == 1


def redis_layer(address: str) -> dict[str, object]:
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    return {"default": {"BACKEND": backend, "CONFIG": {"hosts": [address]}}}


@pytest.mark.redis
def test_telling_is_no_work_through_redis() -> None:
    publish(MATRIX, "arrived")
    start = time.perf_counter()
    for _ in range(100):
        publish(MATRIX, "arrived")

    assert time.perf_counter() - start < 1


# --- The file that all processes of a machine share where there is no Redis ----------------------
def heard_of(file: Path, *, say: Any) -> list[str]:
    """What somebody hears who begins to listen before `say`."""

    async def follow() -> list[str]:
        kinds: list[str] = []
        done = asyncio.Event()

        async def deliver(group: str, message: dict[str, object]) -> None:
            kinds.append(str(message["kind"]))
            if message["kind"] == "last":
                done.set()

        following = asyncio.create_task(FileLine(file).follow(deliver))
        await asyncio.sleep(0.05)
        say(FileLine(file))
        FileLine(file).send("staff", {"kind": "last"})
        await asyncio.wait_for(done.wait(), 10)
        following.cancel()
        return kinds

    return async_to_sync(follow)()


def test_while_nobody_has_ever_listened_nothing_is_written(tmp_path: Path) -> None:
    FileLine(tmp_path / "live").send("staff", {"kind": "run"})

    assert not (tmp_path / "live").exists()


def test_who_begins_to_listen_hears_nothing_of_before(tmp_path: Path) -> None:
    (tmp_path / "live").touch()
    FileLine(tmp_path / "live").send("staff", {"kind": "before"})

    assert heard_of(tmp_path / "live", say=lambda line: line.send("staff", {"kind": "run"})) == [
        "run",
        "last",
    ]


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LONGEST_FILE", 1000)
    file = tmp_path / "live"
    file.touch()
    for _ in range(200):
        FileLine(file).send("staff", {"kind": "run"})

    assert file.stat().st_size < 1200
