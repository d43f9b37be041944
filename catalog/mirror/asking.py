"""The door to the hosts that have pictures."""

import time
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

from catalog.source import session

BYTES_AT_MOST = 8 * 1024 * 1024
CHUNK = 64 * 1024
# To connect, and to the next few bytes; all of them have so many seconds together.
TIMEOUT = (2, 8)
SECONDS_AT_MOST = 15

GONE = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class Missing(Exception):
    """There is no such picture, or it is not a picture."""


class Unreachable(Exception):
    """The host does not answer just now."""


def ask(url: str, headers: dict[str, str] | None = None) -> bytes:
    """What is there, from one of our hosts and no other. Raises Missing or Unreachable."""
    if not _is_allowed(url):
        raise Missing(f"{url} is not where pictures come from")
    # As it is: what is compressed could be small and become large.
    asked = {"Accept-Encoding": "identity"} | (headers or {})
    try:
        response = session().get(
            url, headers=asked, timeout=TIMEOUT, stream=True, allow_redirects=False
        )
        with response:
            if response.status_code in GONE:
                raise Missing(f"{url}: {response.status_code}")
            if response.status_code != HTTPStatus.OK:
                raise Unreachable(f"{url}: {response.status_code}")
            return _body(response)
    except (requests.RequestException, HTTPError) as error:
        raise Unreachable(f"{url}: {type(error).__name__}") from None


def _is_allowed(url: str) -> bool:
    """By scheme, host and port, whatever else the address says."""
    origins = {
        urlsplit(host)[:2]
        for host in (settings.TMDB_IMAGE_URL, settings.FANART_URL, settings.FANART_IMAGE_URL)
    }
    return urlsplit(url)[:2] in origins


def _body(response: requests.Response) -> bytes:
    """As it arrives: who sends a byte a second must not hold a thread for an hour."""
    until = time.monotonic() + SECONDS_AT_MOST
    content = bytearray()
    while chunk := response.raw.read1(CHUNK):
        content += chunk
        if len(content) > BYTES_AT_MOST:
            raise Missing(f"{response.url}: more than {BYTES_AT_MOST} bytes")
        if time.monotonic() > until:
            raise Unreachable(f"{response.url}: slower than {SECONDS_AT_MOST} seconds")
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and len(content) < int(promised):
        raise Unreachable(f"{response.url}: {len(content)} bytes of {promised}")
    return bytes(content)
