"""Which landscape a title gets."""

from .plan import Plan
from .scenes import SCENES
from .sheet import Sheet

BY_GENRE = {
    28: "city dunes peaks beams", 12: "peaks sea dunes", 16: "hills sea castle peaks",
    35: "hills city homestead road", 80: "city road woods", 99: "peaks sea hills",
    18: "road sea homestead hills city", 10751: "hills homestead castle", 14: "castle woods peaks",
    36: "beams castle hills mesas", 27: "woods castle homestead", 10402: "city hills road",
    9648: "woods road city", 10749: "sea hills city", 878: "planet dunes city", 53: "road woods city",
    10752: "beams dunes peaks", 37: "mesas", 10759: "peaks city dunes", 10765: "planet castle woods",
    10763: "city", 10766: "homestead city", 10767: "city", 10768: "beams city", 10762: "hills",
    10764: "sea city",
}  # fmt: skip
ANY = "peaks sea hills road city"


def paint_scene(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    names = " ".join(BY_GENRE.get(genre, "") for genre in plan.brief.genres[:2]).split()
    SCENES[plan.pick("scene", names or ANY.split())](sheet, plan, horizon, focus)
