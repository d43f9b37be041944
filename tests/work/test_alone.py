"""Tasks that came back: who runs by itself, and who is not given up for what another one did."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from cinehub.work import alone
from cinehub.work.alone import Threads

# Long enough for a thread that may go on to have gone on.
MOMENT = 0.1


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


class Work:
    """A task that has begun once it says so, and ends when it is told to."""

    def __init__(self, pool: ThreadPoolExecutor, threads: Threads, *, alone: bool = False) -> None:
        self.began, self.told = Event(), Event()
        self.future: Future[None] = pool.submit(self._run, threads, alone)

    def _run(self, threads: Threads, alone: bool) -> None:
        with threads.running(alone=alone):
            self.began.set()
            self.told.wait(10)

    def has_begun(self) -> bool:
        return self.began.wait(MOMENT)

    def end(self) -> None:
        self.told.set()
        self.future.result(10)


def test_tasks_run_beside_each_other(pool: ThreadPoolExecutor) -> None:
    threads = Threads()
    both = [Work(pool, threads), Work(pool, threads)]

    assert all(work.has_begun() for work in both)

    for work in both:
        work.end()


def test_who_is_to_be_alone_waits_for_the_others(pool: ThreadPoolExecutor) -> None:
    threads = Threads()
    other = Work(pool, threads)
    assert other.has_begun()
    suspect = Work(pool, threads, alone=True)
    assert not suspect.has_begun()

    other.end()

    assert suspect.has_begun()
    suspect.end()


def test_nobody_begins_beside_who_is_alone_or_waits_for_it(pool: ThreadPoolExecutor) -> None:
    threads = Threads()
    first = Work(pool, threads)
    assert first.has_begun()
    suspect = Work(pool, threads, alone=True)
    time.sleep(MOMENT)
    late = Work(pool, threads)
    assert not late.has_begun()

    first.end()

    assert suspect.has_begun()
    assert not late.has_begun()
    suspect.end()
    assert late.has_begun()
    late.end()


def test_two_of_them_are_alone_one_after_the_other(pool: ThreadPoolExecutor) -> None:
    threads = Threads()
    first = Work(pool, threads, alone=True)
    assert first.has_begun()
    second = Work(pool, threads, alone=True)
    assert not second.has_begun()

    first.end()

    assert second.has_begun()
    second.end()


def test_nobody_waits_for_good(pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "WAIT_SECONDS", MOMENT / 2)
    threads = Threads()
    endless = Work(pool, threads)
    assert endless.has_begun()

    suspect = Work(pool, threads, alone=True)

    assert suspect.began.wait(10)
    suspect.end()
    endless.end()


def test_one_that_fails_leaves_the_room_to_the_others() -> None:
    threads = Threads()

    with pytest.raises(ValueError, match="no"), threads.running(alone=True):
        raise ValueError("no")

    with threads.running(alone=True):
        pass
