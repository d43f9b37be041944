"""Bytes from elsewhere -> a picture -> WebP files of our own. No rows, and no shelf."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from catalog.mirror import tones
from catalog.mirror.asking import Missing
from catalog.mirror.sizes import WIDTHS
from cinehub.kit.pictures import NOT_A_PICTURE

FORMATS = ("JPEG", "PNG", "WEBP")
# A backdrop as large as a television, with something to spare.
PIXELS_AT_MOST = 12_000_000
# More than that across, or down, is a line and not a picture.
SIDE_AT_MOST = 8000

CONTENT_TYPE = "image/webp"
# Measured: docs/performance.md.
QUALITY, METHOD = 80, 4
PLACEHOLDER_BYTES = 120
PLACEHOLDER_BOX = (20, 20)


@dataclass(frozen=True, slots=True)
class Variant:
    size: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Made:
    width: int
    height: int
    placeholder: bytes
    tone: int
    variants: tuple[Variant, ...]


def decode(content: bytes) -> Image.Image:
    """Upright, in eight bits of RGB or RGBA, without anything else. Raises Missing."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            _refuse_giants(image)
            image.load()
            return _plain(ImageOps.exif_transpose(image))
    except NOT_A_PICTURE as error:
        raise Missing(f"not a picture: {error}") from None


def make(image: Image.Image, sizes: Iterable[str]) -> Made:
    """A file for each of the sizes; a picture that is smaller than one is not made larger."""
    variants = tuple(_variant(image, size) for size in sizes)
    small = image.convert("RGBA" if image.mode == "RGBA" else "RGB")
    small.thumbnail(PLACEHOLDER_BOX, Image.Resampling.BOX, reducing_gap=2)
    return Made(
        width=image.width,
        height=image.height,
        placeholder=_placeholder(small),
        tone=tones.dominant(small.convert("RGB")),
        variants=variants,
    )


def _refuse_giants(image: Image.Image) -> None:
    """Judged by the header: one that lies about it costs nothing."""
    if image.width * image.height > PIXELS_AT_MOST or max(image.size) > SIDE_AT_MOST:
        raise Missing(f"{image.width} x {image.height} pixels")
    if getattr(image, "is_animated", False):
        raise Missing("it moves")


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Sixteen bits of grey: Pillow would cut them off, not scale them.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    sees_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return image.convert("RGBA" if sees_through else "RGB")


def _variant(image: Image.Image, size: str) -> Variant:
    scale = min(1, WIDTHS[size] / image.width)
    box = (round(image.width * scale), max(1, round(image.height * scale)))
    resized = image.resize(box, Image.Resampling.LANCZOS, reducing_gap=2) if scale < 1 else image
    # What one sees through is a logo: flat, sharp, and smaller without loss.
    return Variant(size, _webp(resized, lossless=resized.mode == "RGBA"), *box)


def _placeholder(small: Image.Image) -> bytes:
    """As good as so few bytes get; nothing where not even that is possible."""
    for quality in (25, 10, 0):
        content = _webp(small, quality=quality)
        if len(content) <= PLACEHOLDER_BYTES:
            return content
    return b""


def _webp(image: Image.Image, *, quality: int = QUALITY, lossless: bool = False) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=METHOD, lossless=lossless, exif=b"", xmp=b"")
    return out.getvalue()
