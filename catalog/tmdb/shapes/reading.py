"""Reading TMDB's JSON with patience: null, "", a missing key and nonsense all mean "not known"."""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

T = TypeVar("T")
Json = dict[str, Any]

SMALL = 2**31 - 1
BIG = 2**63 - 1


def text(data: Json, key: str, most: int | None = None) -> str:
    value = data.get(key)
    # PostgreSQL takes no null characters.
    return value.replace("\x00", "").strip()[:most] if isinstance(value, str) else ""


def whole(data: Json, key: str, most: int = SMALL) -> int:
    value = data.get(key)
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    return value if type(value) is int and 0 <= value <= most else 0


def number(data: Json, key: str) -> float:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if math.isfinite(value) else 0.0


def vote(data: Json) -> float:
    return min(max(number(data, "vote_average"), 0.0), 10.0)


def day(data: Json, key: str) -> date | None:
    """A date, also where TMDB writes an instant for it."""
    value = data.get(key)
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def instant(data: Json, key: str) -> datetime | None:
    value = data.get(key)
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed and parsed.tzinfo is None else parsed


def code(data: Json, key: str) -> str:
    """A language's or country's two letters."""
    value = data.get(key)
    return value if isinstance(value, str) and len(value) == 2 else ""


def path(data: Json, key: str) -> str:
    value = text(data, key, 100)
    return value if value.startswith("/") else ""


def web(data: Json, key: str) -> str:
    value = text(data, key, 1000)
    return value if value.startswith(("http://", "https://")) else ""


def part(data: Json, key: str) -> Json:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def dicts(data: Json, key: str) -> Iterator[Json]:
    value = data.get(key)
    return (
        (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())
    )


def codes(data: Json, key: str) -> list[str]:
    value = data.get(key)
    found = value if isinstance(value, list) else []
    return [item for item in found if isinstance(item, str) and len(item) == 2]


def unique(items: Iterator[T], key: Callable[[T], object]) -> tuple[T, ...]:
    """The first of each, in order: TMDB repeats itself."""
    seen: dict[object, T] = {}
    for item in items:
        seen.setdefault(key(item), item)
    return tuple(seen.values())
