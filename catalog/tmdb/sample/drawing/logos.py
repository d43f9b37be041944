"""Marks of companies, networks and providers: a name, set well, and one small shape."""

from .brief import Brief, choose
from .lettering import HANDS, fitted
from .palette import INKS, contrast
from .sheet import Colour, Sheet

# A watch provider's is an app's icon, a company's and a network's is as wide as their name.
LOGO, ICON = (100.0, 50.0), (100.0, 100.0)
HANDS_USED = ("gothic", "grotesk", "light", "soft", "lower", "wide", "inline", "fat", "book")
PAPER: Colour = (246, 243, 236)


def draw_logo(sheet: Sheet, brief: Brief) -> None:
    code = INKS[choose(brief.key, "inks", sorted(INKS))].split()
    dark, main = (_colour(code[index]) for index in (0, 2))
    night = choose(brief.key, "night", (True, False))
    ground, ink = (dark, PAPER) if night else (PAPER, dark)
    high, middle = sheet.height, sheet.height / 2
    sheet.rect((0, 0, 100, high), ground)
    hand = HANDS[choose(brief.key, "hand", HANDS_USED)]
    mark = choose(brief.key, "mark", ("bar", "disc", "block", "block", "none"))
    left = 30.0 if mark == "disc" and len(brief.name) < 18 else 10.0
    align = "left" if left > 10 else "centre"
    setting = fitted(
        brief.name, hand, (left, high * 0.26, 90, high * 0.74), align, "middle", high * 0.3
    )
    if mark == "block":
        sheet.rect((0, 0, 100, high), main)
        ink = max((PAPER, dark), key=lambda colour: contrast(colour, main))
    setting.print_on(sheet, ink)
    _mark(sheet, mark if left > 10 or mark == "bar" else "none", main, (middle, setting.bottom))


def _mark(sheet: Sheet, mark: str, colour: Colour, at: tuple[float, float]) -> None:
    middle, below = at
    if mark == "bar":
        sheet.rect((42, below + 4, 58, below + 5.4), colour)
    elif mark == "disc":
        sheet.disc((19, middle), 7, colour)


def _colour(code: str) -> Colour:
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))
