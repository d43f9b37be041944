"""TMDB's pace: one slot after the other, for everybody on this machine together."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine

from catalog.tmdb.limiter import LONGEST_PAUSE, FileLimiter

RATE = 4
INTERVAL = 1 / RATE
NOON = 1_800_000_000

# Two processes of this at once; the slots they took, as instants.
TAKE_SLOTS = """
import sys, time
from pathlib import Path
from catalog.tmdb.limiter import FileLimiter
limiter = FileLimiter(Path(sys.argv[1]), 50)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(1000):
    print(time.time(), limiter.reserve(), time.time())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


def test_slots_lie_one_interval_apart(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        waits = [limiter.reserve() for _ in range(4)]
    assert waits == pytest.approx([0, INTERVAL, 2 * INTERVAL, 3 * INTERVAL])


def test_who_comes_late_does_not_wait_and_saves_up_nothing(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False) as clock:
        limiter.reserve()
        clock.shift(100)
        waits = [limiter.reserve() for _ in range(3)]
    assert waits == pytest.approx([0, INTERVAL, 2 * INTERVAL])


def test_two_limiters_share_the_slots_of_their_file(file: Path) -> None:
    one, other = FileLimiter(file, RATE), FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        waits = [limiter.reserve() for limiter in (one, other, one, other)]
    assert waits == pytest.approx([0, INTERVAL, 2 * INTERVAL, 3 * INTERVAL])


def test_two_processes_never_take_the_same_slot(file: Path) -> None:
    command = [sys.executable, "-c", TAKE_SLOTS, str(file)]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    lines = [line for process in both for line in process.communicate(timeout=60)[0].splitlines()]
    taken = sorted(
        ([float(word) for word in line.split()] for line in lines), key=lambda t: t[0] + t[1]
    )
    assert len(taken) == 2000
    for (before, wait, _), (_, later_wait, later) in pairwise(taken):
        assert later + later_wait - (before + wait) >= 0.02 - 1e-6


def test_a_pause_holds_everybody(file: Path) -> None:
    one, other = FileLimiter(file, RATE), FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False) as clock:
        one.pause(30)
        assert other.reserve() == pytest.approx(30)
        assert one.reserve() == pytest.approx(30 + INTERVAL)
        assert other.borrow() is False
        clock.shift(31)
        assert other.borrow() is True


def test_a_shorter_pause_does_not_end_a_longer_one(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        limiter.pause(30)
        limiter.pause(1)
        assert limiter.reserve() == pytest.approx(30)


def test_no_pause_is_longer_than_the_longest(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        limiter.pause(1e300)
        assert limiter.reserve() == pytest.approx(LONGEST_PAUSE)


def test_who_borrows_goes_at_once_and_the_others_wait_for_it(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        limiter.reserve()
        assert limiter.borrow() is True
        assert limiter.reserve() == pytest.approx(2 * INTERVAL)


@pytest.mark.parametrize("back", [300, 86_400, 10 * 365 * 86_400])
def test_a_clock_that_was_set_back_heals(file: Path, back: float) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False) as clock:
        limiter.reserve()
        limiter.pause(LONGEST_PAUSE)
        clock.shift(-back)
        assert limiter.reserve() <= LONGEST_PAUSE
        assert limiter.reserve() <= LONGEST_PAUSE + INTERVAL


@pytest.mark.parametrize("content", [b"", b"\0" * 7, b"\0" * 16 + b"and more"])
def test_a_file_cut_short_does_no_harm(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        assert [limiter.reserve(), limiter.reserve()] == pytest.approx([0, INTERVAL])


@pytest.mark.parametrize("content", [b"\xff" * 16, b"\0" * 6 + b"\xf8\x7f" + b"\0" * 8])
def test_a_file_full_of_nonsense_heals(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        assert [limiter.reserve(), limiter.reserve()] == pytest.approx([0, INTERVAL])


def test_nobody_borrows_what_puts_others_off_for_long(file: Path) -> None:
    limiter = FileLimiter(file, RATE)
    with time_machine.travel(NOON, tick=False):
        borrowed = [limiter.borrow() for _ in range(8)]
        assert borrowed == [True] * 5 + [False] * 3
        assert limiter.reserve() == pytest.approx(5 * INTERVAL)
