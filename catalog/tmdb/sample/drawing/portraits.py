"""Portraits: a bust, a light from one side, and one of several grounds behind."""

from dataclasses import replace

from .brief import Brief, choose, dice
from .figures import Plates, any_figure, plates
from .palette import Look, contrast, look_for, luminance, mix
from .sheet import Box, Colour, Sheet
from .stand import Stand

PORTRAIT = (100.0, 150.0)
# A person has no genre, but some people suit a thriller and some a comedy.
MOODS = (18, 80, 35, 14, 53, 36, 12, 10749, 878)
GROUNDS = ("plain", "disc", "arch", "halves", "blinds", "horizon", "tilt", "frame")


def draw_portrait(sheet: Sheet, brief: Brief) -> None:
    source = dice(brief.key, "figure")
    look = _portrait_look(brief)
    figure = any_figure(source)
    size = source.uniform(108, 120)
    stand = Stand(50 - size / 2 + source.uniform(-3, 3), 29, size, figure.mirrored)
    sheet.rect((0, 0, 100, 150), look.ground)
    _ground(sheet, look, choose(brief.key, "behind", GROUNDS), figure.mirrored)
    parts = plates(sheet, figure, stand)
    treatment = choose(brief.key, "treatment", ("light", "light", "light", "night", "cut"))
    if treatment == "night":
        _backlit(sheet, look, parts, figure.mirrored)
    else:
        _lit(sheet, look, parts, treatment == "cut")


def _portrait_look(brief: Brief) -> Look:
    if brief.genres:
        return look_for(brief)
    mood = dice(brief.key, "portrait palette").choice(MOODS)
    return look_for(replace(brief, genres=(mood,), year=None))


def _ground(sheet: Sheet, look: Look, kind: str, mirrored: bool) -> None:
    other = look.standing(look.second, look.main, look.pop)
    x = 38.0 if mirrored else 62.0
    if kind == "disc":
        sheet.disc((50, 58), 40, other)
        sheet.spray((10, 18, 90, 98), "down", (0, 0.5), look.shade, _disc(sheet, (50, 58), 40))
    elif kind == "arch":
        sheet.disc((50, 54), 37, other)
        sheet.rect((13, 54, 87, 150), other)
    elif kind == "halves":
        sheet.rect((0, 0, 50, 150) if mirrored else (50, 0, 100, 150), other)
    elif kind == "blinds":
        _blinds(sheet, mix(look.ground, other, 0.75))
    elif kind == "horizon":
        sheet.disc((x, 62), 30, look.standing(look.pop, look.main))
        sheet.rect((0, 88, 100, 150), other)
    else:
        _plain_ground(sheet, other, kind, mirrored)


def _plain_ground(sheet: Sheet, colour: Colour, kind: str, mirrored: bool) -> None:
    if kind == "tilt":
        sheet.polygon([(0, 150), (0, 96), (100, 20), (100, 150)], colour)
    elif kind == "frame":
        sheet.rect((9, 12, 91, 150), colour)
    else:
        sheet.spray((0, 0, 100, 150), "right" if mirrored else "left", (0, 0.55), colour)


def _blinds(sheet: Sheet, colour: Colour) -> None:
    for row in range(8):
        y = row * 18
        sheet.polygon([(0, y + 2), (100, y - 10), (100, y - 3), (0, y + 9)], colour)


def _disc(sheet: Sheet, centre: tuple[float, float], radius: float) -> Sheet:
    plate = sheet.stencil()
    plate.disc(centre, radius, 255)
    return plate


def _skin(look: Look) -> tuple[Colour, Colour]:
    """Light and shade of a face, in the print's own inks, nobody's complexion."""
    lights = sorted((look.light, look.pop, look.main, look.second), key=luminance, reverse=True)
    light = next((c for c in lights if contrast(c, look.ground) > 1.35), look.light)
    return light, mix(light, mix(look.main, look.dark, 0.35), 0.68)


def _lit(sheet: Sheet, look: Look, parts: Plates, hard: bool) -> None:
    light, shade = _skin(look)
    coat = mix(look.standing(look.main, look.second), look.dark, 0.45)
    hair = look.dark
    if contrast(look.dark, look.ground) < 1.6:
        hair = mix(look.standing(look.second, look.main), look.dark, 0.3)
    if hard:
        shade, coat = look.dark, look.dark
    sheet.press(parts.coat, coat)
    sheet.press(parts.shirt, look.light if light != look.light else look.pop)
    sheet.press(parts.head, light)
    sheet.press(parts.shadow.copy().keep(parts.head), shade)
    sheet.press(parts.hair, hair)
    whole: Box = (0, 0, 100, 150)
    side = "right"
    sheet.spray(whole, "down", (-0.5, 0.75), look.dark, parts.coat)
    sheet.spray(whole, side, (-0.3, 0.35), mix(hair, light, 0.35), parts.hair)


def _backlit(sheet: Sheet, look: Look, parts: Plates, mirrored: bool) -> None:
    """A silhouette against the ground with light only along one edge."""
    body = look.dark
    if contrast(body, look.ground) < 1.8:
        body = max((look.main, look.second), key=lambda ink: contrast(ink, look.ground))
    whole = parts.whole()
    sheet.press(whole, look.standing(look.pop, look.light))
    inner = Sheet((100, 150), sheet.scale, 0)
    inner.image.paste(whole.image, (sheet.px(-2.2 if mirrored else 2.2), sheet.px(1.2)))
    sheet.press(inner.keep(whole), body)
    sheet.spray((0, 60, 100, 150), "down", (-0.1, 0.5), mix(body, look.second, 0.4), inner)
