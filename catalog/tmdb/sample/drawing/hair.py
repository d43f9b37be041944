"""Hair and hats, for the figure's box of 100 by 100."""

from collections.abc import Callable

from .sheet import Point, Sheet, smooth
from .stand import Stand

ON = 255


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
    temples: list[list[Point]] = [
        [(32.4, 40), (31, 30), (33, 21), (35.4, 27)],
        [(67.6, 40), (69, 30), (67, 21), (64.6, 27)],
    ]
    for path in temples:
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


STYLES: dict[str, Callable[[Sheet, Stand], None]] = {
    "crop": _crop, "side": _side, "swept": _swept, "curls": _curls, "fringe": _fringe,
    "halo": _halo, "bald": _bald, "jaw": _jaw, "hat": _hat, "cap": _cap,
}  # fmt: skip
