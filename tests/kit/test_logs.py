"""Lines of the log: for people, or JSON; never with a secret in them."""

import json
import logging
import logging.config
import sys
from datetime import datetime
from typing import Any

import pytest
from redis import ConnectionError as NoConnection

from cinehub.kit import tracing
from cinehub.kit.logs import JSONLines, Lines, OncePerOutage, configuration

KEY = "an-api-key-that-is-nobodys-business"


def record(message: str, *args: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("cinehub.try", logging.WARNING, __file__, 1, message, args, None)
    made.__dict__.update(more)
    return made


def failure() -> logging.LogRecord:
    try:
        raise ValueError(f"https://host/?api_key={KEY}")
    except ValueError:
        return record("It failed", exc_info=sys.exc_info())


@pytest.fixture(autouse=True)
def nobody_asks() -> None:
    tracing.begin()


def test_a_line_of_json_says_when_who_and_what() -> None:
    line = json.loads(JSONLines().format(record("%d titles in „Köln“", 3)))

    assert datetime.fromisoformat(line.pop("time")).tzinfo
    assert line == {"level": "WARNING", "logger": "cinehub.try", "message": "3 titles in „Köln“"}


def test_a_line_of_json_says_whose_work_it_is_about() -> None:
    tracing.begin(request_id="abc", task_id="one", task="refresh")

    line = json.loads(JSONLines().format(record("done")))

    assert (line["request_id"], line["task_id"], line["task"]) == ("abc", "one", "refresh")


def test_a_traceback_is_one_line_of_json() -> None:
    written = JSONLines().format(failure())

    assert "\n" not in written
    assert "ValueError" in json.loads(written)["exception"]


def test_what_json_does_not_know_is_written_as_text() -> None:
    line = json.loads(JSONLines().format(record("done", facts={"at": datetime(2026, 5, 1)})))

    assert line["at"] == "2026-05-01 00:00:00"


@pytest.mark.parametrize("formatter", [Lines(), JSONLines()])
def test_no_line_tells_a_secret(formatter: logging.Formatter) -> None:
    assert KEY not in formatter.format(failure())


def test_a_line_for_people_is_a_line() -> None:
    assert Lines().format(record("done")).endswith("WARNING cinehub.try: done")


@pytest.mark.parametrize(("form", "level"), [("line", "WARNING"), ("json", "INFO")])
def test_requests_have_lines_where_machines_read_them(form: str, level: str) -> None:
    assert configuration("WARNING", form)["loggers"]["cinehub.access"]["level"] == level


# --- While Redis is away --------------------------------------------------------------------------
def complaint(error: Exception, at: float = 0.0) -> logging.LogRecord:
    return record("Unexpected", exc_info=(type(error), error, None), created=at)


def test_an_outage_is_told_once_in_one_line() -> None:
    once = OncePerOutage()
    every_second = [complaint(NoConnection("refused"), second) for second in range(600)]

    [told] = [one for one in every_second if once.filter(one)]

    assert Lines().format(told).endswith("cinehub.try: Redis is away: refused")


def test_the_next_outage_is_told_again() -> None:
    once = OncePerOutage()
    assert once.filter(complaint(NoConnection("refused"), 0))
    assert not once.filter(complaint(NoConnection("refused"), 10))
    assert once.filter(complaint(NoConnection("refused"), 40))


def test_what_is_no_outage_is_told_each_time_with_all_there_is() -> None:
    once = OncePerOutage()
    wrong = [complaint(ValueError("a bug"), second) for second in range(3)]

    assert all(once.filter(one) for one in wrong)
    assert all(one.exc_info for one in wrong)


def test_it_is_the_channel_layer_that_is_quieted() -> None:
    layer = logging.getLogger("channels_redis.pubsub")

    assert [type(one) for one in layer.filters] == [OncePerOutage]
