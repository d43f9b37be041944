"""Errands: wanted by many, taken by one, and kept until they are done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Errand, Urgency
from catalog.sync import errands
from catalog.sync.errands import FAILURES_AT_MOST, LAPSES_AT_MOST, LEASE, SUSPECT_FROM, Hand, want

pytestmark = pytest.mark.django_db

AGE, CHANGED, TRACKED, CHART, READER = (
    Urgency.AGE,
    Urgency.CHANGED,
    Urgency.TRACKED,
    Urgency.CHART,
    Urgency.READER,
)


def film(number: int) -> tuple[str, int]:
    return "movie", number


def take(most: int = 100) -> tuple[Hand, list[int]]:
    """One runner's hand, and TMDB's ids of what it holds."""
    hand = Hand()
    return hand, [errand.tmdb_id for errand in errands.take(hand, most)]


def lapse() -> None:
    """Whoever has errands is never heard of again."""
    Errand.objects.filter(taken_until__isnull=False).update(
        taken_until=timezone.now() - timedelta(seconds=1)
    )


def only() -> Errand:
    return Errand.objects.get()


# --- Wanting --------------------------------------------------------------------------------------
def test_a_thing_is_wanted_once_however_many_want_it() -> None:
    assert want([film(1), film(1), ("tv", 1)], AGE) == 2
    want([film(1)], AGE)
    assert set(Errand.objects.values_list("kind", "tmdb_id")) == {film(1), ("tv", 1)}


@pytest.mark.parametrize(("first", "second"), [(AGE, CHART), (CHART, AGE)])
def test_the_greater_urgency_stays(first: Urgency, second: Urgency) -> None:
    want([film(1)], first)
    want([film(1)], second)
    assert only().urgency == CHART


@pytest.mark.parametrize("earlier_first", [True, False])
def test_the_earlier_time_stays(earlier_first: bool) -> None:
    moments = [datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)]
    for moment in moments if earlier_first else moments[::-1]:
        want([film(1)], AGE, due_at=moment)
    assert only().due_at == moments[0]


def test_very_many_are_wanted_in_some_statements(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        assert want((film(n) for n in range(1, 3001)), AGE) == 3000


# --- Taking ---------------------------------------------------------------------------------------
def test_the_most_urgent_are_taken_first_and_then_the_longest_due() -> None:
    now = timezone.now()
    want([film(1)], AGE, due_at=now - timedelta(days=9))
    want([film(2)], CHART, due_at=now - timedelta(hours=1))
    want([film(3)], CHART, due_at=now - timedelta(hours=2))
    want([film(4)], READER)
    assert take()[1] == [4, 3, 2, 1]


def test_no_more_are_taken_than_asked_for() -> None:
    want([film(n) for n in range(1, 4)], AGE)
    want([film(9)], CHART)
    assert take(2)[1] == [9, 1]


def test_what_is_not_due_is_not_taken() -> None:
    want([film(1)], READER, due_at=timezone.now() + timedelta(minutes=1))
    assert take()[1] == []


def test_what_one_has_no_other_takes() -> None:
    want([film(1)], AGE)
    assert take()[1] == [1]
    assert take()[1] == []
    assert errands.is_taken(film(1))


def test_who_goes_on_keeps_it() -> None:
    want([film(1)], AGE)
    hand, _ = take()
    Errand.objects.update(taken_until=timezone.now() + timedelta(seconds=1))
    hand.leases = {only().taken_until}
    errands.renew(hand)
    assert only().taken_until > timezone.now() + LEASE - timedelta(seconds=5)


def test_what_somebody_vanished_with_is_taken_by_the_next_and_counted() -> None:
    want([film(1)], AGE)
    take()
    lapse()
    assert take()[1] == [1]
    assert only().lapses == 1


def test_who_comes_back_late_has_no_say_any_more() -> None:
    want([film(1)], AGE)
    late, _ = take()
    lapse()
    take()
    errands.done(late, [only().pk])
    assert Errand.objects.count() == 1


def test_one_that_workers_were_lost_over_is_taken_alone() -> None:
    want([film(n) for n in (1, 2, 3)], AGE)
    Errand.objects.filter(tmdb_id=2).update(lapses=SUSPECT_FROM)
    assert take()[1] == [1]
    assert take()[1] == [2]
    assert take()[1] == [3]


def test_one_that_all_are_lost_over_is_given_up_and_the_others_are_not() -> None:
    want([film(1), film(2)], AGE)
    Errand.objects.filter(tmdb_id=1).update(lapses=LAPSES_AT_MOST - 1, taken_until=timezone.now())
    assert take()[1] == [2]
    lost = Errand.objects.get(tmdb_id=1)
    assert (lost.given_up_at is not None, lost.lapses) == (True, LAPSES_AT_MOST)
    assert lost.error


def test_taking_asks_as_much_of_the_database_however_many_wait(
    django_assert_max_num_queries: Any,
) -> None:
    want((film(n) for n in range(1, 2001)), AGE)
    with django_assert_max_num_queries(10):
        take(5)


# --- Reporting back -------------------------------------------------------------------------------
def test_what_is_done_is_gone() -> None:
    want([film(1)], AGE)
    hand, _ = take()
    errands.done(hand, [*hand.errands])
    assert not Errand.objects.exists()
    assert not hand.errands


@pytest.mark.parametrize(("urgency", "due_in"), [(AGE, 0), (READER, 0), (CHANGED, 3600)])
def test_what_was_wanted_while_it_was_asked_is_asked_again(urgency: Urgency, due_in: int) -> None:
    want([film(1), film(2)], AGE)
    hand, _ = take()
    want([film(1)], urgency, due_at=timezone.now() + timedelta(seconds=due_in))
    errands.done(hand, [*hand.errands])
    assert (only().tmdb_id, only().urgency, only().taken_until) == (1, urgency, None)


def test_what_is_given_back_is_as_it_was() -> None:
    want([film(1)], AGE)
    before = only()
    hand, _ = take()
    errands.give_back(hand, [before.pk])
    after = only()
    assert (after.taken_until, after.failures, after.lapses) == (None, 0, 0)
    assert after.due_at == before.due_at


def test_failures_put_it_off_for_longer_each_time_until_it_is_given_up() -> None:
    want([film(1)], AGE)
    waits = []
    for _ in range(FAILURES_AT_MOST):
        Errand.objects.update(due_at=timezone.now())
        hand, _ = take()
        given_up = errands.put_off(hand, hand.errands[only().pk], ValueError("nonsense"))
        waits.append(round((only().due_at - timezone.now()).total_seconds() / 60))
    assert waits == [5, 10, 20, 40, 80]
    assert given_up
    assert only().error == "ValueError: nonsense"
    Errand.objects.update(due_at=timezone.now())
    assert take()[1] == []


@pytest.mark.parametrize(("urgency", "is_open"), [(READER, True), (CHANGED, True), (CHART, False)])
def test_what_was_given_up_is_tried_again_if_there_is_news_of_it_or_a_reader(
    urgency: Urgency, is_open: bool
) -> None:
    want([film(1)], AGE)
    Errand.objects.update(given_up_at=timezone.now(), failures=FAILURES_AT_MOST)
    want([film(1)], urgency)
    assert Errand.objects.open().exists() is is_open


def test_an_admin_has_it_tried_from_the_beginning() -> None:
    want([film(1)], AGE)
    Errand.objects.update(given_up_at=timezone.now(), failures=5, lapses=8)
    assert errands.retry([only().pk]) == 1
    assert (only().given_up_at, only().failures, only().lapses) == (None, 0, 0)
    assert take()[1] == [1]


def test_the_figures_tell_how_many_wait_and_for_how_long() -> None:
    assert errands.figures() == {"errands.open": 0, "errands.given_up": 0, "errands.lag": 0}
    want([film(1)], AGE, due_at=timezone.now() - timedelta(minutes=2))
    want([film(2)], AGE, due_at=timezone.now() + timedelta(minutes=2))
    want([film(3)], AGE)
    Errand.objects.filter(tmdb_id=3).update(given_up_at=timezone.now())
    told = errands.figures()
    assert (told["errands.open"], told["errands.given_up"]) == (2, 1)
    assert 119 < told["errands.lag"] < 130
