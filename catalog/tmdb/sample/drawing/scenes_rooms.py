"""Landscapes with a roof: a window, a corridor, a stage light."""

from .palette import mix
from .plan import Plan
from .sheet import Sheet

ON = 255


def window(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    """A window in a dark wall, and its light lying on the floor."""
    look = plan.look
    wall, light = mix(look.body, look.dark, 0.72), look.standing(look.pop, look.light)
    floor = horizon + 22
    sheet.rect((0, floor, sheet.width, sheet.height), mix(look.body, look.dark, 0.86))
    left, top, right, sill = focus - 17, horizon - 36, focus + 17, horizon + 4
    sheet.rect((left - 2, top - 2, right + 2, sill + 2), wall)
    sheet.rect((left, top, right, sill), light)
    pane = sheet.stencil()
    pane.rect((left, top, right, sill), ON)
    dusk = look.standing(look.main, look.second)
    sheet.spray((left, top, right, sill), "down", (-0.2, 0.8), dusk, pane)
    hill = sheet.stencil()
    hill.oval((focus + 8, sill + 8), (26, 18), ON)
    sheet.press(hill.keep(pane), mix(look.body, look.dark, 0.5))
    for share in (1 / 3, 2 / 3):
        x = left + (right - left) * share
        sheet.rect((x - 0.6, top, x + 0.6, sill), wall)
    sheet.rect((left, top + 18, right, top + 19.2), wall)
    glow = sheet.stencil()
    far, near = floor + 5, floor + 26
    glow.polygon([(left - 14, far), (right - 18, far), (right - 40, near), (left - 44, near)], ON)
    sheet.spray((0, floor, sheet.width, floor + 28), "down", (1.1, 0.2), light, glow)


def corridor(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    """Frames within frames, and somebody in the light at the end."""
    look = plan.look
    light = look.standing(look.pop, look.light)
    middle = horizon - 8
    reach = max(sheet.width, sheet.height) * 0.95
    sheet.rect((0, 0, sheet.width, sheet.height), mix(look.body, look.dark, 0.82))
    for step in range(1, 6):
        half = reach * 0.62**step
        colour = mix(look.body, look.dark, 0.82 - 0.15 * step)
        sheet.rect(
            (focus - half * 0.62, middle - half * 0.72, focus + half * 0.62, middle + half * 0.66),
            colour,
        )
    floor = middle + 7.9
    sheet.rect((focus - 5.4, middle - 9, focus + 5.4, floor), light)
    plate, end = sheet.stencil(), sheet.height
    plate.polygon(
        [(focus - 5.4, floor), (focus + 5.4, floor), (focus + 34, end), (focus - 34, end)], ON
    )
    sheet.spray((0, floor, sheet.width, end), "down", (0.95, -0.1), light, plate)
    sheet.disc((focus + 0.4, middle - 4.4), 1.5, look.dark)
    sheet.rounded((focus - 2, middle - 2.8, focus + 2.8, floor), 1.2, look.dark)


def stage(sheet: Sheet, plan: Plan, horizon: float, focus: float) -> None:
    """Curtains, a cone of light, one figure."""
    look = plan.look
    cloth = look.standing(look.body, look.second)
    light = look.standing(look.pop, look.light)
    floor = horizon + 30
    folds = 0.0
    while folds < sheet.width:
        sheet.rect((folds, 0, folds + 7, floor), mix(cloth, look.dark, 0.45))
        sheet.rect((folds + 4, 0, folds + 7, floor), mix(cloth, look.dark, 0.62))
        folds += 7
    sheet.rect((0, floor, sheet.width, sheet.height), look.dark)
    cone = sheet.stencil()
    cone.polygon(
        [(focus - 2, -2), (focus + 2, -2), (focus + 25, floor + 5), (focus - 25, floor + 5)], ON
    )
    sheet.spray((0, 0, sheet.width, floor + 5), "down", (0.15, 0.8), light, cone)
    sheet.oval((focus, floor + 5), (25, 5.6), light)
    sheet.disc((focus, floor - 22.5), 2.7, look.dark)
    sheet.rounded((focus - 4.6, floor - 19, focus + 4.6, floor - 5), 2.8, look.dark)
    for left in (-3.6, 0.4):
        sheet.rect((focus + left, floor - 8, focus + left + 3.2, floor + 6), look.dark)
