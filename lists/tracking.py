"""Members say how they are with a show: planned, paused, dropped, or watched once more."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts import undoing
from accounts.models import User
from catalog.models import Title
from lists.models import State, Tracking, Viewing
from lists.own.standing import AGAIN, ONCE
from lists.watching import Log, open_log


def choose(member: User, show: Title, chosen: str) -> UUID | None:
    """A state (or `none`), or that they watch it again, or no longer again."""
    if chosen == AGAIN:
        return watch_again(member, show)
    if chosen == ONCE:
        return stop_again(member, show)
    return say(member, show, State(chosen.removeprefix("none")))


@transaction.atomic
def say(member: User, title: Title, state: State) -> UUID | None:
    """Nothing to undo where they had said it before."""
    log = open_log(member, title)
    return _change(log, state, log.round)


@transaction.atomic
def watch_again(member: User, title: Title) -> UUID | None:
    """From the first episode, as if it were new to them; what they have seen stays in the history.

    Nothing happens where there is nothing to watch again: no viewing at all, or of this round.
    """
    log = open_log(member, title)
    if not log.counting().exists():
        return None
    viewings = Viewing.objects.filter(user=member, title=title)
    last = viewings.aggregate(last=Max("rewatch"))["last"]
    return _change(log, State.NONE, max(last, log.round) + 1)


@transaction.atomic
def stop_again(member: User, title: Title) -> UUID | None:
    """All that they have seen counts once more, in whichever round it was."""
    log = open_log(member, title)
    return _change(log, _tracking(log).state, 0)


def _change(log: Log, state: str, rewatch: int) -> UUID | None:
    tracking = _tracking(log)
    said = {"title": log.title.pk, "state": tracking.state, "rewatch": tracking.rewatch}
    if (tracking.state, tracking.rewatch) == (state, rewatch):
        return None
    tracking.state, tracking.rewatch = state, rewatch
    log.close()
    return undoing.offer(log.member, "lists.said", said)


def _tracking(log: Log) -> Tracking:
    """Of a film nobody says how they are with it."""
    if log.tracking is None:
        raise TypeError
    return log.tracking
