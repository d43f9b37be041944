"""The day's requests: each lane leaves some for those above it, and none are asked beyond them."""

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.tmdb import Lane, Spent
from catalog.tmdb.limiter import Limiter, Store
from tests.catalog.tmdb.answers import film
from tests.catalog.tmdb.answers.clock import RATE, Clock, Remembered, go
from tests.catalog.tmdb.answers.served import Served, client

DAILY = 200


# Three processes of this at once; how often each of them may ask.
ASK = """
import sys, time
from pathlib import Path
from catalog.tmdb import Lane, Spent
from catalog.tmdb.limiter import FileStore, Limiter
limiter = Limiter(FileStore(Path(sys.argv[1])), 100_000, daily=300)
sys.stdin.readline()
asked = 0
try:
    while True:
        turn = limiter.take(Lane.READER)
        while turn.wait:
            time.sleep(turn.wait)
            turn = limiter.take(Lane.READER, turn.ticket)
        asked += 1
except Spent:
    print(asked)
"""


def spend_all(limiter: Limiter, clock: Clock, lane: Lane) -> None:
    for _ in range(DAILY + 1):
        go(limiter, clock, lane)


@pytest.mark.parametrize(
    ("lane", "most"),
    [
        (Lane.AGE, 120),
        (Lane.CHANGED, 150),
        (Lane.TRACKED, 170),
        (Lane.CHART, 190),
        (Lane.READER, 200),
    ],
)
def test_each_lane_stops_where_the_rest_of_the_day_is_for_others(
    store: Store, clock: Clock, lane: Lane, most: int
) -> None:
    limiter = Limiter(store, RATE, daily=DAILY)
    with pytest.raises(Spent):
        spend_all(limiter, clock, lane)
    assert limiter.state().spent == dict.fromkeys(Lane, 0) | {lane: most}


def test_what_others_spent_counts(store: Store, clock: Clock) -> None:
    limiter = Limiter(store, RATE, daily=DAILY)
    for _ in range(120):
        go(limiter, clock, Lane.CHART)
    with pytest.raises(Spent):
        limiter.take(Lane.AGE)
    go(limiter, clock, Lane.CHANGED)


def test_a_reader_is_refused_only_when_all_is_spent(store: Store, clock: Clock) -> None:
    limiter = Limiter(store, RATE, daily=DAILY)
    for _ in range(DAILY):
        clock.sleep(1)
        limiter.borrow()
    with pytest.raises(Spent):
        limiter.borrow()


def test_who_has_a_slot_when_the_day_is_spent_does_not_go(store: Store, clock: Clock) -> None:
    limiter = Limiter(store, RATE, daily=3)
    _, second, third = (limiter.take(Lane.CHART) for _ in range(3))
    clock.sleep(third.wait)
    assert limiter.take(Lane.CHART, second.ticket).wait == 0
    with pytest.raises(Spent):
        limiter.take(Lane.CHART, third.ticket)


def test_the_next_day_has_a_budget_of_its_own(store: Store, clock: Clock) -> None:
    limiter = Limiter(store, RATE, daily=1)
    go(limiter, clock, Lane.READER)
    clock.day += 1
    go(limiter, clock, Lane.READER)
    assert limiter.state().spent_today == 1


def test_without_a_limit_only_the_rate_counts(limiter: Limiter, clock: Clock) -> None:
    for _ in range(DAILY):
        go(limiter, clock)
    assert limiter.state().spent_today == DAILY


def test_three_processes_together_spend_the_day_to_the_last_request(file: Path) -> None:
    command, pipe = [sys.executable, "-c", ASK, str(file)], subprocess.PIPE
    all_three = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    asked = [int(process.communicate("go\n", timeout=60)[0]) for process in all_three]
    assert sum(asked) == 300


# --- What the client makes of it ------------------------------------------------------------------
def test_when_the_day_is_spent_tmdb_is_not_asked(clock: Clock) -> None:
    limiter = Limiter(Remembered(clock), 1000, daily=10)
    served = Served({"movie/7": film(7)})
    asking = client(served, clock=clock, limiter=limiter, lane=Lane.AGE)
    for _ in range(6):
        asking.movie(7)
    with pytest.raises(Spent):
        asking.movie(7)
    assert served.times == {"movie/7": 6}


def test_each_client_spends_on_its_lane(clock: Clock, limiter: Limiter) -> None:
    served = Served({"movie/7": film(7)})
    for lane in Lane:
        client(served, clock=clock, limiter=limiter, lane=lane).movie(7)
    client(served, limiter=limiter, hurried=True).movie(7)
    assert limiter.state().spent == dict.fromkeys(Lane, 1) | {Lane.READER: 2}
