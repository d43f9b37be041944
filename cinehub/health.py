"""How the site is, for whoever watches over it: without a session, and never for long."""

import time
from collections.abc import Callable
from functools import cache, partial, wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_redis import get_redis_connection
from redis import RedisError

from catalog.source import pace
from cinehub.kit.bounded import within

# One check may take so long; then what it asks is as good as gone.
SECONDS = 1.0
FAILED = "failed"


class Unwell(Exception):
    """It answers, and says no."""


def _with_own_connection(check: Callable[[], None]) -> Callable[[], None]:
    """Checks run in threads of their own, which must not keep a connection."""

    @wraps(check)
    def closing() -> None:
        try:
            check()
        finally:
            connection.close()

    return closing


@_with_own_connection
def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache
@_with_own_connection
def migrations() -> None:
    """Asked until it is so; then it stays so while this process lives."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unwell("migrations are missing")


def redis() -> None:
    if settings.REDIS_URL:
        get_redis_connection("default").ping()


def tmdb() -> None:
    """What the requests of late have shown; nothing is asked for this."""
    if pace().figures()["tmdb.open"]:
        raise Unwell("TMDB does not answer")


CHECKS: dict[str, tuple[Callable[[], None], ...]] = {
    "live": (),
    "ready": (database, migrations),
    "database": (database,),
    "redis": (redis,),
    "tmdb": (tmdb,),
}


@never_cache
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    return _answered(overall())


@never_cache
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponse:
    if name not in CHECKS:
        raise Http404
    return _answered(single(name))


def overall() -> dict[str, Any]:
    """Unwell if pages are; without Redis or TMDB they are slower, or older."""
    told = {check.__name__: _ask(check) for check in (database, migrations, redis, tmdb)}
    fails = [name for name, how in told.items() if how["status"] != "ok"]
    is_down = bool({"database", "migrations"} & set(fails))
    return {"status": FAILED if is_down else "degraded" if fails else "ok", "checks": told}


def single(name: str) -> dict[str, Any]:
    """Of CHECKS."""
    told = {check.__name__: _ask(check) for check in CHECKS[name]}
    is_well = all(how["status"] == "ok" for how in told.values())
    return {"status": "ok" if is_well else FAILED, "checks": told}


def status_of(told: dict[str, Any]) -> int:
    return 503 if told["status"] == FAILED else 200


def _answered(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told, status=status_of(told))


def _ask(check: Callable[[], None]) -> dict[str, object]:
    """What is wrong is told by its kind: the words may name hosts, and anybody may read this."""
    started = time.perf_counter()
    answer = partial(_answer, started)
    try:
        within(SECONDS, check)
    except TimeoutError:
        return answer(FAILED, f"no answer within {SECONDS:g} s")
    except Unwell as error:
        return answer(FAILED, str(error))
    except (DatabaseError, RedisError) as error:
        return answer(FAILED, type(error).__name__)
    return answer("ok")


def _answer(started: float, status: str, error: str = "") -> dict[str, object]:
    told = {"status": status, "ms": round((time.perf_counter() - started) * 1000, 1)}
    return told | ({"error": error} if error else {})
