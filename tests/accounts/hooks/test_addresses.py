"""Where webhooks may go, and where they may not."""

import socket
import time
from ipaddress import ip_address
from typing import Any

import pytest

from accounts.hooks import addresses
from accounts.hooks.addresses import Refused, Unreachable, is_open, read, resolve

NOBODYS = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.9.10",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    # IPv4's in other clothes: mapped, compatible, translated, NAT64, 6to4, Teredo.
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
ANYBODYS = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those that a test gives out are known."""
    known(monkeypatch)


def known(monkeypatch: pytest.MonkeyPatch, *found: str) -> list[Any]:
    asked: list[Any] = []

    def look_up(host: str, port: int, **more: Any) -> Any:
        asked.append(host)
        if not found:
            raise socket.gaierror
        return [(0, 0, 0, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", NOBODYS)
def test_what_is_not_the_wide_world_is_closed(address: str) -> None:
    assert not is_open(ip_address(address))


@pytest.mark.parametrize("address", ANYBODYS)
def test_the_wide_world_is_open(address: str) -> None:
    assert is_open(ip_address(address))


@pytest.mark.parametrize("address", NOBODYS)
def test_a_name_that_leads_there_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    known(monkeypatch, address)

    with pytest.raises(Unreachable) as refused:
        resolve(read("https://hooks.example.org/"))

    assert refused.value.trouble == "address"


def test_one_bad_address_of_a_name_spoils_the_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, "1.1.1.1", "10.0.0.1")

    with pytest.raises(Unreachable):
        resolve(read("https://hooks.example.org/"))


def test_the_wire_that_an_address_is_on_does_not_hide_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, "fe80::1%eth0")

    with pytest.raises(Unreachable):
        resolve(read("https://hooks.example.org/"))


@pytest.mark.parametrize(
    "host", ["2130706433.example.org", "0x7f.0.0.1", "127.1", "0177.0.0.1", "127.0.0.1.nip.io"]
)
def test_a_number_that_is_written_oddly_is_looked_at_as_it_is_understood(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    known(monkeypatch, "127.0.0.1")

    with pytest.raises((Unreachable, Refused)):
        resolve(read(f"https://{host}/"))


def test_a_name_that_nobody_knows_is_said_so() -> None:
    with pytest.raises(Unreachable) as refused:
        resolve(read("https://hooks.example.org/"))

    assert refused.value.trouble == "name"


def test_who_looks_names_up_slowly_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "NAME_SECONDS", 0.05)
    monkeypatch.setattr(addresses, "_look_up", lambda *_: time.sleep(0.5))

    with pytest.raises(Unreachable) as refused:
        resolve(read("https://hooks.example.org/"))

    assert refused.value.trouble == "name"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "https://",
        "https:///path",
        "https://:443/",
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://hooks.example.org/",
        "https://ann@hooks.example.org/",
        "https://ann:secret@hooks.example.org/",
        "https://@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:port/",
        "https://hooks.example.org/a b",
        "https://hooks.example.org/\r\nX-More: 1",
        "https://hooks.example.org\\@127.0.0.1/",
        "https://hooks.example.org/\x00",
        "https://hooks.example.org/\ud800",
        "https://localhost/",
        "https://localhost./",
        "https://intranet/",
        "https://2130706433/",
        "https://127.0.0.1/",
        "https://10.0.0.1:8443/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        f"https://{'a' * 70}.example.org/",
        "https://hooks..example.org/",
    ],
)
def test_what_is_no_address_for_a_webhook_is_refused_at_once(url: str) -> None:
    with pytest.raises(Refused):
        read(url)


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "shown"),
    [
        ("https://hooks.example.org", "hooks.example.org", 443, "/", "hooks.example.org"),
        ("https://a.example:8443/x?y=1", "a.example", 8443, "/x?y=1", "a.example:8443"),
        ("https://a.example./x", "a.example", 443, "/x", "a.example"),
        ("https://bücher.example/ä", "xn--bcher-kva.example", 443, "/%C3%A4", None),
        ("https://A.Example/", "a.example", 443, "/", "a.example"),
        ("https://1.1.1.1/", "1.1.1.1", 443, "/", "1.1.1.1"),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443, "/", "[2606:4700::1111]"),
    ],
)
def test_an_address_is_understood(
    url: str, host: str, port: int, path: str, shown: str | None
) -> None:
    target = read(url)

    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.shown_host == (shown or host)


def test_hosts_that_the_settings_name_may_be_next_door(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOK_HOSTS = ("house.local:8123",)
    known(monkeypatch, "192.168.1.5")

    assert str(resolve(read("http://house.local:8123/hook"))) == "192.168.1.5"
    with pytest.raises(Refused):
        read("http://house.local:9999/hook")
