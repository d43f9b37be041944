"""How often TMDB may be asked, by all processes of all machines together: kept in Redis."""

import logging
from typing import cast

from redis import Redis, RedisError

from catalog.tmdb.limiter import BORROWED_AT_MOST, LONGEST_PAUSE, Limiter

log = logging.getLogger(__name__)

# The clock is Redis's own, so that machines whose clocks differ agree.
# ARGV: interval, seconds of pause (0: take a slot), and how far off a slot can be: one further off
# was written by a clock that has since been set back; further ahead than the last no slot is taken.
# Answers, in microseconds: until the slot, until the end of the pause.
TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local free = tonumber(redis.call('HGET', KEYS[1], 'free') or 0)
local quiet = tonumber(redis.call('HGET', KEYS[1], 'quiet') or 0)
local pause = tonumber(ARGV[2])
if math.max(free, quiet) > now + tonumber(ARGV[3]) then free, quiet = 0, 0 end
if pause > 0 then quiet = math.max(quiet, now + pause) end
local slot = math.max(now, free, quiet)
if pause == 0 and slot - now <= tonumber(ARGV[4]) then free = slot + tonumber(ARGV[1]) end
redis.call('HSET', KEYS[1], 'free', string.format('%.6f', free))
redis.call('HSET', KEYS[1], 'quiet', string.format('%.6f', quiet))
redis.call('EXPIRE', KEYS[1], 600)
return {math.floor((slot - now) * 1000000), math.floor((quiet - now) * 1000000)}
"""


class RedisLimiter:
    """While Redis is away each machine keeps the pace by itself, with `without_redis`."""

    def __init__(self, redis: Redis, rate: float, *, name: str, without_redis: Limiter) -> None:
        self.interval = 1 / rate
        self.name = name
        self.without_redis = without_redis
        self.script = redis.register_script(TAKE)

    def reserve(self) -> float:
        try:
            return self._take()[0]
        except RedisError as error:
            self._say(error)
            return self.without_redis.reserve()

    def borrow(self) -> bool:
        try:
            wait, paused = self._take(ahead=BORROWED_AT_MOST)
            return paused <= 0 and wait <= BORROWED_AT_MOST
        except RedisError as error:
            self._say(error)
            return self.without_redis.borrow()

    def pause(self, seconds: float) -> None:
        try:
            self._take(pause=min(seconds, LONGEST_PAUSE))
        except RedisError as error:
            self._say(error)
            self.without_redis.pause(seconds)

    def _take(self, pause: float = 0.0, ahead: float = LONGEST_PAUSE * 2) -> tuple[float, float]:
        args = [self.interval, pause, 2 * LONGEST_PAUSE, ahead]
        answer = self.script(keys=[self.name], args=args)
        wait, paused = cast("list[int]", answer)
        return wait / 1e6, paused / 1e6

    @staticmethod
    def _say(error: RedisError) -> None:
        log.warning("Redis is away, this machine keeps TMDB's pace by itself: %s", error)
