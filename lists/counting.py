"""Counting anew how far members are with a show, while nobody else writes about it for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.records import touch
from catalog.models import Title
from lists.caring import care_for
from lists.models import Tracking, Viewing
from lists.models.tracking import TrackingQuerySet
from lists.progress import Line, Numbers, line_of
from lists.when import begins, today

# What TMDB dates later than this is no date.
LAST_YEAR = 2999
# A day begins so much later in one place than in another, and a bit.
FARTHEST = timedelta(hours=27)
RECOUNTED = (
    "seen",
    "left",
    "minutes_left",
    "next_episode",
    "last_watched_at",
    "changes_at",
    "counted_at",
)


def hold(member: User, title: Title) -> Tracking:
    """What is known of how far they are, until the end of the transaction nobody else's to change.

    It is made on its first use.
    """
    held = Tracking.objects.select_for_update(no_key=True)
    tracking, is_new = held.get_or_create(user=member, title=title)
    if is_new:
        care_for(title)
    tracking.user, tracking.title = member, title
    return tracking


def settle(tracking: Tracking, line: Line, *besides: str) -> None:
    """The numbers of a row that is held, as its viewings are now; these fields are kept, too."""
    watched, last = _watched(tracking)
    numbers = line.numbers(watched, today(tracking.user))
    before = _figures(tracking)
    tracking.seen, tracking.left = numbers.seen, numbers.left
    tracking.minutes_left = numbers.minutes_left
    tracking.next_episode_id = numbers.next_episode
    tracking.last_watched_at = _last_of(line, last)
    tracking.changes_at = _changes_at(tracking.user, numbers)
    tracking.counted_at = line.as_of
    tracking.save(update_fields=[*RECOUNTED, *besides])
    if _figures(tracking) != before:
        touch(tracking.user_id)


@transaction.atomic
def recount(member_pk: int, title_pk: int) -> None:
    """Of a show that they have to do with."""
    _recount(member_pk, title_pk, {})


def recount_outdated(limit: int) -> int:
    """So many of those that no longer hold; how many there were. Each is held but for a moment."""
    return _recount_each(Tracking.objects.outdated(), limit)


def recount_moved(limit: int) -> int:
    """The same, of members whose days begin at other moments than when it was counted."""
    now = timezone.now()
    soon = Tracking.objects.filter(changes_at__gt=now, changes_at__lte=now + FARTHEST)
    moved = Q(pk__in=[])
    for (name,) in soon.order_by().values_list("user__time_zone").distinct():
        there = User(time_zone=name)
        days = [today(there) + timedelta(days=n) for n in range(4)]
        begin = [begins(day, there) for day in days]
        moved |= Q(user__time_zone=name) & ~Q(changes_at__in=begin)
    return _recount_each(soon.filter(moved), limit)


def _recount_each(some: TrackingQuerySet, limit: int) -> int:
    rows = some.order_by("title", "pk").values_list("user_id", "title_id")
    lines: dict[int, Line] = {}
    found = list(rows[:limit])
    for member_pk, title_pk in found:
        with transaction.atomic():
            _recount(member_pk, title_pk, lines)
    return len(found)


@transaction.atomic
def renumber(member_pk: int, title_pk: int) -> None:
    """Which time each viewing of a film was, whatever was added or taken away between."""
    seen = Viewing.objects.filter(user=member_pk, title=title_pk, episode=None)
    viewings = list(seen.order_by("watched_at", "pk"))
    changed = [(which, one) for which, one in enumerate(viewings) if one.rewatch != which]
    for which, viewing in changed:
        viewing.rewatch = which
    Viewing.objects.bulk_update([one for _which, one in changed], ["rewatch"])


def _recount(member_pk: int, title_pk: int, lines: dict[int, Line]) -> None:
    held = Tracking.objects.select_for_update(no_key=True, of=("self",))
    rows = held.select_related("user", "title")
    tracking = rows.filter(user=member_pk, title=title_pk).first()
    if tracking:
        # Read once it is held: it was perhaps changed by whoever held it before.
        if title_pk not in lines:
            lines[title_pk] = line_of(tracking.title)
        settle(tracking, lines[title_pk])


def _watched(tracking: Tracking) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When each episode was last watched: in the round that counts, and at all."""
    rows = Viewing.objects.filter(
        user=tracking.user_id, title=tracking.title_id, episode__isnull=False
    ).values_list("episode_id", "watched_at", "rewatch")
    told = list(rows)
    counted = (row for row in told if not tracking.rewatch or row[2] == tracking.rewatch)
    return _latest(counted), _latest(told)


def _latest(rows: Iterable[tuple[int | None, datetime, int]]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for episode, at, _round in rows:
        if episode is not None:
            found[episode] = max(at, found.get(episode, at))
    return found


def _last_of(line: Line, watched: dict[int, datetime]) -> datetime | None:
    return max((watched[part.pk] for part in line.regular if part.pk in watched), default=None)


def _changes_at(member: User, numbers: Numbers) -> datetime | None:
    day = numbers.changes_on
    return begins(day, member) if day and day.year <= LAST_YEAR else None


def _figures(tracking: Tracking) -> tuple[int, int, int, int | None]:
    return tracking.seen, tracking.left, tracking.minutes_left, tracking.next_episode_id
