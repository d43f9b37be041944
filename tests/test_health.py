"""Health: told within moments, without a session, and what is wrong by its name."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisIsAway
from redis.retry import Retry

from cinehub import health

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_is_known() -> Iterator[None]:
    health.migrations.cache_clear()
    yield
    health.migrations.cache_clear()


def failing(name: str, error: Exception) -> Any:
    def check() -> None:
        raise error

    check.__name__ = name
    return check


@pytest.fixture
def database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    check = failing("database", OperationalError("password authentication failed for me"))
    monkeypatch.setattr(health, "database", check)
    monkeypatch.setitem(health.CHECKS, "database", (check,))
    monkeypatch.setitem(health.CHECKS, "ready", (check,))


@pytest.mark.parametrize("address", ["/health/", *(f"/health/{name}" for name in health.CHECKS)])
def test_a_site_that_is_well_says_so(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize("address", ["/health/", "/health/live", "/health/ready"])
def test_health_needs_no_session_and_is_never_kept(client: Client, address: str) -> None:
    answer = client.get(address)

    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["database", "ready", ""])
def test_without_its_database_the_site_is_down(
    client: Client, name: str, database_away: None
) -> None:
    answer = client.get(f"/health/{name}")

    assert answer.status_code == 503
    assert answer.json()["status"] == "failed"
    assert answer.json()["checks"]["database"]["error"] == "OperationalError"


def test_what_an_error_says_is_not_told_to_everybody(client: Client, database_away: None) -> None:
    assert "password" not in client.get("/health/").content.decode()


def test_a_process_lives_whatever_else_is_away(client: Client, database_away: None) -> None:
    assert client.get("/health/live").status_code == 200


def test_a_database_that_lacks_migrations_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one to come"])

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"]["error"] == "migrations are missing"


def test_migrations_are_asked_about_until_they_are_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = iter([["one to come"], []])
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: next(plans))

    told = [client.get("/health/ready").status_code for _ in range(4)]

    assert told == [503, 200, 200, 200]


def test_without_redis_pages_are_slower_and_not_gone(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "redis", failing("redis", RedisIsAway()))
    monkeypatch.setitem(health.CHECKS, "redis", (health.redis,))

    assert client.get("/health/redis").status_code == 503
    whole = client.get("/health/")
    assert (whole.status_code, whole.json()["status"]) == (200, "degraded")


def test_a_redis_that_does_not_answer_is_asked(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    nobody_there = Redis(port=1, retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(health, "get_redis_connection", lambda name: nobody_there)

    answer = client.get("/health/redis")

    assert answer.status_code == 503
    assert answer.json()["checks"]["redis"]["error"] == "ConnectionError"


def test_a_tmdb_that_does_not_answer_is_told_without_asking_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pace:
        def figures(self) -> dict[str, float]:
            return {"tmdb.open": 1.0}

    monkeypatch.setattr(health, "pace", Pace)

    assert client.get("/health/tmdb").status_code == 503
    assert client.get("/health/").json()["status"] == "degraded"


def test_a_check_that_hangs_is_not_waited_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "SECONDS", 0.05)
    monkeypatch.setitem(health.CHECKS, "redis", (lambda: time.sleep(1),))

    started = time.monotonic()
    answer = client.get("/health/redis")

    assert answer.status_code == 503
    assert time.monotonic() - started < 0.9


def test_there_is_no_health_of_anything_else(client: Client) -> None:
    assert client.get("/health/nonsense").status_code == 404


def test_health_is_read_only(client: Client) -> None:
    assert client.post("/health/").status_code == 405


def test_health_is_not_sent_to_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/health/live").status_code == 200
