"""Figures over time as pictures, and as the tables behind them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

register = template.Library()

Point = tuple[datetime, float]

WIDTH, HEIGHT = 600, 120
# The line's own width stays within the picture.
MARGIN = 4
# As many points as a picture this wide can show.
POINTS = 96


@dataclass(frozen=True)
class Period:
    """How far back a picture goes, and how much of it is a row of its table."""

    name: str
    length: timedelta
    row: timedelta

    @property
    def step(self) -> timedelta:
        return self.length / POINTS

    def format(self, moment: datetime) -> str:
        local = timezone.localtime(moment)
        return date_format(local, "H:i" if self.row < timedelta(days=1) else "j N")


@dataclass(frozen=True)
class Chart:
    """One figure from `since` until now. A line breaks off where nothing was measured."""

    name: str
    period: Period
    since: datetime
    points: Sequence[Point]
    format: Callable[[float], str]

    @property
    def now(self) -> str:
        return self.format(self.points[-1][1]) if self.points else "–"

    @property
    def most(self) -> str:
        return self.format(max((value for _, value in self.points), default=0))

    @property
    def words(self) -> str:
        """What the picture shows, for who does not see it."""
        if not self.points:
            return _("%(name)s: not measured yet.") % {"name": self.name}
        least = self.format(min(value for _, value in self.points))
        told = {"name": self.name, "now": self.now, "least": least, "most": self.most}
        return _("%(name)s: now %(now)s, between %(least)s and %(most)s.") % told

    @property
    def line(self) -> str:
        return " ".join(f"M{' '.join(_pairs(part))}" for part in self._parts())

    @property
    def area(self) -> str:
        floor = HEIGHT - MARGIN
        return " ".join(
            f"M{part[0][0]:g},{floor} {' '.join(_pairs(part))} {part[-1][0]:g},{floor}Z"
            for part in self._parts()
        )

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """When, how much in the middle, and at most."""
        told = []
        for moment, values in _grouped(self.points, self.since, self.period.row):
            mean = self.format(sum(values) / len(values))
            told.append((self.period.format(moment), mean, self.format(max(values))))
        return told

    def _parts(self) -> list[list[tuple[float, float]]]:
        """Where each point is, in pieces that hang together."""
        smooth = [
            (moment, sum(values) / len(values))
            for moment, values in _grouped(self.points, self.since, self.period.step)
        ]
        top = max((value for _, value in smooth), default=0) or 1
        places = [(self._across(m), HEIGHT - MARGIN - v / top * self._high) for m, v in smooth]
        broken = WIDTH / POINTS * 4.5
        cuts = [n for n, (a, b) in enumerate(pairwise(places), 1) if b[0] - a[0] > broken]
        edges = [0, *cuts, len(places)]
        return [places[a:b] for a, b in pairwise(edges) if b > a]

    @property
    def _high(self) -> float:
        return HEIGHT - 2 * MARGIN

    def _across(self, moment: datetime) -> float:
        return (moment - self.since) / self.period.length * WIDTH


def number(value: float) -> str:
    return number_format(round(value), use_l10n=True, force_grouping=True)


def seconds(value: float) -> str:
    """As one says it: 40 s, 12 min, 3.5 h."""
    if value < 100:
        return _("%d s") % round(value)
    if value < 100 * 60:
        return _("%d min") % round(value / 60)
    return _("%s h") % number_format(value / 3600, 1)


def size(value: float) -> str:
    return str(filesizeformat(value))


def percent(value: float) -> str:
    return _("%s %%") % number_format(value, 1)


@register.inclusion_tag("admin/dashboard/_chart.html")
def chart(drawn: Chart) -> dict[str, object]:
    return {"chart": drawn, "width": WIDTH, "height": HEIGHT}


def _grouped(
    points: Iterable[Point], since: datetime, length: timedelta
) -> list[tuple[datetime, list[float]]]:
    groups: dict[int, list[float]] = {}
    for moment, value in points:
        groups.setdefault((moment - since) // length, []).append(value)
    return [(since + length * n, values) for n, values in sorted(groups.items())]


def _pairs(part: Iterable[tuple[float, float]]) -> list[str]:
    return [f"{across:.4g},{down:.4g}" for across, down in part]
