"""How a poster's words are set: title, tail of the title, small print."""

from .lettering import HANDS, PRINT, Hand, filled, fitted, parted
from .plan import Plan
from .sheet import Box, Colour, Sheet

MODERN, OLD, WARM = "gothic grotesk wide", "inline fat light gothic", "soft lower book"


def hand_for(plan: Plan, allowed: str) -> Hand:
    """A hand that suits the years and the mood, of those the composition can bear."""
    year = plan.brief.year or 2010
    liked = OLD if year < 1950 else MODERN
    if plan.has(35, 10751, 10762, 16, 10749) or 1968 <= year < 1982:
        liked = f"{liked} {WARM}"
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
) -> float:
    """The title in its box; gives where it ends, so that nothing is put on it."""
    head, tail = parted(plan.brief.name)
    left, top, right, bottom = box
    if not tail:
        setting = fitted(head, hand, box, align, valign, most)
        setting.print_on(sheet, colours[0])
        return setting.bottom
    share = 0.56 if len(tail) < 26 else 0.42
    if valign == "bottom":
        second = fitted(
            tail,
            HANDS["grotesk"],
            (left, top + (bottom - top) * share, right, bottom),
            align,
            valign,
            9,
        )
        first = fitted(head, hand, (left, top, right, second.top - 4), align, valign, most)
    else:
        first = fitted(
            head, hand, (left, top, right, top + (bottom - top) * share), align, "top", most
        )
        second = fitted(
            tail, HANDS["grotesk"], (left, first.bottom + 4, right, bottom), align, "top", 9
        )
    first.print_on(sheet, colours[0])
    second.print_on(sheet, colours[1])
    return max(first.bottom, second.bottom)


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
    """The credit and the year, at the two ends of one line or under each other."""
    year = str(plan.brief.year or "")
    box = (sides[0], baseline - 2.3, sides[1], baseline)
    if align == "ends" and plan.brief.credit and year:
        short = (sides[0], box[1], sides[1] - 12, baseline)
        fitted(plan.brief.credit, PRINT, short, "left", "bottom", 2.3).print_on(sheet, colour)
        fitted(year, PRINT, box, "right", "bottom", 2.3).print_on(sheet, colour)
        return
    text = "  ·  ".join(part for part in (plan.brief.credit, year) if part)
    if text:
        where = "left" if align == "ends" else align
        fitted(text, PRINT, box, where, "bottom", 2.3).print_on(sheet, colour)
