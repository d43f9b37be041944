"""More stencils of 100 by 100: what grows, shines, flies and burns."""

from collections.abc import Callable
from math import cos, pi, sin

from .sheet import Sheet

ON, OFF = 255, 0


def _moon(s: Sheet) -> None:
    s.disc((48, 50), 45, ON)
    s.disc((68, 40), 38, OFF)


def _sun(s: Sheet) -> None:
    s.disc((50, 50), 24, ON)
    for turn in range(16):
        angle = 2 * pi * turn / 16
        near, far = angle - 0.075, angle + 0.075
        s.polygon(
            [
                (50 + cos(a) * r, 50 + sin(a) * r)
                for a, r in ((near, 30), (near, 48), (far, 48), (far, 30))
            ],
            ON,
        )


def _planet(s: Sheet) -> None:
    s.oval((50, 50), (49, 15), ON)
    s.oval((50, 50), (42, 10), OFF)
    s.disc((50, 50), 29, ON)
    s.oval((50, 45), (36, 9.5), ON)


def _atom(s: Sheet) -> None:
    for tilt in (0.0, pi / 3, 2 * pi / 3):
        path = []
        for turn in range(61):
            x, y = cos(2 * pi * turn / 60) * 47, sin(2 * pi * turn / 60) * 17
            path.append((50 + x * cos(tilt) - y * sin(tilt), 50 + x * sin(tilt) + y * cos(tilt)))
        s.line(path, 3.6, ON)
    s.disc((50, 50), 8, ON)


def _flame(s: Sheet) -> None:
    s.curve(
        [
            (54, 0),
            (62, 22),
            (82, 44),
            (84, 70),
            (68, 92),
            (48, 98),
            (26, 90),
            (16, 68),
            (24, 46),
            (36, 56),
            (42, 28),
        ],
        ON,
    )
    s.curve([(52, 56), (64, 72), (62, 88), (49, 93), (38, 86), (38, 72)], OFF)


def _bolt(s: Sheet) -> None:
    s.polygon([(62, 0), (18, 56), (46, 56), (34, 100), (84, 38), (54, 38)], ON)


def _boat(s: Sheet) -> None:
    s.polygon([(47, 4), (47, 66), (10, 66)], ON)
    s.polygon([(53, 18), (53, 66), (86, 66)], ON)
    s.polygon([(4, 72), (96, 72), (80, 92), (20, 92)], ON)


def _peak(s: Sheet) -> None:
    s.polygon([(0, 92), (42, 12), (62, 48), (72, 34), (100, 92)], ON)
    s.polygon([(37.5, 27), (47, 27), (54, 40), (48, 46), (42, 38), (36, 46), (29, 43)], OFF)


def _bird(s: Sheet) -> None:
    s.curve(
        [
            (2, 22),
            (24, 26),
            (46, 46),
            (52, 44),
            (62, 20),
            (88, 4),
            (82, 30),
            (70, 52),
            (60, 66),
            (40, 70),
            (20, 56),
        ],
        ON,
    )
    s.polygon([(58, 52), (82, 58), (96, 70), (72, 70), (48, 72)], ON)
    s.polygon([(30, 58), (8, 84), (26, 82), (34, 94), (50, 68)], ON)


def _leaf(s: Sheet) -> None:
    s.curve([(50, 0), (72, 22), (80, 50), (68, 76), (50, 88), (32, 76), (20, 50), (28, 22)], ON)
    s.rect((48.8, 22, 51.2, 100), OFF)
    s.rect((48.4, 88, 51.6, 100), ON)
    for y in (38, 54, 70):
        s.line([(50, y), (66, y - 15)], 2, OFF)
        s.line([(50, y), (34, y - 15)], 2, OFF)


def _butterfly(s: Sheet) -> None:
    for side in (-1, 1):
        s.curve(
            [
                (50 + side * x, y)
                for x, y in ((3, 44), (20, 14), (44, 8), (46, 34), (28, 52), (4, 52))
            ],
            ON,
        )
        s.curve(
            [(50 + side * x, y) for x, y in ((3, 54), (26, 56), (36, 72), (24, 92), (9, 80))], ON
        )
        s.disc((50 + side * 32, 28), 6, OFF)
        s.disc((50 + side * 22, 74), 4.5, OFF)
        s.line([(50, 34), (50 + side * 12, 8)], 1.8, ON)
    s.oval((50, 55), (3.4, 24), ON)


def _sunflower(s: Sheet) -> None:
    for turn in range(12):
        angle = 2 * pi * turn / 12
        s.disc((50 + cos(angle) * 29, 40 + sin(angle) * 29), 9.4, ON)
    s.disc((50, 40), 29, ON)
    s.disc((50, 40), 17, OFF)
    s.disc((50, 40), 12, ON)
    s.rect((47.5, 74, 52.5, 100), ON)


def _rose(s: Sheet) -> None:
    s.curve(
        [
            (26, 12),
            (38, 20),
            (50, 4),
            (62, 20),
            (74, 12),
            (77, 36),
            (66, 54),
            (50, 59),
            (34, 54),
            (23, 36),
        ],
        ON,
    )
    s.curve([(37, 24), (48, 44), (50, 59), (44, 46)], OFF)
    s.curve([(63, 24), (52, 44), (50, 59), (56, 46)], OFF)
    s.rect((48.2, 57, 51.8, 100), ON)
    s.curve([(51, 96), (60, 72), (80, 58), (76, 78)], ON)
    s.curve([(49, 99), (40, 80), (22, 70), (25, 88)], ON)


def _cactus(s: Sheet) -> None:
    s.rect((41, 14, 59, 96), ON)
    s.disc((50, 14), 9, ON)
    s.line([(24, 32), (24, 56), (46, 56)], 12, ON)
    s.disc((24, 32), 6, ON)
    s.line([(76, 24), (76, 46), (54, 46)], 12, ON)
    s.disc((76, 24), 6, ON)
    for x in (46, 50, 54):
        s.rect((x - 0.5, 16, x + 0.5, 96), OFF)


def _spider(s: Sheet) -> None:
    s.rect((49.3, 0, 50.7, 44), ON)
    s.oval((50, 62), (15, 18), ON)
    s.disc((50, 42), 8.5, ON)
    for side in (-1, 1):
        for knee, foot in (
            ((34, 22), (40, 4)),
            ((40, 40), (48, 24)),
            ((40, 58), (48, 78)),
            ((32, 72), (36, 98)),
        ):
            s.line(
                [
                    (50 + side * 8, 48),
                    (50 + side * knee[0], knee[1]),
                    (50 + side * foot[0], foot[1]),
                ],
                2.8,
                ON,
            )


def _candle(s: Sheet) -> None:
    s.curve([(50, 0), (60, 20), (56, 32), (44, 32), (40, 20)], ON)
    s.rect((49, 30, 51, 40), ON)
    s.rect((36, 40, 64, 88), ON)
    s.polygon([(18, 88), (82, 88), (72, 98), (28, 98)], ON)


def _bulb(s: Sheet) -> None:
    s.disc((50, 36), 34, ON)
    s.polygon([(24, 56), (76, 56), (64, 76), (36, 76)], ON)
    for y in (79, 86, 93):
        s.rect((38, y, 62, y + 4.6), ON)
    s.line([(42, 72), (38, 42), (50, 52), (62, 42), (58, 72)], 2.6, OFF)


def _cat(s: Sheet) -> None:
    s.curve([(34, 96), (28, 70), (36, 46), (50, 40), (64, 46), (72, 70), (66, 96), (50, 97)], ON)
    s.disc((50, 30), 20, ON)
    s.polygon([(31, 28), (30, 2), (48, 14)], ON)
    s.polygon([(69, 28), (70, 2), (52, 14)], ON)
    s.arc((72, 80), 17, (270, 450), 6, ON)
    s.line([(60, 96.5), (74, 96.5)], 6, ON)
    s.oval((42.5, 29), (3, 4.4), OFF)
    s.oval((57.5, 29), (3, 4.4), OFF)


NATURE: dict[str, Callable[[Sheet], None]] = {
    "moon": _moon, "sun": _sun, "planet": _planet, "atom": _atom, "flame": _flame, "bolt": _bolt,
    "boat": _boat, "peak": _peak, "bird": _bird, "leaf": _leaf, "butterfly": _butterfly,
    "sunflower": _sunflower, "rose": _rose, "cactus": _cactus, "spider": _spider,
    "candle": _candle, "bulb": _bulb, "cat": _cat,
}  # fmt: skip
