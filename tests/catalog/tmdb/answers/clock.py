"""A clock that goes when it is told to, and a pace that nobody else keeps."""

from collections.abc import Callable
from typing import TypeVar

from catalog.tmdb import Lane
from catalog.tmdb.book import Book, Moment
from catalog.tmdb.limiter import Limiter

T = TypeVar("T")

NOON = 43_200.0
RATE = 40


class Clock:
    def __init__(self) -> None:
        self.now = NOON
        self.day = 20_000

    def __call__(self) -> Moment:
        return Moment(self.now, self.day)

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Remembered:
    """A book in memory."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.text = b""

    def change(self, edit: Callable[[Book, Moment], T]) -> T:
        book = Book.read(self.text)
        said = edit(book, self.clock())
        self.text = book.written()
        return said


def go(limiter: Limiter, clock: Clock, lane: Lane = Lane.CHART) -> None:
    """One request, however long it has to wait for its turn."""
    turn = limiter.take(lane)
    while turn.wait:
        clock.sleep(turn.wait)
        turn = limiter.take(lane, turn.ticket)


def fail(limiter: Limiter, times: int) -> None:
    for _ in range(times):
        limiter.failed()
