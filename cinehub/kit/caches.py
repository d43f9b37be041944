"""The cache in Redis, and in this process while Redis is away.

Who counts visitors or takes turns cannot do without: a limit would hold for everybody or for
nobody. Meanwhile each process counts for itself.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted

# Redis is asked again after so long, or each question would wait for it to time out.
AWAY_SECONDS = 5.0


class _Redis:
    """Of all threads, for each has a cache of its own."""

    away_until = 0.0


def _or_here(name: str) -> Callable[..., Any]:
    def operate(self: "RedisOrHere", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _Redis.away_until:
            try:
                return getattr(self.client, name)(*args, **kwargs)
            except ConnectionInterrupted:
                _Redis.away_until = time.monotonic() + AWAY_SECONDS
        return getattr(self.here, name)(*args, **kwargs)

    return operate


class RedisOrHere(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        # Those of one name are one, in all threads.
        self.here = LocMemCache("redis-is-away", {})

    add = _or_here("add")
    get = _or_here("get")
    set = _or_here("set")
    touch = _or_here("touch")
    delete = _or_here("delete")
    has_key = _or_here("has_key")
    incr = _or_here("incr")
    decr = _or_here("decr")
    get_many = _or_here("get_many")
    set_many = _or_here("set_many")
    delete_many = _or_here("delete_many")
    clear = _or_here("clear")
