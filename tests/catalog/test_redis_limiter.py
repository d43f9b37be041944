"""TMDB's pace kept in Redis: one for all machines, and each machine's own while Redis is away."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from catalog import source
from catalog.limiter import AWAY_SECONDS, RedisStore
from catalog.tmdb import Busy, Lane
from catalog.tmdb.limiter import FileStore, Limiter
from tests.catalog.tmdb.answers.clock import Clock

# So seldom that the time which the tests take does not matter: Redis's clock can't be stopped.
RATE = 0.5
NOON = 1_800_000_000

# Two processes of this at once; the slots they took, as instants.
TAKE_SLOTS = """
import sys
from pathlib import Path
from redis import Redis
from catalog.limiter import RedisStore
from catalog.tmdb.limiter import FileStore, Lane, Limiter
redis = Redis.from_url(sys.argv[1])
store = RedisStore(redis, name=sys.argv[2], without_redis=FileStore(Path("/nowhere")))
limiter = Limiter(store, 20)
def now():
    seconds, micros = redis.time()
    return seconds + micros / 1e6
for _ in range(50):
    print(now(), limiter.take(Lane.CHART).wait, now())
"""

with_redis = pytest.mark.redis


@pytest.fixture
def url() -> str:
    """A database of Redis that no other test empties meanwhile."""
    address, _, number = settings.REDIS_URL.rpartition("/")
    return f"{address}/{int(number or 0) ^ 1}"


@pytest.fixture
def redis(url: str) -> Iterator[Redis]:
    with Redis.from_url(url) as redis:
        yield redis


@pytest.fixture
def name(redis: Redis) -> Iterator[str]:
    name = f"tests of cinehub {uuid4()}"
    yield name
    redis.delete(name)


@pytest.fixture
def by_itself(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "pace", clock=Clock())


@pytest.fixture
def limiter(redis: Redis, name: str, by_itself: FileStore) -> Limiter:
    return Limiter(RedisStore(redis, name=name, without_redis=by_itself), RATE)


@pytest.fixture
def other(url: str, name: str, by_itself: FileStore) -> Iterator[Limiter]:
    """Another machine's."""
    with Redis.from_url(url) as redis:
        yield Limiter(RedisStore(redis, name=name, without_redis=by_itself), RATE)


@pytest.fixture
def nowhere() -> Redis:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return Redis(port=taken.getsockname()[1], retry=Retry(NoBackoff(), 0))


@pytest.fixture
def lonely(nowhere: Redis, by_itself: FileStore) -> Limiter:
    return Limiter(RedisStore(nowhere, name="x", without_redis=by_itself), RATE)


@with_redis
def test_two_machines_share_the_slots(limiter: Limiter, other: Limiter) -> None:
    waits = [one.take(Lane.CHART).wait for one in (limiter, other, limiter, other)]
    slots = [n * limiter.interval for n in range(4)]
    assert waits == pytest.approx(slots, abs=limiter.interval / 2)


@with_redis
def test_two_processes_never_take_the_same_slot(url: str, name: str) -> None:
    command = [sys.executable, "-c", TAKE_SLOTS, url, name]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    lines = [line for process in both for line in process.communicate(timeout=60)[0].splitlines()]
    taken = sorted(
        ([float(word) for word in line.split()] for line in lines), key=lambda t: t[0] + t[1]
    )
    assert len(taken) == 100
    for (before, wait, _), (_, later_wait, later) in pairwise(taken):
        assert later + later_wait - (before + wait) >= 0.05 - 1e-4


@with_redis
def test_the_clock_is_the_one_of_redis(limiter: Limiter, other: Limiter) -> None:
    limiter.pause(30)
    with time_machine.travel(NOON, tick=False):
        assert other.take(Lane.CHART).wait == pytest.approx(30, abs=10)


@with_redis
def test_a_redis_short_of_memory_drops_other_things_first(
    limiter: Limiter, redis: Redis, name: str
) -> None:
    """Those that have an end: the day's count is not to be lost."""
    limiter.take(Lane.CHART)
    assert redis.ttl(name) == -1


@with_redis
def test_the_site_keeps_its_pace_in_redis() -> None:
    assert isinstance(source.pace().store, RedisStore)


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="is about a site without Redis")
def test_a_site_without_redis_keeps_its_pace_in_a_file() -> None:
    assert isinstance(source.pace().store, FileStore)


def test_without_redis_a_machine_keeps_the_pace_by_itself(
    lonely: Limiter, by_itself: FileStore, caplog: pytest.LogCaptureFixture
) -> None:
    here = Limiter(by_itself, RATE)
    waits = [one.take(Lane.CHART).wait for one in (lonely, here, lonely)]
    assert waits == pytest.approx([0, here.interval, 2 * here.interval], abs=0.001)
    assert "Redis is away" in caplog.text


def test_without_redis_a_pause_holds_this_machine(lonely: Limiter, by_itself: FileStore) -> None:
    lonely.pause(30)
    assert Limiter(by_itself, RATE).take(Lane.CHART).wait == pytest.approx(30)
    with pytest.raises(Busy):
        lonely.borrow()


def test_without_redis_a_reader_still_goes_at_once(lonely: Limiter) -> None:
    lonely.borrow()
    assert lonely.state().spent[Lane.READER] == 1


def test_a_redis_that_is_away_is_not_asked_each_time(
    lonely: Limiter, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(10):
        lonely.state()
    assert caplog.text.count("Redis is away") == 1


@with_redis
def test_when_redis_is_back_the_pace_goes_on_from_where_it_was(
    limiter: Limiter, lonely: Limiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    limiter.take(Lane.CHART)
    assert isinstance(limiter.store, RedisStore)
    assert isinstance(lonely.store, RedisStore)
    lonely.take(Lane.CHART)
    lonely.store.redis, lonely.store.name = limiter.store.redis, limiter.store.name
    lonely.store.replace = limiter.store.replace
    later = time.monotonic() + AWAY_SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert lonely.take(Lane.CHART).wait > 0
    assert lonely.state().spent == limiter.state().spent
