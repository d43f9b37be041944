"""Telling open pages what has just happened, from any process: who listens is in `listening`."""

import asyncio
import json
import logging
import os
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection, transaction
from django_redis import get_redis_connection
from redis import RedisError

log = logging.getLogger(__name__)

Message = dict[str, object]

# Who may see the dashboard.
STAFF = "staff"

# While Redis is away, what happens is not told; nobody waits for it again and again.
AWAY_SECONDS = 5
# How soon a page hears of something where there is no Redis, and how long the file may grow.
LOOK_SECONDS = 0.2
LONGEST_FILE = 1_000_000


def publish(group: str, kind: str, **facts: object) -> None:
    """Tell whoever listens to `group`, once what is being written is committed.

    It costs next to nothing and never fails: what is told may be missed, and pages ask now and
    then by themselves.
    """
    tell = partial(line().send, group, {"group": group, "kind": kind, **facts})
    if connection.in_atomic_block:
        transaction.on_commit(tell)
    else:
        tell()


def line() -> "Line":
    return _redis if settings.REDIS_URL else _file


class Line(Protocol):
    """The way from whoever has something to tell to the processes where pages listen."""

    def send(self, group: str, message: Message) -> None: ...


class RedisLine:
    """Says what the channel layer would say, without a loop and in one round trip."""

    away_until = 0.0

    def send(self, group: str, message: Message) -> None:
        if time.monotonic() < self.away_until:
            return
        layer = get_channel_layer()
        told = layer.serialize({"type": "told", "message": message})
        try:
            redis = get_redis_connection("default")
            redis.publish(f"{settings.LIVE_PREFIX}__group__{group}", told)
        except RedisError as error:
            self.away_until = time.monotonic() + AWAY_SECONDS
            log.warning("Open pages do not hear what happens: %s", error)


class FileLine:
    """Without Redis all processes are on one machine: a file that those who listen read along.

    Their layer is in memory, where no other process gets to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, group: str, message: Message) -> None:
        told = json.dumps([group, message], default=str).encode() + b"\n"
        try:
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        except FileNotFoundError:
            # Nobody has ever listened.
            return
        except OSError as error:
            log.warning("Open pages do not hear what happens: %s", error)
            return
        try:
            if os.fstat(file).st_size > LONGEST_FILE:
                os.ftruncate(file, 0)
            os.write(file, told)
        except OSError as error:
            log.warning("Open pages do not hear what happens: %s", error)
        finally:
            os.close(file)

    async def follow(self, deliver: Callable[[str, Message], Awaitable[None]]) -> None:
        """Hand on what is said from now on."""
        at = self._end()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            end = self._end()
            # It was emptied meanwhile.
            at = at if at <= end else 0
            if at < end:
                told = self._read(at)
                at += len(told)
                for one in told.splitlines():
                    await deliver(*json.loads(one))

    def _end(self) -> int:
        with self.path.open("ab") as file:
            return file.tell()

    def _read(self, at: int) -> bytes:
        """The whole lines from there on."""
        with self.path.open("rb") as file:
            file.seek(at)
            return file.read().rpartition(b"\n")[0] + b"\n"


_redis = RedisLine()
_file = FileLine(settings.DATA_DIR / "live")
