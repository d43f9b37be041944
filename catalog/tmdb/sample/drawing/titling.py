"""How a poster's words are set: title, tail of the title, small print."""

from .lettering import HANDS, PRINT, Hand, filled, fitted, parted
from .plan import Plan
from .sheet import Box, Colour, Sheet

AIRY = ("wide", "light", "book", "inline")
MODERN, OLD, WARM = "gothic grotesk wide", "inline fat light gothic", "soft lower book"


def hand_for(plan: Plan, allowed: str) -> Hand:
    """A hand that suits the years and the mood, of those the composition can bear."""
    year = plan.brief.year or 2010
    liked = OLD if year < 1950 else MODERN
    if plan.has(35, 10751, 10762, 16, 10749) or 1968 <= year < 1982:
        liked = f"{liked} {WARM}"
    if len(plan.brief.name) > 18 or max(map(len, plan.brief.name.split() or [""])) > 10:
        allowed = " ".join(name for name in allowed.split() if name not in AIRY) or allowed
    if len(plan.brief.name) > 10:
        allowed = allowed.replace("inline", "gothic")
    names = [name for name in liked.split() if name in allowed.split()] or allowed.split()
    return HANDS[plan.pick("hand", names)]


def set_title(
    sheet: Sheet,
    plan: Plan,
    hand: Hand,
    box: Box,
    colours: tuple[Colour, Colour],
    align: str = "left",
    valign: str = "top",
    most: float = 26,
) -> None:
    """The title in its box, its tail smaller than its head."""
    head, tail = parted(plan.brief.name)
    left, top, right, bottom = box
    if len(head) < 5:
        most *= 1.5
    if not tail:
        fitted(head, hand, box, align, valign, most).print_on(sheet, colours[0])
        return
    seam = top + (bottom - top) * (0.56 if len(tail) < 26 else 0.42)
    under = HANDS["grotesk"]
    if valign == "bottom":
        second = fitted(tail, under, (left, seam, right, bottom), align, valign, 9)
        first = fitted(head, hand, (left, top, right, second.top - 4), align, valign, most)
    else:
        first = fitted(head, hand, (left, top, right, seam), align, "top", most)
        below = (left, first.bottom + 4, right, bottom)
        second = fitted(tail, under, below, align, "top", 9)
    first.print_on(sheet, colours[0])
    second.print_on(sheet, colours[1])


def set_block(sheet: Sheet, plan: Plan, hand: Hand, box: Box, valign: str) -> Sheet:
    """The title as one solid block, as a stencil, for shapes to be laid through."""
    head, tail = parted(plan.brief.name)
    left, top, right, bottom = box
    if not tail:
        return filled(head, hand, box, valign).stencil(sheet)
    seam = top + (bottom - top) * (0.62 if len(tail) < 26 else 0.5)
    first = filled(head, hand, (left, top, right, seam - 1.5), "bottom")
    second = fitted(tail, HANDS["gothic"], (left, seam + 1.5, right, bottom), "left", "top", 15)
    return first.stencil(sheet).join(second.stencil(sheet))


def small_print(
    sheet: Sheet,
    plan: Plan,
    baseline: float,
    colour: Colour,
    align: str = "left",
    sides: tuple[float, float] = (7, 93),
) -> None:
    sheet.press(small_plate(sheet, plan, baseline, align, sides), colour)


def small_plate(
    sheet: Sheet, plan: Plan, baseline: float, align: str, sides: tuple[float, float]
) -> Sheet:
    """The credit and the year, at the two ends of one line or side by side."""
    year = str(plan.brief.year or "")
    box = (sides[0], baseline - 2.4, sides[1], baseline)
    if align == "ends" and plan.brief.credit and year:
        short = (sides[0], box[1], sides[1] - 12, baseline)
        plate = fitted(plan.brief.credit, PRINT, short, "left", "bottom", 2.4).stencil(sheet)
        return plate.join(fitted(year, PRINT, box, "right", "bottom", 2.4).stencil(sheet))
    text = "  ·  ".join(part for part in (plan.brief.credit, year) if part)
    if not text:
        return sheet.stencil()
    where = "left" if align == "ends" else align
    return fitted(text, PRINT, box, where, "bottom", 2.4).stencil(sheet)


def band_top(plan: Plan) -> float:
    """Where a picture ends above its title: higher when there is much to read."""
    return 88 if len(plan.brief.name) > 40 else 104
