"""Every way in which TMDB may fail to answer, and what becomes of it."""

import logging
import socket
import socketserver
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
import requests
import time_machine

from catalog.tmdb import Busy, Garbled, NotFound, Refused
from catalog.tmdb.client import ATTEMPTS, PATIENCE_SECONDS
from catalog.tmdb.limiter import Lane, Limiter
from tests.catalog.tmdb.answers import film, show
from tests.catalog.tmdb.answers.clock import Clock, Remembered
from tests.catalog.tmdb.answers.served import Reply, Served, Turns, client

SECRET = "0f1e2d3c4b5a"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter(Remembered(clock), 1000)


# --- How it can fail ------------------------------------------------------------------------------
def test_what_tmdb_does_not_have_is_not_found_and_not_asked_twice() -> None:
    served = Served()
    with pytest.raises(NotFound):
        client(served).movie(7)
    assert served.times == {"movie/7": 1}


@pytest.mark.parametrize("status", [401, 403, Reply(404, body=b"{}")])
def test_what_tmdb_refuses_is_not_asked_twice(status: Any) -> None:
    served = Served({"movie/7": status})
    with pytest.raises(Refused):
        client(served).movie(7)
    assert served.times == {"movie/7": 1}


UNANSWERED = [
    500,
    502,
    503,
    504,
    requests.ConnectTimeout(SECRET),
    requests.ReadTimeout(SECRET),
    requests.ConnectionError(SECRET),
    requests.exceptions.ChunkedEncodingError(SECRET),
    requests.exceptions.ContentDecodingError(SECRET),
    requests.TooManyRedirects(SECRET),
]
NONSENSE = [
    Reply(400),
    Reply(422, body=b"{}"),
    Reply(404, body=b"<html>Nothing lives here</html>"),
    Reply(body=b'{"id": 7, "title": "Harb'),
    Reply(body=b"<html><body>Bad gateway</body></html>"),
    Reply(body=b""),
    Reply(body=b"\xff\xfe\x00"),
    Reply(body=b'{"id": ' + b"9" * 5000 + b"}"),
    Reply(body=b"[" * 100_000),
]


@pytest.mark.parametrize("failure", [*UNANSWERED, *NONSENSE])
def test_what_may_pass_is_asked_again(failure: Any) -> None:
    slept: list[float] = []
    served = Served({"movie/7": Turns(failure, failure, film(7))})
    assert client(served, slept=slept).movie(7).name == "Harbour 7"
    assert served.times == {"movie/7": 3}
    assert sum(slept) > 0


@pytest.mark.parametrize(
    ("failure", "error"),
    [*((one, Busy) for one in UNANSWERED), *((one, Garbled) for one in NONSENSE)],
)
def test_what_does_not_pass_is_given_up(failure: Any, error: type[Exception]) -> None:
    served = Served({"movie/7": failure})
    with pytest.raises(error):
        client(served).movie(7)
    assert served.times == {"movie/7": ATTEMPTS}


@pytest.fixture
def breaking_off() -> Iterator[str]:
    """The address of a server that says a little and hangs up."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            said = {
                b"/silent/": b"",
                b"/short/": b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"id": 7',
                b"/chunk/": b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"id',
                b"/zip/": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot zipped",
            }
            line = self.rfile.readline()
            self.wfile.write(next(words for path, words in said.items() if path in line))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("how", ["silent", "short", "chunk", "zip"])
def test_a_connection_that_breaks_off_is_busy(breaking_off: str, how: str) -> None:
    with pytest.raises(Busy):
        client(Served(), url=f"{breaking_off}/{how}").movie(7)


def test_a_port_where_nobody_listens_is_busy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Busy):
            client(Served(), url=url).movie(7)


def test_each_wait_is_longer_than_the_last_but_none_is_long() -> None:
    waits: list[float] = []
    with pytest.raises(Busy):
        client(Served({"movie/7": 500}), slept=waits).movie(7)
    assert waits == sorted(waits)
    assert len(waits) == ATTEMPTS - 1
    assert sum(waits) < 10


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"7", b"null", b"NaN"])
def test_json_of_another_kind_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled):
        client(Served({"movie/7": Reply(body=body)})).movie(7)


def test_an_object_in_place_of_a_list_is_garbled() -> None:
    with pytest.raises(Garbled):
        client(Served({"configuration/countries": {}})).countries()


@pytest.mark.parametrize("kind", ["movie", "tv"])
@pytest.mark.parametrize("other", [8, None, "7", 7.5, {}])
def test_an_answer_about_something_else_is_garbled(kind: str, other: Any) -> None:
    answer = film(7) if kind == "movie" else show(7)
    with pytest.raises(Garbled):
        client(Served({f"{kind}/7": answer | {"id": other}})).title(kind, 7)


# --- Too fast -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "0"}, 0.1),
        ({"Retry-After": "Wed, 01 Jul 2026 12:00:09 GMT"}, 9),
        ({"Retry-After": "Wed, 01 Jul 2020 12:00:00 GMT"}, 0.1),
        ({"Retry-After": "Wed, 01 Jul 99999999999 12:00:00 GMT"}, 1),
        ({"Retry-After": "later"}, 1),
        ({"Retry-After": "1.5"}, 1),
        ({"Retry-After": "9999999"}, 120),
        ({}, 1),
    ],
)
def test_who_is_too_fast_waits_as_long_as_tmdb_says(header: dict[str, str], wait: float) -> None:
    slept: list[float] = []
    served = Served({"movie/7": Turns(Reply(429, headers=header), film(7))})
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC), tick=False):
        client(served, slept=slept).movie(7)
    assert slept == [pytest.approx(wait, abs=1e-3)]


def test_being_too_fast_does_not_count_as_a_failure() -> None:
    served = Served({"movie/7": Turns(*[429] * 20, film(7))})
    assert client(served).movie(7).name == "Harbour 7"


def test_the_patience_with_being_too_fast_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def answer(params: dict[str, str]) -> int:
        now[0] += PATIENCE_SECONDS / 3
        return 429

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    served = Served({"movie/7": answer})
    with pytest.raises(Busy):
        client(served).movie(7)
    assert served.times == {"movie/7": 4}


def test_the_patience_with_others_before_one_has_an_end(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, limiter: Limiter
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    limiter.pause(PATIENCE_SECONDS)
    asking = client(Served({"movie/7": film(7)}), clock=clock, limiter=limiter)
    asking.sleep = lambda seconds: (clock.sleep(seconds), limiter.pause(PATIENCE_SECONDS))[0]
    with pytest.raises(Busy, match="no turn"):
        asking.movie(7)


def test_who_is_told_to_wait_makes_everybody_wait(limiter: Limiter) -> None:
    served = Served({"movie/7": Reply(429, headers={"Retry-After": "30"})})
    with pytest.raises(Busy):
        client(served, hurried=True, limiter=limiter).movie(7)
    assert limiter.take(Lane.CHART).wait == pytest.approx(30)


# --- For readers ----------------------------------------------------------------------------------
@pytest.mark.parametrize("failure", [429, *UNANSWERED, *NONSENSE])
def test_in_a_hurry_there_is_one_attempt_and_no_wait(limiter: Limiter, failure: Any) -> None:
    slept: list[float] = []
    served = Served({"movie/7": Turns(failure, film(7))})
    with pytest.raises((Busy, Garbled)):
        client(served, hurried=True, slept=slept, limiter=limiter).movie(7)
    assert (served.times, slept) == ({"movie/7": 1}, [])


def test_in_a_hurry_nothing_is_asked_while_tmdb_wants_quiet(limiter: Limiter) -> None:
    served = Served({"movie/7": film(7)})
    limiter.pause(5)
    with pytest.raises(Busy):
        client(served, hurried=True, limiter=limiter).movie(7)
    assert served.asked == []


def test_in_a_hurry_one_does_not_wait_for_who_came_before(limiter: Limiter) -> None:
    slept: list[float] = []
    for _ in range(100):
        limiter.take(Lane.CHART)
    served = Served({"movie/7": film(7)})
    assert client(served, hurried=True, slept=slept, limiter=limiter).movie(7)
    assert slept == []


# --- The key --------------------------------------------------------------------------------------
@pytest.mark.parametrize("failure", [404, 401, 429, *UNANSWERED, *NONSENSE])
@pytest.mark.parametrize("name", ["api_key", "token"])
def test_the_key_stands_in_no_error_and_no_log(
    name: str, failure: Any, caplog: pytest.LogCaptureFixture, limiter: Limiter
) -> None:
    caplog.set_level(logging.DEBUG, "catalog")
    with pytest.raises((NotFound, Refused, Busy, Garbled)) as caught:
        client(Served({"movie/7": failure}), hurried=True, limiter=limiter, **{name: SECRET}).movie(
            7
        )
    assert SECRET not in f"{caught.value!r} {caught.getrepr(chain=True)} {caplog.text}"
