"""The poster families that are led by a scene, a thing or a person."""

from .emblems import stamp_emblem
from .figures import Figure, plates
from .palette import contrast, mix
from .plan import Plan
from .scene_choice import paint_open_air, paint_scene
from .sheet import Sheet
from .stand import Stand
from .titling import hand_for, set_title, small_print

ON = 255
OUTLINES = ("crop", "side", "swept", "curls", "fringe", "halo", "jaw", "hat")


def _ground(sheet: Sheet, plan: Plan) -> None:
    sheet.rect((0, 0, sheet.width, sheet.height), plan.look.ground)


def horizon(sheet: Sheet, plan: Plan) -> None:
    _ground(sheet, plan)
    low = plan.pick("title place", ("sky", "sky", "earth")) == "earth"
    focus = plan.pick("focus", (32.0, 50.0, 66.0))
    align = "centre" if focus == 50 else ("right" if focus < 50 else "left")
    hand = hand_for(plan, "grotesk gothic wide light book lower inline")
    look = plan.look
    if low:
        paint_scene(sheet, plan, 66, focus)
        sheet.rect((0, 112, 100, 150), look.dark)
        sheet.spray((0, 88, 100, 112), "down", (0, 1.1), look.dark)
        set_title(
            sheet, plan, hand, (7, 100, 93, 138), (look.light, look.light), align, "bottom", 22
        )
        small_print(sheet, plan, 145, mix(look.light, look.dark, 0.3), align)
        return
    paint_scene(sheet, plan, 101, focus)
    sky = (7, 9, 93, 49)
    # Not every scene leaves the ground to be seen there: a room's walls are dark.
    ink = look.text_on(sheet.tone(sky))
    set_title(sheet, plan, hand, sky, (ink, ink), align, "top", 24)
    small_print(sheet, plan, 144.5, look.light, align)


def title_card(sheet: Sheet, plan: Plan) -> None:
    """A frame, a thing in the middle, quiet letters."""
    _ground(sheet, plan)
    look = plan.look
    border = plan.pick("border", ("line", "band", "none"))
    if border == "line":
        sheet.rect((5, 5, 95, 145), look.ink)
        sheet.rect((5.7, 5.7, 94.3, 144.3), look.ground)
    elif border == "band":
        sheet.rect((0, 0, 100, 150), look.standing(look.main, look.pop))
        sheet.rect((6, 6, 94, 144), look.ground)
    thing(sheet, plan, (50, 50), 54)
    hand = hand_for(plan, "light book grotesk wide soft")
    set_title(sheet, plan, hand, (13, 92, 87, 131), (look.ink, look.ink), "centre", "middle", 15)
    small_print(sheet, plan, 139, mix(look.ink, look.ground, 0.15), "centre", (12, 88))


def thing(sheet: Sheet, plan: Plan, centre: tuple[float, float], size: float) -> None:
    """The emblem, on its own or before a disc, printed slightly out of register."""
    look = plan.look
    plate = sheet.stencil()
    stamp_emblem(plate, plan.emblem, centre, size)
    back = plan.pick("behind", ("disc", "shadow", "bare"))
    colour = look.spark
    if back == "disc":
        disc = look.standing(look.body, look.second, look.pop)
        sheet.disc(centre, size * (0.66 if size < 60 else 0.58), disc)
        colour = look.light if contrast(look.light, disc) > contrast(look.dark, disc) else look.dark
    elif back == "shadow":
        under = sheet.stencil()
        stamp_emblem(under, plan.emblem, (centre[0] + 2.6, centre[1] + 2.6), size)
        sheet.press(under, look.standing(look.second, look.main))
    sheet.press(plate, colour)
    box = (0.0, centre[1] - size / 2, sheet.width, centre[1] + size / 2)
    sheet.spray(box, "down", (-0.5, 0.45), mix(colour, look.dark, 0.4), plate)


def emblem(sheet: Sheet, plan: Plan) -> None:
    """One thing, as large as the sheet, and the title beneath or above it."""
    _ground(sheet, plan)
    look = plan.look
    top = plan.pick("title place", (True, False))
    centre = (50.0, 97.0) if top else (50.0, 55.0)
    rays(sheet, plan, centre)
    thing(sheet, plan, centre, 74)
    hand = hand_for(plan, "gothic grotesk fat soft inline lower")
    box = (7.0, 9.0, 93.0, 46.0) if top else (7.0, 104.0, 93.0, 138.0)
    set_title(sheet, plan, hand, box, (look.ink, look.ink), "left", "top" if top else "bottom", 24)
    small_print(sheet, plan, 145, look.ink, "ends")


def rays(sheet: Sheet, plan: Plan, centre: tuple[float, float]) -> None:
    if plan.pick("rays", (True, False, False)):
        soft = mix(plan.look.ground, plan.look.standing(plan.look.second, plan.look.main), 0.22)
        for turn in range(0, 360, 20):
            sheet.slice(centre, 200, (turn, turn + 10), soft)


def split(sheet: Sheet, plan: Plan) -> None:
    """Two halves; what straddles the seam changes colours with them."""
    look = plan.look
    one, two = look.ground, look.standing(look.body, look.pop, look.second)
    _ground(sheet, plan)
    half = sheet.stencil()
    way = plan.pick("seam", ("upright", "slant", "level"))
    shapes = {
        "upright": [(50, 0), (100, 0), (100, 150), (50, 150)],
        "slant": [(0, 120), (100, 20), (100, 150), (0, 150)],
        "level": [(0, 62), (100, 62), (100, 150), (0, 150)],
    }
    half.polygon(shapes[way], ON)
    sheet.press(half, two)
    cut = sheet.stencil()
    stamp_emblem(cut, plan.emblem, (50, 62), 80)
    outside = cut.copy().cut(half)
    sheet.press(cut, one)
    sheet.press(outside, two)
    sheet.spray((0, 20, 100, 104), "down", (-0.4, 0.5), mix(one, look.dark, 0.4), cut.keep(half))
    band = look.dark if look.ground != look.dark else look.light
    sheet.rect((0, 108, 100, 150), band)
    ink = look.on(band).ink
    hand = hand_for(plan, "grotesk gothic wide lower book")
    set_title(sheet, plan, hand, (7, 114, 93, 138), (ink, ink), "left", "middle", 18)
    small_print(sheet, plan, 145, mix(ink, band, 0.25), "ends")


def filled_head(sheet: Sheet, plan: Plan, stand: Stand, horizon: float) -> None:
    """A head and shoulders that open on a landscape."""
    look = plan.look
    source = plan.dice("sitter")
    girth, mirrored = source.uniform(0.92, 1.05), source.random() < 0.5
    figure = Figure(source.choice(OUTLINES), "turtleneck", girth, 2, mirrored)
    air = look.dark if contrast(look.dark, look.ground) > 1.6 else look.body
    within = Plan(plan.brief, look.on(air), plan.subject)
    picture = Sheet((sheet.width, sheet.height), sheet.scale, air)
    paint_open_air(picture, within, horizon, stand.left + stand.size * source.choice((0.34, 0.66)))
    sheet.lay(picture, plates(sheet, figure, stand).whole())


def silhouette(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    _ground(sheet, plan)
    if plan.pick("halo", (True, False)):
        sheet.disc((50, 88), 42, look.standing(look.second, look.pop, look.main))
    filled_head(sheet, plan, Stand(-4, 47, 108, False), 113)
    hand = hand_for(plan, "grotesk gothic light wide book inline")
    small_print(sheet, plan, 9, look.ink, "centre")
    set_title(sheet, plan, hand, (7, 15, 93, 42), (look.ink, look.ink), "centre", "top", 17)
