"""What all who ask TMDB share: slots, pauses, failures and the day's count, in one small text."""

import enum
import json
import math
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from catalog.tmdb.lanes import Lane

LONGEST_PAUSE = 120.0
# After a 429 slots are twice as far apart, and not more than so many times.
SLOWEST = 8.0
# From there it takes a minute until they are as near as before.
HALVED_AFTER = 20.0
# So many failures in a row, whoever asked: TMDB is down.
FAILURES = 10
# For so long nobody asks then; twice as long after each probe in vain.
SHUT_AT_FIRST, SHUT_AT_MOST = 30.0, 300.0
# Who probes and is not heard of for so long was killed; another one may.
PROBE_SECONDS = 15.0


class Moment(NamedTuple):
    """`now` by a clock that only has to be the same for all; the day is UTC's, by its number."""

    now: float
    day: int


class Ticket(NamedTuple):
    """A slot in a lane, as it would be if nobody had been put off since the book was begun."""

    lane: Lane
    slot: float
    since: float


class Circuit(enum.StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


def _nothing() -> list[int]:
    return [0] * len(Lane)


def _zeros() -> list[float]:
    return [0.0] * len(Lane)


@dataclass
class Book:
    # When it was last written in.
    at: float = 0.0
    # The next slot of each lane: behind its own, before those of less urgent ones.
    free: list[float] = field(default_factory=_zeros)
    # When the last requests were made, the latest last.
    went: list[float] = field(default_factory=list)
    # How far each lane has been put off since the book was begun, for tickets given out before.
    moved: list[float] = field(default_factory=_zeros)
    # TMDB wants quiet until then.
    quiet: float = 0.0
    # How many times as far apart slots were at the end of the last pause.
    slow: float = 1.0
    failures: int = 0
    # For how long nobody asks; nothing while the circuit is closed.
    shut_for: float = 0.0
    shut_until: float = 0.0
    probed_until: float = 0.0
    day: int = 0
    spent: list[int] = field(default_factory=_nothing)

    @classmethod
    def read(cls, text: bytes) -> "Book":
        """A new one, where this is none."""
        try:
            book = cls(**json.loads(text))
        except (ValueError, TypeError, RecursionError):
            return cls()
        return book if book._makes_sense() else cls()

    def written(self) -> bytes:
        return json.dumps(vars(self)).encode()

    def turn_to(self, moment: Moment) -> None:
        """Before anything is written: a clock may have been set back, and a day may be over."""
        if self.at > moment.now:
            self._set_back(self.at - moment.now)
        self.at = moment.now
        if self.day != moment.day:
            self.day, self.spent = moment.day, _nothing()

    # --- Slots ---------------------------------------------------------------------------------
    def slowness(self, at: float) -> float:
        """How many times as far apart slots are, this long after a pause."""
        return max(1.0, self.slow * 0.5 ** (max(at - self.quiet, 0.0) / HALVED_AFTER))

    def book(self, lane: Lane, interval: float) -> Ticket:
        """The lane's next slot; everybody less urgent waits for it."""
        slot = max(self.at, self.free[lane])
        self.put_off(interval, lane)
        self.free[: lane + 1] = [max(free, slot + interval) for free in self.free[: lane + 1]]
        return Ticket(lane, slot - self.moved[lane], self.at)

    def slot(self, ticket: Ticket) -> float:
        """When it is, as it stands now."""
        return ticket.slot + self.moved[ticket.lane]

    def put_off(self, seconds: float, below: int) -> None:
        """All lanes below that number: whoever has a ticket, and whoever gets one."""
        for lane in range(below):
            self.free[lane] += seconds
            self.moved[lane] += seconds

    def go(self, lane: Lane, slot: float, interval: float) -> None:
        """The next one goes an interval later, whatever its lane."""
        self.free = [max(free, slot + interval) for free in self.free]
        self.spent[lane] += 1
        self.went.append(self.at)

    def full_until(self, number: int, seconds: float) -> float:
        """When there is room for another one, of so many in so many seconds."""
        return self.went[-number] + seconds if len(self.went) >= number else self.at

    def pause(self, seconds: float) -> None:
        # What others hear during a pause is about the same haste.
        if self.at >= self.quiet:
            self.slow = min(2 * self.slowness(self.at), SLOWEST)
        self.quiet = max(self.quiet, self.at + min(seconds, LONGEST_PAUSE))

    # --- The circuit ---------------------------------------------------------------------------
    def circuit(self, now: float) -> Circuit:
        if not self.shut_for:
            return Circuit.CLOSED
        return Circuit.OPEN if now < self.shut_until else Circuit.PROBING

    def shut_still(self, now: float) -> float:
        """Seconds until somebody may probe; nothing while the circuit is closed."""
        return max(self.shut_until - now, self.probed_until - now, 0.0)

    def failed(self) -> None:
        """No answer. Late news of what went wrong before it opened don't keep it open longer."""
        self.failures += 1
        circuit = self.circuit(self.at)
        down = circuit is Circuit.CLOSED and self.failures >= FAILURES
        if down or circuit is Circuit.PROBING:
            self.shut_for = min(self.shut_for * 2 or SHUT_AT_FIRST, SHUT_AT_MOST)
            self.shut_until, self.probed_until = self.at + self.shut_for, 0.0

    def answered(self) -> None:
        self.failures = 0
        self.shut_for = self.shut_until = self.probed_until = 0.0

    # --- Whether it is one ---------------------------------------------------------------------
    def _set_back(self, seconds: float) -> None:
        """What lies ahead stays as far ahead, tickets included."""
        self.put_off(-seconds, len(Lane))
        self.quiet -= seconds
        self.went = [moment - seconds for moment in self.went]
        self.shut_until -= seconds
        self.probed_until -= seconds

    def _makes_sense(self) -> bool:
        values = dict(vars(self))
        lists = [values.pop(name) for name in ("free", "moved", "spent", "went")]
        if not all(isinstance(one, list) for one in lists):
            return False
        if any(len(one) != len(Lane) for one in lists[:3]):
            return False
        numbers = [*values.values(), *chain(*lists)]
        return all(isinstance(one, int | float) and math.isfinite(one) for one in numbers)
