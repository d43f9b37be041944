"""One bold flat thing per poster, cut as a stencil of 100 by 100: things, people make them."""

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin

from PIL import Image

from .brief import Brief, choose
from .emblems_nature import NATURE
from .sheet import Point, Sheet

ON, OFF = 255, 0
Cutter = Callable[[Sheet], None]


def star_points(centre: Point, outer: float, inner: float, tips: int) -> list[Point]:
    turns = [(-pi / 2 + pi * i / tips, inner if i % 2 else outer) for i in range(2 * tips)]
    return [(centre[0] + cos(a) * r, centre[1] + sin(a) * r) for a, r in turns]


def _eye(s: Sheet) -> None:
    s.curve([(2, 52), (26, 28), (50, 21), (74, 28), (98, 52), (74, 74), (50, 80), (26, 74)], ON)
    s.disc((50, 50), 24, OFF)
    s.disc((50, 50), 18, ON)
    s.disc((57, 43), 6, OFF)


def _keyhole(s: Sheet) -> None:
    s.disc((50, 34), 24, ON)
    s.polygon([(42, 44), (58, 44), (71, 96), (29, 96)], ON)


def _door(s: Sheet) -> None:
    s.rect((22, 4, 78, 96), ON)
    s.polygon([(30, 12), (70, 12), (70, 96), (30, 96)], OFF)
    s.polygon([(30, 12), (58, 22), (58, 96), (30, 96)], ON)
    s.disc((52, 58), 2.6, OFF)


def _stair(s: Sheet) -> None:
    for step in range(6):
        s.rect((2 + step * 16, 82 - step * 15, 100, 96), ON)


def _crown(s: Sheet) -> None:
    s.polygon([(8, 76), (4, 30), (28, 54), (50, 18), (72, 54), (96, 30), (92, 76)], ON)
    s.rect((8, 81, 92, 91), ON)
    for x, y in ((4, 26), (50, 13), (96, 26)):
        s.disc((min(93, max(7, x)), y), 6, ON)


def _rocket(s: Sheet) -> None:
    s.curve([(50, 2), (66, 26), (68, 56), (62, 76), (38, 76), (32, 56), (34, 26)], ON)
    s.polygon([(33, 52), (14, 76), (14, 92), (36, 76)], ON)
    s.polygon([(67, 52), (86, 76), (86, 92), (64, 76)], ON)
    s.disc((50, 34), 9, OFF)
    s.polygon([(41, 81), (59, 81), (50, 100)], ON)


def _heart(s: Sheet) -> None:
    s.disc((29, 34), 24, ON)
    s.disc((71, 34), 24, ON)
    s.polygon([(9, 47), (29, 34), (50, 28), (71, 34), (91, 47), (50, 94)], ON)


def _dagger(s: Sheet) -> None:
    s.polygon([(42, 38), (58, 38), (58, 78), (50, 100), (42, 78)], ON)
    s.rect((26, 30, 74, 37), ON)
    s.rect((45, 6, 55, 30), ON)
    s.disc((50, 6), 6, ON)
    s.rect((49.2, 44, 50.8, 84), OFF)


def _reel(s: Sheet) -> None:
    s.disc((50, 50), 47, ON)
    for turn in range(5):
        angle = 2 * pi * turn / 5 - pi / 2
        s.disc((50 + cos(angle) * 27, 50 + sin(angle) * 27), 12, OFF)
    s.disc((50, 50), 5, OFF)


def _record(s: Sheet) -> None:
    s.disc((50, 50), 47, ON)
    for radius in (42, 37, 32, 27):
        s.ring((50, 50), radius, 1.1, OFF)
    s.disc((50, 50), 16, OFF)
    s.disc((50, 50), 12, ON)
    s.disc((50, 50), 3, OFF)


def _badge(s: Sheet) -> None:
    s.polygon(star_points((50, 52), 48, 21, 5), ON)
    s.disc((50, 52), 13, OFF)
    s.polygon(star_points((50, 52), 11, 4.6, 5), ON)


def _balloon(s: Sheet) -> None:
    s.curve(
        [(50, 2), (76, 12), (84, 36), (70, 58), (57, 72), (43, 72), (30, 58), (16, 36), (24, 12)],
        ON,
    )
    s.curve([(50, 2), (58, 34), (51.5, 72), (48.5, 72), (42, 34)], OFF)
    s.rect((43, 82, 57, 95), ON)
    s.line([(43, 71), (44, 83)], 1.2, ON)
    s.line([(57, 71), (56, 83)], 1.2, ON)


def _hourglass(s: Sheet) -> None:
    s.rect((18, 4, 82, 12), ON)
    s.rect((18, 88, 82, 96), ON)
    s.polygon(
        [
            (24, 15),
            (76, 15),
            (74, 30),
            (53, 50),
            (74, 70),
            (76, 85),
            (24, 85),
            (26, 70),
            (47, 50),
            (26, 30),
        ],
        ON,
    )
    s.polygon([(31, 19), (69, 19), (68, 28), (32, 28)], OFF)
    s.polygon([(50, 58), (68, 75), (69, 79), (31, 79), (32, 75)], OFF)


def _lens(s: Sheet) -> None:
    s.line([(60, 60), (92, 92)], 12, ON)
    s.disc((40, 40), 37, ON)
    s.disc((40, 40), 28, OFF)
    s.arc((40, 40), 21, (190, 265), 4, ON)


def _sword(s: Sheet) -> None:
    s.polygon([(45, 4), (50, -2), (55, 4), (55, 68), (45, 68)], ON)
    s.rect((24, 68, 76, 75), ON)
    s.rect((46, 75, 54, 92), ON)
    s.disc((50, 94), 6, ON)
    s.rect((49.3, 8, 50.7, 64), OFF)


def _house(s: Sheet) -> None:
    s.polygon([(50, 6), (97, 48), (84, 48), (84, 94), (16, 94), (16, 48), (3, 48)], ON)
    s.rect((68, 10, 78, 34), ON)
    s.rect((42, 62, 58, 94), OFF)
    s.rect((26, 54, 36, 66), OFF)
    s.rect((64, 54, 74, 66), OFF)


def _umbrella(s: Sheet) -> None:
    s.slice((50, 52), 46, (180, 360), ON)
    for x in (16, 39, 61, 84):
        s.oval((x, 52), (11.4, 6), OFF)
    s.line([(50, 2), (50, 86)], 3.4, ON)
    s.arc((42, 86), 9.6, (0, 180), 3.4, ON)


def _bowler(s: Sheet) -> None:
    s.oval((50, 46), (28, 28), ON)
    s.rect((22, 46, 78, 65), ON)
    s.rect((10, 50, 90, 56), OFF)
    s.curve([(2, 59), (14, 64), (50, 67), (86, 64), (98, 59), (91, 73), (50, 81), (9, 73)], ON)


def _key(s: Sheet) -> None:
    s.disc((50, 24), 22, ON)
    s.disc((50, 20), 9, OFF)
    s.rect((45, 40, 55, 98), ON)
    s.rect((55, 72, 72, 79), ON)
    s.rect((55, 86, 68, 93), ON)


def _pawn(s: Sheet) -> None:
    s.disc((50, 24), 17, ON)
    s.rect((33, 41, 67, 47), ON)
    s.curve([(42, 46), (58, 46), (61, 66), (74, 84), (26, 84), (39, 66)], ON)
    s.rect((20, 84, 80, 96), ON)


def _microphone(s: Sheet) -> None:
    s.disc((50, 26), 22, ON)
    for y in (18, 26, 34):
        s.rect((26, y, 74, y + 2), OFF)
    s.polygon([(34, 48), (66, 48), (57, 98), (43, 98)], ON)


def _camera(s: Sheet) -> None:
    s.disc((28, 24), 18, ON)
    s.disc((62, 22), 21, ON)
    s.rect((12, 42, 72, 88), ON)
    s.polygon([(75, 58), (98, 46), (98, 84), (75, 72)], ON)
    s.disc((28, 24), 6, OFF)
    s.disc((62, 22), 7, OFF)


def _medal(s: Sheet) -> None:
    s.polygon([(30, 0), (46, 0), (62, 44), (46, 48)], ON)
    s.polygon([(70, 0), (54, 0), (38, 44), (54, 48)], ON)
    s.disc((50, 68), 29, ON)
    s.polygon(star_points((50, 68), 20, 8.6, 5), OFF)


def _newspaper(s: Sheet) -> None:
    s.rect((14, 4, 86, 96), ON)
    s.rect((22, 12, 78, 24), OFF)
    s.rect((22, 32, 47, 62), OFF)
    for y in range(32, 92, 8):
        s.rect((52 if y < 64 else 22, y, 78, y + 3), OFF)


def _tv(s: Sheet) -> None:
    s.line([(50, 28), (26, 2)], 3, ON)
    s.line([(50, 28), (74, 2)], 3, ON)
    s.rounded((4, 27, 96, 93), 9, ON)
    s.rounded((12, 35, 73, 85), 8, OFF)
    s.disc((83, 48), 4.5, OFF)
    s.disc((83, 64), 4.5, OFF)


THINGS: dict[str, Cutter] = {
    "eye": _eye, "keyhole": _keyhole, "door": _door, "stair": _stair, "crown": _crown,
    "rocket": _rocket, "heart": _heart, "dagger": _dagger, "reel": _reel, "record": _record,
    "badge": _badge, "balloon": _balloon, "hourglass": _hourglass, "lens": _lens,
    "sword": _sword, "house": _house, "umbrella": _umbrella, "bowler": _bowler, "key": _key,
    "pawn": _pawn, "microphone": _microphone, "camera": _camera, "medal": _medal,
    "newspaper": _newspaper, "tv": _tv,
}  # fmt: skip
BY_GENRE = {
    28: "flame bolt dagger hourglass", 12: "boat peak key balloon bird",
    16: "balloon cat butterfly sunflower", 35: "bowler umbrella cat bulb",
    80: "keyhole lens dagger pawn bowler", 99: "reel camera eye leaf", 18: "door stair leaf bird",
    10751: "house balloon bird sunflower", 14: "crown sword moon butterfly key",
    36: "crown sword medal hourglass", 27: "eye moon spider door keyhole candle",
    10402: "record microphone bolt", 9648: "keyhole lens eye key stair",
    10749: "heart rose moon umbrella", 878: "rocket planet eye atom", 53: "eye pawn keyhole stair",
    10752: "medal bird flame", 37: "badge cactus sun", 10759: "flame bolt sword",
    10765: "planet rocket atom moon", 10763: "newspaper tv microphone", 10767: "microphone tv",
    10766: "heart rose door", 10768: "pawn medal crown", 10762: "balloon cat sunflower",
    10764: "camera tv bulb",
}  # fmt: skip
ANY = "reel door eye leaf moon bird"
CUTTERS = THINGS | NATURE


def emblem_name(brief: Brief, subject: str) -> str:
    names = " ".join(BY_GENRE.get(genre, "") for genre in brief.genres[:2]).split()
    return choose(subject, "emblem", names or ANY.split())


@lru_cache(maxsize=64)
def emblem_mask(name: str, size: int) -> Image.Image:
    sheet = Sheet((100, 100), size * 2 / 100, OFF)
    CUTTERS[name](sheet)
    return sheet.image.reduce(2)


def stamp_emblem(plate: Sheet, name: str, centre: Point, size: float) -> None:
    mask = emblem_mask(name, max(2, plate.px(size)))
    plate.stamp(mask, (centre[0] - size / 2, centre[1] - size / 2), ON)
