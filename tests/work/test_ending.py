"""A worker that is told to end says so to what takes long, and so does a command."""

import signal
from collections.abc import Iterator
from threading import Event

import pytest
from celery.signals import worker_shutting_down

from cinehub.work import ending


@pytest.fixture(autouse=True)
def ctrl_c_is_not_ignored() -> Iterator[None]:
    """As it is where a shell has started the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_long_work_hears_that_its_worker_is_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "_told", Event())
    assert not ending.is_ending()

    worker_shutting_down.send(sender="quick@here", sig="SIGTERM", how="Warm", exitcode=0)

    assert ending.is_ending()


def test_ctrl_c_is_heard_by_long_work_and_interrupts_nothing() -> None:
    with ending.ending_at_interrupt():
        assert not ending.is_ending()

        signal.raise_signal(signal.SIGINT)

        assert ending.is_ending()
    assert not ending.is_ending()


def test_a_second_ctrl_c_is_one_as_always() -> None:
    with ending.ending_at_interrupt():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
