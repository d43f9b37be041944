"""From a brief to the bytes of its picture."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from . import families, families_type, wide
from .brief import Brief
from .logos import ICON, LOGO, draw_logo
from .palette import dimmed, look_for
from .plan import Plan
from .portraits import PORTRAIT, draw_portrait
from .sheet import Sheet
from .texture import with_grain

POSTER, WIDE = (100.0, 150.0), (160.0, 90.0)
QUALITY = 78
LONG, LONGEST = 24, 40
Family = Callable[[Sheet, Plan], None]
FAMILIES: dict[str, tuple[Family, Family]] = {
    "big type": (families_type.big_type, wide.big_type),
    "horizon": (families.horizon, wide.horizon),
    "rings": (families_type.rings, wide.rings),
    "strips": (families_type.strips, wide.strips),
    "split": (families.split, wide.split),
    "silhouette": (families.silhouette, wide.silhouette),
    "grid": (families_type.grid, wide.grid),
    "title card": (families.title_card, wide.title_card),
    "emblem": (families.emblem, wide.emblem),
}
# How often each is drawn; a head full of landscape is a trick that tires.
DECK = [name for name in FAMILIES for _ in range(2)] + ["horizon", "big type", "emblem"]
STILLS = ["horizon"] * 7 + ["title card", "emblem", "split", "silhouette", "big type"]


def draw(brief: Brief, width: int) -> bytes:
    """A JPEG of that width, or for a logo a PNG."""
    if brief.shape == "logo":
        shape = ICON if brief.key.startswith("provider") else LOGO
        return _encoded(_sheet(shape, width), lambda sheet: draw_logo(sheet, brief), width, "PNG")
    if brief.shape == "portrait":
        return _encoded(_sheet(PORTRAIT, width), lambda sheet: draw_portrait(sheet, brief), width)
    if brief.shape == "poster":
        plan = Plan(brief, look_for(brief), brief.key)
        family = FAMILIES[plan.pick("family", _deck(brief))][0]
        return _encoded(_sheet(POSTER, width), lambda sheet: family(sheet, plan), width)
    return _encoded(_sheet(WIDE, width), lambda sheet: _draw_wide(sheet, brief), width)


def _deck(brief: Brief) -> list[str]:
    """Families for the title: a long one is no block, and no quiet card."""
    if len(brief.name) <= LONG:
        return DECK
    if len(brief.name) > LONGEST:
        return ["horizon", "rings", "strips"]
    return [name for name in DECK if name not in ("big type", "title card", "silhouette")]


def _draw_wide(sheet: Sheet, brief: Brief) -> None:
    plan = Plan(brief, dimmed(look_for(brief)), brief.key)
    deck = _deck(brief)
    if brief.shape == "still":
        look = plan.look
        grounds = [look.ground, look.dark, look.main, look.second]
        plan = Plan(brief, look.on(plan.pick("hour", grounds)), brief.key)
        deck = STILLS
    sheet.rect((0, 0, sheet.width, sheet.height), plan.look.ground)
    FAMILIES[plan.pick("family", deck)][1](sheet, plan)
    if brief.shape == "backdrop":
        wide.quieten(sheet, plan)
    elif plan.pick("mirrored", (True, False)):
        sheet.image = sheet.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _sheet(units: tuple[float, float], width: int) -> Sheet:
    """Drawn larger than asked for, since Pillow's own edges are not smooth."""
    larger = 4 if width <= 200 else 3 if width <= 320 else 2 if width <= 1300 else 1
    return Sheet(units, width * larger / units[0], (0, 0, 0))


def _encoded(sheet: Sheet, paint: Callable[[Sheet], None], width: int, form: str = "JPEG") -> bytes:
    paint(sheet)
    picture = sheet.image
    if picture.width != width:
        picture = picture.reduce(picture.width // width)
    out = BytesIO()
    if form == "PNG":
        picture.save(out, "PNG", optimize=True)
    else:
        with_grain(picture).save(out, "JPEG", quality=QUALITY, subsampling=0 if width <= 500 else 2)
    return out.getvalue()
