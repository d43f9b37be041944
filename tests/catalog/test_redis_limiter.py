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
from catalog.limiter import RedisLimiter
from catalog.tmdb.limiter import LONGEST_PAUSE, FileLimiter

# So seldom that the time which the tests take does not matter: Redis's clock can't be stopped.
RATE = 0.1
INTERVAL = 1 / RATE
SOON = INTERVAL / 2
NOON = 1_800_000_000

# Two processes of this at once; the slots they took, as instants.
TAKE_SLOTS = """
import sys
from pathlib import Path
from redis import Redis
from catalog.limiter import RedisLimiter
from catalog.tmdb.limiter import FileLimiter
redis = Redis.from_url(sys.argv[1])
limiter = RedisLimiter(redis, 2, name=sys.argv[2], without_redis=FileLimiter(Path("/nowhere"), 1))
def now():
    seconds, micros = redis.time()
    return seconds + micros / 1e6
for _ in range(50):
    print(now(), limiter.reserve(), now())
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
def by_itself(tmp_path: Path) -> FileLimiter:
    return FileLimiter(tmp_path / "pace", RATE)


@pytest.fixture
def limiter(redis: Redis, name: str, by_itself: FileLimiter) -> RedisLimiter:
    return RedisLimiter(redis, RATE, name=name, without_redis=by_itself)


@pytest.fixture
def other(url: str, name: str, by_itself: FileLimiter) -> Iterator[RedisLimiter]:
    """Another machine's."""
    with Redis.from_url(url) as redis:
        yield RedisLimiter(redis, RATE, name=name, without_redis=by_itself)


@pytest.fixture
def lonely(by_itself: FileLimiter) -> RedisLimiter:
    """Its Redis is a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        redis = Redis(port=taken.getsockname()[1], retry=Retry(NoBackoff(), 0))
    return RedisLimiter(redis, RATE, name="x", without_redis=by_itself)


@with_redis
def test_slots_lie_one_interval_apart(limiter: RedisLimiter) -> None:
    waits = [limiter.reserve() for _ in range(5)]
    assert waits == pytest.approx([n * INTERVAL for n in range(5)], abs=SOON)


@with_redis
def test_two_limiters_share_the_slots(limiter: RedisLimiter, other: RedisLimiter) -> None:
    waits = [one.reserve() for one in (limiter, other, limiter, other)]
    assert waits == pytest.approx([n * INTERVAL for n in range(4)], abs=SOON)


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
        assert later + later_wait - (before + wait) >= 0.5 - 1e-4


@with_redis
def test_a_pause_holds_everybody(limiter: RedisLimiter, other: RedisLimiter) -> None:
    limiter.pause(30)
    assert other.reserve() == pytest.approx(30, abs=SOON)
    assert limiter.reserve() == pytest.approx(30 + INTERVAL, abs=SOON)
    assert other.borrow() is False


@with_redis
def test_a_pause_ends(limiter: RedisLimiter, other: RedisLimiter) -> None:
    limiter.pause(0.001)
    time.sleep(0.01)
    assert other.borrow()


@with_redis
def test_a_shorter_pause_does_not_end_a_longer_one(limiter: RedisLimiter) -> None:
    limiter.pause(30)
    limiter.pause(1)
    assert limiter.reserve() == pytest.approx(30, abs=SOON)


@with_redis
def test_no_pause_is_longer_than_the_longest(limiter: RedisLimiter) -> None:
    limiter.pause(1e9)
    assert limiter.reserve() == pytest.approx(LONGEST_PAUSE, abs=SOON)


@with_redis
def test_who_borrows_goes_at_once_and_the_others_wait_for_it(limiter: RedisLimiter) -> None:
    assert limiter.borrow() is True
    assert limiter.reserve() == pytest.approx(INTERVAL, abs=SOON)


@with_redis
@pytest.mark.parametrize("field", ["free", "quiet"])
def test_a_clock_that_was_set_back_heals(
    limiter: RedisLimiter, redis: Redis, name: str, field: str
) -> None:
    seconds, _ = redis.time()
    redis.hset(name, field, seconds + 86_400)
    assert limiter.borrow() is True
    assert limiter.reserve() <= INTERVAL


@with_redis
def test_the_clock_is_the_one_of_redis(limiter: RedisLimiter, other: RedisLimiter) -> None:
    limiter.reserve()
    with time_machine.travel(NOON, tick=False):
        assert other.reserve() == pytest.approx(INTERVAL, abs=SOON)


@with_redis
def test_nothing_is_left_in_redis_for_long(limiter: RedisLimiter, redis: Redis, name: str) -> None:
    limiter.reserve()
    assert 0 < redis.ttl(name) <= 600


@with_redis
def test_the_site_keeps_its_pace_in_redis() -> None:
    assert isinstance(source.limiter(), RedisLimiter)


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="is about a site without Redis")
def test_a_site_without_redis_keeps_its_pace_in_a_file() -> None:
    assert isinstance(source.limiter(), FileLimiter)


def test_without_redis_a_machine_keeps_the_pace_by_itself(
    lonely: RedisLimiter, by_itself: FileLimiter, caplog: pytest.LogCaptureFixture
) -> None:
    with time_machine.travel(NOON, tick=False):
        assert [lonely.reserve(), by_itself.reserve(), lonely.reserve()] == pytest.approx(
            [0, INTERVAL, 2 * INTERVAL]
        )
    assert "Redis is away" in caplog.text


def test_without_redis_a_pause_holds_this_machine(
    lonely: RedisLimiter, by_itself: FileLimiter
) -> None:
    with time_machine.travel(NOON, tick=False):
        lonely.pause(30)
        assert by_itself.reserve() == pytest.approx(30)
        assert lonely.borrow() is False


@with_redis
def test_nobody_borrows_what_puts_others_off_for_long(limiter: RedisLimiter) -> None:
    assert [limiter.borrow() for _ in range(3)] == [True, False, False]
    assert limiter.reserve() == pytest.approx(INTERVAL, abs=1)


def test_without_redis_a_reader_still_goes_at_once(lonely: RedisLimiter) -> None:
    with time_machine.travel(NOON, tick=False):
        assert lonely.borrow() is True
