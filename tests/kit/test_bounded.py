"""A page waits for no more than it can afford."""

import threading
from collections.abc import Iterator

import pytest

from cinehub.kit.bounded import within


@pytest.fixture
def door() -> Iterator[threading.Event]:
    """What the stuck wait for; opened after the test, so that no thread outlives it."""
    closed = threading.Event()
    yield closed
    closed.set()


def test_the_result_of_what_is_quick_comes_back() -> None:
    assert within(5, divmod, 7, 2) == (3, 1)


def test_keyword_arguments_are_handed_on() -> None:
    assert within(5, int, "ff", base=16) == 255


def test_what_the_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5, divmod, 1, 0)


def test_what_is_stuck_is_left_behind(door: threading.Event) -> None:
    with pytest.raises(TimeoutError):
        within(0.01, door.wait)

    assert not door.is_set()


def test_it_runs_in_another_thread() -> None:
    assert within(5, threading.get_ident) != threading.get_ident()


def test_what_nobody_waits_for_any_more_is_not_begun(door: threading.Event) -> None:
    """All threads are stuck: the call that gave up in the queue must not run afterwards."""
    begun: list[int] = []
    stuck: list[int] = []

    def hang() -> None:
        stuck.append(1)
        door.wait()

    while len(stuck) < 16:
        with pytest.raises(TimeoutError):
            within(0.01, hang)

    with pytest.raises(TimeoutError):
        within(0.001, begun.append, 1)
    door.set()

    # Whoever is served now stood behind it.
    assert within(5, len, "after") == 5
    assert begun == []
