"""Requests over kept-alive connections, as fast as they are answered."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

NOT_MODIFIED = b"HTTP/1.1 304"
# A reader asks so often and goes. Of a few who stayed one process might have nearly all.
STAYS = 10
# Of readers who come at the same moment, too, the process that is awake takes all. In seconds.
APART = 0.02


@dataclass
class Load:
    """What came of it; times in seconds."""

    seconds: float = 0
    times: list[float] = field(default_factory=list)
    largest: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def quantile(self, share: float) -> float:
        return sorted(self.times)[min(int(len(self.times) * share), len(self.times) - 1)]


class _Connection:
    """One request under way."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, 0
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.began = 0.0

    def ask(self, request: bytes) -> None:
        self.asked += 1
        self.buffer.clear()
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def stays(self) -> "_Connection":
        """Itself, or who comes next: a connection stays with the process that has taken it."""
        if self.asked < STAYS:
            return self
        self.socket.close()
        return _Connection(self.port)

    def answered(self) -> bool:
        """What has come is read; true once it is the whole answer."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise SystemExit("The server hung up")
        self.buffer += piece
        head = self.buffer.find(b"\r\n\r\n")
        return head >= 0 and len(self.buffer) >= head + 4 + _length(bytes(self.buffer[:head]))


def load(
    port: int, addresses: Iterator[str], *, connections: int, seconds: float, **headers: str
) -> Load:
    """Ask for these in turn until the time, or they, are over; only 200 and 304 will do."""
    result = Load()
    with selectors.DefaultSelector() as waiting:

        def ask(connection: _Connection, address: str) -> None:
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(_request(address, headers))

        began, come = time.perf_counter(), 0
        while come < connections or waiting.get_map():
            if come < connections and time.perf_counter() >= began + come * APART:
                ask(_Connection(port), next(addresses))
                come += 1
            for connection in _ready(waiting, APART if come < connections else None):
                waiting.unregister(connection.socket)
                _note(connection, result)
                in_time = time.perf_counter() < began + seconds
                if (address := next(addresses, None) if in_time else None) is None:
                    connection.socket.close()
                else:
                    ask(connection.stays(), address)
        result.seconds = time.perf_counter() - began
    return result


def _ready(waiting: selectors.BaseSelector, seconds: float | None) -> list[_Connection]:
    """Those whose answer is there, as soon as something is; after so long perhaps none."""
    return [key.data for key, _ in waiting.select(seconds) if key.data.answered()]


def _note(connection: _Connection, result: Load) -> None:
    result.times.append(time.perf_counter() - connection.began)
    result.largest = max(result.largest, len(connection.buffer))
    if not connection.buffer.startswith((b"HTTP/1.1 200", NOT_MODIFIED)):
        raise SystemExit(bytes(connection.buffer[:400]).decode(errors="replace"))


def _request(address: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {address} HTTP/1.1", "Host: localhost", "Accept-Language: en-US,en;q=0.9"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _length(head: bytes) -> int:
    if head.startswith(NOT_MODIFIED):
        return 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise SystemExit("An answer does not say how long it is")
