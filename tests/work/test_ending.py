"""A worker that is told to end says so to what takes long."""

from threading import Event

import pytest
from celery.signals import worker_shutting_down

from cinehub.work import ending


def test_long_work_hears_that_its_worker_is_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "_told", Event())
    assert not ending.is_ending()

    worker_shutting_down.send(sender="quick@here", sig="SIGTERM", how="Warm", exitcode=0)

    assert ending.is_ending()
