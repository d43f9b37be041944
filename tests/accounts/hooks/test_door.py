"""One POST, to the very address that was looked at, and no longer than a while."""

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from accounts.hooks import addresses, door
from accounts.hooks.addresses import Unreachable
from accounts.hooks.door import post

NAME = "hooks.test"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Say = Callable[[socket.socket], None]


def test_what_is_sent_is_what_the_receiver_gets(receiver: Any) -> None:
    answer = post(receiver.url, b"{}", {"CineHub-Event": "test"})

    [heard] = receiver.heard
    assert (answer.code, answer.text, answer.is_taken) == (200, "thanks", True)
    assert (heard.path, heard.body) == ("/hook?of=me", b"{}")
    assert heard.headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert heard.headers["CineHub-Event"] == "test"


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_nobody_is_followed_elsewhere(receiver: Any, code: int) -> None:
    receiver.code, receiver.more = code, {"Location": receiver.url}

    answer = post(receiver.url, b"{}", {})

    assert (answer.code, answer.is_taken, len(receiver.heard)) == (code, False, 1)


def test_no_proxy_of_the_surroundings_is_asked(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert post(receiver.url, b"{}", {}).is_taken


def test_little_of_a_long_answer_is_read(receiver: Any) -> None:
    receiver.text = b"a" * 5_000_000

    assert post(receiver.url, b"{}", {}).text == "a" * 1024


def test_what_no_database_takes_is_left_out(receiver: Any) -> None:
    receiver.text = b"a\x00b\xff"

    assert post(receiver.url, b"{}", {}).text == "ab\ufffd"


def test_an_address_that_was_turned_aside_meanwhile_is_not_gone_to(
    receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is somebody else's when it is asked for a second time is not asked for."""
    looked_up = []

    def look_up(host: str, port: int) -> list[Any]:
        looked_up.append(host)
        return [ip_address("127.0.0.1" if len(looked_up) == 1 else "127.0.0.2")]

    monkeypatch.setattr(addresses, "_look_up", look_up)
    monkeypatch.setattr(addresses, "is_open", lambda address: True)
    monkeypatch.setattr(addresses.Target, "is_trusted", True)

    post(f"http://rebound.example:{receiver.port}/", b"{}", {})

    [heard] = receiver.heard
    assert looked_up == ["rebound.example"]
    assert heard.headers["Host"] == f"rebound.example:{receiver.port}"


# --- Who does not answer as one should ------------------------------------------------------------


@pytest.fixture
def speak(settings: Any) -> Iterator[Callable[[Say], str]]:
    """A socket that says whatever a test has it say; gives its address."""
    settings.WEBHOOK_HOSTS = ("127.0.0.1",)
    open_ones: list[socket.socket] = []

    def begin(say: Say) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        open_ones.append(listening)

        def serve() -> None:
            connection, _ = listening.accept()
            open_ones.append(connection)
            try:
                hear(connection)
                say(connection)
            except OSError:
                pass
            finally:
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield begin
    for each in open_ones:
        each.close()


def hear(connection: socket.socket) -> None:
    """All of it: who hangs up before is heard no further."""
    heard = b""
    while not heard.endswith(b"{}"):
        heard += connection.recv(65536)


def drip(connection: socket.socket) -> None:
    """A letter now and then, and never an end."""
    connection.sendall(b"HTTP/1.1 ")
    for _ in range(100):
        time.sleep(0.05)
        connection.sendall(b"a")


def drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(connection)


def drip_answer(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    drip(connection)


def trouble_of(url: str) -> str:
    with pytest.raises(Unreachable) as error:
        post(url, b"{}", {})
    return str(error.value.trouble.value)


def test_who_is_not_there_is_said_so(settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ("127.0.0.1",)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert trouble_of(f"http://127.0.0.1:{port}/") == "connection"


def test_who_says_nothing_is_not_waited_for(
    speak: Callable[[Say], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "READ_SECONDS", 0.1)

    assert trouble_of(speak(lambda _: time.sleep(2))) == "time"


def test_who_speaks_endlessly_is_cut_short(
    speak: Callable[[Say], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "SECONDS", 0.3)
    began = time.monotonic()

    assert trouble_of(speak(drip)) == "time"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("say", [drip_headers, drip_answer])
def test_what_was_taken_is_taken_however_long_its_answer_goes_on(
    speak: Callable[[Say], str], monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    monkeypatch.setattr(door, "SECONDS", 0.3)
    began = time.monotonic()

    assert post(speak(say), b"{}", {}).is_taken
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("said", "trouble"),
    [(b"SSH-2.0-OpenSSH\r\n", "garbled"), (b"HTTP/1.1 nonsense\r\n\r\n", "garbled")],
)
def test_what_is_not_http_is_said_so(
    speak: Callable[[Say], str], said: bytes, trouble: str
) -> None:
    assert trouble_of(speak(lambda connection: connection.sendall(said))) == trouble


def test_who_hangs_up_is_said_so(speak: Callable[[Say], str]) -> None:
    assert trouble_of(speak(lambda connection: None)) == "connection"


# --- Whose certificate it is ----------------------------------------------------------------------


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], int]]:
    """A TLS server with a certificate for a name, which is believed; gives its port."""
    open_ones: list[socket.socket] = []

    def begin(name: str) -> int:
        file = certificate(name, tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        trusting = ssl.create_default_context(cafile=str(file))
        monkeypatch.setattr(door, "trust", lambda: trusting)
        monkeypatch.setattr(addresses, "_look_up", lambda *_: [ip_address("127.0.0.1")])
        monkeypatch.setattr(addresses, "is_open", lambda address: True)
        listening = socket.create_server(("127.0.0.1", 0))
        open_ones.append(listening)

        def serve() -> None:
            connection, _ = listening.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as safe:
                    hear(safe)
                    safe.sendall(OK)
            except OSError:
                pass

        threading.Thread(target=serve, daemon=True).start()
        return int(listening.getsockname()[1])

    yield begin
    for each in open_ones:
        each.close()


def certificate(name: str, folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_the_certificate_is_for_the_name_though_the_way_is_by_the_number(
    certified: Callable[[str], int],
) -> None:
    port = certified(NAME)

    assert post(f"https://{NAME}:{port}/", b"{}", {}).is_taken


def test_a_certificate_for_another_name_is_not_believed(certified: Callable[[str], int]) -> None:
    port = certified("other.test")

    assert trouble_of(f"https://{NAME}:{port}/") == "certificate"


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    certified: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = door.trust
    port = certified(NAME)
    monkeypatch.setattr(door, "trust", real)

    assert trouble_of(f"https://{NAME}:{port}/") == "certificate"
