"""While TMDB is down nobody asks, but for one at a time who finds out whether it is back."""

from contextlib import suppress
from typing import Any

import pytest
from requests import ConnectionError, ReadTimeout

from catalog.tmdb import Busy, Down, Lane, TMDBError
from catalog.tmdb.book import FAILURES, SHUT_AT_FIRST, SHUT_AT_MOST, Circuit
from catalog.tmdb.limiter import Limiter
from tests.catalog.tmdb.answers import film
from tests.catalog.tmdb.answers.clock import Clock, fail, go
from tests.catalog.tmdb.answers.served import Served, client


def is_down(limiter: Limiter) -> bool:
    try:
        limiter.take(Lane.CHART)
    except Down:
        return True
    return False


def test_some_failures_are_not_an_outage(limiter: Limiter) -> None:
    fail(limiter, FAILURES - 1)
    assert limiter.state().circuit is Circuit.CLOSED
    assert not is_down(limiter)


def test_failures_with_an_answer_between_them_are_not_an_outage(limiter: Limiter) -> None:
    for _ in range(3):
        fail(limiter, FAILURES - 1)
        limiter.answered()
    assert not is_down(limiter)


def test_so_many_failures_in_a_row_are_one_whoever_asked(limiter: Limiter, other: Limiter) -> None:
    said = [one.failed() for _ in range(FAILURES // 2) for one in (limiter, other)]
    assert said == [False] * (FAILURES - 1) + [True]
    assert is_down(limiter)
    with pytest.raises(Down):
        other.borrow()


def test_while_tmdb_is_down_no_slot_is_taken_and_nothing_spent(
    limiter: Limiter, clock: Clock
) -> None:
    fail(limiter, FAILURES)
    for _ in range(100):
        assert is_down(limiter)
    limiter.answered()
    assert limiter.state().spent_today == 0
    assert limiter.take(Lane.AGE).wait == 0


def test_who_has_a_slot_when_it_opens_does_not_go(limiter: Limiter, clock: Clock) -> None:
    limiter.take(Lane.CHART)
    turn = limiter.take(Lane.CHART)
    fail(limiter, FAILURES)
    clock.sleep(turn.wait)
    with pytest.raises(Down):
        limiter.take(Lane.CHART, turn.ticket)


def test_after_a_while_one_probes_and_the_others_do_not(
    limiter: Limiter, other: Limiter, clock: Clock
) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    assert limiter.state().circuit is Circuit.PROBING
    assert limiter.take(Lane.AGE).wait == 0
    assert is_down(other)
    with pytest.raises(Down):
        other.borrow()


def test_a_reader_may_be_the_one(limiter: Limiter, clock: Clock) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    limiter.borrow()
    assert is_down(limiter)


def test_an_answer_to_the_probe_ends_it(limiter: Limiter, other: Limiter, clock: Clock) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    go(limiter, clock)
    limiter.answered()
    assert not is_down(other)
    assert (limiter.state().circuit, limiter.state().failures) == (Circuit.CLOSED, 0)


def test_each_probe_in_vain_makes_it_longer_within_bounds(limiter: Limiter, clock: Clock) -> None:
    fail(limiter, FAILURES)
    shut = []
    for _ in range(6):
        shut.append(limiter.state().shut_for)
        clock.sleep(shut[-1])
        go(limiter, clock)
        assert limiter.failed()
    assert shut == pytest.approx([30, 60, 120, 240, SHUT_AT_MOST, SHUT_AT_MOST])


def test_after_an_outage_the_next_one_begins_anew(limiter: Limiter, clock: Clock) -> None:
    for _ in range(2):
        fail(limiter, FAILURES)
        clock.sleep(limiter.state().shut_for)
        limiter.answered()
    fail(limiter, FAILURES)
    assert limiter.state().shut_for == pytest.approx(SHUT_AT_FIRST)


def test_late_news_of_failures_do_not_keep_it_open_longer(limiter: Limiter, clock: Clock) -> None:
    fail(limiter, FAILURES)
    clock.sleep(10)
    fail(limiter, FAILURES)
    assert limiter.state().shut_for == pytest.approx(SHUT_AT_FIRST - 10)


def test_a_probe_that_nobody_hears_of_is_followed_by_another(
    limiter: Limiter, clock: Clock
) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    go(limiter, clock)
    clock.sleep(limiter.state().shut_for)
    assert not is_down(limiter)


def test_a_probe_waits_for_the_end_of_a_pause(limiter: Limiter, clock: Clock) -> None:
    fail(limiter, FAILURES)
    limiter.pause(SHUT_AT_FIRST + 5)
    clock.sleep(SHUT_AT_FIRST)
    assert limiter.take(Lane.CHART).wait == pytest.approx(5)


# --- What the client makes of it ------------------------------------------------------------------
def test_many_failures_in_a_row_end_all_attempts_at_once(clock: Clock, limiter: Limiter) -> None:
    served = Served({"movie/7": 503})
    asking = client(served, clock=clock, limiter=limiter)
    for error in (Busy, Down, Down):
        with pytest.raises(error):
            asking.movie(7)
    assert served.times == {"movie/7": FAILURES}


def test_while_tmdb_is_down_nobody_waits(clock: Clock, limiter: Limiter) -> None:
    slept: list[float] = []
    fail(limiter, FAILURES)
    for hurried in (True, False):
        asking = client(Served(), clock=clock, limiter=limiter, slept=slept, hurried=hurried)
        with pytest.raises(Down):
            asking.movie(7)
    assert slept == []


@pytest.mark.parametrize("answer", [404, 401, 429, 400, film(7)])
def test_whatever_tmdb_answers_shows_that_it_is_up(
    clock: Clock, limiter: Limiter, answer: Any
) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    with suppress(TMDBError):
        client(Served({"movie/7": answer}), hurried=True, limiter=limiter).movie(7)
    assert limiter.state().circuit is Circuit.CLOSED


@pytest.mark.parametrize("failure", [500, 503, ReadTimeout(), ConnectionError()])
def test_a_probe_that_fails_is_not_asked_again(
    clock: Clock, limiter: Limiter, failure: Any
) -> None:
    fail(limiter, FAILURES)
    clock.sleep(SHUT_AT_FIRST)
    served = Served({"movie/7": failure})
    with pytest.raises(Down):
        client(served, clock=clock, limiter=limiter).movie(7)
    assert served.times == {"movie/7": 1}
