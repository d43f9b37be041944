"""How much the API is used, and by what: counted by the day, and forgotten after a week.

Each process counts for itself and hands on what it has every few seconds; so it costs an answer
nothing, and who is killed takes the last seconds' counts along. They lie in Redis, where all of a
site's processes put theirs together. Without Redis a process tells of itself alone.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django_redis import get_redis_connection
from redis import RedisError

DAYS = 7
KEPT = timedelta(days=DAYS + 1)
EVERY_SECONDS = 5
# Whoever makes up clients or addresses does not fill the memory.
MOST = 10_000
# The client of whom nothing is known.
ANYBODY = "anonymous"


class Use(NamedTuple):
    """What was asked, by whom, and how it went: 2 for 200 to 299, and so on."""

    endpoint: str
    limit: str
    client: str
    status: int


_lock = Lock()
_counted: Counter[tuple[date, Use]] = Counter()
_handed_on = monotonic()


def note(endpoint: str, limit: str, client: str, status: int) -> None:
    """An answer; nobody waits for it to be written down."""
    global _handed_on
    use = Use(endpoint, limit, client, status // 100)
    with _lock:
        _counted[timezone.now().date(), use] += 1
        is_due = monotonic() - _handed_on > EVERY_SECONDS
        _handed_on = monotonic() if is_due else _handed_on
    if is_due:
        hand_on()


def client_of(request: Any) -> str:
    """An app by its name for machines; of members and passers-by only which kind they are."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return ANYBODY
    label: str = getattr(request.auth, "label", "")
    return label if label.startswith("app:") else label.partition(":")[0] or "browser"


def hand_on() -> None:
    """Without Redis, or while it is away, they stay here."""
    if not settings.REDIS_URL:
        _forget()
        return
    with _lock:
        taken = dict(_counted)
        _counted.clear()
    try:
        _write(taken)
    except RedisError:
        with _lock:
            _counted.update(taken if len(taken) < MOST else {})


def told(days: int = DAYS) -> dict[date, Counter[Use]]:
    """The latest day first. Raises RedisError."""
    hand_on()
    today = timezone.now().date()
    wanted = [today - timedelta(days=n) for n in range(days)]
    found = {day: _read(day) for day in wanted}
    with _lock:
        for (day, use), count in _counted.items():
            if day in found:
                found[day][use] += count
    return found


def _forget() -> None:
    before = timezone.now().date() - KEPT
    with _lock:
        for known in [known for known in _counted if known[0] < before]:
            del _counted[known]


def _write(taken: Mapping[tuple[date, Use], int]) -> None:
    pipe = get_redis_connection("default").pipeline(transaction=False)
    for (day, use), count in taken.items():
        pipe.hincrby(_key(day), "\n".join(map(str, use)), count)
    for day in {day for day, _use in taken}:
        pipe.expire(_key(day), KEPT)
    pipe.execute()


def _read(day: date) -> Counter[Use]:
    if not settings.REDIS_URL:
        return Counter()
    rows = get_redis_connection("default").hgetall(_key(day))
    return Counter({_use(name.decode()): int(count) for name, count in rows.items()})


def _use(name: str) -> Use:
    endpoint, limit, client, status = name.split("\n")
    return Use(endpoint, limit, client, int(status))


def _key(day: date) -> str:
    return f"{settings.LIVE_PREFIX}:api-use:{day.isoformat()}"
