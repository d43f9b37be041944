"""Which days somebody would like to see: a month or a day of a calendar, and the way around it."""

import re
from calendar import MONDAY, SATURDAY, SUNDAY, Calendar, monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from catalog.about.schedule import Day
from catalog.models import Kind
from cinehub.kit.web import Reader

FIRST, LAST = date(1870, 1, 1), date(2100, 12, 31)
VIEWS = ("month", "agenda")

# Where the week begins on another day than Monday, by the Unicode CLDR.
SUNDAY_FIRST = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX"
    " MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)
SATURDAY_FIRST = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"


@dataclass(frozen=True)
class Asked:
    """What of the calendar is to be seen: a month, or the one day of it."""

    # The name of the page that shows it.
    page: ClassVar[str] = "catalog:calendar"

    month: date
    day: date | None = None
    view: str = "month"
    kind: str = ""
    is_strange: bool = False

    @classmethod
    def read(cls, query: QueryDict, today: date) -> Self:
        """What makes no sense falls back to this month and everything."""
        month, day = query.get("month", ""), query.get("day", "")
        view, kind = query.get("view", ""), query.get("kind", "")
        start, chosen = _date(f"{month}-01"), _date(day)
        return cls(
            month=(chosen or start or today).replace(day=1),
            day=chosen,
            view=view if view in VIEWS else "month",
            kind=kind if kind in Kind.values else "",
            is_strange=bool((month and not start) or (day and not chosen)),
        )

    def address(self, **changes: Any) -> str:
        """Of this calendar, but for the changes; a day stands for its month."""
        to = replace(self, **changes)
        parts = {
            "month": "" if to.day else f"{to.month:%Y-%m}",
            "day": to.day.isoformat() if to.day else "",
            "view": "" if to.view == "month" else to.view,
            "kind": to.kind,
        }
        return f"{reverse(self.page)}?{urlencode({k: v for k, v in parts.items() if v})}"

    @property
    def days(self) -> tuple[date, date]:
        return self.month, self.month.replace(day=monthrange(self.month.year, self.month.month)[1])


def frame(asked: Asked, today: date) -> dict[str, Any]:
    """What stands around the days on each such page."""
    return {
        "asked": asked,
        "today": today,
        "is_now": asked.month == today.replace(day=1),
        "to_month": asked.address(day=None, view="month"),
        "to_agenda": asked.address(day=None, view="agenda"),
        "to_today": asked.address(day=None, month=today.replace(day=1)) + "#today",
        "kinds": [(kind, asked.address(kind=kind), kind == asked.kind) for kind in ("", *Kind)],
        **_around(asked),
    }


def _around(asked: Asked) -> dict[str, str]:
    """The way to what is before and after, as long as there are films."""
    start, end = (asked.day, asked.day) if asked.day else asked.days
    before, after = start - timedelta(days=1), end + timedelta(days=1)
    return {
        "before": asked.address(**_to(asked, before)) if before >= FIRST else "",
        "after": asked.address(**_to(asked, after)) if after <= LAST else "",
    }


def _to(asked: Asked, day: date) -> dict[str, date]:
    return {"day": day} if asked.day else {"month": day.replace(day=1)}


def weeks(asked: Asked, who: Reader, days: list[Day]) -> list[list[tuple[date, str, Day | None]]]:
    """The month's weeks as the reader counts them; the days of other months are empty."""
    found = {day.date: day for day in days}
    calendar = Calendar(first_weekday(who))
    weeks = calendar.monthdatescalendar(asked.month.year, asked.month.month)
    return [
        [
            (day, asked.address(day=day) if day.month == asked.month.month else "", found.get(day))
            for day in week
        ]
        for week in weeks
    ]


def first_weekday(who: Reader) -> int:
    """As they have chosen, or as it is in their country."""
    if who.first_weekday is not None:
        return who.first_weekday
    if who.country in SATURDAY_FIRST.split():
        return SATURDAY
    return SUNDAY if who.country in SUNDAY_FIRST.split() else MONDAY


def _date(words: str) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return None
    try:
        found = date.fromisoformat(words)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None
