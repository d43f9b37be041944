"""A WSGI application under an ASGI server: each page is made in a thread."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from a2wsgi.wsgi import Body, build_environ

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any], Iterable[bytes]]


class InThreads:
    def __init__(self, application: Application, threads: int) -> None:
        self.application = application
        self.executor = ThreadPoolExecutor(threads, "page")

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        loop = asyncio.get_running_loop()
        answer = Answer(self.application, loop, send)
        environ = build_environ(scope, Body(loop, receive))
        try:
            rest = await loop.run_in_executor(
                self.executor, copy_context().run, answer.make, environ
            )
        finally:
            answer.leave()
        for message in rest:
            await send(message)


class Answer:
    """What a thread has to say to a reader, who may leave at any time.

    Then the thread must not wait for them: after a few it would be the last.
    """

    def __init__(
        self, application: Application, loop: asyncio.AbstractEventLoop, send: Send
    ) -> None:
        self.application = application
        self.loop = loop
        self.send = send
        self.head: Message = {}
        self.saying: Future[None] | None = None
        self.has_left = False

    def make(self, environ: Any) -> list[Message]:
        """All of it, if it is there at once; else what is left when the rest has been said."""
        body = self.application(environ, self._start)
        try:
            if environ["REQUEST_METHOD"] == "HEAD":
                return [self.head, _part(b"")]
            if not getattr(body, "streaming", True):
                return [self.head, _part(b"".join(body))]
            self._say(self.head)
            for chunk in body:
                self._say(_part(chunk, more=True))
            return [_part(b"")]
        finally:
            if hasattr(body, "close"):
                body.close()

    def leave(self) -> None:
        self.has_left = True
        if self.saying:
            self.saying.cancel()

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.head = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [
                (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
                for name, value in headers
            ],
        }

    def _say(self, message: Message) -> None:
        self.saying = asyncio.run_coroutine_threadsafe(self._send(message), self.loop)
        if self.has_left:
            self.saying.cancel()
        self.saying.result()

    async def _send(self, message: Message) -> None:
        await self.send(message)


def _part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}
