"""The whole suite, on every database this machine has: `python -m tests`.

SQLite always; PostgreSQL and Redis together where they answer (DATABASE_URL and REDIS_URL, or the
standard local ports). Arguments are handed on to pytest.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import redis

POSTGRES = ("postgres://127.0.0.1:5432/postgres", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = "redis://127.0.0.1:6379/15"
# A database of the suite's own is made in it and dropped again.
SQLITE = {"DATABASE_URL": "", "REDIS_URL": ""}
PARALLEL = ["-n", "2", "--dist", "worksteal"]


def main() -> int:
    print("The suite on SQLite and the embedded defaults", flush=True)  # noqa: T201
    code = _pytest(SQLITE, ["-m", "not browser", *PARALLEL, *COVERAGE])
    servers = _servers()
    if servers:
        print("The suite on PostgreSQL and Redis", flush=True)  # noqa: T201
        code |= _pytest(servers, ["-m", "not browser", *PARALLEL])
    elif os.environ.get("CI"):
        # There they were started for this: that they do not answer is a failure.
        code = 1
    print("The browser's tests", flush=True)  # noqa: T201
    return code | _pytest(SQLITE, ["-m", "browser", "-p", "no:xdist"])


COVERAGE = ["--cov", "--cov-fail-under=90", "--cov-report=term:skip-covered"]


def _pytest(environment: dict[str, str], options: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", *options, *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


def _servers() -> dict[str, str]:
    """Where PostgreSQL and Redis answer; empty, and a line that says so, where one doesn't."""
    database = next(filter(_postgres_answers, [os.environ.get("DATABASE_URL"), *POSTGRES]), None)
    cache = os.environ.get("REDIS_URL") or REDIS
    if not database or not _redis_answers(cache):
        missing = "Redis" if database else "PostgreSQL"
        print(f"{missing} does not answer: the tests that need servers are left out")  # noqa: T201
        return {}
    return {"DATABASE_URL": database, "REDIS_URL": cache}


def _postgres_answers(url: str | None) -> bool:
    if not url or urlsplit(url).scheme not in {"postgres", "postgresql"}:
        return False
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2).ping())
    except redis.RedisError:
        return False


if __name__ == "__main__":
    sys.exit(main())
