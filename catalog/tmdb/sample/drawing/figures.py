"""People, as shapes: a head and shoulders without a face, in plates for separate colours."""

from dataclasses import dataclass
from random import Random

from .sheet import Point, Sheet, smooth

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
class Stand:
    """Where the figure's box lies on a sheet."""

    left: float
    top: float
    size: float
    mirrored: bool = False

    def at(self, point: Point) -> Point:
        x = 100 - point[0] if self.mirrored else point[0]
        return (self.left + x * self.size / 100, self.top + point[1] * self.size / 100)

    def path(self, points: list[Point]) -> list[Point]:
        return [self.at(point) for point in points]


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
NECK = [(41, 46), (59, 46), (59.5, 62), (66, 72), (50, 80), (34, 72), (40.5, 62)]
# The line between light and shade runs down the face as it would over brow, nose and chin.
SHADED = [
    (51, 8), (50.5, 24), (50, 30), (54.5, 42), (50.5, 44.5), (52, 50), (49.5, 59), (51, 66),
    (47, 82), (100, 82), (100, 8),
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
    _shirt(shirt, coat, figure, stand)
    STYLES[figure.hair](hair, stand)
    return Plates(head.cut(hair), hair, coat, shirt, shadow)


def _coat(plate: Sheet, figure: Figure, stand: Stand) -> None:
    girth, slope = figure.girth, figure.slope
    half = [
        (50, 71), (40, 67.5), (37, 70), (28 - slope, 76), (50 - 36 * girth, 81 + slope),
        (50 - 44 * girth, 92), (50 - 48 * girth, 112), (50 - 50 * girth, 240), (50, 240),
    ]  # fmt: skip
    right = [(100 - x, y) for x, y in reversed(half[1:-1])]
    plate.polygon(stand.path(half + right), ON)


def _shirt(plate: Sheet, coat: Sheet, figure: Figure, stand: Stand) -> None:
    shapes: dict[str, list[list[Point]]] = {
        "crew": [smooth([(38, 66.5), (50, 77), (62, 66.5), (64, 69), (50, 81), (36, 69)])],
        "collar": [
            [(38.5, 64), (50, 78), (44, 86), (33, 70)],
            [(61.5, 64), (50, 78), (56, 86), (67, 70)],
        ],
        "lapels": [
            [(39, 67), (61, 67), (50, 112)],
        ],
        "turtleneck": [smooth([(39, 59), (61, 59), (62.5, 70), (60, 75), (40, 75), (37.5, 70)])],
        "open": [[(39, 67), (61, 67), (50, 98)]],
    }
    for shape in shapes[figure.clothes]:
        plate.polygon(stand.path(shape), ON)
    if figure.clothes == "open":
        opening = plate.stencil()
        opening.polygon(stand.path([(42.5, 66), (57.5, 66), (50, 88)]), ON)
        plate.cut(opening)
        coat.cut(opening)
    if figure.clothes == "lapels":
        tie = plate.stencil()
        tie.polygon(
            stand.path([(47, 76), (53, 76), (52, 80), (54, 100), (50, 112), (46, 100), (48, 80)]),
            ON,
        )
        plate.cut(tie)
    coat.cut(plate)


def _crop(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(
            smooth(
                [
                    (31.5, 34),
                    (30, 20),
                    (38, 8),
                    (50, 5),
                    (62, 8),
                    (70, 20),
                    (68.5, 34),
                    (66, 27),
                    (61, 21),
                    (50, 19),
                    (39, 21),
                    (34, 27),
                ]
            )
        ),
        ON,
    )


def _side(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(
            smooth(
                [
                    (31, 35),
                    (29, 18),
                    (39, 6),
                    (54, 2),
                    (68, 9),
                    (71, 22),
                    (69, 36),
                    (66, 27),
                    (58, 24),
                    (45, 15),
                    (38, 22),
                    (34, 28),
                ]
            )
        ),
        ON,
    )


def _swept(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(
            smooth(
                [
                    (31.5, 36),
                    (29, 20),
                    (33, 6),
                    (48, -2),
                    (66, 0),
                    (74, 8),
                    (71, 22),
                    (69, 36),
                    (66, 26),
                    (60, 18),
                    (46, 16),
                    (36, 22),
                    (34, 28),
                ]
            )
        ),
        ON,
    )


def _curls(plate: Sheet, stand: Stand) -> None:
    spots = [
        (32, 30, 6), (30, 21, 7), (35, 12, 8), (44, 7, 8.5), (55, 6, 8.5), (64, 11, 8), (70, 20, 7),
        (68.5, 30, 6), (42, 16, 7), (51, 15, 7), (60, 18, 6),
    ]  # fmt: skip
    for x, y, radius in spots:
        plate.disc(stand.at((x, y)), radius * stand.size / 100, ON)


def _fringe(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(
            smooth(
                [
                    (30, 46),
                    (27, 26),
                    (35, 9),
                    (50, 4),
                    (65, 9),
                    (73, 26),
                    (70, 46),
                    (67, 36),
                    (66, 28),
                    (50, 27),
                    (34, 28),
                    (33, 36),
                ]
            )
        ),
        ON,
    )


def _halo(plate: Sheet, stand: Stand) -> None:
    plate.disc(stand.at((50, 22)), 0.275 * stand.size, ON)
    face = plate.stencil()
    face.polygon(
        stand.path(
            smooth([(50, 21), (61, 24), (67, 34), (64, 50), (50, 62), (36, 50), (33, 34), (39, 24)])
        ),
        ON,
    )
    plate.cut(face)


def _bald(plate: Sheet, stand: Stand) -> None:
    for path in (
        [(32.4, 40), (31, 30), (33, 21), (35.4, 27)],
        [(67.6, 40), (69, 30), (67, 21), (64.6, 27)],
    ):
        plate.polygon(stand.path(path), ON)


def _jaw(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(
            smooth(
                [
                    (30, 62),
                    (25, 50),
                    (26, 26),
                    (34, 9),
                    (50, 3),
                    (66, 9),
                    (74, 26),
                    (75, 50),
                    (70, 62),
                    (65, 58),
                    (67, 44),
                    (65, 30),
                    (56, 24),
                    (46, 17),
                    (36, 29),
                    (33, 44),
                    (35, 58),
                ]
            )
        ),
        ON,
    )


def _hat(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(smooth([(33, 20), (34, 4), (42, -3), (50, 0), (58, -3), (66, 4), (67, 20)])), ON
    )
    plate.polygon(
        stand.path(
            smooth([(16, 23), (30, 17), (50, 15), (70, 17), (84, 21), (78, 27), (50, 26), (24, 28)])
        ),
        ON,
    )


def _cap(plate: Sheet, stand: Stand) -> None:
    plate.polygon(
        stand.path(smooth([(31, 25), (33, 9), (46, 3), (60, 5), (69, 14), (69, 25), (50, 22)])), ON
    )
    plate.polygon(
        stand.path(smooth([(31, 23), (50, 20), (52, 25), (36, 28), (20, 29), (19, 26)])), ON
    )


STYLES = {
    "crop": _crop, "side": _side, "swept": _swept, "curls": _curls, "fringe": _fringe,
    "halo": _halo, "bald": _bald, "jaw": _jaw, "hat": _hat, "cap": _cap,
}  # fmt: skip
