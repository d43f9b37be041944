"""Landscapes of flat printed layers, for any size of sheet and any height of the horizon."""

from collections.abc import Callable
from math import cos
from random import Random

from .palette import mix
from .plan import Plan
from .scenes_built import beams, castle, city, homestead, road
from .scenes_rooms import corridor, stage, window
from .sheet import Colour, Sheet

ON = 255
Scene = Callable[[Sheet, Plan, float, float], None]


def tone(plan: Plan, depth: float) -> Colour:
    """From the big shape's colour far away to nearly black close by."""
    return mix(plan.look.body, plan.look.dark, depth)


def layer(
    sheet: Sheet, points: list[tuple[float, float]], colour: Colour, shade: Colour | None = None
) -> None:
    plate = sheet.stencil()
    plate.polygon([*points, (sheet.width, sheet.height), (0, sheet.height)], ON)
    sheet.press(plate, colour)
    if shade is not None:
        top = min(y for _, y in points)
        box = (0, top, sheet.width, min(sheet.height, top + 46))
        sheet.spray(box, "down", (0.0, 0.75), shade, plate)


def orb(sheet: Sheet, plan: Plan, x: float, y: float, radius: float) -> None:
    look = plan.look
    colour = look.standing(look.pop, look.main, look.light)
    sheet.disc((x, y), radius, colour)
    if plan.pick("orb", (True, False)):
        plate = sheet.stencil()
        plate.disc((x, y), radius, ON)
        box = (x - radius, y - radius, x + radius, y + radius)
        sheet.spray(box, "down", (-0.2, 0.7), look.standing(look.main, look.second), plate)


def bands(sheet: Sheet, plan: Plan, horizon: float) -> None:
    """A sky in flat steps towards the horizon's colour."""
    look = plan.look
    goal = look.standing(look.second, look.main)
    steps = plan.pick("bands", (0, 4, 5))
    for step in range(steps):
        top = horizon * (0.45 + 0.55 * step / steps)
        share = 0.5 * (step + 1) / steps
        sheet.rect((0, top, sheet.width, horizon + 4), mix(look.ground, goal, share))


def ridge(
    source: Random, width: float, level: float, height: float, step: float
) -> list[tuple[float, float]]:
    points = [(-step, level)]
    x, up = -step * source.random(), True
    while x < width + step * 2:
        rise = height * source.uniform(0.45, 1) if up else height * source.uniform(-0.1, 0.25)
        points.append((x, level - rise))
        x += step * source.uniform(0.6, 1.3)
        up = not up
    return points


def peaks(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    bands(sheet, plan, horizon)
    orb(sheet, plan, focus, horizon - 22, 15)
    source = plan.dice("peaks")
    for depth in range(3):
        level = horizon + depth * 17
        points = ridge(source, sheet.width, level, 26 - 5 * depth, 26 - depth * 5)
        dark = 0.12 + 0.38 * depth
        layer(sheet, points, tone(plan, dark), tone(plan, min(1, dark + 0.4)))


def dunes(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    orb(sheet, plan, focus, horizon - 14, 20)
    source = plan.dice("dunes")
    for depth in range(4):
        level = horizon + depth * (6 + depth * 4)
        crest = sheet.width * source.uniform(0.2, 0.8)
        points = [(0.0, level + source.uniform(0, 9)), (crest, level - 9 + depth)]
        points += [(sheet.width, level + source.uniform(2, 12))]
        plate = sheet.stencil()
        rim = [(-40.0, level + 30), *points, (sheet.width + 40, level + 30)]
        plate.curve([*rim, (sheet.width + 40, sheet.height + 60), (-40, sheet.height + 60)], ON)
        sheet.press(plate, tone(plan, 0.08 + depth * 0.24))
        box = (0.0, level - 9, sheet.width, min(sheet.height, level + 26))
        sheet.spray(box, "left", (-0.2, 0.8), tone(plan, min(1, 0.4 + depth * 0.24)), plate)
    _walker(sheet, plan, focus - 18, horizon + 8)


def _walker(sheet: Sheet, plan: Plan, x: float, y: float) -> None:
    dark = plan.look.dark
    sheet.disc((x, y - 6.4), 0.9, dark)
    sheet.polygon([(x - 1, y - 5.4), (x + 1, y - 5.4), (x + 1.7, y), (x - 1.7, y)], dark)


def mesas(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    bands(sheet, plan, horizon)
    orb(sheet, plan, focus, horizon - 12, 17)
    source = plan.dice("mesas")
    for depth in range(2):
        x = focus - 70 + depth * 30
        while x < sheet.width + 20:
            width, high = source.uniform(12, 30), source.uniform(20, 46) * (1 - depth * 0.35)
            foot = horizon + 3 + depth * 6
            points = [(x, foot), (x + 4, foot - high * 0.45), (x + 6, foot - high)]
            points += [(x + width, foot - high), (x + width + 2, foot - high * 0.45)]
            sheet.polygon([*points, (x + width + 7, foot)], tone(plan, 0.15 + depth * 0.35))
            x += width + source.uniform(14, 40)
    for depth, drop in enumerate((0.0, 9.0, 26.0)):
        level = horizon + drop
        colour = tone(plan, 0.3 + 0.3 * depth)
        layer(sheet, [(0, level + 2), (sheet.width, level)], colour, tone(plan, 0.6 + 0.2 * depth))
    _walker(sheet, plan, focus - 8, horizon + 14)


def sea(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look = plan.look
    bands(sheet, plan, horizon)
    orb(sheet, plan, focus, horizon - 3, 24)
    sheet.rect((0, horizon, sheet.width, sheet.height), tone(plan, 0.25))
    sheet.spray((0, horizon, sheet.width, sheet.height), "down", (0, 0.9), tone(plan, 0.8))
    source = plan.dice("sea")
    glint = look.standing(look.pop, look.light)
    y, thick = horizon + 2.0, 0.8
    while y < sheet.height - 14 and thick < 3.4:
        half = source.uniform(6, 22)
        sheet.rounded((focus - half, y, focus + half, y + thick), thick / 2, glint)
        y += thick * 2.6
        thick *= 1.16
    x = focus - source.uniform(26, 34)
    hull = look.standing(look.dark, look.light)
    sheet.polygon([(x, horizon - 9), (x, horizon - 1), (x + 5, horizon - 1)], hull)
    keel = [(x - 4, horizon), (x + 7, horizon), (x + 5, horizon + 2), (x - 2, horizon + 2)]
    sheet.polygon(keel, hull)


def woods(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    orb(sheet, plan, focus, horizon - 24, 18)
    source = plan.dice("woods")
    bare = plan.has(27, 53, 9648, 80)
    for depth in range(3):
        level, colour = horizon + 6 + depth * 13, tone(plan, 0.2 + 0.38 * depth)
        rise = source.uniform(-3, 3)
        ground = [(sheet.width * x / 8, level + rise * cos(x + depth)) for x in range(9)]
        layer(sheet, ground, colour)
        x = source.uniform(-6, 4)
        while x < sheet.width + 8:
            high = source.uniform(26, 44) * (0.62 + depth * 0.24)
            if abs(x - focus) > 7 + depth * 7:
                _tree(sheet, (x, level + 1), high, colour, bare, source)
            x += source.uniform(5, 11) * (1 + depth * 0.55)
        box = (0, level - 30, sheet.width, level + 4)
        sheet.spray(box, "down", (-0.2, 0.16), mix(plan.look.ground, plan.look.light, 0.2))
    layer(sheet, [(0, horizon + 40), (sheet.width, horizon + 38)], tone(plan, 1.0))


def _fir(sheet: Sheet, foot: tuple[float, float], high: float, colour: Colour) -> None:
    x, y = foot
    for tier in range(3):
        half, top = high * (0.1 + 0.05 * tier), y - high + tier * high * 0.24
        low = top + high * 0.4
        sheet.polygon([(x, top), (x + half, low), (x - half, low)], colour)
    sheet.rect((x - high * 0.02, y - high * 0.2, x + high * 0.02, y), colour)


def _tree(
    sheet: Sheet,
    foot: tuple[float, float],
    high: float,
    colour: Colour,
    bare: bool,
    source: Random,
) -> None:
    x, y = foot
    if not bare:
        _fir(sheet, foot, high, colour)
        return
    thick, lean = high * 0.035, source.uniform(-3, 3)
    sheet.polygon(
        [(x - thick, y), (x + lean - 0.2, y - high), (x + lean + 0.2, y - high), (x + thick, y)],
        colour,
    )
    for _ in range(4):
        at, side = source.uniform(0.4, 0.85), source.choice((-1, 1))
        reach = high * (1 - at) * 0.6
        bx, by = x + lean * at, y - high * at
        path = [
            (bx, by),
            (bx + side * reach * 0.6, by - reach * 0.5),
            (bx + side * reach * 0.8, by - reach * 1.3),
        ]
        sheet.line(path, thick * 0.5, colour)


def planet(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look, source = plan.look, plan.dice("planet")
    for _ in range(int(sheet.width * 0.7)):
        x, y = source.uniform(0, sheet.width), source.uniform(0, horizon + 20)
        sheet.disc((x, y), source.choice((0.18, 0.18, 0.3, 0.45)), mix(look.ground, look.ink, 0.8))
    radius = source.choice((20.0, 27.0, 32.0))
    centre = (focus, horizon - 14)
    ball = sheet.stencil()
    ball.disc(centre, radius, ON)
    sheet.press(ball, look.standing(look.body, look.pop))
    box = (focus - radius, centre[1] - radius, focus + radius, centre[1] + radius)
    sheet.spray(box, "right", (-0.15, 1.15), look.dark, ball)
    if source.random() < 0.6:
        _girdle(sheet, plan, ball, centre, radius)
    moon = (focus - source.uniform(34, 44), horizon - source.uniform(30, 44))
    sheet.disc(moon, source.uniform(3, 6), look.standing(look.second, look.light))
    near = horizon + 30
    points = ridge(source, sheet.width, near, 9, 12)
    layer(sheet, points, tone(plan, 0.55), tone(plan, 1.0))
    _walker(sheet, plan, focus - 24, near - 2)


def _girdle(
    sheet: Sheet, plan: Plan, ball: Sheet, centre: tuple[float, float], radius: float
) -> None:
    ring = sheet.stencil()
    ring.oval(centre, (radius * 1.75, radius * 0.36), ON)
    hole = sheet.stencil()
    hole.oval(centre, (radius * 1.42, radius * 0.25), ON)
    upper = sheet.stencil()
    upper.rect((0, 0, sheet.width, centre[1]), ON)
    metal = plan.look.standing(plan.look.pop, plan.look.light)
    sheet.press(ring.cut(hole).cut(ball.keep(upper)), metal)


def hills(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look = plan.look
    bands(sheet, plan, horizon)
    orb(sheet, plan, focus, horizon - 10, 19)
    colours = (look.body, look.standing(look.second, look.pop), look.body, look.dark)
    for depth, colour in enumerate(colours):
        cx = (0.18, 0.85, 0.3, 0.75)[depth] * sheet.width
        level = horizon + depth * 13
        plate = sheet.stencil()
        plate.oval((cx, level + 60), (sheet.width * 0.75, 64 - depth * 3), ON)
        if depth:
            plate.rect((0, level + 30, sheet.width, sheet.height), ON)
        sheet.press(plate, mix(colour, look.dark, 0.1 + 0.18 * depth))
        box = (0.0, level - 6, sheet.width, min(sheet.height, level + 50))
        sheet.spray(box, "down", (-0.1, 0.8), mix(colour, look.dark, 0.62), plate)


SCENES: dict[str, Scene] = {
    "peaks": peaks, "dunes": dunes, "mesas": mesas, "sea": sea, "woods": woods,
    "planet": planet, "hills": hills, "city": city, "road": road, "beams": beams,
    "castle": castle, "homestead": homestead, "window": window, "corridor": corridor,
    "stage": stage,
}  # fmt: skip
