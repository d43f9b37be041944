"""People, as shapes: a head and shoulders without a face, in plates for separate colours."""

from dataclasses import dataclass
from random import Random

from .hair import STYLES
from .sheet import Point, Sheet, smooth
from .stand import Stand

ON = 255
HAIR = ("crop", "side", "swept", "curls", "fringe", "halo", "bald", "jaw", "hat", "cap")
CLOTHES = ("crew", "collar", "lapels", "turtleneck", "open")


@dataclass(frozen=True)
class Figure:
    """Drawn in a box of 100 by 100: the crown at about 8, the chin at 58."""

    hair: str
    clothes: str
    girth: float
    slope: float
    mirrored: bool


@dataclass(frozen=True)
class Plates:
    head: Sheet
    hair: Sheet
    coat: Sheet
    shirt: Sheet
    shadow: Sheet

    def whole(self) -> Sheet:
        plate = self.head.stencil()
        for part in (self.head, self.hair, self.coat, self.shirt):
            plate.join(part)
        return plate


def any_figure(source: Random) -> Figure:
    return Figure(
        source.choice(HAIR),
        source.choice(CLOTHES),
        source.uniform(0.9, 1.12),
        source.uniform(-2, 4),
        source.random() < 0.5,
    )


def _mirror(half: list[Point]) -> list[Point]:
    return half + [(100 - x, y) for x, y in reversed(half) if x != 50]


FACE = _mirror([(50, 11), (62, 14), (67.5, 25), (67, 38), (63.5, 49), (57, 57), (50, 59.5)])
NECK: list[Point] = [(41, 46), (59, 46), (59.5, 62), (66, 72), (50, 92), (34, 72), (40.5, 62)]
# The line between light and shade runs down the face as it would over brow, nose and chin.
SHADED = [
    (51, 8), (50.5, 24), (50, 30), (54.5, 42), (50.5, 44.5), (52, 50), (49.5, 59), (51, 66),
    (48, 110), (100, 110), (100, 8),
]  # fmt: skip


ROUND_NECK: list[Point] = [
    (37.5, 67), (43, 73.5), (50, 75.5), (57, 73.5), (62.5, 67), (65, 69.5), (58, 77), (50, 79.5),
    (42, 77), (35, 69.5),
]  # fmt: skip
SHIRTS: dict[str, list[list[Point]]] = {
    "crew": [smooth(ROUND_NECK)],
    "collar": [
        [(38.5, 64), (50, 78), (44, 86), (33, 70)],
        [(61.5, 64), (50, 78), (56, 86), (67, 70)],
    ],
    "lapels": [[(37, 67), (41, 66), (50, 79), (59, 66), (63, 67), (50, 112)]],
    "turtleneck": [smooth([(39, 59), (61, 59), (62.5, 70), (60, 75), (40, 75), (37.5, 70)])],
    "open": [[(37, 66), (63, 66), (50, 112)]],
}
THROAT: list[Point] = [(38, 67), (62, 67), (50, 110)]
TIE: list[Point] = [
    (47.5, 79), (52.5, 79), (51.5, 84), (54, 102), (50, 112), (46, 102), (48.5, 84),
]  # fmt: skip


def plates(sheet: Sheet, figure: Figure, stand: Stand) -> Plates:
    head, hair, coat, shirt, shadow = (sheet.stencil() for _ in range(5))
    head.polygon(stand.path(smooth(FACE)), ON)
    for side in (31.8, 68.2):
        head.oval(stand.at((side, 36)), (0.026 * stand.size, 0.05 * stand.size), ON)
    head.polygon(stand.path(NECK), ON)
    shadow.polygon(stand.path(SHADED), ON)
    shadow.polygon(
        stand.path(smooth([(38, 52), (50, 60), (62, 52), (60, 64), (50, 67), (41, 63)])), ON
    )
    _coat(coat, figure, stand)
    _shirt(shirt, figure, stand)
    STYLES[figure.hair](hair, stand)
    if figure.clothes in ("lapels", "open"):
        coat.cut(_cut_out(coat, stand, THROAT))
    if figure.clothes == "lapels":
        shirt.cut(_cut_out(coat, stand, TIE))
        coat.join(_cut_out(coat, stand, TIE))
    head.cut(shirt).cut(coat.cut(shirt))
    return Plates(head.cut(hair), hair, coat, shirt, shadow)


def _cut_out(like: Sheet, stand: Stand, path: list[Point]) -> Sheet:
    plate = like.stencil()
    plate.polygon(stand.path(path), ON)
    return plate


def _coat(plate: Sheet, figure: Figure, stand: Stand) -> None:
    girth, slope = figure.girth, figure.slope
    half: list[Point] = [
        (50, 77), (41, 69.5), (37, 70), (28 - slope, 76), (50 - 36 * girth, 81 + slope),
        (50 - 44 * girth, 92), (50 - 48 * girth, 112), (50 - 50 * girth, 240), (50, 240),
    ]  # fmt: skip
    right = [(100 - x, y) for x, y in reversed(half[1:-1])]
    plate.polygon(smooth(stand.path(half + right), 6), ON)


def _shirt(plate: Sheet, figure: Figure, stand: Stand) -> None:
    for shape in SHIRTS[figure.clothes]:
        plate.polygon(stand.path(shape), ON)
    if figure.clothes == "open":
        opening = plate.stencil()
        opening.polygon(stand.path([(41.5, 65), (58.5, 65), (50, 90)]), ON)
        plate.cut(opening)
