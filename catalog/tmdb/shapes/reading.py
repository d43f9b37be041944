"""Reading TMDB's JSON with patience: null, "", a missing key and nonsense all mean "not known"."""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeGuard, TypeVar

T = TypeVar("T")
Json = dict[str, Any]

SMALL = 2**31 - 1
BIG = 2**63 - 1


def text(data: Json, key: str, most: int | None = None) -> str:
    value = data.get(key)
    return clean(value)[:most] if isinstance(value, str) else ""


def clean(value: str) -> str:
    """Without what no database takes: null characters and halves of surrogate pairs."""
    return value.encode(errors="ignore").decode().replace("\x00", "").strip()


def whole(data: Json, key: str, most: int = SMALL) -> int:
    value = data.get(key)
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    return value if type(value) is int and 0 <= value <= most else 0


def wholes(data: Json, key: str) -> list[int]:
    value = data.get(key)
    found = value if isinstance(value, list) else []
    return [n for n in found if type(n) is int and 0 < n <= SMALL]


def number(data: Json, key: str) -> float:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        return float(value) if math.isfinite(value) else 0.0
    except OverflowError:
        return 0.0


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
        if parsed and parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=UTC)
        return parsed.astimezone(UTC) if parsed else None
    except (ValueError, OverflowError):
        return None


def code(data: Json, key: str) -> str:
    """A language's or country's two letters."""
    value = data.get(key)
    return value if is_code(value) else ""


def is_code(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha()


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
    return [item for item in found if is_code(item)]


def unique(items: Iterator[T], key: Callable[[T], object]) -> tuple[T, ...]:
    """The first of each, in order: TMDB repeats itself."""
    seen: dict[object, T] = {}
    for item in items:
        seen.setdefault(key(item), item)
    return tuple(seen.values())
