"""What all who ask share: told, kept through nonsense, and no worse for a clock that is set."""

from pathlib import Path
from uuid import uuid4

import pytest
from redis import Redis

from catalog.limiter import RedisStore
from catalog.tmdb import Lane
from catalog.tmdb.book import FAILURES, SHUT_AT_FIRST
from catalog.tmdb.limiter import FileStore, Limiter, Store
from tests.catalog.tmdb.answers.clock import RATE, Clock, fail, go

DAILY = 200


def test_it_tells_how_it_stands(store: Store, clock: Clock) -> None:
    limiter = Limiter(store, RATE, daily=DAILY)
    go(limiter, clock, Lane.AGE)
    limiter.borrow()
    fail(limiter, FAILURES)
    limiter.pause(20)
    figures = limiter.figures()
    assert {name: figures[f"tmdb.{name}"] for name in ("spent", "limit", "failures", "open")} == {
        "spent": 2,
        "limit": DAILY,
        "failures": FAILURES,
        "open": 1,
    }
    assert (figures["tmdb.spent.age"], figures["tmdb.spent.reader"]) == (1, 1)
    assert (figures["tmdb.paused"], figures["tmdb.rate"]) == pytest.approx((20, RATE / 2))


def test_looking_changes_nothing(limiter: Limiter, clock: Clock) -> None:
    go(limiter, clock)
    before = limiter.store.change(lambda book, _: book.written())
    clock.sleep(100)
    limiter.state()
    assert limiter.store.change(lambda book, _: book.written()) == before


@pytest.mark.parametrize("back", [0.5, 300, 86_400, 10 * 365 * 86_400])
def test_a_clock_that_was_set_back_changes_nothing(
    limiter: Limiter, clock: Clock, interval: float, back: float
) -> None:
    limiter.take(Lane.CHART)
    turn = limiter.take(Lane.CHART)
    fail(limiter, FAILURES)
    limiter.answered()
    clock.now -= back
    assert limiter.take(Lane.CHART, turn.ticket).wait == pytest.approx(interval, abs=1e-6)
    assert limiter.take(Lane.CHART).wait == pytest.approx(2 * interval, abs=1e-6)


def test_a_clock_that_was_set_back_ends_neither_pause_nor_outage(
    limiter: Limiter, clock: Clock
) -> None:
    limiter.pause(100)
    fail(limiter, FAILURES)
    clock.now -= 86_400
    state = limiter.state()
    assert (state.paused_for, state.shut_for) == pytest.approx((100, SHUT_AT_FIRST))


NONSENSE = [
    b"",
    b"\0" * 16,
    b"\xff" * 1024,
    b"[]",
    b"{}",
    b"7",
    b'{"free": 1e400}',
    b'{"free": [NaN, 0, 0, 0, 0]}',
    b'{"free": [0, 0]}',
    b'{"spent": null}',
    b'{"at": "noon"}',
    b'{"from another version": 1}',
    b"[" * 1024,
    b'{"at": 1.0, "free": [0.0, 0.',
]


@pytest.mark.parametrize("content", NONSENSE)
def test_nonsense_in_the_file_heals(file: Path, content: bytes, clock: Clock) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    limiter = Limiter(FileStore(file, clock=clock), RATE)
    waits = [limiter.take(Lane.CHART).wait for _ in range(2)]
    assert waits == pytest.approx([0, limiter.interval])


@pytest.mark.parametrize("content", NONSENSE)
@pytest.mark.redis
def test_nonsense_in_redis_heals(redis: Redis, content: bytes, clock: Clock, file: Path) -> None:
    name = f"tests of cinehub {uuid4()}"
    redis.set(name, content)
    store = RedisStore(redis, name=name, without_redis=FileStore(file), clock=clock)
    limiter = Limiter(store, RATE)
    waits = [limiter.take(Lane.CHART).wait for _ in range(2)]
    redis.delete(name)
    assert waits == pytest.approx([0, limiter.interval])


def test_a_long_book_is_covered_by_a_short_one(file: Path, clock: Clock) -> None:
    limiter = Limiter(FileStore(file, clock=clock), RATE)
    clock.now = 1 / 3
    limiter.take(Lane.CHART)
    size = file.stat().st_size
    limiter.failed()
    limiter.answered()
    assert file.stat().st_size == size
    assert limiter.state().spent_today == 1
