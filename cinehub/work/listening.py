"""Pages that are open listen here: a socket for each, which hears what its reader may hear."""

import asyncio
import json
import logging
import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from channels.auth import AuthMiddlewareStack, get_user
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from redis import RedisError

from cinehub.kit.visiting import believed
from cinehub.work.live import STAFF, FileLine, Message, line

log = logging.getLogger(__name__)

ADDRESS = "/ws/"
# What anybody may hear of: that a title, a person or a collection is here or has changed.
PUBLIC = re.compile(r"title\.(?:movie|tv|person|collection)\.[0-9]{1,10}")
PUBLIC_AT_MOST = 3

# A proxy takes a connection that is silent for a minute for dead.
BEAT_SECONDS = 25
# A visitor waits for something that comes within minutes, if it comes.
VISIT_SECONDS = 600
# In each web process: of one visitor's address or one member, and of all visitors together.
OPEN_AT_MOST = 20
VISITORS_AT_MOST = 1000
# A page answers each beat, and has nothing else to say.
WORDS_AT_MOST = 10

# Why a socket is closed. A page comes again later after 1012 and 1013, and else asks now and then.
RESTARTING, BUSY, TALKATIVE = 1012, 1013, 1008
NOTHING_TO_HEAR, NOT_SIGNED_IN, SILENT, LONG_ENOUGH, TOO_MANY = 4400, 4401, 4408, 4410, 4429


class Listener(AsyncWebsocketConsumer):
    words = 0
    beating: "asyncio.Task[None] | None" = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # However it ended: a server that gives somebody up says nothing more.
            _go(self)
            if self.beating:
                self.beating.cancel()

    async def connect(self) -> None:
        user = self.scope["user"]
        self.since = time.monotonic()
        self.is_member = user.is_authenticated
        self.whose = f"user {user.pk}" if self.is_member else _visitor(self.scope)
        self.groups = [*_own(user), *_asked_for(self.scope)]
        await self.accept()
        if not self.groups:
            await self.close(NOTHING_TO_HEAR)
        elif not _has_room(self):
            await self.close(TOO_MANY)
        else:
            _come(self)
            for group in self.groups:
                await self.channel_layer.group_add(group, self.channel_name)
            self.beating = asyncio.create_task(self.beat())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.words += 1
        if self.words > WORDS_AT_MOST:
            await self.close(TALKATIVE)

    async def told(self, event: dict[str, Message]) -> None:
        await self.send(text_data=json.dumps(event["message"], default=str))

    async def beat(self) -> None:
        """Is anybody there, and still who they were?"""
        self.words = 1
        while not (reason := await self._reason_to_close()):
            self.words = 0
            await self.send(text_data='{"kind": "ping"}')
            await asyncio.sleep(BEAT_SECONDS)
        await self.close(reason)

    async def _reason_to_close(self) -> int:
        if not self.words:
            return SILENT
        if not self.is_member:
            return LONG_ENOUGH if time.monotonic() - self.since > VISIT_SECONDS else 0
        return 0 if await self._is_signed_in() else NOT_SIGNED_IN

    async def _is_signed_in(self) -> bool:
        """As far as can be told: while the database is away, nobody is signed out."""
        before = self.scope["session"]
        now = type(before._wrapped)(before.session_key)
        try:
            user = await get_user({"session": now})
        except DatabaseError:
            return True
        was = self.scope["user"]
        return bool(user.pk == was.pk and user.is_staff == was.is_staff)


_listen = AuthMiddlewareStack(Listener.as_asgi())


async def door(scope: Any, receive: Any, send: Any) -> None:
    """For sockets of our own pages, and no others."""
    if scope["path"] != ADDRESS or not _is_ours(scope):
        await receive()
        await send({"type": "websocket.close"})
        return
    try:
        await _listen(scope, receive, send)
    except (RedisError, DatabaseError) as error:
        log.warning("A page can't listen just now: %s", error)
        await send({"type": "websocket.close", "code": BUSY})


def _is_ours(scope: Any) -> bool:
    origin, host = (_header(scope, name).lower() for name in (b"origin", b"host"))
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    is_safe = not settings.SECURE_SSL_REDIRECT or origin.startswith("https://")
    is_same = bool(host) and urlsplit(origin).netloc == host
    return is_safe and is_same and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _header(scope: Any, name: bytes) -> str:
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _visitor(scope: Any) -> str:
    peer = (scope.get("client") or ("", 0))[0]
    return believed(peer, _header(scope, b"x-forwarded-for"))


def _own(user: Any) -> list[str]:
    if not user.is_authenticated:
        return []
    return [f"user.{user.pk}", STAFF] if user.is_staff else [f"user.{user.pk}"]


def _asked_for(scope: Any) -> list[str]:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("hear", [])
    return [name for name in dict.fromkeys(asked) if PUBLIC.fullmatch(name)][:PUBLIC_AT_MOST]


# --- Who listens in this process -----------------------------------------------------------------
_open: set[Listener] = set()
_following: "asyncio.Task[None] | None" = None


def _has_room(listener: Listener) -> bool:
    same = sum(one.whose == listener.whose for one in _open)
    visitors = sum(not one.is_member for one in _open)
    return same < OPEN_AT_MOST and (listener.is_member or visitors < VISITORS_AT_MOST)


def _come(listener: Listener) -> None:
    global _following
    _open.add(listener)
    told = line()
    if isinstance(told, FileLine) and not _following:
        _following = asyncio.create_task(told.follow(_hand_on))


def _go(listener: Listener) -> None:
    global _following
    _open.discard(listener)
    if _following and not _open:
        _following.cancel()
        _following = None


async def _hand_on(group: str, message: Message) -> None:
    await get_channel_layer().group_send(group, {"type": "told", "message": message})


async def close_all() -> None:
    """The server ends, and would wait for them."""
    await asyncio.gather(*(one.close(RESTARTING) for one in _open), return_exceptions=True)
