"""Pages made in threads under a server that has one loop."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpResponse, StreamingHttpResponse

from cinehub.kit.threads import InThreads, Message

LONG = 200


class Answered:
    """What a server would send, as it is told to."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)


def ask(application: Any, method: str = "GET", body: bytes = b"") -> Answered:
    answered = Answered()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async_to_sync(InThreads(application, 1))(scope(method, body), receive, answered.send)
    return answered


def scope(method: str = "GET", body: bytes = b"") -> dict[str, Any]:
    headers = [(b"content-length", str(len(body)).encode())]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": "/",
        "query_string": b"",
        "headers": headers,
    }


def saying(response: Callable[[], Any]) -> Any:
    """A WSGI application that answers with one of Django's responses."""

    def application(environ: Any, start: Any) -> Any:
        made = response()
        start(f"{made.status_code} {made.reason_phrase}", list(made.items()))
        return made

    return application


def long() -> Iterator[bytes]:
    for _ in range(LONG):
        yield b"x"


def test_a_page_is_said_in_one_go() -> None:
    answered = ask(saying(lambda: HttpResponse(["a", "b"], status=201)))

    assert [message["type"] for message in answered.messages] == [
        "http.response.start",
        "http.response.body",
    ]
    assert (answered.messages[0]["status"], answered.body) == (201, b"ab")


def test_a_long_answer_comes_piece_by_piece() -> None:
    answered = ask(saying(lambda: StreamingHttpResponse(long())))

    assert [message.get("body") for message in answered.messages[1:]] == [b"x"] * LONG + [b""]
    assert [message["more_body"] for message in answered.messages[-2:]] == [True, False]


@pytest.mark.parametrize("made", [HttpResponse, lambda text: StreamingHttpResponse([text])])
def test_the_head_of_a_page_comes_without_its_body(made: Any) -> None:
    answered = ask(saying(lambda: made(b"page")), "HEAD")

    assert answered.body == b""
    assert answered.messages[0]["headers"][0][0] == b"content-type"


def test_what_is_sent_along_arrives() -> None:
    def application(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]

    assert ask(application, "POST", b"a=b").body == b"a=b"


def test_an_answer_is_put_away_when_it_is_said() -> None:
    closed = []

    class Response(HttpResponse):
        def close(self) -> None:
            closed.append(self)
            super().close()

    ask(saying(Response))

    assert len(closed) == 1


def test_a_failure_is_the_server_s_to_tell() -> None:
    def application(environ: Any, start: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(application)


@pytest.mark.parametrize("pause", [0, 0.2], ids=["in the middle", "before it begins"])
def test_a_reader_who_leaves_takes_no_thread_along(pause: float) -> None:
    """The server stops waiting for who reads no further; the one thread has to go on."""

    def answer() -> StreamingHttpResponse:
        time.sleep(pause)
        return StreamingHttpResponse(long())

    pages, answered = InThreads(saying(answer), 1), Answered()

    async def stuck(message: Message) -> None:
        await asyncio.sleep(3600)

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def visit() -> None:
        first = asyncio.create_task(pages(scope(), gone, stuck))
        await asyncio.sleep(0.1)
        first.cancel()
        await asyncio.wait_for(pages(scope(), gone, answered.send), 10)

    async_to_sync(visit)()
    assert answered.body == b"x" * LONG
