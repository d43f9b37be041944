"""Which landscape a title gets."""

from .plan import Plan
from .scenes import SCENES
from .sheet import Sheet

BY_GENRE = {
    28: "city dunes peaks beams", 12: "peaks sea dunes", 16: "hills sea castle peaks",
    35: "hills stage homestead road", 80: "city road corridor", 99: "peaks sea hills",
    18: "road sea homestead window corridor city", 10751: "hills homestead castle",
    14: "castle woods peaks", 36: "beams castle hills mesas", 27: "woods castle corridor",
    10402: "stage stage city", 9648: "woods window corridor city", 10749: "sea hills window",
    878: "planet dunes city", 53: "road woods corridor city", 10752: "beams dunes peaks",
    37: "mesas", 10759: "peaks city dunes", 10765: "planet castle woods", 10763: "city",
    10766: "homestead window", 10767: "stage city", 10768: "beams city", 10762: "hills",
    10764: "sea city",
}  # fmt: skip
ANY = "peaks sea hills road city"


# An episode looks elsewhere than its series does.
EVERYDAY = ["window", "corridor", "road", "city", "homestead", "sea", "woods", "hills"]
# What still reads when it is seen through the outline of a head.
OPEN_AIR = ("peaks", "sea", "woods", "dunes", "hills", "city")


def paint_open_air(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    names = " ".join(BY_GENRE.get(genre, "") for genre in plan.brief.genres[:2]).split()
    open_air = [name for name in names if name in OPEN_AIR] or ["peaks", "sea", "hills"]
    SCENES[plan.pick("scene", open_air)](sheet, plan, horizon, focus)


def paint_scene(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    names = " ".join(BY_GENRE.get(genre, "") for genre in plan.brief.genres[:2]).split()
    if plan.brief.shape == "still":
        names += EVERYDAY
    SCENES[plan.pick("scene", names or ANY.split())](sheet, plan, horizon, focus)
