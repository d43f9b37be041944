"""The door through which webhooks leave: one POST, to the very address that was looked at.

The name is resolved once, so that it can't be another's a moment later. No proxy is heeded, no
redirect followed, little of the answer read, and nobody keeps us longer than a while, however
slowly they speak.
"""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer

from requests.adapters import DEFAULT_CA_BUNDLE_PATH

from accounts.hooks.addresses import Address, Target, Trouble, Unreachable, read, resolve
from accounts.models.hooks import LONGEST_ANSWER

CONNECT_SECONDS, READ_SECONDS = 3, 10
# Of all of it together, but the looking up.
SECONDS = 15


@dataclass(frozen=True)
class Answer:
    code: int
    # The first of what it says.
    text: str

    @property
    def is_taken(self) -> bool:
        return 200 <= self.code < 300


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Raises Refused and Unreachable."""
    target = read(url)
    address = resolve(target)
    began = time.monotonic()
    try:
        with _connected(target, address) as connection:
            connection.request("POST", target.path, body, {**headers, "Host": target.shown_host})
            with connection.getresponse() as answer:
                return Answer(answer.status, _beginning(answer))
    except (OSError, HTTPException) as error:
        is_late = isinstance(error, TimeoutError) or time.monotonic() - began >= SECONDS
        raise Unreachable(Trouble.TIME if is_late else _trouble(error)) from None


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    # Who hangs up without a word is both.
    return Trouble.CONNECTION if isinstance(error, OSError) else Trouble.GARBLED


@contextmanager
def _connected(target: Target, address: Address) -> Iterator[HTTPConnection]:
    where = (str(address), target.port)
    connection = HTTPConnection(target.host, target.port)
    # It would ask for the name once more.
    connection.auto_open = 0
    with socket.create_connection(where, timeout=CONNECT_SECONDS) as plain, _bounded(plain):
        connection.sock = _safe(plain, target)
        connection.sock.settimeout(READ_SECONDS)
        try:
            yield connection
        finally:
            connection.close()


def _safe(plain: socket.socket, target: Target) -> socket.socket:
    if target.scheme != "https":
        return plain
    return trust().wrap_socket(plain, server_hostname=target.host)


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: the same as of everybody else whom the site asks."""
    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


@contextmanager
def _bounded(plain: socket.socket) -> Iterator[None]:
    """Cuts the line when the time is up.

    A limit of the socket's would begin anew with each byte. It is cut by a second handle, for TLS
    takes the first one over.
    """
    handle = plain.dup()
    cut = Timer(SECONDS, _cut, [handle])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()
        cut.join()
        handle.close()


def _cut(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def _beginning(answer: HTTPResponse) -> str:
    """Whether it was taken is known by then: what goes wrong here is no matter."""
    try:
        said = answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException):
        said = b""
    # No database takes an empty character.
    return said.decode("utf-8", "replace").replace("\x00", "")
