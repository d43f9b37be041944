"""What TMDB is to be asked about next: wanted by many, taken by one, and kept until it is done."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from catalog.models import Errand, Urgency

Ref = tuple[str, int]

# Who took it and says nothing for so long is gone, and somebody else may have it.
LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
FAILURES_AT_MOST = 5
# So often whoever had it was gone without a word: perhaps it was this very errand's doing.
SUSPECT_FROM = 3
LAPSES_AT_MOST = 8
BATCH = 1000
LOST = "Whoever took it was never heard of again."

# Wanted while it is being asked, it gets another time, by which `done` sees that it is to be asked
# again. What was given up is tried once more if there is news of it, or a reader waits.
_WANT = f"""
    INSERT INTO catalog_errand AS held
        (kind, tmdb_id, urgency, due_at, lapses, failures, error, created_at)
    VALUES {{rows}}
    ON CONFLICT (kind, tmdb_id) DO UPDATE SET
        urgency = {{greater}}(held.urgency, EXCLUDED.urgency),
        due_at = CASE WHEN held.taken_until IS NULL AND held.given_up_at IS NULL
            THEN {{less}}(held.due_at, EXCLUDED.due_at) ELSE EXCLUDED.due_at END,
        given_up_at = CASE WHEN EXCLUDED.urgency IN ({Urgency.CHANGED}, {Urgency.READER})
            THEN NULL ELSE held.given_up_at END
"""  # noqa: S608 - all of it is written above
_ROW = "(%s, %s, %s, %s, 0, 0, '', %s)"


@dataclass
class Hand:
    """Errands that are in one runner's hands, by key; what it has reported back is so no more."""

    errands: dict[int, Errand] = field(default_factory=dict)
    # Until when: by this the database knows which are still ours.
    leases: set[datetime] = field(default_factory=set)

    def drop(self, keys: Collection[int]) -> None:
        for key in keys:
            self.errands.pop(key, None)


def want(refs: Iterable[Ref], urgency: Urgency, *, due_at: datetime | None = None) -> int:
    """See that TMDB is asked about these; what is wanted already becomes no less urgent by it."""
    wanted = iter(sorted(set(refs)))
    count = 0
    while some := list(islice(wanted, BATCH)):
        _want(some, urgency, due_at)
        count += len(some)
    return count


def _want(refs: Sequence[Ref], urgency: Urgency, due_at: datetime | None) -> None:
    now = timezone.now()
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (due_at or now, now)]
    is_postgres = connection.vendor == "postgresql"
    order = _WANT.format(
        rows=", ".join([_ROW] * len(refs)),
        greater="GREATEST" if is_postgres else "MAX",
        less="LEAST" if is_postgres else "MIN",
    )
    with connection.cursor() as cursor:
        cursor.execute(order, [v for ref in refs for v in (*ref, urgency.value, *moments)])


# --- Taking -------------------------------------------------------------------------------------
def take(hand: Hand, most: int) -> list[Errand]:
    """The most urgent that nobody has, then the longest due.

    One that workers were lost over comes by itself, so that it takes no other down with it.
    """
    return _take(hand, Q(), most)


def take_this(hand: Hand, ref: Ref) -> list[Errand]:
    kind, tmdb_id = ref
    return _take(hand, Q(kind=kind, tmdb_id=tmdb_id), 1)


def is_suspect(errand: Errand) -> bool:
    return errand.lapses >= SUSPECT_FROM


def renew(hand: Hand) -> None:
    """These are still being seen to."""
    until = timezone.now() + LEASE
    _ours(hand, hand.errands).update(taken_until=until)
    hand.leases = {until}


def _take(hand: Hand, which: Q, most: int) -> list[Errand]:
    now = timezone.now()
    until = now + LEASE
    with transaction.atomic():
        ready = _ready(which, most, now)
        for errand in ready:
            errand.lapses += errand.taken_until is not None
        lost = [errand.pk for errand in ready if errand.lapses >= LAPSES_AT_MOST]
        ours = _until_suspect([errand for errand in ready if errand.pk not in lost])
        keys = [errand.pk for errand in ours]
        rows = Errand.objects.filter(pk__in=[*keys, *lost])
        rows.filter(taken_until__isnull=False).update(lapses=F("lapses") + 1)
        rows.filter(pk__in=keys).update(taken_until=until)
        rows.filter(pk__in=lost).update(given_up_at=now, taken_until=None, error=LOST)
    hand.errands |= {errand.pk: errand for errand in ours}
    hand.leases.add(until)
    return ours


def _ready(which: Q, most: int, now: datetime) -> list[Errand]:
    """Class by class, each in the order of the index: however many there are, few are read."""
    found: list[Errand] = []
    for urgency in sorted(Urgency, reverse=True):
        ready = Errand.objects.ready(now).filter(which, urgency=urgency).order_by("due_at", "pk")
        found += ready.select_for_update(skip_locked=True)[: most - len(found)]
        if len(found) >= most:
            break
    return found


def _until_suspect(errands: list[Errand]) -> list[Errand]:
    """Those before the first suspect; where that stands first, it alone."""
    first = next((n for n, errand in enumerate(errands) if is_suspect(errand)), None)
    return errands if first is None else errands[: first or 1]


def _ours(hand: Hand, keys: Iterable[int]) -> QuerySet[Errand]:
    """Those of them that nobody else has taken since."""
    return Errand.objects.filter(pk__in=list(keys), taken_until__in=hand.leases)


# --- Reporting back -----------------------------------------------------------------------------
def done(hand: Hand, keys: Collection[int]) -> None:
    """They are gone; what was wanted again while it was being asked stays."""
    with transaction.atomic():
        held = list(_ours(hand, keys).select_for_update().order_by("pk"))
        again = [errand.pk for errand in held if _is_wanted_again(errand, hand)]
        Errand.objects.filter(pk__in=again).update(taken_until=None, failures=0, lapses=0, error="")
        Errand.objects.filter(pk__in={errand.pk for errand in held} - {*again}).delete()
    hand.drop(keys)


def give_back(hand: Hand, keys: Collection[int]) -> None:
    """TMDB is away, or the time is up, which is nobody's failure."""
    _ours(hand, keys).update(taken_until=None)
    hand.drop(keys)


def put_off(hand: Hand, errand: Errand, error: Exception) -> bool:
    """Each time for twice as long; whether it is given up."""
    now = timezone.now()
    failures = errand.failures + 1
    is_over = failures >= FAILURES_AT_MOST
    _ours(hand, [errand.pk]).update(
        failures=failures,
        error=f"{type(error).__name__}: {error}",
        due_at=now + min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE),
        given_up_at=now if is_over else None,
        taken_until=None,
    )
    hand.drop([errand.pk])
    return is_over


def retry(ids: Collection[int]) -> int:
    """What was given up, from the beginning: somebody had a look at it."""
    return (
        Errand.objects.given_up()
        .filter(pk__in=ids)
        .update(given_up_at=None, failures=0, lapses=0, due_at=timezone.now(), taken_until=None)
    )


def _is_wanted_again(errand: Errand, hand: Hand) -> bool:
    before = hand.errands[errand.pk]
    return (errand.due_at, errand.urgency) != (before.due_at, before.urgency)


# --- Looking on ---------------------------------------------------------------------------------
def figures() -> dict[str, float]:
    """For the dashboard: how many, how many in vain, and for how long the oldest has been due."""
    now = timezone.now()
    told = Errand.objects.aggregate(
        open=Count("pk", filter=Q(given_up_at=None)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        since=Min("due_at", filter=Q(given_up_at=None, due_at__lte=now)),
    )
    lag = (now - told["since"]).total_seconds() if told["since"] else 0.0
    return {
        "errands.open": float(told["open"]),
        "errands.given_up": float(told["given_up"]),
        "errands.lag": lag,
    }


def ready_count() -> int:
    """So many could be run now."""
    return Errand.objects.ready().order_by().count()


def is_taken(ref: Ref) -> bool:
    kind, tmdb_id = ref
    ours = Errand.objects.open().filter(kind=kind, tmdb_id=tmdb_id)
    return ours.filter(taken_until__gt=timezone.now()).exists()
