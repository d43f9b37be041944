"""The door for web servers: pages are made in threads, sockets live beside them in one loop."""

from typing import Any

from channels.routing import ProtocolTypeRouter

from cinehub.kit import env
from cinehub.kit.threads import InThreads
from cinehub.wsgi import application as pages

# After Django is set up: it knows members.
from cinehub.work import listening  # isort: skip


class Site(ProtocolTypeRouter):
    def __init__(self, pages: Any) -> None:
        threads = env.number("WEB_THREADS", 8, least=1, most=1000)
        super().__init__({"http": InThreads(pages, threads), "websocket": listening.door})

    async def close_sockets(self) -> None:
        await listening.close_all()


application = Site(pages)
