"""How a member stands to films and shows, for what pages say of it and offer to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Max
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Episode
from cinehub.kit.written import Given, Parts, Written
from lists.models import State, Tracking, Viewing
from lists.progress import Status, status_of
from lists.when import today

# How a member goes on with what they had put aside.
ON = {
    State.PLANNED: gettext_lazy("No longer planned"),
    State.PAUSED: gettext_lazy("Go on watching"),
    State.DROPPED: gettext_lazy("Take it up again"),
}
# Of a show and its next episode only what is told of them: their words are long.
_TOLD = (
    *("title__status", "state", "rewatch", "seen", "left", "minutes_left", "last_watched_at"),
    *(f"next_episode__{name}" for name in ("name", "number", "air_date", "season__number")),
)
# What is said of a show where nobody has to press anything else.
AGAIN, ONCE = "again", "once"


class Choice(NamedTuple):
    """Something that can be said of a show: what is sent, its icon, and its words."""

    value: str
    icon: str
    label: str


@dataclass(frozen=True)
class Standing:
    """How far a member is with a show."""

    tracking: Tracking
    day: date

    @property
    def status(self) -> Status | None:
        return status_of(self.tracking)

    @property
    def seen(self) -> int:
        return self.tracking.seen

    @property
    def all(self) -> int:
        """That have aired."""
        return self.tracking.seen + self.tracking.left

    @property
    def left(self) -> int:
        return self.tracking.left

    @property
    def minutes_left(self) -> int:
        return self.tracking.minutes_left

    @property
    def next(self) -> Episode | None:
        return self.tracking.next_episode

    @property
    def is_next_to_come(self) -> bool:
        """Where something is left, a next one without a date has aired."""
        day = self.next.air_date if self.next else None
        return day > self.day if day else not self.tracking.left

    @property
    def said(self) -> str:
        """Which time it is, where it is not the first."""
        if self.tracking.rewatch:
            return _("Watching again")
        return str(self.status.label) if self.status else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        told = self.tracking
        begun = told.last_watched_at is not None
        return _choices(told.state, begun, bool(told.seen), bool(told.rewatch), get_language())


@cache
def _choices(
    state: str, begun: bool, has_seen: bool, is_again: bool, _language: str | None
) -> tuple[Choice, ...]:
    """There are few, and pages offer them by the dozen."""
    found = []
    if state != State.NONE:
        found.append(Choice("none", "play", str(ON[State(state)])))
    elif not begun:
        found.append(Choice(State.PLANNED, "calendar-plus", _("Plan to watch")))
    if begun and state not in (State.PAUSED, State.DROPPED):
        found.append(Choice(State.PAUSED, "pause", _("Pause")))
    if begun and state != State.DROPPED:
        found.append(Choice(State.DROPPED, "circle-x", _("Drop")))
    if begun and has_seen:
        found.append(Choice(AGAIN, "repeat", _("Watch again from the start")))
    if is_again:
        found.append(Choice(ONCE, "undo-2", _("No longer watch again")))
    return tuple(found)


def standings(member: User, titles: Sequence[int]) -> dict[int, Standing]:
    """By the shows' keys, in one question."""
    rows = Tracking.objects.filter(user=member, title__in=titles)
    day = today(member)
    found = rows.select_related("title", "next_episode__season").only(*_TOLD)
    return {tracking.title_id: Standing(tracking, day) for tracking in found}


def history_of(member: User, titles: Sequence[int]) -> dict[int, tuple[int, date | None]]:
    """How many viewings there are of each title, and when the last was."""
    told = HISTORIES.ask(member=member.pk, titles=list(titles))["titles"]
    return {
        title: (times, date.fromisoformat(last) if last else None) for title, times, last in told
    }


def _histories() -> Parts:
    viewings = Viewing.objects.filter(user=Given("member"), title__pk__among=Given("titles"))
    counted = viewings.order_by().values("title")
    counted = counted.annotate(times=Count("pk"), last=Max("watched_on"))
    return {"titles": counted.values_list("title", "times", "last")}


HISTORIES = Written(_histories)
