"""Pictures: brought here once from TMDB's image host, checked, and served as our own."""

import io
import logging
import re
from typing import cast

import requests
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from catalog.source import session

log = logging.getLogger(__name__)

# TMDB's sizes that pages use.
SIZES = ("w92", "w154", "w185", "w300", "w342", "w500", "w780", "w1280", "h632")
NAME = re.compile(r"[A-Za-z0-9_-]{1,90}\.(?:jpg|png)")
FORMATS = ("JPEG", "PNG", "WEBP")

BYTES_AT_MOST = 8 * 1024 * 1024
PIXELS_AT_MOST = 40_000_000
TIMEOUT = (2, 3)

# What Pillow raises about bytes that are none, or that would fill the memory.
NOT_A_PICTURE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
)


class Missing(Exception):
    """There is no such picture, or it is not a picture."""


class Unreachable(Exception):
    """The image host does not answer just now."""


def stored_name(size: str, name: str) -> str:
    """Where the picture is kept; raises Missing for a name or a size that TMDB would not have."""
    if size not in SIZES or not NAME.fullmatch(name):
        raise Missing(name)
    return f"pictures/{size}/{name[:2]}/{name}"


def is_here(size: str, name: str) -> bool:
    return default_storage.exists(stored_name(size, name))


def bring(size: str, name: str) -> bytes:
    """Ask the image host and keep the answer. Raises Missing or Unreachable."""
    kept = stored_name(size, name)
    content = _ask(f"{settings.TMDB_IMAGE_URL}/{size}/{name}")
    _check(content)
    if not default_storage.exists(kept):
        _keep(kept, content)
    return content


def _keep(name: str, content: bytes) -> None:
    """Where there is no room for it, this reader still has it."""
    try:
        default_storage.save(name, ContentFile(content))
    except OSError as error:
        log.error("%s could not be kept: %s", name, error)


def read(size: str, name: str) -> bytes:
    """Raises FileNotFoundError where the picture is not here yet."""
    with default_storage.open(stored_name(size, name)) as file:
        return cast("bytes", file.read())


def _ask(url: str) -> bytes:
    try:
        response = session().get(url, timeout=TIMEOUT, stream=True, allow_redirects=False)
        with response:
            if response.status_code in {403, 404}:
                raise Missing(url)
            if response.status_code != 200:
                raise Unreachable(f"{url}: {response.status_code}")
            return _read_body(response)
    except requests.RequestException as error:
        raise Unreachable(f"{url}: {type(error).__name__}") from None


def _read_body(response: requests.Response) -> bytes:
    content = b""
    for chunk in response.iter_content(64 * 1024):
        content += chunk
        if len(content) > BYTES_AT_MOST:
            raise Missing(f"{response.url}: more than {BYTES_AT_MOST} bytes")
    return content


def _check(content: bytes) -> None:
    """A picture is what decodes as one; a header that lies about it costs nothing."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > PIXELS_AT_MOST:
                raise Missing("too many pixels")
            image.load()
    except NOT_A_PICTURE as error:
        raise Missing(f"not a picture: {error}") from None
