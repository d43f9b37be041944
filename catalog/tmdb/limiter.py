"""How often TMDB may be asked, by all processes of one machine together."""

import fcntl
import struct
import time
from pathlib import Path
from typing import Protocol

# A pause further off than this was written by a clock that has since been set back.
LONGEST_PAUSE = 120.0
# Readers go at once as long as those who wait are not put off by more than this.
BORROWED_AT_MOST = 1.0


class Limiter(Protocol):
    def reserve(self) -> float:
        """Take the next slot; the seconds until it comes."""

    def borrow(self) -> bool:
        """Take a slot and go at once, the others wait; false when TMDB or they had enough of it."""

    def pause(self, seconds: float) -> None:
        """TMDB wants quiet: no slot for anybody before then."""


class FileLimiter:
    """Slots one interval apart; the next one and the end of the pause stand in a locked file."""

    def __init__(self, file: Path, rate: float) -> None:
        self.file = file
        self.interval = 1 / rate

    def reserve(self) -> float:
        return self._take()[0]

    def borrow(self) -> bool:
        wait, paused = self._take(ahead=BORROWED_AT_MOST)
        return paused <= 0 and wait <= BORROWED_AT_MOST

    def pause(self, seconds: float) -> None:
        self._take(pause=min(seconds, LONGEST_PAUSE))

    def _take(self, pause: float = 0.0, ahead: float = LONGEST_PAUSE * 2) -> tuple[float, float]:
        """Seconds until the slot, and until the end of the pause; further `ahead` none is taken."""
        with self._open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            now = time.time()
            free, quiet = struct.unpack("dd", file.read(16).ljust(16, b"\0"))
            if max(free, quiet) > now + 2 * LONGEST_PAUSE:
                free = quiet = 0.0
            quiet = max(quiet, now + pause) if pause else quiet
            slot = max(now, free, quiet)
            if not pause and slot - now <= ahead:
                free = slot + self.interval
            file.seek(0)
            file.write(struct.pack("dd", free, quiet))
            return slot - now, quiet - now

    def _open(self):  # type: ignore[no-untyped-def]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(exist_ok=True)
        return self.file.open("r+b")
