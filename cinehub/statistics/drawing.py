"""Figures as pictures: inline SVG of one hue, as wide as there is room, with its words on it.

Places across are percentages and places down are pixels, so that letters stay as large as they are
however narrow the page is. Behind each picture is a table, which has all of it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cinehub.statistics.span import days_between

register = template.Library()

# Columns: room for the number on top, for the bar, and for the name below.
OVER, HIGH, UNDER = 20, 112, 24
# Beyond these the numbers would run into each other: the highest column alone has its own.
FEW, SHORT = 12, 1000
# A row of bars: its words, and the bar below them.
ROW, WORDS, THICK = 44, 15, 8
# A day's square, and from one to the next.
DAY, STEP = 10, 12
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """`name` is in the picture, and may be empty; `full` and `more` are in the table."""

    name: str
    value: int
    full: str = ""
    more: str = ""
    address: str = ""

    @property
    def words(self) -> str:
        return self.full or self.name

    @property
    def number(self) -> str:
        return number_format(self.value, use_l10n=True, force_grouping=True)


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    bars: Sequence[Bar]
    # What the table's columns are called.
    heads: tuple[str, ...]
    # Lying bars have room for names; upright ones are for what has an order.
    is_upright: bool = False

    @property
    def most(self) -> int:
        return max((bar.value for bar in self.bars), default=0)

    @property
    def words(self) -> str:
        """What the picture shows, for who does not see it."""
        highest = max(self.bars, key=lambda bar: bar.value)
        told = {"name": self.name, "most": highest.words, "number": highest.number}
        return _("%(name)s: most for %(most)s, %(number)s.") % told


@register.inclusion_tag("statistics/_chart.html")
def chart(drawn: Chart) -> dict[str, object]:
    picture = _upright(drawn) if drawn.is_upright else _lying(drawn)
    return {"chart": drawn, "picture": SafeString(picture)}


@register.simple_tag
def calendar(year: int, days: Mapping[date, int], first_weekday: int) -> SafeString:
    """A square for each day of a year, a column for each week; the more, the brighter."""
    squares: list[list[str]] = [[] for _level in range(LEVELS + 1)]
    steps = _steps(days.values())
    shift = (date(year, 1, 1).weekday() - first_weekday) % 7
    for n, day in enumerate(days_between(date(year, 1, 1), date(year, 12, 31)), shift):
        level = bisect_left(steps, days[day]) + 1 if days.get(day) else 0
        squares[level].append(f"M{n // 7 * STEP} {n % 7 * STEP}h{DAY}v{DAY}h-{DAY}z")
    paths = "".join(f'<path class="level-{n}" d="{"".join(d)}"/>' for n, d in enumerate(squares))
    weeks = (n // 7 + 1) * STEP
    return SafeString(
        f'<svg class="calendar" viewBox="0 0 {weeks} {7 * STEP}" aria-hidden="true">{paths}</svg>'
    )


def _steps(counts: Iterable[int]) -> list[float]:
    """Up to which number a day is of each level but the last."""
    most = max(counts, default=0)
    return [most * (n / LEVELS) ** 2 for n in range(1, LEVELS)]


def _upright(drawn: Chart) -> str:
    slot, most = 100 / len(drawn.bars), drawn.most or 1
    floor, height = OVER + HIGH, OVER + HIGH + UNDER
    is_roomy = len(drawn.bars) <= FEW and most < SHORT
    parts = []
    for n, bar in enumerate(drawn.bars):
        high, middle = round(bar.value / most * HIGH), slot * (n + 0.5)
        top, css = floor - max(high, 2), _css(bar, most)
        parts.append(
            f'<rect class="{css}" x="{slot * (n + 0.14):.2f}%" y="{top}" width="{slot * 0.72:.2f}%"'
            f' height="{floor - top}" rx="3"/>'
        )
        if bar.value and (is_roomy or bar.value == most):
            parts.append(_text("value", middle, top - 6, bar.number))
        if bar.name:
            parts.append(_text("name", middle, height - 6, bar.name))
    return _svg("upright", drawn, height, parts)


def _lying(drawn: Chart) -> str:
    most, parts = drawn.most or 1, []
    for n, bar in enumerate(drawn.bars):
        top, long = n * ROW, max(bar.value / most * 100, 0.5)
        parts += [
            _text("name", 0, top + WORDS, bar.name),
            _text("value", 100, top + WORDS, bar.number),
            _rect("ground", top + WORDS + 8, 100),
            _rect(_css(bar, most), top + WORDS + 8, long),
        ]
    return _svg("lying", drawn, len(drawn.bars) * ROW - 4, parts)


def _svg(css: str, drawn: Chart, height: int, parts: list[str]) -> str:
    return (
        f'<svg class="bars {css}" width="100%" height="{height}" role="img"'
        f' aria-label="{escape(drawn.words)}">{"".join(parts)}</svg>'
    )


def _css(bar: Bar, most: int) -> str:
    return "beam most" if bar.value == most else "beam"


def _rect(css: str, top: int, long: float) -> str:
    return (
        f'<rect class="{css}" x="0" y="{top}" width="{long:.2f}%" height="{THICK}"'
        f' rx="{THICK // 2}"/>'
    )


def _text(css: str, across: float, down: int, words: str) -> str:
    return f'<text class="{css}" x="{across:.2f}%" y="{down}">{escape(words)}</text>'
