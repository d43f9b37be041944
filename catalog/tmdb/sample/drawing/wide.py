"""Backdrops and stills: the title's motif without its words, calm in the lower left."""

from .emblems import stamp_emblem
from .families import filled_head, rays
from .families_type import CUTS, cut_shape, draw_grid, draw_rings, draw_strips
from .palette import mix
from .plan import Plan
from .scene_choice import paint_scene
from .sheet import Sheet
from .stand import Stand

ON = 255


def horizon(sheet: Sheet, plan: Plan) -> None:
    still = plan.brief.shape == "still"
    focus = plan.pick("wide focus", (70.0, 84.0, 100.0, 116.0) if still else (104.0, 112.0, 122.0))
    paint_scene(sheet, plan, plan.pick("wide level", (44.0, 50.0, 56.0)), focus)


def big_type(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    shape = sheet.stencil()
    if plan.pick("cut", CUTS) in ("disc", "emblem"):
        shape.disc((112, 45), 36, ON)
    else:
        cut_shape(shape, plan, (112, 45))
    body = look.standing(look.body, look.second, look.pop)
    sheet.press(shape, body)
    sheet.spray((0, 0, 160, 90), "down", (-0.2, 0.7), mix(body, look.dark, 0.6), shape)
    for step in range(1, 5):
        sheet.ring((112, 45), 38 + step * 9, 0.45, mix(look.ground, body, 0.75))
    plate = sheet.stencil()
    stamp_emblem(plate, plan.emblem, (112, 45), 46)
    sheet.press(plate, look.on(body).ink)


def rings(sheet: Sheet, plan: Plan) -> None:
    draw_rings(sheet, plan, (116, 44), 78)


def strips(sheet: Sheet, plan: Plan) -> None:
    draw_strips(sheet, plan, (62, 0, 160, 90))


def grid(sheet: Sheet, plan: Plan) -> None:
    draw_grid(sheet, plan, (70, 0, 160, 90), 4)


def title_card(sheet: Sheet, plan: Plan) -> None:
    """The thing on a stage: a floor, and a light that falls on it."""
    look = plan.look
    light = mix(look.ground, look.standing(look.pop, look.main, look.light), 0.6)
    cone = sheet.stencil()
    cone.polygon([(84, -2), (92, -2), (156, 74), (76, 74)], ON)
    sheet.spray((0, 0, 160, 74), "down", (0.75, 0.2), light, cone)
    sheet.rect((0, 74, 160, 90), mix(look.ground, look.dark, 0.5))
    sheet.oval((116, 74), (40, 5), light)
    plate = sheet.stencil()
    stamp_emblem(plate, plan.emblem, (116, 45), 60)
    sheet.press(plate, look.text_on(light))
    sheet.spray((0, 15, 160, 75), "down", (-0.5, 0.4), mix(look.main, look.dark, 0.3), plate)


def emblem(sheet: Sheet, plan: Plan) -> None:
    """The thing so large that the sheet cannot hold it."""
    look = plan.look
    rays(sheet, plan, (116, 47))
    plate, under = sheet.stencil(), sheet.stencil()
    stamp_emblem(under, plan.emblem, (119, 50), 104)
    stamp_emblem(plate, plan.emblem, (116, 47), 104)
    sheet.press(under, look.standing(look.second, look.main))
    colour = look.spark
    sheet.press(plate, colour)
    sheet.spray((0, 0, 160, 90), "down", (-0.3, 0.9), mix(colour, look.dark, 0.55), plate)


def split(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    two = look.standing(look.body, look.pop, look.second)
    half = sheet.stencil()
    half.polygon([(112, 0), (160, 0), (160, 90), (112, 90)], ON)
    sheet.press(half, two)
    cut = sheet.stencil()
    stamp_emblem(cut, plan.emblem, (112, 45), 80)
    outside = cut.copy().cut(half)
    sheet.press(cut, look.ground)
    sheet.press(outside, two)
    box = (0.0, 0.0, 160.0, 90.0)
    sheet.spray(box, "down", (-0.5, 0.6), mix(two, look.dark, 0.5), outside)
    sheet.spray(box, "down", (-0.5, 0.6), mix(look.ground, look.dark, 0.5), cut.keep(half))


def silhouette(sheet: Sheet, plan: Plan) -> None:
    look = plan.look
    sheet.disc((112, 44), 38, look.standing(look.second, look.pop, look.main))
    filled_head(sheet, plan, Stand(62, 5, 100, False), 68)


def quieten(sheet: Sheet, plan: Plan) -> None:
    """A sprayed dusk where the page will put its words."""
    sheet.spray(
        (0, 30, 160, 90), "down", (-0.15, 0.42), mix(plan.look.ground, plan.look.dark, 0.75)
    )
