"""Members' pictures: bytes that somebody sent -> small squares of our own, on Django's storage.

Nothing of the original is kept: no bytes, no metadata, no name. A picture is named by what is in
it and whose it is, keyed: its address can't be guessed, not even by who has the picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePath
from threading import Lock
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from accounts import records
from accounts.models import User
from cinehub.kit.pictures import NOT_A_PICTURE

FOLDER = "avatars"
CONTENT_TYPE = "image/webp"
# As large as a profile shows it, and as a list does, on a fine screen.
SIZES = (256, 96)
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp"})
FORMATS = ("JPEG", "PNG", "WEBP")
# A telephone's camera makes 24 million; a JPEG is decoded no larger than it is needed.
PIXELS_AT_MOST = {"JPEG": 25_000_000, "MPO": 25_000_000, "PNG": 13_000_000, "WEBP": 13_000_000}
SIDE_AT_MOST = 8000

TOO_MANY = _("This picture has too many pixels. Make it smaller, and try again.")

# Decoding takes the most memory of all that a process does.
_one_at_a_time = Lock()


class NotTaken(Exception):
    """Why the file can't be somebody's picture, in a sentence."""


@dataclass(frozen=True, slots=True)
class Avatar:
    """The squares, from the largest."""

    contents: tuple[bytes, ...]


def read(file: BinaryIO, name: str) -> Avatar:
    """Raises NotTaken."""
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise NotTaken(_("Choose a picture whose name ends in .jpg, .png or .webp."))
    with _one_at_a_time:
        try:
            with Image.open(file, formats=FORMATS) as image:
                _refuse_giants(image)
                image.draft("RGB", (2 * SIZES[0], 2 * SIZES[0]))
                image.load()
                return Avatar(tuple(_squares(image)))
        except Image.DecompressionBombError:
            raise NotTaken(TOO_MANY) from None
        except NOT_A_PICTURE:
            raise NotTaken(
                _("This is not a JPEG, PNG or WebP picture, or it is damaged.")
            ) from None


def choose(member: User, avatar: Avatar) -> None:
    """The one before it is gone once this is so."""
    digest = salted_hmac(f"avatar {member.pk}", avatar.contents[0], algorithm="sha256").hexdigest()
    for size, content in zip(SIZES, avatar.contents, strict=True):
        name = file_of(digest, size)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    _change(member, file_of(digest, SIZES[0]))


def clear(member: User) -> None:
    """Also to be called before a member is erased."""
    _change(member, "")


def file_of(digest: str, size: int) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}-{size}.webp"


def digest_of(member: User) -> str:
    """Empty where there is no picture."""
    return PurePath(member.avatar.name or "").name.partition("-")[0]


def address_of(member: User) -> str:
    """With its host, for those who show a link to a page; empty without a picture."""
    digest = digest_of(member)
    path = digest and reverse("accounts:avatar", args=[SIZES[0], digest])
    return path and f"{settings.SITE_URL}{path}"


def fetch(digest: str, size: int) -> bytes | None:
    try:
        with default_storage.open(file_of(digest, size)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


@transaction.atomic
def _change(member: User, name: str) -> None:
    held = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    before = digest_of(held)
    held.avatar.name = member.avatar.name = name
    held.save(update_fields=["avatar"])
    records.appear()
    if before and before != digest_of(held):
        transaction.on_commit(partial(_drop, member.pk, before))


def _drop(member: int, digest: str) -> None:
    now = User.objects.filter(pk=member).first()
    if now and digest_of(now) == digest:
        # Chosen again meanwhile.
        return
    for size in SIZES:
        default_storage.delete(file_of(digest, size))


def _refuse_giants(image: Image.Image) -> None:
    """Judged by the header: one that lies about it costs nothing."""
    most = PIXELS_AT_MOST[image.format or ""]
    if image.width * image.height > most or max(image.size) > SIDE_AT_MOST:
        raise NotTaken(TOO_MANY)
    # What a camera puts behind its picture (MPO) is no movement.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise NotTaken(_("This picture moves. Choose one that stands still."))


def _squares(image: Image.Image) -> Iterable[bytes]:
    """Upright, of the middle, without anything else; nothing is made larger than it was."""
    upright = ImageOps.exif_transpose(image)
    sees_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if sees_through else "RGB")
    for size in SIZES:
        side = min(size, *plain.size)
        square = ImageOps.fit(plain, (side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        square.save(out, "WEBP", quality=84, method=4, exif=b"", xmp=b"")
        yield out.getvalue()
