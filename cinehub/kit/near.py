"""What each process keeps to itself for some minutes: small, often asked for, and nobody's own."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from django.core.cache import caches

T = TypeVar("T")
K = TypeVar("K")

cache = caches["near"]

SECONDS = 600


def near(name: str, ask: Callable[[], T]) -> T:
    """What `ask` answered at most ten minutes ago."""
    found: T | None = cache.get(name)
    if found is None:
        found = ask()
        cache.set(name, found, SECONDS)
    return found


def near_all(
    name: str, keys: Collection[K], ask: Callable[[Collection[K]], Mapping[K, T]]
) -> list[T]:
    """The same of each of these; `ask` is asked once for all that are not near."""
    names = {key: f"{name}-{key}" for key in keys}
    known = cache.get_many(names.values())
    if lacking := [key for key in keys if names[key] not in known]:
        told = {names[key]: found for key, found in ask(lacking).items()}
        cache.set_many(told, SECONDS)
        known |= told
    return [known[each] for each in names.values()]
