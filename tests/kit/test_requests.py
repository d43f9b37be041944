"""Each request has an id, a line where that is wanted, and a place in the figures."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from prometheus_client import REGISTRY

from cinehub import urls
from cinehub.kit import tracing
from cinehub.kit.bounded import within
from cinehub.kit.logs import JSONLines
from tests.work.running import messages, works

SECRET = "nobodys-business"


def queues(request: HttpRequest) -> HttpResponse:
    works.delay(n=1)
    logging.getLogger("cinehub.somewhere").warning("seen to")
    return HttpResponse(tracing.request_id())


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("queues", queues, name="queues"),
    path("breaks", breaks, name="breaks"),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is written while logs are JSON."""
    written: list[dict[str, Any]] = []

    class Written(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(self.format(record)))

    handler = Written()
    handler.setFormatter(JSONLines())
    root, access = logging.getLogger(), logging.getLogger("cinehub.access")
    root.addHandler(handler)
    access.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    access.setLevel("WARNING")


# --- Ids -----------------------------------------------------------------------------------------
def test_a_request_is_called_what_its_proxy_calls_it(client: Client) -> None:
    answer = client.get("/queues", headers={"X-Request-ID": "proxy-1"})

    assert answer.headers["X-Request-ID"] == answer.content.decode() == "proxy-1"


@pytest.mark.parametrize("told", ["", "a b", "x" * 65, "a\nb", '{"forged": 1}', "ü"])
def test_a_request_without_a_sane_id_gets_one(client: Client, told: str) -> None:
    given = client.get("/queues", headers={"X-Request-ID": told}).headers["X-Request-ID"]

    assert given != told
    assert len(given) == 32


def test_every_request_has_an_id_of_its_own(client: Client) -> None:
    ids = {client.get("/queues").headers["X-Request-ID"] for _ in range(3)}

    assert len(ids) == 3


def test_a_task_carries_the_id_of_the_request_that_queued_it(client: Client) -> None:
    messages("bulk")
    client.get("/queues", headers={"X-Request-ID": "proxy-1"})

    [message] = messages("bulk")
    assert message.headers["request_id"] == "proxy-1"


def test_what_runs_beside_a_request_is_about_it_too() -> None:
    tracing.begin(request_id="abc")

    assert within(1, tracing.request_id) == "abc"


# --- Lines ---------------------------------------------------------------------------------------
def test_all_lines_of_a_request_bear_its_id(client: Client, lines: list[dict[str, Any]]) -> None:
    client.get("/queues", headers={"X-Request-ID": "proxy-1"})
    client.get("/nowhere", headers={"X-Request-ID": "proxy-2"})

    assert [(line["logger"], line["request_id"]) for line in lines] == [
        ("cinehub.somewhere", "proxy-1"),
        ("cinehub.access", "proxy-1"),
        ("cinehub.access", "proxy-2"),
        ("django.request", "proxy-2"),
    ]


def test_a_request_has_a_line_with_what_came_of_it(
    client: Client, lines: list[dict[str, Any]]
) -> None:
    client.get("/queues?q=heat")

    line = lines[-1]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/queues?q=heat", 200)
    assert line["view"] == "queues"
    assert line["ms"] >= 0


def test_a_line_does_not_tell_secrets_of_an_address(
    client: Client, lines: list[dict[str, Any]]
) -> None:
    client.get(f"/queues?token={SECRET}&q=heat&code={SECRET}")

    assert SECRET not in str(lines)
    assert lines[-1]["path"] == "/queues?token=…&q=heat&code=…"


def test_for_people_there_is_no_line_for_each_request(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/queues")

    assert "cinehub.access" not in {record.name for record in caplog.records}


# --- Figures -------------------------------------------------------------------------------------
def count(view: str, status: str, method: str = "GET") -> float:
    labels = {"view": view, "method": method, "status": status}
    return REGISTRY.get_sample_value("cinehub_request_seconds_count", labels) or 0.0


@pytest.mark.parametrize(
    ("address", "view", "status"),
    [("/queues", "queues", "200"), ("/breaks", "breaks", "500"), ("/nowhere", "-", "404")],
)
def test_requests_are_counted_by_view_and_status(
    client: Client, address: str, view: str, status: str
) -> None:
    before = count(view, status)
    client.raise_request_exception = False

    client.get(address)

    assert count(view, status) == before + 1


def test_a_method_that_somebody_made_up_is_no_figure_of_its_own(client: Client) -> None:
    before = count("queues", "200", "other")

    client.generic("BREW", "/queues")

    assert count("queues", "200", "other") == before + 1
