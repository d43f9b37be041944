"""Where a request comes from, for whoever counts how often somebody comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# Of who comes through a socket in the file system.
NOWHERE = "0.0.0.0"  # noqa: S104 - nothing listens here


def address(request: HttpRequest) -> str:
    return believed(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def believed(peer: str, forwarded: str) -> str:
    """The visitor's; what they say of themselves is believed as far as our own proxy says it.

    It writes the address it saw behind whatever the request claimed before.
    """
    told = peer
    if settings.BEHIND_PROXY:
        told = forwarded.rpartition(",")[2].strip() or told
    try:
        found = ip_address(told.partition("%")[0])
    except ValueError:
        return NOWHERE
    # An address of the old kind in the new one's clothes is still one visitor's.
    return str(getattr(found, "ipv4_mapped", None) or found)
