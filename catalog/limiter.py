"""Where TMDB's pace is written down for all processes of all machines together: in Redis."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

from redis import Redis, RedisError

from catalog.tmdb.book import Book, Moment
from catalog.tmdb.limiter import Store

log = logging.getLogger(__name__)

T = TypeVar("T")

# Nobody else has written meanwhile: what was read is still there. The key has no end, so that a
# Redis short of memory drops others.
REPLACE = """
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""
# Where it does not answer, it is not waited for again before so long.
AWAY_SECONDS = 2.0


class RedisStore:
    """While Redis is away each machine keeps the pace by itself, with `without_redis`.

    The clock is Redis's own, so that machines whose clocks differ agree.
    """

    def __init__(
        self,
        redis: Redis,
        *,
        name: str,
        without_redis: Store,
        clock: Callable[[], Moment] | None = None,
    ) -> None:
        self.redis = redis
        self.name = name
        self.without_redis = without_redis
        self.clock = clock
        self.replace = redis.register_script(REPLACE)
        self.away_until = 0.0
        # Threads of one process wait for each other here, and need not try again.
        self.alone = Lock()

    def change(self, edit: Callable[[Book, Moment], T]) -> T:
        with self.alone:
            if time.monotonic() < self.away_until:
                return self.without_redis.change(edit)
            try:
                return self._change(edit)
            except RedisError as error:
                log.warning("Redis is away, this machine keeps TMDB's pace by itself: %s", error)
                self.away_until = time.monotonic() + AWAY_SECONDS
                return self.without_redis.change(edit)

    def _change(self, edit: Callable[[Book, Moment], T]) -> T:
        while True:
            before, moment = self._read()
            book = Book.read(before)
            said = edit(book, self.clock() if self.clock else moment)
            after = book.written()
            if after == before or self.replace(keys=[self.name], args=[before, after]):
                return said

    def _read(self) -> tuple[bytes, Moment]:
        both = self.redis.pipeline()
        both.get(self.name)
        both.time()
        text, (seconds, micros) = both.execute()
        return cast("bytes", text or b""), Moment(seconds + micros / 1e6, seconds // 86400)
