"""Sockets to test with: whoever holds one listens as an open page does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client

from accounts.models import User
from cinehub.asgi import application
from cinehub.work.live import publish

HOST = "testserver"
MATRIX = "title.movie.603"


class Socket(ApplicationCommunicator):
    """Channels has one of these, in a package that needs another server."""

    async def connect(self) -> bool:
        """Whether it is let in."""
        await self.send_input({"type": "websocket.connect"})
        return bool((await self.receive())["type"] == "websocket.accept")

    async def receive(self) -> dict[str, Any]:
        return dict(await self.receive_output(timeout=10))

    async def say(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.wait(timeout=10)


def socket(
    query: str = "", *, user: User | None = None, path: str = "/ws/", **headers: str
) -> Socket:
    """As a browser opens it on one of our own pages, unless `headers` say otherwise."""
    sent = {"host": HOST, "origin": f"http://{HOST}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if user:
        client = Client()
        client.force_login(user)
        sent["cookie"] = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    pairs = [(name.encode(), value.encode()) for name, value in sent.items()]
    scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": pairs}
    return Socket(application, scope | {"client": ("127.0.0.1", 1), "subprotocols": []})


@asynccontextmanager
async def listening(opened: Socket) -> AsyncIterator[Socket]:
    """From when its first ping has come, which is when it hears everything."""
    assert await opened.connect()
    assert await hear(opened) == {"kind": "ping"}
    # Where there is no Redis, the file is read from where it ends now.
    await asyncio.sleep(0.05)
    yield opened
    await opened.leave()


async def hear(opened: Socket) -> Any:
    return json.loads((await opened.receive())["text"])


async def refused(opened: Socket) -> bool:
    is_in = await opened.connect()
    if is_in:
        await opened.leave()
    return not is_in


async def closed_with(opened: Socket) -> int:
    """The server's reason; what it says before is passed over."""
    while (said := await opened.receive())["type"] != "websocket.close":
        pass
    return int(said["code"])


async def tell(group: str, kind: str, **facts: object) -> None:
    await sync_to_async(publish)(group, kind, **facts)
