"""Words: hands (ways to letter), spaced by eye, broken into lines, fitted into boxes."""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from PIL import Image, ImageChops

from .glyphs import ASCENT, DESCENT, Glyph, Weight, glyph, spelled
from .sheet import Box, Colour, Sheet

SMALL_MASTER, LARGE_MASTER = 90, 240
MEASURE = 90


@dataclass(frozen=True)
class Hand:
    weight: Weight
    # How far a line may be squeezed (below 1) or drawn out (above 1) to fill its box.
    squeeze: tuple[float, float]
    tracking: float = 0.12
    leading: float = 0.2
    capitals: bool = True
    # Drawn with a line of ground left inside the strokes.
    inline: bool = False


HANDS = {
    "gothic": Hand(Weight(0.13, 0.05), (0.46, 0.74), 0.13, 0.16),
    "grotesk": Hand(Weight(0.07, 0.055), (0.62, 1.0), 0.12, 0.18),
    "fat": Hand(Weight(0.15, 0.0), (0.46, 0.85), 0.12, 0.2),
    "light": Hand(Weight(0.0, 0.0), (0.8, 1.1), 0.42, 0.5),
    "book": Hand(Weight(0.02, 0.015), (0.7, 1.0), 0.16, 0.42, capitals=False),
    "soft": Hand(Weight(0.075, 0.075, soft=True), (0.62, 1.0), 0.1, 0.34, capitals=False),
    "lower": Hand(Weight(0.06, 0.05), (0.6, 0.98), 0.08, 0.36, capitals=False),
    "wide": Hand(Weight(0.05, 0.06), (0.8, 1.5), 0.2, 0.34),
    "inline": Hand(Weight(0.16, 0.1), (0.56, 0.9), 0.14, 0.18, inline=True),
}
PRINT = Hand(Weight(0.02, 0.015), (0.6, 0.95), 0.34, 0.7)


@dataclass(frozen=True)
class Line:
    text: str
    x: float
    baseline: float
    cap: float
    squeeze: float


@dataclass(frozen=True)
class Setting:
    """Lines that have found their place."""

    lines: tuple[Line, ...]
    hand: Hand

    @property
    def top(self) -> float:
        return self.lines[0].baseline - self.lines[0].cap

    @property
    def bottom(self) -> float:
        return self.lines[-1].baseline

    def stencil(self, sheet: Sheet) -> Sheet:
        plate = sheet.stencil()
        for line in self.lines:
            _stamp_line(plate, line, self.hand)
        return plate

    def print_on(self, sheet: Sheet, colour: Colour) -> None:
        sheet.press(self.stencil(sheet), colour)


def _stamp_line(plate: Sheet, line: Line, hand: Hand) -> None:
    cap = line.cap * plate.scale
    master = SMALL_MASTER if cap <= SMALL_MASTER * 1.1 else LARGE_MASTER
    mask = _line_mask(line.text, hand, master)
    zoom = cap / master
    size = (max(1, round(mask.width * zoom * line.squeeze)), max(1, round(mask.height * zoom)))
    small = mask.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    corner = (plate.px(line.x), plate.px(line.baseline) - round(ASCENT * cap))
    area = (*corner, corner[0] + size[0], corner[1] + size[1])
    plate.image.paste(ImageChops.lighter(plate.image.crop(area), small), corner)


@lru_cache(maxsize=24)
def _line_mask(text: str, hand: Hand, cap: int) -> Image.Image:
    places, width = _placed(text, hand, cap)
    mask = Image.new("L", (max(1, width), round(cap * (ASCENT + DESCENT))))
    for letter, x in places:
        ink = glyph(letter, hand.weight, cap).ink
        mask.paste(255, (x, 0), ink)
        if hand.inline:
            _open_inline(mask, letter, (x, ink.width), hand, cap)
    return mask


def _open_inline(
    mask: Image.Image, letter: str, span: tuple[int, int], hand: Hand, cap: int
) -> None:
    bare = round(cap / (1 + 2 * hand.weight.along))
    core = glyph(letter, Weight(0.0, 0.0), bare).ink
    x = span[0] + (span[1] - core.width) // 2
    y = round(cap * ASCENT) - round(bare * hand.weight.along) - round(bare * ASCENT)
    mask.paste(0, (x, y), core)


def _placed(text: str, hand: Hand, cap: int) -> tuple[list[tuple[str, int]], int]:
    places: list[tuple[str, int]] = []
    x, before = 0.0, None
    for letter in text:
        if letter == " ":
            x += cap * (0.26 + hand.tracking * 0.7)
            before = None
            continue
        shape = glyph(letter, hand.weight, cap)
        if before is not None:
            x += _gap(before, shape, hand.tracking, cap)
        elif places:
            x += cap * hand.tracking * 0.5
        places.append((letter, round(x)))
        x += shape.ink.width
        before = shape
    return places, round(x)


def _gap(before: Glyph, after: Glyph, tracking: float, cap: int) -> float:
    """Kerning by eye: the white between two letters, not their boxes, is what is kept even."""
    limit = cap * 0.2
    whites = [right + left for right, left in zip(before.right, after.left, strict=True)][3:-3]
    even = sum(min(white, limit) for white in whites) / len(whites)
    return max(cap * tracking - even * 0.8, cap * tracking * 0.55 - min(whites))


@lru_cache(maxsize=2048)
def width_of(text: str, hand: Hand) -> float:
    """In capitals' heights, before any squeezing."""
    return _placed(text, hand, MEASURE)[1] / MEASURE


def worded(text: str, hand: Hand) -> list[str]:
    letters = spelled(text).strip() or "–"
    return (letters.upper() if hand.capitals else letters).split()


def _leading(words: list[str], hand: Hand) -> float:
    """Capitals with accents need the room that capitals otherwise do without."""
    accented = hand.capitals and any(normalize("NFD", word) != word for word in words)
    return hand.leading + 0.2 if accented else hand.leading


def _broken(words: list[str], hand: Hand, count: int) -> list[str]:
    """The words in that many lines, the longest as short as can be."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for _ in range(count):
        following: dict[int, tuple[float, list[str]]] = {}
        for start, (longest, lines) in best.items():
            for end in range(start + 1, len(words) + 1):
                text = " ".join(words[start:end])
                worst = max(longest, width_of(text, hand))
                if end not in following or worst < following[end][0]:
                    following[end] = (worst, [*lines, text])
        best = following
    return best[len(words)][1]


def _heads(words: list[str], hand: Hand, most: int) -> list[list[str]]:
    return [_broken(words, hand, count) for count in range(1, min(most, len(words)) + 1)]


def fitted(
    text: str, hand: Hand, box: Box, align: str = "left", valign: str = "top", most: float = 99
) -> Setting:
    """All lines at one size, the largest the box allows."""
    wide, high = box[2] - box[0], box[3] - box[1]
    best: tuple[float, float, float, list[str]] = (0, 1, 1, [])
    words = worded(text, hand)
    leading = _leading(words, hand)
    for lines in _heads(words, hand, 7):
        widest = max(width_of(line, hand) for line in lines)
        rows = len(lines) + (len(lines) - 1) * leading + (0 if hand.capitals else 0.3)
        cap = min(most, high / rows, wide / (widest * hand.squeeze[0]))
        squeeze = min(hand.squeeze[1], wide / (widest * cap))
        if cap * cap * squeeze > best[0] * 1.04:
            best = (cap * cap * squeeze, cap, squeeze, lines)
    _, cap, squeeze, lines = best
    step = cap * (1 + leading)
    tall = cap + step * (len(lines) - 1)
    top = box[1] + {"top": 0, "middle": 0.5, "bottom": 1}[valign] * (high - tall)
    share = {"left": 0, "centre": 0.5, "right": 1}[align]
    placed = []
    for row, line in enumerate(lines):
        x = box[0] + share * (wide - width_of(line, hand) * cap * squeeze)
        placed.append(Line(line, x, top + cap + row * step, cap, squeeze))
    return Setting(tuple(placed), hand)


def filled(text: str, hand: Hand, box: Box, valign: str = "top") -> Setting:
    """A block: every line as wide as the box."""
    wide, high = box[2] - box[0], box[3] - box[1]
    best: tuple[float, float, list[float]] = (-1, 1, [])
    chosen: list[str] = []
    words = worded(text, hand)
    leading = _leading(words, hand) * (0.55 if hand.capitals else 0.8)
    for lines in _heads(words, hand, 7):
        raw = [wide / width_of(line, hand) for line in lines]
        gaps = leading * (sum(raw) - raw[-1])
        squeeze = min(hand.squeeze[1], max(hand.squeeze[0], (sum(raw) + gaps) / high))
        caps = [cap / squeeze for cap in raw]
        tall = (sum(raw) + gaps) / squeeze
        shrink = min(1.0, high / tall)
        score = tall * shrink * shrink * (min(caps) / max(caps)) ** 0.6
        if score > best[0]:
            best, chosen = (score, squeeze, [cap * shrink for cap in caps]), lines
    placed = _stacked(chosen, best[1], best[2], leading, box, valign)
    return Setting(placed, hand)


def _stacked(
    lines: list[str], squeeze: float, caps: list[float], gap: float, box: Box, valign: str
) -> tuple[Line, ...]:
    tall = sum(caps) + gap * sum(caps[:-1])
    baseline = box[1] + {"top": 0, "middle": 0.5, "bottom": 1}[valign] * (box[3] - box[1] - tall)
    placed = []
    for line, cap, after in zip(lines, caps, [*caps[1:], 0], strict=True):
        baseline += cap
        placed.append(Line(line, box[0], baseline, cap, squeeze))
        baseline += gap * cap if after else 0
    return tuple(placed)


def parted(title: str) -> tuple[str, str]:
    """A long title's head and tail, so that the head can stay large."""
    for seam in (" or: ", ": ", " – ", " — ", " - ", " (", ", or "):
        head, found, tail = title.partition(seam)
        if found and tail and len(title) > 14 and len(head) > 2:
            lead = seam.strip(" :–—-") if seam != ": " else ""
            return head, f"{lead}{'' if lead == '(' else ': ' if lead else ''}{tail}"
    return title, ""


__all__ = ["HANDS", "PRINT", "Hand", "Setting", "filled", "fitted", "parted"]
