"""Where files are: Django's storage. Each is named by what is in it, so equal ones are one."""

import logging
from collections.abc import Iterable
from hashlib import sha256
from typing import cast

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

log = logging.getLogger(__name__)

FOLDER = "pictures"
OURS, SOURCE = "webp", "source"
FULL = "mirror:not-kept"
# Somebody who can do something about it needs to hear it once, not with every picture.
SAY_AGAIN_SECONDS = 600


class NotKept(Exception):
    """There is no room for it, or no store."""


def name_of(digest: str, form: str = OURS) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}.{form}"


def put(content: bytes, form: str = OURS) -> str:
    """Its digest, once it is there whole. Raises NotKept."""
    return put_all([content], form)[0]


def put_all(contents: Iterable[bytes], form: str = OURS) -> list[str]:
    """Their digests, once all are there. Raises NotKept, and then what was new is gone again."""
    digests: list[str] = []
    new: list[str] = []
    try:
        for content in contents:
            digests.append(sha256(content).hexdigest())
            if _put(name_of(digests[-1], form), content):
                new.append(digests[-1])
    except OSError as error:
        if cache.add(FULL, 1, SAY_AGAIN_SECONDS):
            log.error("Pictures can't be kept: %s", error)
        for digest in new:
            drop(digest, form)
        raise NotKept(str(error)) from None
    return digests


def read(digest: str, form: str = OURS) -> bytes | None:
    """None where it is not there, whatever rows say: somebody may have cleared the shelf."""
    try:
        with default_storage.open(name_of(digest, form)) as file:
            return cast("bytes", file.read())
    except FileNotFoundError:
        return None


def drop(digest: str, form: str = OURS) -> None:
    default_storage.delete(name_of(digest, form))


def _put(name: str, content: bytes) -> bool:
    """Whether it was not there yet."""
    if default_storage.exists(name):
        return False
    kept_as = default_storage.save(name, ContentFile(content))
    if kept_as != name:
        # Somebody else has just put the same there.
        default_storage.delete(kept_as)
    return kept_as == name
