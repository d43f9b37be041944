"""How a line of the log is written: for people, or as JSON for whoever gathers them."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from redis import RedisError

from cinehub.kit import tracing
from cinehub.kit.hiding import hide

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
FORMATS: dict[str, str] = {"line": "cinehub.kit.logs.Lines", "json": "cinehub.kit.logs.JSONLines"}


class Lines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__(LINE)

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))


class JSONLines(logging.Formatter):
    """One object a line; what `extra={"facts": …}` adds, and the request and task it is about."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hide(record.getMessage()),
            **tracing.facts(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = hide(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class OncePerOutage(logging.Filter):
    """One line when Redis goes away, for who would write a traceback each second until it is back.

    After that much quiet it is another outage.
    """

    QUIET_SECONDS = 15.0

    def __init__(self) -> None:
        super().__init__()
        self.said_at = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, RedisError):
            return True
        is_first = record.created - self.said_at > self.QUIET_SECONDS
        self.said_at = record.created
        record.msg, record.args = "Redis is away: %s", (error,)
        record.exc_info = record.exc_text = None
        return is_first


# The same one however often logging is set up.
ONCE = OncePerOutage()


def configuration(level: str, form: str) -> dict[str, Any]:
    """For Django's LOGGING, and for gunicorn's own lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": FORMATS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "loggers": {
            "channels_redis.pubsub": {"filters": [ONCE]},
            # It would write addresses down, and TMDB's key with them.
            "urllib3": {"level": "INFO"},
            # A line for each request, for whoever gathers them.
            "cinehub.access": {"level": "INFO" if form == "json" else "WARNING"},
        },
        "root": {"handlers": ["console"], "level": level},
    }
