"""The suite's surroundings: no network, no secrets of this machine, nothing left behind."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches

from catalog import source

LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A connection to anywhere but this machine fails the test that makes it."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"A test reached for the network: {address}")
        connect(self, address)

    socket.socket.connect = connect_here  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No cache, no client, and no news of TMDB, from one test to the next."""
    for name in django_settings.CACHES:
        caches[name].clear()
    (django_settings.DATA_DIR / "tmdb-pace").unlink(missing_ok=True)
    for kept in (source.tmdb, source.session):
        kept.cache_clear()


@pytest.fixture
def with_key(settings: Any) -> None:
    """As on a site that has a TMDB key: the sample catalogue is out of the way."""
    settings.TMDB_API_KEY = "key"
    settings.TMDB_IS_SAMPLE = False
    settings.TMDB_RATE = 10_000


@pytest.fixture
def keeping(settings: Any) -> None:
    """Pages are kept, as on a site with Redis."""
    settings.KEEP_PAGES = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    engine = django_settings.DATABASES["default"]["ENGINE"]
    lacking = {
        "postgres": None if engine.endswith("postgresql") else "needs PostgreSQL: set DATABASE_URL",
        "redis": None if django_settings.REDIS_URL else "needs Redis: set REDIS_URL",
        "standin": None if os.environ.get("STANDIN_URL") else "needs a local TMDB: set STANDIN_URL",
    }
    for item in items:
        for name, reason in lacking.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))
