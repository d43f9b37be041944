"""Marks of companies, networks and providers: a name, set well, and one small shape."""

from .brief import Brief, choose
from .lettering import HANDS, fitted
from .palette import INKS, contrast
from .sheet import Colour, Sheet

LOGO = (100.0, 50.0)
HANDS_USED = ("gothic", "grotesk", "light", "soft", "lower", "wide", "inline", "fat", "book")
PAPER: Colour = (246, 243, 236)


def draw_logo(sheet: Sheet, brief: Brief) -> None:
    code = INKS[choose(brief.key, "inks", sorted(INKS))].split()
    dark, main = (_colour(code[index]) for index in (0, 2))
    night = choose(brief.key, "night", (True, False))
    ground, ink = (dark, PAPER) if night else (PAPER, dark)
    sheet.rect((0, 0, 100, 50), ground)
    hand = HANDS[choose(brief.key, "hand", HANDS_USED)]
    mark = choose(brief.key, "mark", ("bar", "disc", "block", "block", "none"))
    left = 30.0 if mark == "disc" and len(brief.name) < 18 else 10.0
    align = "left" if left > 10 else "centre"
    setting = fitted(brief.name, hand, (left, 13, 90, 37), align, "middle", 15)
    if mark == "block":
        sheet.rect((0, 0, 100, 50), main)
        ink = max((PAPER, dark), key=lambda colour: contrast(colour, main))
    setting.print_on(sheet, ink)
    _mark(sheet, mark if left > 10 or mark == "bar" else "none", main, setting.bottom)


def _mark(sheet: Sheet, mark: str, colour: Colour, below: float) -> None:
    if mark == "bar":
        sheet.rect((42, below + 4, 58, below + 5.4), colour)
    elif mark == "disc":
        sheet.disc((19, 25), 7, colour)


def _colour(code: str) -> Colour:
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))
