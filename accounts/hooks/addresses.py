"""Where webhooks may go: anywhere in the wide world, and nowhere near this site.

Whoever names an address here makes this machine go there. So it goes to no machine that only this
one can reach, whatever name that has, and however its number is written.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from accounts.models.hooks import Delivery
from cinehub.kit.bounded import within

Address = IPv4Address | IPv6Address
Trouble = Delivery.Trouble

PORTS = {"https": 443, "http": 80}
NAME_SECONDS = 3
# Python takes these for anybody's, and they are not, or they lead to others (6to4, Teredo).
NOBODYS = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16")))
# All others are somebody's own, or are to be.
GLOBAL_IPV6 = ip_network("2000::/3")
DOCUMENTED_IPV6 = ip_network("3fff::/20")
# Behind it is the IPv4 address that its last four bytes say.
NAT64 = ip_network("64:ff9b::/96")


class Refused(ValueError):
    """It is no address that a webhook may have; says why to whoever gave it."""


class Unreachable(Exception):
    """Nobody took it: `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Target:
    scheme: str
    # As names are resolved and certificates bear them.
    host: str
    port: int
    path: str

    @property
    def is_trusted(self) -> bool:
        """Whoever runs the site has said that webhooks may go there."""
        return bool({self.host, f"{self.host}:{self.port}"} & set(settings.WEBHOOK_HOSTS))

    @property
    def shown_host(self) -> str:
        """As the header says it: without the port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str) -> Target:
    """Raises Refused."""
    try:
        parts = urlsplit(url)
        target = Target(
            parts.scheme,
            (parts.hostname or "").rstrip(".").encode("idna").decode(),
            parts.port or PORTS.get(parts.scheme, 0),
            iri_to_uri(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"),
        )
    except ValueError:
        raise Refused(_("This is not an address.")) from None
    if re.search(r"[\x00-\x20\x7f\\]", url) or not (target.host and target.port):
        raise Refused(_("This is not an address."))
    if parts.username is not None or parts.fragment:
        raise Refused(_("Leave out the name and password, and what follows a #."))
    _check(target)
    return target


def resolve(target: Target) -> Address:
    """Where a connection may go to. Raises Unreachable: one bad address of a name spoils all."""
    try:
        found = within(NAME_SECONDS, _look_up, target.host, target.port)
    except (OSError, UnicodeError):
        raise Unreachable(Trouble.NAME) from None
    if not found or not (target.is_trusted or all(map(is_open, found))):
        raise Unreachable(Trouble.ADDRESS)
    return found[0]


def is_open(address: Address) -> bool:
    """Whether it is a single machine's that anybody can reach."""
    meant = _meant(address)
    if isinstance(meant, IPv6Address) and (meant not in GLOBAL_IPV6 or meant in DOCUMENTED_IPV6):
        return False
    return meant.is_global and not meant.is_multicast and not any(meant in net for net in NOBODYS)


def _check(target: Target) -> None:
    if target.is_trusted:
        return
    if target.scheme != "https":
        raise Refused(_("Webhooks go to addresses that begin with https://."))
    try:
        literal = ip_address(target.host)
    except ValueError:
        is_public = "." in target.host
    else:
        is_public = is_open(literal)
    if not is_public:
        raise Refused(_("Webhooks go to hosts that anybody can reach."))


def _meant(address: Address) -> Address:
    """An IPv4 address in IPv6's clothes is what it is."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in NAT64:
            return IPv4Address(address.packed[-4:])
    return address


def _look_up(host: str, port: int) -> list[Address]:
    """In the order in which this machine would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # What follows a % says on which wire an address is: it is nobody else's.
    return [ip_address(str(place[0]).partition("%")[0]) for *_rest, place in found]
