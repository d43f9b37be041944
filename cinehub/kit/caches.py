"""Caches: in Redis, and in this process while Redis is away; and what is always near.

Who counts visitors or takes turns cannot do without Redis: a limit would hold for everybody or for
nobody. Meanwhile each process counts for itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
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


class Near(LocMemCache):
    """In this process, as it is: what is kept is handed out again and again, not copies of it.

    So nobody may change it. To read a copy takes longer than most of what it would spare.
    """

    # LocMemCache's own, which its types leave out.
    _cache: OrderedDict[str, Any]
    _lock: AbstractContextManager[bool]
    _has_expired: Callable[[str], bool]
    _delete: Callable[[str], bool]
    _set: Callable[[str, Any, Any], None]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if not self._has_expired(key):
                return False
            self._set(key, value, timeout)
            return True
