"""TMDB's feed of what has changed: of what is held in full, what has changed is wanted."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import ChangesCursor, Errand, Person, SyncRun, Title, Urgency
from catalog.sync.diary import Progress, Run, run, silent
from catalog.sync.errands import want
from catalog.tmdb import TMDB

KINDS = (Errand.Kind.MOVIE, Errand.Kind.TV, Errand.Kind.PERSON)
# TMDB tells no more of what was.
DAYS_TOLD = 14
# An answer is a little older than what was made of it, and TMDB's own caches are, too.
SURELY = timedelta(minutes=10)
BATCH = 5000

# Ids, and since when an older answer about each is not good enough.
Told = list[tuple[int, datetime]]


def sync_changes(tmdb: TMDB, progress: Progress = silent) -> SyncRun:
    """Read on from where each kind's feed was read to; what it names is wanted, not asked yet."""
    with run("changes", progress) as under_way:
        for kind in KINDS:
            _read_on(under_way, tmdb, kind)
    return under_way.row


def _read_on(under_way: Run, tmdb: TMDB, kind: str) -> None:
    """One kind's days, the last one read among them, and today's. All of it or nothing counts."""
    now = timezone.now()
    today = now.astimezone(UTC).date()
    cursor = ChangesCursor.objects.filter(pk=kind).first()
    days = _days(cursor, today)
    told: dict[date, Told] = {}
    for day in days:
        ids = _listed(under_way, tmdb, kind, day)
        before = cursor.listed if cursor and cursor.day == day else []
        over = _midnight(day + timedelta(days=1)) + SURELY
        told[day] = _told(ids, before, now) if day == today else [(pk, over) for pk in ids]
    wanted = _not_fetched_since(under_way, kind, [one for some in told.values() for one in some])
    with transaction.atomic():
        if cursor and cursor.day < days[0]:
            _catch_up(kind, _midnight(days[0]))
        under_way.row.updated += want(((kind, pk) for pk in wanted), Urgency.CHANGED)
        listed = [[pk, told_at.isoformat()] for pk, told_at in told[today]]
        ChangesCursor.objects.update_or_create(
            kind=kind, defaults={"day": today, "read_at": now, "listed": listed}
        )


def _days(cursor: ChangesCursor | None, today: date) -> list[date]:
    first = cursor.day if cursor else today - timedelta(days=1)
    first = max(min(first, today), today - timedelta(days=DAYS_TOLD - 1))
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def _listed(under_way: Run, tmdb: TMDB, kind: str, day: date) -> list[int]:
    """A day's ids, each where it stands first: while one reads, others move to the front."""
    ids: dict[int, None] = {}
    number = last = 1
    while number <= last:
        under_way.expect(1)
        page = tmdb.changes(kind, day, number)
        under_way.row.asked += 1
        under_way.step()
        under_way.live()
        ids |= dict.fromkeys(page.ids)
        number, last = number + 1, page.last
    return list(ids)


def _told(ids: Sequence[int], before: Sequence[tuple[int, str]], now: datetime) -> Told:
    """Of a day that goes on: when we heard of each of these, the last time it changed.

    The list begins with the latest. So what has not changed again keeps its place among its like,
    at the end; both lists are walked from there, and who is met out of turn has changed since.
    """
    places = {pk: place for place, (pk, _) in enumerate(before)}
    last = len(before)
    told: Told = []
    for pk in reversed(ids):
        place = places.get(pk, last)
        if place < last:
            last = place
            told.append((pk, datetime.fromisoformat(before[place][1])))
        else:
            told.append((pk, now))
    return told[::-1]


def _not_fetched_since(under_way: Run, kind: str, told: Told) -> set[int]:
    """Those that are here in full, or were before they were dropped, and not as they are now."""
    rows = _in_full(kind)
    left = iter(told)
    wanted: set[int] = set()
    while some := list(islice(left, BATCH)):
        ids = [pk for pk, _ in some]
        held = dict(rows.filter(tmdb_id__in=ids).values_list("tmdb_id", "fetched_at"))
        news = {pk for pk, at in some if pk in held and (not held[pk] or held[pk] < at)}
        under_way.row.fresh += len(held) - len(news)
        wanted |= news
    return wanted


def _catch_up(kind: str, until: datetime) -> None:
    """What has changed before then, nobody tells any more: what is older gets old at once."""
    now = timezone.now()
    before = _in_full(kind).filter(hidden_at=None, fetched_at__lt=until)
    before.filter(refresh_at__gt=now).update(refresh_at=now)


def _in_full(kind: str) -> QuerySet[Any]:
    rows = Person.objects.all() if kind == Errand.Kind.PERSON else Title.objects.filter(kind=kind)
    return rows.filter(details_at__isnull=False)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
