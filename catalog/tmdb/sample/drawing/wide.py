"""Backdrops and stills: the title's motif without its words, calm in the lower left."""

from .emblems import stamp_emblem
from .families import _rays, _sitter, _thing
from .families_type import cut_shape, draw_grid, draw_rings, draw_strips
from .figures import Stand, plates
from .palette import mix
from .plan import Plan
from .scene_choice import paint_scene
from .sheet import Sheet

ON = 255


def horizon(sheet: Sheet, plan: Plan) -> None:
    paint_scene(sheet, plan, 50, plan.pick("wide focus", (104.0, 112.0, 122.0)))


def big_type(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    shape = sheet.stencil()
    cut_shape(shape, plan, (112, 45))
    body = look.standing(look.body, look.second, look.pop)
    sheet.press(shape, body)
    sheet.spray((0, 0, 160, 90), "down", (-0.2, 0.7), mix(body, look.dark, 0.6), shape)


def rings(sheet: Sheet, plan: Plan) -> None:
    draw_rings(sheet, plan, (116, 44), 78)


def strips(sheet: Sheet, plan: Plan) -> None:
    draw_strips(sheet, plan, (62, 0, 160, 90))


def grid(sheet: Sheet, plan: Plan) -> None:
    draw_grid(sheet, plan, (70, 0, 160, 90), 4)


def title_card(sheet: Sheet, plan: Plan) -> None:
    _thing(sheet, plan, (114, 45), 56)


def emblem(sheet: Sheet, plan: Plan) -> None:
    _rays(sheet, plan, (112, 45))
    _thing(sheet, plan, (112, 45), 74)


def split(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    two = look.standing(look.body, look.pop, look.second)
    half = sheet.stencil()
    half.polygon([(112, 0), (160, 0), (160, 90), (112, 90)], ON)
    sheet.press(half, two)
    thing = sheet.stencil()
    stamp_emblem(thing, plan.emblem, (112, 45), 76)
    outside = thing.stencil().join(thing).cut(half)
    sheet.press(thing, look.ground)
    sheet.press(outside, two)


def silhouette(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    inner = look.light if look.ground != look.light else look.pop
    sheet.disc((112, 40), 36, look.standing(look.second, look.pop, look.main))
    picture = Sheet((sheet.width, sheet.height), sheet.scale, inner)
    paint_scene(picture, Plan(plan.brief, look.on(inner), plan.subject), 44, 112)
    figure = _sitter(plan)
    parts = plates(sheet, figure, Stand(66, 6, 92, figure.mirrored))
    sheet.lay(picture, parts.whole())
    hair = look.dark if look.ground != look.dark else look.standing(look.main, look.second)
    sheet.press(parts.hair, hair)


def quieten(sheet: Sheet, plan: Plan) -> None:
    """A sprayed dusk where the page will put its words."""
    sheet.spray((0, 44, 90, 90), "left", (-0.15, 0.5), mix(plan.look.ground, plan.look.dark, 0.6))
    sheet.spray((0, 60, 160, 90), "down", (-0.1, 0.45), mix(plan.look.ground, plan.look.dark, 0.7))
