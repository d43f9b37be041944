"""Landscapes with something people built in them."""

from .palette import mix
from .plan import Plan
from .sheet import Colour, Sheet

ON = 255


def _dark(plan: Plan, depth: float) -> Colour:
    return mix(plan.look.body, plan.look.dark, depth)


def _orb_colour(plan: Plan) -> Colour:
    return plan.look.standing(plan.look.pop, plan.look.main, plan.look.light)


def city(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    source = plan.dice("city")
    sheet.disc((focus, horizon - 26), 19, _orb_colour(plan))
    floor = min(horizon + 34, sheet.height - 26)
    for depth in range(3):
        colour, x = _dark(plan, 0.12 + depth * 0.42), -3.0
        lit = mix(_orb_colour(plan), colour, 0.1)
        while x < sheet.width:
            width = source.uniform(6, 13) * (1 + depth * 0.3)
            near = 1 - min(1, abs(x - focus) / (sheet.width * 0.6))
            high = source.uniform(16, 30) + 26 * near * source.random() - depth * 9
            top = floor - high + depth * 4
            sheet.rect((x, top, x + width, sheet.height), colour)
            if source.random() < 0.3:
                sheet.rect((x + width * 0.46, top - 7, x + width * 0.54, top), colour)
            if depth == 2:
                _windows(sheet, (x, top, x + width), lit, source.randrange(10**6))
            x += width + source.choice((0.0, 0.0, 1.4))
        box = (0.0, floor - 34, sheet.width, min(sheet.height, floor + 10))
        if depth < 2:
            sheet.spray(box, "down", (-0.5, 0.5), mix(plan.look.ground, plan.look.light, 0.12))
    sheet.rect((0, floor + 10, sheet.width, sheet.height), plan.look.dark)


def _windows(sheet: Sheet, roof: tuple[float, float, float], lit: Colour, seed: int) -> None:
    left, top, right = roof
    row = 0
    y = top + 3
    while y < min(sheet.height - 3, top + 30):
        column, x = 0, left + 1.8
        while x < right - 2:
            if (seed >> ((row * 3 + column) % 19)) & 5 == 1:
                sheet.rect((x, y, x + 1.1, y + 1.7), lit)
            x, column = x + 2.4, column + 1
        y, row = y + 3.6, row + 1


def road(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look = plan.look
    sheet.disc((focus, horizon - 4), 22, _orb_colour(plan))
    sheet.rect((0, horizon, sheet.width, sheet.height), _dark(plan, 0.12))
    box = (0.0, horizon, sheet.width, min(sheet.height, horizon + 60))
    sheet.spray(box, "up", (-0.3, 0.6), _dark(plan, 0.6))
    depth = sheet.height - horizon
    spread = depth * 0.62
    lane = [(focus - 1, horizon), (focus + 1, horizon)]
    sheet.polygon(
        [*lane, (focus + spread, sheet.height), (focus - spread, sheet.height)], look.dark
    )
    start = 0.05
    while start < 1:
        dash = []
        for along, side in ((start, -1), (start, 1), (start * 1.42, 1), (start * 1.42, -1)):
            dash.append((focus + side * spread * 0.035 * along, horizon + depth * along))
        sheet.polygon(dash, look.light)
        start *= 2.0
    for step in range(6):
        size = 2.2 * 1.75**step
        x, y = focus + size * 1.5 + 2, horizon + size * 0.62
        sheet.rect((x, y - size * 2.1, x + size * 0.09, y), look.dark)
        sheet.rect((x - size * 0.35, y - size * 1.9, x + size * 0.44, y - size * 1.82), look.dark)


def beams(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look, source = plan.look, plan.dice("beams")
    floor = horizon + 30
    light = mix(look.ground, look.standing(look.pop, look.light), 0.75)
    for number in range(4):
        foot = focus + (number - 1.5) * 20
        tip = foot + source.uniform(-60, 60)
        plate = sheet.stencil()
        plate.polygon([(foot - 1, floor), (foot + 1, floor), (tip + 13, -4), (tip - 13, -4)], ON)
        sheet.spray((0, 0, sheet.width, floor), "down", (0.05, 0.95), light, plate)
    x = -4.0
    while x < sheet.width:
        width, high = source.uniform(5, 15), source.uniform(4, 17)
        broken = [(x, floor - high), (x + width * 0.3, floor - high * 0.8)]
        broken += [(x + width * 0.55, floor - high * 1.1), (x + width, floor - high * 0.5)]
        sheet.polygon([(x, floor + 2), *broken, (x + width, floor + 2)], _dark(plan, 0.8))
        x += width
    sheet.rect((0, floor, sheet.width, sheet.height), _dark(plan, 0.8))
    box = (0.0, floor, sheet.width, sheet.height)
    sheet.spray(box, "down", (0, 0.9), look.dark)
    for step in range(5):
        x = focus - 26 + step * 4.2
        sheet.disc((x, floor - 5.4), 0.9, look.dark)
        body = [
            (x - 1, floor - 4.4),
            (x + 1, floor - 4.4),
            (x + 1.3, floor + 1),
            (x - 1.3, floor + 1),
        ]
        sheet.polygon(body, look.dark)


def castle(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    sheet.disc((focus + 7, horizon - 24), 22, _orb_colour(plan))
    far = [(0.0, horizon + 8), (focus - 40, horizon - 4), (focus - 12, horizon + 9)]
    far += [(focus + 34, horizon - 8), (sheet.width, horizon + 6)]
    sheet.polygon([*far, (sheet.width, sheet.height), (0, sheet.height)], _dark(plan, 0.1))
    box = (0.0, horizon - 8, sheet.width, min(sheet.height, horizon + 46))
    plate = sheet.stencil()
    plate.polygon([*far, (sheet.width, sheet.height), (0, sheet.height)], ON)
    sheet.spray(box, "down", (-0.1, 0.9), _dark(plan, 0.6), plate)
    colour, base = _dark(plan, 0.86), horizon + 16
    for x, high, half in ((-17, 20, 3.4), (-8, 32, 4), (2, 44, 4.6), (11, 26, 3.6), (19, 16, 3)):
        cx = focus + x
        sheet.rect((cx - half, base - high, cx + half, base + 4), colour)
        sheet.polygon(
            [
                (cx - half * 1.3, base - high),
                (cx, base - high - half * 3),
                (cx + half * 1.3, base - high),
            ],
            colour,
        )
        sheet.rect((cx - 0.6, base - high + 4, cx + 0.6, base - high + 7), _orb_colour(plan))
    sheet.rect((focus - 20, base - 10, focus + 22, base + 4), colour)
    hill = [
        (focus - 64, base + 30),
        (focus - 26, base + 2),
        (focus + 26, base),
        (focus + 70, base + 28),
    ]
    sheet.polygon([*hill, (sheet.width + 60, sheet.height + 30), (-60, sheet.height + 30)], colour)


def homestead(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    look = plan.look
    sheet.disc((focus - 20, horizon - 22), 16, _orb_colour(plan))
    field = horizon + 8
    colours = (look.body, look.standing(look.second, look.pop))
    for row in range(9):
        spread = (row - 4.5) * 14
        near = (row - 4.5) * 64
        path = [
            (focus + spread, field),
            (focus + spread + 14, field),
            (focus + near + 64, sheet.height),
            (focus + near, sheet.height),
        ]
        sheet.polygon(path, mix(colours[row % 2], look.dark, 0.25))
    sheet.rect((0, field, focus - 62, sheet.height), mix(look.body, look.dark, 0.3))
    box = (0.0, field, sheet.width, sheet.height)
    sheet.spray(box, "down", (-0.1, 0.85), look.dark)
    _farm(sheet, plan, focus + 6, field + 1)
    sheet.rect((0, field - 0.6, sheet.width, field + 0.8), look.dark)


def _farm(sheet: Sheet, plan: Plan, x: float, y: float) -> None:
    look = plan.look
    sheet.polygon(
        [
            (x - 11, y - 10),
            (x, y - 19),
            (x + 11, y - 10),
            (x + 9, y - 10),
            (x + 9, y),
            (x - 9, y),
            (x - 9, y - 10),
        ],
        look.dark,
    )
    sheet.rect((x + 4, y - 19, x + 7, y - 12), look.dark)
    sheet.rect((x - 4, y - 8, x - 1, y - 3), _orb_colour(plan))
    sheet.rect((x - 32, y - 14, x - 30.8, y), look.dark)
    sheet.disc((x - 31.4, y - 17), 7.4, look.dark)
