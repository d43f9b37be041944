"""Readers come first: what is known is shown, and what is missing or old is seen to."""

import html
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
import time_machine
from celery import Celery, current_app
from django.test import Client

from catalog import refreshing
from catalog.models import Title
from cinehub.celery import app as site_app
from cinehub.work.models import Claim
from tests.make import make_show, make_title, tmdb_movie, tmdb_show

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

MOVIE = "https://tmdb.test/3/movie/603"
STUB: dict[str, Any] = {"details_at": None, "refresh_at": None}
PAST = datetime(2020, 1, 1, tzinfo=UTC)

# How TMDB can fail, as arguments for `responses`.
FAILURES: dict[str, dict[str, Any]] = {
    "not JSON": {"body": "{truncated"},
    "another thing's JSON": {"json": tmdb_movie(604)},
    "a list": {"json": []},
    "nothing": {"json": {}},
    "a page of HTML": {"body": "<html>busy</html>", "content_type": "text/html"},
    "fields of other kinds": {"json": {"id": 603, "title": "M", "credits": 1, "genres": "x"}},
    "a refused key": {"status": 401, "json": {"status_code": 7}},
    "too fast": {"status": 429, "json": {}, "headers": {"Retry-After": "1"}},
    "an error": {"status": 500, "body": "oops"},
    "no connection": {"body": requests.ConnectionError("refused")},
    "a dropped answer": {"body": requests.exceptions.ChunkedEncodingError("dropped")},
    "silence": {"body": requests.ReadTimeout("silent")},
}
WITHOUT_FACTS = sorted(set(FAILURES) - {"fields of other kinds"})


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    """When TMDB wanted quiet in one test, that is no concern of the next."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def queued() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What stands in the queue that workers take refreshes from."""
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("interactive")
        queue.clear()

        def arguments() -> list[dict[str, Any]]:
            return [queue.get(block=False).payload[1] for _ in range(queue.qsize())]

        yield arguments
        queue.clear()


@pytest.fixture
def silent_tmdb(settings: Any) -> Iterator[socket.socket]:
    """A TMDB that takes the question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        settings.TMDB_BASE_URL = f"http://127.0.0.1:{server.getsockname()[1]}/3"
        yield server


@pytest.fixture
def broker() -> Iterator[Callable[..., None]]:
    """Workers are to be reached elsewhere; undone after the test."""

    def move(url: str, **options: Any) -> None:
        elsewhere = Celery("elsewhere", broker=url, set_as_current=True)
        elsewhere.conf.update(
            broker_transport_options=options,
            task_publish_retry=False,
            task_ignore_result=True,
        )

    yield move
    site_app.set_current()


def shown(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


# --- The first view ------------------------------------------------------------------------------
@responses.activate
@pytest.mark.parametrize("known", [True, False])
def test_the_first_view_asks_once_and_the_second_asks_nothing(client: Client, known: bool) -> None:
    if known:
        make_title(tmdb_id=603, name="The Matrix", **STUB)
    responses.get(MOVIE, json=tmdb_movie(603))

    for _ in range(2):
        assert "Keanu Reeves" in shown(client, "/movie/603-the-matrix")

    assert len(responses.calls) == 1
    assert Title.objects.get().details_at is not None


@responses.activate
def test_the_first_view_of_a_show_asks_once(client: Client) -> None:
    make_show(tmdb_id=1396, name="Breaking Bad", **STUB)
    responses.get("https://tmdb.test/3/tv/1396", json=tmdb_show(1396))

    assert "Season 1" in shown(client, "/tv/1396-breaking-bad")
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize("known", [True, False])
def test_what_tmdb_does_not_have_is_not_here_either(client: Client, known: bool) -> None:
    if known:
        make_title(tmdb_id=603, name="The Matrix", **STUB)
    responses.get(MOVIE, status=404, json={"status_code": 34})

    for _ in range(2):
        assert client.get("/movie/603-the-matrix").status_code == 404

    assert len(responses.calls) == 1
    assert not Title.objects.visible().exists()


@responses.activate
@pytest.mark.parametrize("failure", WITHOUT_FACTS)
def test_however_tmdb_fails_what_is_known_is_shown(client: Client, failure: str) -> None:
    make_title(tmdb_id=603, name="The Matrix", year=1999, **STUB)
    responses.get(MOVIE, **FAILURES[failure])

    page = shown(client, "/movie/603-the-matrix")

    assert "The Matrix" in page
    assert "TMDB can't be reached just now" in page or "Details have not arrived yet" in page
    assert Title.objects.get().details_at is None


@responses.activate
def test_fields_of_other_kinds_are_left_out(client: Client) -> None:
    responses.get(MOVIE, **FAILURES["fields of other kinds"])

    assert client.get("/movie/603-m").status_code == 200


@responses.activate
@pytest.mark.parametrize("failure", WITHOUT_FACTS)
def test_after_a_failure_the_same_title_is_left_alone_for_a_minute(
    client: Client, failure: str
) -> None:
    make_title(tmdb_id=603, name="The Matrix", **STUB)
    responses.get(MOVIE, **FAILURES[failure])
    start = datetime.now(UTC)

    with time_machine.travel(start, tick=False) as clock:
        for seconds in (0, 1, 59):
            clock.move_to(start + timedelta(seconds=seconds))
            client.get("/movie/603-the-matrix")

    assert len(responses.calls) == 1


@responses.activate
# How long TMDB wants quiet, Redis measures by a clock of its own.
@pytest.mark.parametrize("failure", sorted(set(WITHOUT_FACTS) - {"too fast"}))
def test_after_that_minute_it_is_asked_about_again(client: Client, failure: str) -> None:
    make_title(tmdb_id=603, name="The Matrix", **STUB)
    responses.get(MOVIE, **FAILURES[failure])
    client.get("/movie/603-the-matrix")
    responses.replace("GET", MOVIE, json=tmdb_movie(603))

    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        page = shown(client, "/movie/603-the-matrix")

    assert "Keanu Reeves" in page


@responses.activate
@pytest.mark.parametrize("failure", ["an error", "no connection", "silence", "too fast"])
def test_while_tmdb_is_unreachable_no_other_page_waits_for_it(client: Client, failure: str) -> None:
    for tmdb_id in (603, 604):
        make_title(tmdb_id=tmdb_id, name="The Matrix", **STUB)
    responses.get(MOVIE, **FAILURES[failure])

    client.get("/movie/603-the-matrix")
    page = shown(client, "/movie/604-the-matrix")

    assert "TMDB can't be reached just now" in page
    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.parametrize("failure", WITHOUT_FACTS)
@pytest.mark.parametrize("kind", ["movie", "person", "collection"])
def test_what_may_be_there_is_to_be_asked_for_later(
    client: Client, kind: str, failure: str
) -> None:
    responses.get(f"https://tmdb.test/3/{kind}/603", **FAILURES[failure])

    for _ in range(2):
        page = client.get(f"/{kind}/603")
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "30"
        assert "Try again" in page.content.decode()


def test_a_tmdb_that_hangs_holds_no_page_up(
    client: Client, monkeypatch: pytest.MonkeyPatch, silent_tmdb: socket.socket
) -> None:
    monkeypatch.setattr(refreshing, "FIRST_LOOK_SECONDS", 0.05)
    for tmdb_id in (603, 604):
        make_title(tmdb_id=tmdb_id, name="The Matrix", **STUB)

    for tmdb_id in (603, 604, 603):
        assert client.get(f"/movie/{tmdb_id}-the-matrix").status_code == 200

    assert Claim.objects.held(refreshing.UNREACHABLE)


# --- What is fresh, old or hidden ----------------------------------------------------------------
@responses.activate
def test_what_is_fresh_is_left_alone(
    client: Client, queued: Callable[[], list[dict[str, Any]]]
) -> None:
    make_title(tmdb_id=603, name="The Matrix")

    page = shown(client, "/movie/603-the-matrix")

    assert "Shown as of" not in page
    assert queued() == []


@responses.activate
def test_what_is_old_is_shown_at_once_and_queued_once(
    client: Client, queued: Callable[[], list[dict[str, Any]]]
) -> None:
    make_title(tmdb_id=603, name="The Matrix", fetched_at=PAST, refresh_at=PAST)

    for _ in range(3):
        assert "a fresh copy is on its way" in shown(client, "/movie/603-the-matrix")

    assert queued() == [{"kind": "movie", "tmdb_id": 603}]


@responses.activate
def test_what_stays_old_is_queued_again_later(
    client: Client, queued: Callable[[], list[dict[str, Any]]]
) -> None:
    make_title(tmdb_id=603, name="The Matrix", refresh_at=PAST)
    client.get("/movie/603-the-matrix")

    later = datetime.now(UTC) + timedelta(seconds=refreshing.REFRESH_AGAIN_SECONDS + 1)
    with time_machine.travel(later):
        client.get("/movie/603-the-matrix")

    assert len(queued()) == 2


@responses.activate
def test_what_is_old_says_so_while_tmdb_is_unreachable(
    client: Client, queued: Callable[[], list[dict[str, Any]]]
) -> None:
    make_title(tmdb_id=603, name="The Matrix", fetched_at=PAST, refresh_at=PAST)
    Claim.objects.hold(refreshing.UNREACHABLE, seconds=30)

    page = shown(client, "/movie/603-the-matrix")

    assert "TMDB can't be reached just now" in page
    assert "Shown as of" in page
    assert queued() == []


@responses.activate
def test_what_is_hidden_is_not_asked_about(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix", hidden_at=PAST, **STUB)

    assert client.get("/movie/603-the-matrix").status_code == 404


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("redis://127.0.0.1:1/0", {"socket_connect_timeout": 1, "max_retries": 0}),
        ("filesystem://", {"data_folder_out": "missing", "data_folder_in": "missing"}),
    ],
)
def test_without_a_broker_the_page_still_answers(
    client: Client, broker: Callable[..., None], tmp_path: Path, url: str, options: dict[str, Any]
) -> None:
    make_title(tmdb_id=603, name="The Matrix", refresh_at=PAST)
    nowhere = {n: tmp_path / v if n.startswith("data_") else v for n, v in options.items()}
    broker(url, **nowhere)

    assert client.get("/movie/603-the-matrix").status_code == 200
