"""Single letters: Pillow's own font, given weight, and the accents that it lacks."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

CAP_OF_EM = 0.7
# All letters stand on sheets of this height, in capitals' heights: room for Å above, g below.
ASCENT, DESCENT = 1.42, 0.44
BANDS = 18
SPELLED = {
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "Þ": "Th", "þ": "th", "ı": "i",
    "ẞ": "SS", "’": "'", "‘": "'", "′": "'", "„": "“", "‐": "-", "‑": "-", "−": "–", "⁄": "/",
    "ə": "e", "Ə": "E", "ʻ": "'", "ʼ": "'", "´": "'", "`": "'",
}  # fmt: skip
STRUCK = {
    "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ħ": "H",
    "ħ": "h",
}  # fmt: skip
DENSE_ACROSS = set("MWmw@%#&")
DENSE_ALONG = set("aegsBEFSRÆ38&@#%")
TALL = set("bdfhklijt") | set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
Mark = tuple[tuple[float, float], ...]
# Strokes in capitals' heights: across from the letter's middle, up from its top.
ABOVE: dict[str, tuple[Mark, ...]] = {
    "\u0300": (((-0.14, 0.26), (0.06, 0.1)),),
    "\u0301": (((0.14, 0.26), (-0.06, 0.1)),),
    "\u0302": (((-0.17, 0.1), (0, 0.25), (0.17, 0.1)),),
    "\u030c": (((-0.17, 0.25), (0, 0.1), (0.17, 0.25)),),
    "\u0303": (((-0.19, 0.12), (-0.09, 0.2), (0.09, 0.13), (0.19, 0.22)),),
    "\u0304": (((-0.18, 0.16), (0.18, 0.16)),),
    "\u0306": (((-0.17, 0.25), (-0.1, 0.13), (0.1, 0.13), (0.17, 0.25)),),
    "\u0307": (((0, 0.13), (0, 0.18)),),
    "\u0308": (((-0.15, 0.13), (-0.15, 0.18)), ((0.15, 0.13), (0.15, 0.18))),
    "\u030a": (((-0.1, 0.18), (0, 0.08), (0.1, 0.18), (0, 0.28), (-0.1, 0.18)),),
    "\u030b": (((0, 0.26), (-0.15, 0.1)), ((0.22, 0.26), (0.07, 0.1))),
    "\u0309": (((-0.05, 0.27), (0.07, 0.22), (0, 0.1)),),
}
BELOW: dict[str, Mark] = {
    "\u0327": ((0, -0.02), (0.06, 0.1), (-0.06, 0.19)),
    "\u0328": ((0.08, -0.02), (-0.02, 0.1), (0.1, 0.18)),
    "\u0326": ((0.03, 0.08), (-0.03, 0.21)),
    "\u0323": ((0, 0.12), (0, 0.16)),
}


@dataclass(frozen=True)
class Weight:
    """How much ink to add on each side, in capitals' heights."""

    across: float
    along: float
    soft: bool = False


@dataclass(frozen=True)
class Glyph:
    ink: Image.Image
    # How far the ink stands back from the sheet's edges, band by band, in pixels.
    left: tuple[int, ...]
    right: tuple[int, ...]


def spelled(text: str) -> str:
    """The text in letters that glyph() knows; a letter and its marks become one element."""
    plain = "".join(SPELLED.get(letter, letter) for letter in text)
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", plain))
    return "".join(SPELLED.get(letter, letter) for letter in composed)


@lru_cache(maxsize=32)
def _font(cap: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(cap / CAP_OF_EM)


@lru_cache(maxsize=1)
def _unknown() -> bytes:
    return bytes(_font(40).getmask("\u4e2d"))


@lru_cache(maxsize=512)
def _known(letter: str) -> bool:
    return bytes(_font(40).getmask(letter)) != _unknown()


@lru_cache(maxsize=1200)
def glyph(letter: str, weight: Weight, cap: int) -> Glyph:
    """The letter with its weight, which together are as tall as cap."""
    bare = round(cap / (1 + 2 * weight.along))
    base, marks = _parts(letter)
    across, along = _eased(base, weight)
    pad = round(bare * (max(across, along) + 0.3))
    dashes = base in "–—"
    width = round(bare * 0.8) if dashes else round(_font(bare).getlength(base))
    sheet = Image.new("L", (width + 2 * pad, round(cap * (ASCENT + DESCENT))))
    foot = (pad + width / 2, round(cap * ASCENT) - round(bare * weight.along))
    pen = ImageDraw.Draw(sheet)
    if dashes:
        level = foot[1] - bare * 0.36
        pen.line((pad, level, pad + width, level), fill=255, width=round(bare * 0.11))
    else:
        swell = bare * across if weight.soft else 0
        pen.text((pad, foot[1]), base, 255, _font(bare), anchor="ls", stroke_width=swell)
    if not weight.soft:
        sheet = _swollen(sheet, round(bare * across), round(bare * along))
    if base in "ij":
        _free_dot(sheet, foot[1], bare, along)
    _add_marks(ImageDraw.Draw(sheet), letter, marks, foot, (bare, along))
    return _measured(sheet)


def _free_dot(sheet: Image.Image, baseline: float, cap: int, swell: float) -> None:
    """The white between stem and dot, which the added weight has closed."""
    low = baseline - cap * (0.757 + swell)
    sheet.paste(0, (0, round(low - cap * 0.085), sheet.width, round(low)))


def _eased(base: str, weight: Weight) -> tuple[float, float]:
    """Less ink where strokes stand close, or a heavy letter's white would close up."""
    across = weight.across * (0.62 if base in DENSE_ACROSS else 1)
    along = weight.along * (0.72 if base in DENSE_ALONG else 1)
    return (min(across, along), min(across, along)) if weight.soft else (across, along)


def _parts(letter: str) -> tuple[str, str]:
    if letter in STRUCK:
        return STRUCK[letter], "/"
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    if base not in "–—" and not _known(base):
        return "-", ""
    return base, marks


def _add_marks(
    pen: ImageDraw.ImageDraw,
    letter: str,
    marks: str,
    foot: tuple[float, float],
    measure: tuple[int, float],
) -> None:
    (middle, baseline), (cap, swell) = foot, measure
    top = baseline - cap * ((1.0 if _parts(letter)[0] in TALL else 0.76) + swell * 1.2)
    low = baseline + cap * swell
    width = round(cap * (0.1 + swell * 0.8))
    for mark in marks:
        for stroke in ABOVE.get(mark, ()):
            path = [(middle + x * cap, top - y * cap) for x, y in stroke]
            pen.line(path, fill=255, width=width, joint="curve")
        if mark in BELOW:
            path = [(middle + x * cap, low + y * cap) for x, y in BELOW[mark]]
            pen.line(path, fill=255, width=round(cap * 0.09), joint="curve")
        if mark == "/":
            _strike(pen, letter, foot, cap)


def _strike(pen: ImageDraw.ImageDraw, letter: str, foot: tuple[float, float], cap: int) -> None:
    middle, baseline = foot
    width = round(cap * 0.1)
    strokes = {
        "Ø": ((-0.4, -0.04), (0.4, 1.04)),
        "ø": ((-0.28, -0.05), (0.28, 0.8)),
        "Ł": ((-0.36, 0.36), (0.06, 0.62)),
        "ł": ((-0.17, 0.4), (0.17, 0.66)),
        "đ": ((-0.05, 0.86), (0.33, 0.86)),
        "ð": ((-0.05, 0.86), (0.33, 0.86)),
        "Ħ": ((-0.45, 0.76), (0.45, 0.76)),
        "ħ": ((-0.36, 0.86), (0.0, 0.86)),
    }
    stroke = strokes.get(letter, ((-0.48, 0.5), (-0.08, 0.5)))
    pen.line([(middle + x * cap, baseline - y * cap) for x, y in stroke], 255, width)


def _swollen(sheet: Image.Image, across: int, along: int) -> Image.Image:
    """Weight with square corners: the letter laid over itself, shifted, doubling each time."""
    for dx, dy, reach in ((1, 0, across), (0, 1, along)):
        done = 0
        while done < reach:
            step = min(max(1, done), reach - done)
            forth = ImageChops.offset(sheet, dx * step, dy * step)
            back = ImageChops.offset(sheet, -dx * step, -dy * step)
            sheet = ImageChops.lighter(sheet, ImageChops.lighter(forth, back))
            done += step
    return sheet


def _measured(sheet: Image.Image) -> Glyph:
    box = sheet.getbbox() or (0, 0, 1, 1)
    ink = sheet.crop((box[0], 0, box[2], sheet.height))
    lefts, rights = [], []
    for band in range(BANDS):
        rows = (0, ink.height * band // BANDS, ink.width, ink.height * (band + 1) // BANDS)
        edges = ink.crop(rows).getbbox()
        lefts.append(edges[0] if edges else ink.width)
        rights.append(ink.width - edges[2] if edges else ink.width)
    return Glyph(ink, tuple(lefts), tuple(rights))
