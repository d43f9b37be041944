"""When TMDB says 429 everybody waits, and after it all are slower for a while."""

import pytest

from catalog.tmdb import Busy, Lane
from catalog.tmdb.book import LONGEST_PAUSE
from catalog.tmdb.limiter import Limiter
from tests.catalog.tmdb.answers.clock import RATE, Clock


def test_a_pause_holds_everybody(limiter: Limiter, other: Limiter, clock: Clock) -> None:
    limiter.pause(30)
    assert other.take(Lane.CHART) == (pytest.approx(30), None)
    with pytest.raises(Busy):
        other.borrow()
    clock.sleep(30)
    other.borrow()


def test_a_reader_refused_by_a_pause_takes_no_slot_and_spends_nothing(
    limiter: Limiter, clock: Clock
) -> None:
    limiter.pause(30)
    for _ in range(5):
        with pytest.raises(Busy):
            limiter.borrow()
    clock.sleep(30)
    assert limiter.state().spent_today == 0
    assert limiter.take(Lane.CHART).wait == 0


def test_a_shorter_pause_does_not_end_a_longer_one(limiter: Limiter) -> None:
    limiter.pause(30)
    limiter.pause(1)
    assert limiter.take(Lane.CHART).wait == pytest.approx(30)


def test_no_pause_is_longer_than_the_longest(limiter: Limiter) -> None:
    limiter.pause(1e300)
    assert limiter.take(Lane.CHART).wait == pytest.approx(LONGEST_PAUSE)


def test_after_a_pause_all_go_half_as_fast(limiter: Limiter, clock: Clock, interval: float) -> None:
    limiter.pause(30)
    clock.sleep(30)
    limiter.take(Lane.CHART)
    assert limiter.take(Lane.CHART).wait == pytest.approx(2 * interval)
    assert limiter.state().rate == pytest.approx(RATE / 2)


def test_what_many_hear_in_one_pause_slows_them_once(limiter: Limiter, clock: Clock) -> None:
    for _ in range(16):
        limiter.pause(1)
    clock.sleep(1)
    assert limiter.state().rate == pytest.approx(RATE / 2)


def test_each_further_pause_halves_the_rate_but_not_for_ever(
    limiter: Limiter, clock: Clock
) -> None:
    rates = []
    for _ in range(6):
        limiter.pause(1)
        clock.sleep(1)
        rates.append(limiter.state().rate)
    assert rates == pytest.approx([20, 10, 5, 5, 5, 5])


def test_within_a_minute_the_rate_is_what_it_was(limiter: Limiter, clock: Clock) -> None:
    for _ in range(6):
        limiter.pause(1)
        clock.sleep(1)
    rates = []
    for _ in range(4):
        rates.append(limiter.state().rate)
        clock.sleep(20)
    assert rates == pytest.approx([5, 10, 20, 40])
