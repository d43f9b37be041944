"""When somebody watched, and what day it is where they are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.preferring import zone
from lists.models import Precision
from lists.models.viewings import LONG_AGO

# Clocks are not all right, and to type takes a moment.
LENIENCE = timedelta(minutes=5)
# Nobody had anything to watch before.
FIRST_FILM = date(1888, 1, 1)


def zone_of(member: User) -> tzinfo:
    """Whoever asks: a worker and the staff are elsewhere."""
    return zone(member.time_zone) or timezone.get_default_timezone()


def today(member: User) -> date:
    return timezone.localdate(timezone=zone_of(member))


def begins(day: date, member: User) -> datetime:
    """The instant at which the day begins where the member is."""
    return datetime.combine(day, time.min, tzinfo=zone_of(member))


def objection(said: date, member: User) -> str:
    """Why nobody can have watched then, at a moment or on a day; empty where they can."""
    if isinstance(said, datetime):
        is_past, day = said <= timezone.now() + LENIENCE, said.date()
    else:
        is_past, day = said <= today(member), said
    if not is_past:
        return _("That is still to come.")
    return _("There were no films then.") if day < FIRST_FILM else ""


@dataclass(frozen=True, slots=True)
class When:
    """As well as somebody remembers; `at` is what viewings are sorted by."""

    precision: Precision
    at: datetime
    on: date | None

    @classmethod
    def now(cls, member: User) -> Self:
        return cls.instant(timezone.now(), member)

    @classmethod
    def instant(cls, at: datetime, member: User) -> Self:
        return cls(Precision.INSTANT, at, timezone.localdate(at, timezone=zone_of(member)))

    @classmethod
    def day(cls, on: date) -> Self:
        return cls(Precision.DAY, datetime.combine(on, time(12), tzinfo=UTC), on)

    @classmethod
    def unknown(cls) -> Self:
        return cls(Precision.UNKNOWN, LONG_AGO, None)
