"""The poster families that are led by type and pattern."""

from math import cos, pi, sin
from random import Random

from PIL import Image

from .emblems import stamp_emblem
from .palette import contrast, mix
from .plan import Plan
from .sheet import Colour, Sheet
from .titling import band_top, hand_for, set_block, set_title, small_plate, small_print

ON = 255
CUTS = ("disc", "wedge", "slab", "quarter", "emblem")


def big_type(sheet: Sheet, plan: Plan) -> None:
    """The title is the picture; one shape lies through it."""
    look = plan.look
    sheet.rect((0, 0, 100, 150), look.ground)
    shape = sheet.stencil()
    cut_shape(
        shape,
        plan,
        (plan.pick("shape x", (30.0, 50.0, 72.0)), plan.pick("shape y", (52.0, 78.0, 104.0))),
    )
    body = look.standing(look.body, look.second, look.pop)
    sheet.press(shape, body)
    sheet.spray((0, 0, 100, 150), "down", (-0.3, 0.4), mix(body, look.dark, 0.5), shape)
    hand = hand_for(plan, "gothic fat grotesk inline")
    valign = plan.pick("block place", ("top", "bottom", "bottom"))
    block = set_block(sheet, plan, hand, (6, 8, 94, 137), valign)
    if len(plan.brief.name) < 22 and plan.pick("sliced", (True, False, False)):
        _slice_block(block)
    block.join(small_plate(sheet, plan, 145, "ends", (6, 94)))
    sheet.press(block, look.ink)
    sheet.press(block.keep(shape), look.on(body).ink)


def cut_shape(plate: Sheet, plan: Plan, centre: tuple[float, float]) -> None:
    x, y = centre
    kind = plan.pick("cut", CUTS)
    if kind == "disc":
        plate.disc(centre, 38, ON)
    elif kind == "wedge":
        plate.polygon([(x - 90, y + 40), (x + 120, y - 70), (x + 120, y + 6)], ON)
    elif kind == "slab":
        plate.polygon([(x - 22, -5), (x + 16, -5), (x + 26, 160), (x - 28, 160)], ON)
    elif kind == "quarter":
        plate.slice((x + 45, y + 45), 92, (180, 270), ON)
    else:
        stamp_emblem(plate, plan.emblem, centre, 84)


def _slice_block(block: Sheet) -> None:
    """Saul Bass's knife: what lies below the cut slips aside."""
    knife = block.stencil()
    knife.polygon([(0, 84), (100, 70), (100, 150), (0, 150)], ON)
    lower = block.copy().keep(knife)
    moved = Image.new("L", lower.image.size)
    moved.paste(lower.image, (block.px(2.4), block.px(0.8)))
    lower.image = moved
    block.cut(knife).join(lower)


def rings(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    sheet.rect((0, 0, 100, 150), look.ground)
    centre = plan.pick("ring place", ((50.0, 60.0), (72.0, 48.0), (50.0, 50.0), (26.0, 62.0)))
    draw_rings(sheet, plan, centre, 84)
    hand = hand_for(plan, "gothic grotesk lower fat light")
    seam = band_top(plan)
    sheet.rect((0, seam, 100, 150), look.ground)
    set_title(sheet, plan, hand, (7, seam + 6, 93, 138), (look.ink, look.ink), "left", "middle", 20)
    small_print(sheet, plan, 145, look.ink, "ends")


def draw_rings(sheet: Sheet, plan: Plan, centre: tuple[float, float], reach: float) -> None:
    look, source = plan.look, plan.dice("rings")
    inks = [look.standing(look.body, look.pop), look.ground, look.spark, look.ground]
    if plan.pick("ring inks", (True, False)):
        inks = [look.body, look.standing(look.second, look.pop), look.light, look.dark]
    kind = plan.pick("ring kind", ("target", "vertigo", "turned", "eclipse"))
    if kind == "vertigo":
        _vertigo(sheet, centre, reach, look.spark)
    elif kind == "turned":
        _turned(sheet, source, centre, reach, inks)
    elif kind == "eclipse":
        for step in range(9):
            sheet.ring(centre, reach * (1 - step * 0.1), 1.1 + step * 0.25, look.spark)
        sheet.disc(centre, reach * 0.3, look.standing(look.pop, look.light, look.main))
        sheet.disc((centre[0] + reach * 0.07, centre[1] - reach * 0.05), reach * 0.27, look.dark)
    else:
        for step in range(9):
            radius = reach * (1 - step * 0.11)
            shift = step * reach * 0.02
            sheet.disc((centre[0] + shift, centre[1] + shift), radius, inks[step % len(inks)])


def _vertigo(target: Sheet, centre: tuple[float, float], reach: float, colour: Colour) -> None:
    sheet, edge = target.stencil(), target.stencil()
    edge.disc(centre, reach * 1.1, ON)
    for arm in range(12):
        path = []
        for step in range(61):
            angle = 2 * pi * (arm / 12 + step / 60 * 0.75)
            radius = reach * 1.4 * (step / 60) ** 1.15
            path.append((centre[0] + cos(angle) * radius, centre[1] + sin(angle) * radius))
        back = [(x + (y - centre[1]) * 0.14, y - (x - centre[0]) * 0.14) for x, y in reversed(path)]
        sheet.polygon([*path, *back], ON)
    target.press(sheet.keep(edge), colour)


def _turned(
    sheet: Sheet, source: Random, centre: tuple[float, float], reach: float, inks: list[Colour]
) -> None:
    for step in range(7):
        radius = reach * (1 - step * 0.135)
        angle = source.choice((0, 45, 90, 135, 180, 225, 270, 315))
        sheet.disc(centre, radius, inks[step % len(inks)])
        sheet.slice(centre, radius, (angle, angle + 180), inks[(step + 1) % len(inks)])


def strips(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    sheet.rect((0, 0, 100, 150), look.ground)
    seam = band_top(plan)
    top = seam == 104 and plan.pick("title place", (True, False))
    draw_strips(sheet, plan, (0, 46, 100, 150) if top else (0, 0, 100, seam))
    hand = hand_for(plan, "gothic grotesk fat lower soft")
    box = (7.0, 9.0, 93.0, 41.0) if top else (7.0, seam + 5, 93.0, 138.0)
    set_title(sheet, plan, hand, box, (look.ink, look.ink), "left", "top" if top else "middle", 21)
    if not top:
        small_print(sheet, plan, 145, look.ink, "ends")


def draw_strips(sheet: Sheet, plan: Plan, box: tuple[float, float, float, float]) -> None:
    kind = plan.pick("strip kind", ("slabs", "rainbow", "blinds", "blinds"))
    {"slabs": _slabs, "rainbow": _rainbow, "blinds": _blinds}[kind](sheet, plan, box)


def _strip_inks(plan: Plan) -> list[Colour]:
    look = plan.look
    return [
        c for c in (look.main, look.pop, look.second, look.light, look.dark) if c != look.ground
    ]


def _slabs(sheet: Sheet, plan: Plan, box: tuple[float, float, float, float]) -> None:
    """Cut-paper bars of unequal width hanging or standing into the sheet."""
    source, inks = plan.dice("slabs"), _strip_inks(plan)
    left, top, right, bottom = box
    hang = top <= 0
    x, number = left + 4.0, 0
    while x < right - 8:
        width = source.uniform(6, 15)
        reach = (bottom - top) * source.uniform(0.45, 0.97)
        tilt = source.uniform(-2, 2)
        y0, y1 = (top - 3, top + reach) if hang else (bottom + 3, bottom - reach)
        path = [(x, y0), (x + width, y0), (x + width - 1 + tilt, y1 + tilt), (x + 1 + tilt, y1)]
        sheet.polygon(path, inks[number % 3])
        x, number = x + width + source.uniform(1.5, 4), number + 1


def _rainbow(sheet: Sheet, plan: Plan, box: tuple[float, float, float, float]) -> None:
    """The seventies' stripes: straight, then round a corner."""
    inks = _strip_inks(plan)[:4]
    left, top, right, bottom = box
    pitch, turn = 9.0, (left + (right - left) * 0.3, top + (bottom - top) * 0.32)
    outer = pitch * len(inks) + 14
    for number, ink in enumerate(inks):
        radius = outer - number * pitch
        corner = (turn[0] + outer - 8, turn[1] + outer * 0.4)
        sheet.slice(corner, radius, (180, 270), ink)
        sheet.rect((corner[0], corner[1] - radius, right + 4, corner[1]), ink)
        sheet.rect((corner[0] - radius, corner[1], corner[0], bottom + 4), ink)
        hole = radius - pitch
        sheet.slice(corner, hole, (180, 270), plan.look.ground)
        sheet.rect((corner[0], corner[1] - hole, right + 4, corner[1]), plan.look.ground)
        sheet.rect((corner[0] - hole, corner[1], corner[0], bottom + 4), plan.look.ground)


def _blinds(sheet: Sheet, plan: Plan, box: tuple[float, float, float, float]) -> None:
    """A thing cut into strips, every other one shifted and in other inks."""
    look = plan.look
    left, top, right, bottom = box
    centre, size = ((left + right) / 2, (top + bottom) / 2), min(86.0, bottom - top - 8)
    thing, shifted, comb = sheet.stencil(), sheet.stencil(), sheet.stencil()
    stamp_emblem(thing, plan.emblem, (centre[0] - 2, centre[1]), size)
    stamp_emblem(shifted, plan.emblem, (centre[0] + 3, centre[1]), size)
    count = plan.pick("comb", (9, 13, 17))
    step = (bottom - top) / count
    for row in range(0, count, 2):
        comb.rect((left, top + row * step, right, top + (row + 1) * step), ON)
    body = look.standing(look.body, look.second)
    body = mix(look.ground, body, 0.6)
    sheet.press(comb, body)
    sheet.press(thing.cut(comb), look.spark)
    both = contrast(look.spark, body) >= 2.4
    sheet.press(shifted.keep(comb), look.spark if both else look.on(body).ink)


def grid(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    sheet.rect((0, 0, 100, 150), look.ground)
    draw_grid(sheet, plan, (7, 7, 93, 93), 4)
    hand = hand_for(plan, "grotesk lower book gothic soft")
    set_title(sheet, plan, hand, (7, 101, 93, 137), (look.ink, look.ink), "left", "top", 17)
    small_print(sheet, plan, 144.5, look.ink, "ends")


def draw_grid(sheet: Sheet, plan: Plan, box: tuple[float, float, float, float], rows: int) -> None:
    """Modules of quarter circles and discs; one of them tells what it is about."""
    source = plan.dice("grid")
    cell = (box[3] - box[1]) / rows
    columns = round((box[2] - box[0]) / cell)
    inks = _strip_inks(plan)[:4]
    chosen = (source.randrange(columns), source.randrange(rows))
    style = plan.pick("modules", ("quarters", "mixed", "dots"))
    for column in range(columns):
        for row in range(rows):
            corner = (box[0] + column * cell, box[1] + row * cell)
            if (column, row) == chosen:
                _special(sheet, plan, corner, cell)
                continue
            _module(sheet, style, corner, cell, source.sample(inks, 2), source)


def _special(sheet: Sheet, plan: Plan, corner: tuple[float, float], cell: float) -> None:
    look = plan.look
    x, y = corner
    ground = look.dark if look.ground != look.dark else look.light
    sheet.rect((x, y, x + cell, y + cell), ground)
    plate = sheet.stencil()
    stamp_emblem(plate, plan.emblem, (x + cell / 2, y + cell / 2), cell * 0.8)
    sheet.press(plate, look.on(ground).spark)


def _module(
    sheet: Sheet,
    style: str,
    corner: tuple[float, float],
    cell: float,
    inks: list[Colour],
    source: Random,
) -> None:
    x, y = corner
    kind = {"quarters": 0, "dots": source.choice((1, 1, 2)), "mixed": source.randrange(5)}[style]
    turn = source.randrange(4)
    if kind != 1:
        sheet.rect((x, y, x + cell, y + cell), inks[1])
    if kind == 0:
        at = ((x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell))[turn]
        sheet.slice(at, cell, (turn * 90, turn * 90 + 90), inks[0])
    elif kind in (1, 2):
        size = source.choice((0.46, 0.36, 0.26)) if style == "dots" else 0.38
        sheet.disc((x + cell / 2, y + cell / 2), cell * size, inks[0])
    elif kind == 3:
        corners = [(x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell)]
        del corners[turn]
        sheet.polygon(corners, inks[0])
    else:
        sheet.slice((x + cell / 2, y + cell / 2), cell / 2, (turn * 90, turn * 90 + 180), inks[0])
