"""The queues in Redis: a worker outlives a connection that is lost while it works."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from kombu import Connection

pytestmark = pytest.mark.redis


@pytest.fixture
def taken() -> Iterator[Any]:
    """A message that somebody has taken and is not done with."""
    queue = f"try-{uuid.uuid4()}"
    connection = Connection(settings.REDIS_URL, transport="cinehub.work.broker:Transport")
    channel = connection.channel()
    message = channel.prepare_message("hello", content_type="text/plain")
    channel.basic_publish(message, exchange="", routing_key=queue)
    yield channel.basic_get(queue)
    connection.release()


def test_a_message_is_done_with(taken: Any) -> None:
    taken.ack()

    assert taken.acknowledged


def test_who_is_done_after_the_connection_was_lost_hears_of_it(taken: Any) -> None:
    """In a way that a worker knows; of anything else it dies."""
    transport = taken.channel.connection
    taken.channel.connection = None
    taken.channel._pool = taken.channel._client = None
    taken.channel.__dict__.pop("client", None)

    with pytest.raises(transport.connection_errors, match="the connection is closed"):
        taken.ack()

    taken.channel.connection = transport
