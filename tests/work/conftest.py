"""Nobody waits in a queue when a test begins, and nothing is known of who asked."""

import pytest
from channels import db

from cinehub.kit import tracing
from tests.work.running import empty_the_queues


@pytest.fixture(autouse=True)
def fresh_queues() -> None:
    tracing.begin()
    empty_the_queues()


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """They share the test's connection, and its transaction: it is not theirs to close."""
    monkeypatch.setattr(db, "close_old_connections", lambda: None)
