"""A pace with a clock that goes when it is told to, in a file and in Redis alike."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from redis import Redis

from catalog.limiter import RedisStore
from catalog.tmdb.limiter import FileStore, Limiter, Store
from tests.catalog.tmdb.answers.clock import RATE, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A database of Redis that no other test empties meanwhile."""
    address, _, number = settings.REDIS_URL.rpartition("/")
    with Redis.from_url(f"{address}/{int(number or 0) ^ 1}") as redis:
        yield redis


@pytest.fixture(params=["file", pytest.param("redis", marks=pytest.mark.redis)])
def store(request: pytest.FixtureRequest, clock: Clock, file: Path) -> Iterator[Store]:
    by_itself = FileStore(file, clock=clock)
    if request.param == "file":
        yield by_itself
        return
    redis, name = request.getfixturevalue("redis"), f"tests of cinehub {uuid4()}"
    yield RedisStore(redis, name=name, without_redis=by_itself, clock=clock)
    redis.delete(name)


@pytest.fixture
def limiter(store: Store) -> Limiter:
    return Limiter(store, RATE)


@pytest.fixture
def other(store: Store) -> Limiter:
    """Another process's."""
    return Limiter(store, RATE)


@pytest.fixture
def interval(limiter: Limiter) -> float:
    return limiter.interval
