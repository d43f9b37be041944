"""TMDB's pace: who goes when and who waits, in a file and in Redis alike."""

from bisect import bisect_left
from collections import Counter
from heapq import heapify, heappop, heappush
from random import Random

import pytest

from catalog.tmdb import Crowded, Lane
from catalog.tmdb.limiter import BACK, BORROWED_AT_MOST, LONGEST_WAIT, Limiter, Ticket
from tests.catalog.tmdb.answers.clock import RATE, Clock, Remembered


def borrow_all(limiter: Limiter) -> None:
    for _ in range(RATE):
        limiter.borrow()


# --- Slots ----------------------------------------------------------------------------------------
def test_slots_lie_one_interval_apart_whoever_takes_them(
    limiter: Limiter, other: Limiter, interval: float
) -> None:
    waits = [one.take(Lane.CHART).wait for one in (limiter, other, limiter, other)]
    assert waits == pytest.approx([n * interval for n in range(4)])


def test_who_comes_late_does_not_wait_and_saves_up_nothing(
    limiter: Limiter, clock: Clock, interval: float
) -> None:
    limiter.take(Lane.CHART)
    clock.sleep(100)
    waits = [limiter.take(Lane.CHART).wait for _ in range(3)]
    assert waits == pytest.approx([0, interval, 2 * interval])


def test_who_comes_back_for_the_slot_goes(limiter: Limiter, clock: Clock) -> None:
    limiter.take(Lane.CHART)
    turn = limiter.take(Lane.CHART)
    clock.sleep(turn.wait)
    assert limiter.take(Lane.CHART, turn.ticket).wait == 0


def test_who_comes_back_too_early_waits_on(limiter: Limiter, clock: Clock) -> None:
    limiter.take(Lane.CHART)
    turn = limiter.take(Lane.CHART)
    clock.sleep(turn.wait / 2)
    again = limiter.take(Lane.CHART, turn.ticket)
    assert again == (pytest.approx(turn.wait / 2), turn.ticket)


def test_who_comes_late_for_the_slot_goes_at_once(limiter: Limiter, clock: Clock) -> None:
    turns = [limiter.take(Lane.CHART) for _ in range(10)]
    clock.sleep(5)
    assert [limiter.take(Lane.CHART, turn.ticket).wait for turn in turns[1:]] == [0] * 9


def test_those_who_come_late_do_not_go_all_at_once(limiter: Limiter, clock: Clock) -> None:
    turns = [limiter.take(Lane.CHART) for _ in range(60)]
    clock.sleep(5)
    waits = [limiter.take(Lane.CHART, turn.ticket).wait for turn in turns[1:]]
    assert waits == [0] * BACK + [pytest.approx(1, abs=0.01)] * (59 - BACK)


def test_who_lost_a_slot_to_a_pause_gets_another(limiter: Limiter, clock: Clock) -> None:
    limiter.take(Lane.CHART)
    turn = limiter.take(Lane.CHART)
    limiter.pause(30)
    clock.sleep(turn.wait)
    paused = limiter.take(Lane.CHART, turn.ticket)
    assert paused == (pytest.approx(30 - turn.wait), None)
    clock.sleep(paused.wait)
    assert limiter.take(Lane.CHART).wait == 0


# --- Lanes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("lane", [lane for lane in Lane if lane is not Lane.AGE])
def test_the_more_urgent_goes_before_who_came_first(
    limiter: Limiter, clock: Clock, interval: float, lane: Lane
) -> None:
    _, first = (limiter.take(Lane.AGE) for _ in range(2))
    assert limiter.take(lane).wait == pytest.approx(0 if lane is Lane.READER else interval)
    clock.sleep(first.wait)
    assert limiter.take(Lane.AGE, first.ticket).wait == pytest.approx(interval)


def test_the_less_urgent_goes_behind_who_comes_later(limiter: Limiter, interval: float) -> None:
    for _ in range(4):
        limiter.take(Lane.TRACKED)
    assert limiter.take(Lane.CHANGED).wait == pytest.approx(4 * interval)
    assert limiter.take(Lane.TRACKED).wait == pytest.approx(4 * interval)


def test_who_was_put_off_for_long_goes_among_the_charts(
    limiter: Limiter, clock: Clock, interval: float
) -> None:
    charts = [limiter.take(Lane.CHART) for _ in range(1000)]
    old = limiter.take(Lane.AGE)
    assert old.wait == LONGEST_WAIT
    clock.sleep(LONGEST_WAIT + interval)
    assert isinstance(old.ticket, Ticket)
    promoted = limiter.take(Lane.AGE, old.ticket).ticket
    assert isinstance(promoted, Ticket)
    assert promoted.lane is Lane.CHART
    assert len(charts) * interval > LONGEST_WAIT


def simulate(
    threads: dict[Lane, int], *, seconds: int, late: float = 0.0
) -> tuple[list[float], Counter[Lane]]:
    """So many threads of each lane ask as fast as they may: when they asked, and who how often.

    They come late for their turns, on a busy machine.
    """
    chance, clock = Random(7), Clock()
    limiter, end = Limiter(Remembered(clock), RATE), clock.now + seconds
    asked, by_lane = [], Counter[Lane]()
    lanes = [lane for lane, number in threads.items() for _ in range(number)]
    todo: list[tuple[float, int, Lane, Ticket | None]] = [
        (clock.now, number, lane, None) for number, lane in enumerate(lanes)
    ]
    heapify(todo)
    while todo[0][0] < end:
        moment, number, lane, ticket = heappop(todo)
        clock.now = max(clock.now, moment)
        turn = limiter.take(lane, ticket)
        if not turn.wait:
            asked.append(clock.now)
            by_lane[lane] += 1
        again = clock.now + (turn.wait or 0.05) + chance.expovariate(1) * late
        heappush(todo, (again, number, lane, turn.ticket))
    return asked, by_lane


@pytest.mark.parametrize("late", [0, 0.003, 0.1])
@pytest.mark.parametrize(
    "threads",
    [
        {Lane.CHART: 48},
        {Lane.AGE: 16, Lane.CHART: 1},
        {Lane.AGE: 16, Lane.CHANGED: 16, Lane.CHART: 16},
    ],
)
def test_no_second_has_more_requests_than_the_rate_and_few_have_less(
    threads: dict[Lane, int], late: float
) -> None:
    asked, _ = simulate(threads, seconds=30, late=late)
    assert max(bisect_left(asked, at + 1) - n for n, at in enumerate(asked)) <= RATE
    assert len(asked) >= 0.95 * RATE * 30


def test_the_urgent_get_nearly_all_and_nobody_nothing() -> None:
    _, by_lane = simulate({Lane.AGE: 16, Lane.CHANGED: 16, Lane.CHART: 16}, seconds=60)
    assert by_lane[Lane.CHART] > 0.9 * by_lane.total()
    assert min(by_lane[Lane.AGE], by_lane[Lane.CHANGED]) > 30


def test_what_the_urgent_do_not_need_is_the_others() -> None:
    _, by_lane = simulate({Lane.AGE: 48, Lane.CHART: 1}, seconds=60)
    assert by_lane[Lane.AGE] + by_lane[Lane.CHART] >= 0.96 * RATE * 60


# --- Readers --------------------------------------------------------------------------------------
def test_a_reader_goes_at_once_and_the_others_wait_for_it(
    limiter: Limiter, other: Limiter, interval: float
) -> None:
    for _ in range(50):
        limiter.take(Lane.CHART)
    limiter.borrow()
    assert other.take(Lane.CHART).wait == pytest.approx(51 * interval)


def test_readers_do_not_all_go_at_once(limiter: Limiter) -> None:
    with pytest.raises(Crowded):
        borrow_all(limiter)
    assert 1 < limiter.state().spent[Lane.READER] <= RATE * BORROWED_AT_MOST


def test_whom_there_is_no_room_for_takes_nobodys_slot(limiter: Limiter, interval: float) -> None:
    with pytest.raises(Crowded):
        borrow_all(limiter)
    went = limiter.state().spent[Lane.READER]
    assert limiter.take(Lane.CHART).wait == pytest.approx(went * interval)


def test_for_a_reader_a_worker_goes_at_once_too(limiter: Limiter) -> None:
    for _ in range(50):
        limiter.take(Lane.CHART)
    assert [limiter.take(Lane.READER).wait for _ in range(5)] == [0] * 5


def test_for_too_many_readers_a_worker_waits(limiter: Limiter) -> None:
    waits = [limiter.take(Lane.READER).wait for _ in range(20)]
    assert waits[0] == 0
    assert BORROWED_AT_MOST < waits[-1] < 1
