"""Pictures to test with."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image

HOST = "https://images.test/t/p"


def picture(kind: str = "JPEG", size: tuple[int, int] = (780, 1170), **how: Any) -> bytes:
    """Something that does not compress to nothing."""
    return encoded(_noise(size), kind, **how)


@cache
def _noise(size: tuple[int, int]) -> Image.Image:
    noise = Image.effect_noise((size[0] // 8 + 1, size[1] // 8 + 1), 60)
    return noise.resize(size).convert("RGB")


def plain(
    colour: Any, kind: str = "PNG", size: tuple[int, int] = (40, 60), mode: str = "RGB"
) -> bytes:
    return encoded(Image.new(mode, size, colour), kind)


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def png(width: int, height: int, *, bits: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    """A PNG that says how large it is, and is a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    packed = zlib.compress(data or b"\0" * 1000)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, body) for name, body in chunks)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
