"""The queues in Redis, as kombu has them, but that a worker outlives a Redis that goes away."""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    def _connparams(self, *args: Any, **kwargs: Any) -> Any:
        """Who wants to say that a task is done, when the connection it came by is closed, hears so.

        Kombu would stumble over the missing connection, and the worker die of it. The message is
        still in Redis; it comes back when its time is up.
        """
        if self.connection is None or self.connection.client is None:
            raise ConnectionResetError("the connection is closed")
        return super()._connparams(*args, **kwargs)  # type: ignore[misc]


class Transport(redis.Transport):
    Channel = Channel
