"""How often TMDB may be asked, by all processes together: each second, each day, while it is up."""

import fcntl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from catalog.tmdb.book import PROBE_SECONDS, Book, Circuit, Moment, Ticket
from catalog.tmdb.errors import Busy, Crowded, Down, Spent
from catalog.tmdb.lanes import Lane

__all__ = ["FileStore", "Lane", "Limiter", "State", "Store", "Turn"]

T = TypeVar("T")
Clock = Callable[[], Moment]

# Slots lie a little further apart than the rate says: so what came late can be made up for.
FULL = 0.97
# So many requests are looked back on: that some came late does not bring more of them in a second.
# One less than TMDB would take, as they may yet be held up on their way.
BACK = 39
# Sleep ends when it ends; so much too early is on time.
EARLY = 0.001
# So many seconds' worth of slots readers take before their time: 40 a second and these are about
# TMDB's own ceiling.
BORROWED_AT_MOST = 0.25
# Who was put off for so long goes on among the charts, and then among readers: nobody is left out.
LONGEST_WAIT = 10.0
# A book takes as much room in its file, so that a shorter text covers a longer one in one stroke.
WIDTH = 2048


class Turn(NamedTuple):
    """Nothing to wait for: go. Else wait so long, and come back with the ticket if there is one."""

    wait: float
    ticket: Ticket | None = None


GO = Turn(0.0)


@dataclass(frozen=True)
class State:
    """How it stands just now."""

    rate: float
    paused_for: float
    circuit: Circuit
    # Seconds until TMDB is asked again, where it is not.
    shut_for: float
    failures: int
    spent: dict[Lane, int]
    # Requests a day; nothing: as many as the rate allows.
    daily: int

    @property
    def spent_today(self) -> int:
        return sum(self.spent.values())


class Store(Protocol):
    """Where the book lies."""

    def change(self, edit: Callable[[Book, Moment], T]) -> T:
        """What `edit` has to say, alone with the book.

        It may be run again where others were quicker; where it raises, nothing is written.
        """


class Limiter:
    """Slots one interval apart, in the order of lanes. What it refuses it refuses at once.

    Who got a slot comes back for it: in the meantime more urgent ones may have gone before, TMDB
    may have asked for quiet, or be down.
    """

    def __init__(self, store: Store, rate: float, *, daily: int = 0) -> None:
        self.store = store
        self.rate = rate
        self.interval = 1 / (rate * FULL)
        self.back = min(int(rate), BACK) or 1
        self.span = min((BACK + 1) / rate, 1.0)
        self.daily = daily

    def take(self, lane: Lane, ticket: Ticket | None = None) -> Turn:
        """A turn for who spends on this lane. Raises Down and Spent."""
        return self._change(lambda book: self._take(book, lane, ticket))

    def borrow(self) -> None:
        """A reader goes at once, the others wait for it. Raises Busy where they can't."""
        self._change(self._borrow)

    def pause(self, seconds: float) -> None:
        """TMDB wants quiet: nobody asks before then, and after it fewer than before."""
        self._change(lambda book: book.pause(seconds))

    def answered(self) -> None:
        def edit(book: Book, moment: Moment) -> None:
            if book.failures:
                book.answered()

        self.store.change(edit)

    def failed(self) -> bool:
        """TMDB did not answer; whether it is down, as far as one can tell."""

        def edit(book: Book) -> bool:
            book.failed()
            return book.shut_still(book.at) > 0

        return self._change(edit)

    def is_down(self) -> bool:
        """Nobody may ask just now, not even to find out."""
        return self.state().shut_for > 0

    def state(self) -> State:
        def look(book: Book, moment: Moment) -> State:
            # Looking is not writing.
            book = replace(book)
            book.turn_to(moment)
            return State(
                rate=self.rate / book.slowness(book.at),
                paused_for=max(book.quiet - book.at, 0.0),
                circuit=book.circuit(book.at),
                shut_for=book.shut_still(book.at),
                failures=book.failures,
                spent=dict(zip(Lane, book.spent, strict=True)),
                daily=self.daily,
            )

        return self.store.change(look)

    def figures(self) -> dict[str, float]:
        """The state in numbers, by the names under which they are kept over time."""
        state = self.state()
        return {
            "tmdb.rate": state.rate,
            "tmdb.paused": state.paused_for,
            "tmdb.open": float(state.circuit is not Circuit.CLOSED),
            "tmdb.failures": state.failures,
            "tmdb.spent": state.spent_today,
            "tmdb.limit": self.daily,
        } | {f"tmdb.spent.{lane.name.lower()}": count for lane, count in state.spent.items()}

    # --- In the book ---------------------------------------------------------------------------
    def _change(self, edit: Callable[[Book], T]) -> T:
        def turned(book: Book, moment: Moment) -> T:
            book.turn_to(moment)
            return edit(book)

        return self.store.change(turned)

    def _take(self, book: Book, lane: Lane, ticket: Ticket | None) -> Turn:
        self._refuse(book, lane)
        now, interval = book.at, self._interval(book)
        if book.quiet > now:
            return Turn(book.quiet - now)
        if book.shut_for:
            return self._go(book, lane, now)
        if ticket is None:
            ticket = book.book(lane, interval)
            if lane is Lane.READER and self._goes_first(book.slot(ticket) - now):
                return self._go(book, lane, now)
        elif ticket.lane < Lane.READER and now - ticket.since > LONGEST_WAIT:
            book.put_off(-interval, ticket.lane + 1)
            ticket = book.book(Lane(max(ticket.lane + 1, Lane.CHART)), interval)
        slot = book.slot(ticket)
        wait = max(slot, book.full_until(self.back, self.span + EARLY)) - now
        if wait > EARLY:
            return Turn(min(wait, LONGEST_WAIT), ticket)
        return self._go(book, lane, slot)

    def _borrow(self, book: Book) -> None:
        self._refuse(book, Lane.READER)
        if book.quiet > book.at:
            raise Busy("TMDB wants quiet")
        ticket = book.book(Lane.READER, self._interval(book))
        if not self._goes_first(book.slot(ticket) - book.at):
            raise Crowded("more readers at once than TMDB may be asked for")
        self._go(book, Lane.READER, book.at)

    def _goes_first(self, wait: float) -> bool:
        return wait <= max(BORROWED_AT_MOST, self.interval)

    def _refuse(self, book: Book, lane: Lane) -> None:
        if shut := book.shut_still(book.at):
            raise Down(f"TMDB does not answer; it is asked again in {shut:.0f} seconds")
        if self.daily and sum(book.spent) >= self.daily * lane.share // 100:
            raise Spent(f"of {self.daily} requests a day none is left for {lane.name.lower()}")

    def _go(self, book: Book, lane: Lane, slot: float) -> Turn:
        if book.shut_for:
            book.probed_until = book.at + PROBE_SECONDS
        book.go(lane, slot, self._interval(book))
        del book.went[: -self.back]
        return GO

    def _interval(self, book: Book) -> float:
        return self.interval * book.slowness(book.at)


def clock() -> Moment:
    """One for all processes of the machine, that nobody can set."""
    return Moment(time.monotonic(), int(time.time() // 86400))


class FileStore:
    """In a locked file, for the processes of one machine."""

    def __init__(self, file: Path, *, clock: Clock = clock) -> None:
        self.file = file
        self.clock = clock

    def change(self, edit: Callable[[Book, Moment], T]) -> T:
        with self._open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = file.read(WIDTH)
            book = Book.read(before)
            said = edit(book, self.clock())
            if (after := book.written().ljust(WIDTH)) != before:
                file.seek(0)
                file.write(after)
            return said

    def _open(self) -> FileIO:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(exist_ok=True)
        return self.file.open("r+b", buffering=0)
