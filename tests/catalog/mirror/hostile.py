"""What comes in a picture's place from a host that was broken into, or is broken."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.catalog.mirror.pictures import chunk, encoded, picture, plain, png

JPEG = picture(size=(342, 513))
PNG = picture("PNG", (92, 138))
WEBP = picture("WEBP", (342, 513))
SCRIPT = b"<script>alert(1)</script>"


def _animated(kind: str) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (92, 138), (shade, 0, 0)) for shade in (0, 120, 250)]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=50)
    return file.getvalue()


def _jpeg_that_says(width: int, height: int) -> bytes:
    """The header of a JPEG, changed."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack(">HH", height, width) + JPEG[at + 4 :]


def _png_with(name: bytes, body: bytes) -> bytes:
    return PNG[:33] + chunk(name, body) + PNG[33:]


def _without_checksum() -> bytes:
    at = PNG.index(b"IDAT") + 10
    return PNG[:at] + bytes([PNG[at] ^ 0xFF]) + PNG[at + 1 :]


def _webp_that_says(length: int) -> bytes:
    return WEBP[:4] + struct.pack("<I", length) + WEBP[8:]


# Each is answered with "there is no such picture", and nothing of it is kept.
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<!doctype html>" + SCRIPT,
    "a page with a picture after it": b"<!doctype html>" + SCRIPT + JPEG,
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "an SVG that says it is XML": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "an XML bomb": b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><svg>&c;</svg>',
    "a script that begins like a GIF": b"GIF89a/*" + JPEG[:200] + b"*/=1;alert(1)",
    "a GIF": picture("GIF", (92, 138)),
    "a BMP": picture("BMP", (92, 138)),
    "a TIFF": picture("TIFF", (92, 138)),
    "an icon": encoded(Image.new("RGB", (32, 32)), "ICO"),
    "a JPEG 2000": picture("JPEG2000", (92, 138)),
    "an AVIF": picture("AVIF", (92, 138)),
    "a PDF with a picture in it": b"%PDF-1.7\n" + JPEG,
    "a PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "an archive with a picture in it": b"PK\x03\x04" + JPEG,
    "a program": b"\x7fELF" + b"\0" * 500,
    "a JPEG's first bytes": JPEG[:20],
    "a JPEG cut short": JPEG[:4000],
    "a JPEG without its header": JPEG[200:],
    "a PNG cut short": PNG[: len(PNG) // 2],
    "a PNG's first bytes": PNG[:30],
    "a PNG whose data do not match their checksum": _without_checksum(),
    "a PNG without data": PNG[:33] + chunk(b"IEND", b""),
    "a PNG whose chunk is longer than the file": PNG[:33] + struct.pack(">I", 2**31 - 1) + b"IDAT",
    "a PNG whose text is a bomb": _png_with(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 80_000_000)),
    "a PNG whose profile is a bomb": _png_with(
        b"iCCP", b"a\0\0" + zlib.compress(b"a" * 80_000_000)
    ),
    "a WebP cut short": WEBP[:1000],
    "a WebP that says it is longer": _webp_that_says(2**31),
    "more pixels than anybody shows": png(8000, 8000),
    "a decompression bomb": png(60_000, 60_000),
    "the largest header there is": png(2**31 - 1, 2**31 - 1),
    "no pixels": png(0, 0),
    "no width": png(0, 100),
    "a line": plain(0, size=(1, 9000)),
    "a PNG of a depth there is not": png(92, 138, bits=7),
    "a JPEG that says it is as large as there is": _jpeg_that_says(65_500, 65_500),
    "a JPEG that says it has no height": _jpeg_that_says(342, 0),
    "an animated PNG": _animated("PNG"),
    "an animated WebP": _animated("WEBP"),
    "nine megabytes": JPEG + b"\0" * 9 * 1024 * 1024,
    "noise": bytes(range(256)) * 40,
}
