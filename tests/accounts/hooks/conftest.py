"""A receiver on this machine, and webhooks that go there."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from accounts.hooks import listening
from accounts.models import User, Webhook


@dataclass
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with `code` and `text`, and keeps what it was sent."""

    port: int = 0
    code: int = 200
    text: bytes = b"thanks"
    more: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?of=me"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """On this machine, where webhooks may go for once."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.heard.append(Heard(self.path, dict(self.headers), body))
            self.send_response(made.code)
            for name, value in made.more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(made.text)

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: Any) -> None:
            """Who has heard enough hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEBHOOK_HOSTS = ("127.0.0.1",)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_hook(receiver: Receiver) -> Callable[..., Webhook]:
    def make(owner: User, **values: Any) -> Webhook:
        values = {"url": receiver.url, "subjects": ["viewing", "rating", "list"]} | values
        return listening.add(owner, **values)[0]

    return make
