"""Running errands: asked, stored, put off, given back; and never by more than may."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Collection, Errand, Person, Title, Urgency
from catalog.sync import running
from catalog.sync.errands import SUSPECT_FROM, want
from catalog.sync.running import Slot, run, run_now
from catalog.tmdb import Busy, Down, Lane, Spent
from catalog.tmdb.shapes import TitleFacts
from cinehub.work.models import Claim
from tests.catalog.tmdb.answers import collection, film, person, show
from tests.catalog.tmdb.answers.served import Served, Turns, client
from tests.make import make_title

pytestmark = pytest.mark.django_db

ALONE = {"similar": None, "recommendations": None}


def films(*ids: int) -> dict[str, Any]:
    return {f"movie/{n}": film(n, **ALONE) for n in ids}


def asking(served: Served) -> running.Clients:
    tmdb = client(served)
    return lambda lane: tmdb


def in_full() -> set[int]:
    return set(Title.objects.visible().with_details().values_list("tmdb_id", flat=True))


def want_films(*ids: int, urgency: Urgency = Urgency.CHANGED) -> None:
    want([("movie", n) for n in ids], urgency)


def told(tally: running.Tally | None) -> running.Tally:
    assert tally is not None
    return tally


# --- What comes of it -----------------------------------------------------------------------------
def test_what_is_wanted_is_asked_once_each_and_is_no_errand_any_more() -> None:
    want_films(1, 2)
    want([("tv", 8), ("person", 61), ("collection", 31)], Urgency.AGE)
    answers = films(1, 2) | {"tv/8": show(8, **ALONE), "person/61": person()}
    served = Served(answers | {"collection/31": collection()})
    tally = told(run(asking(served)))
    assert (tally.done, tally.failed, tally.has_more) == (5, 0, False)
    assert {1, 2, 8} <= in_full()
    assert Person.objects.get(pk=61).details_at
    assert Collection.objects.get(pk=31).refresh_at
    assert set(served.times.values()) == {1}
    assert not Errand.objects.exists()


def test_more_than_are_taken_at_once_are_all_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 3)
    ids = range(1, 11)
    want_films(*ids)
    assert told(run(asking(Served(films(*ids))))).done == 10
    assert in_full() == set(ids)


def test_each_is_asked_in_the_lane_of_its_urgency() -> None:
    lanes: list[Lane] = []
    tmdb = client(Served(films(1, 2)))
    want_films(1, urgency=Urgency.AGE)
    want_films(2, urgency=Urgency.READER)
    run(lambda lane: lanes.append(lane) or tmdb)  # type: ignore[func-returns-value]
    assert set(lanes) == {Lane.AGE, Lane.READER}


def test_what_tmdb_has_dropped_is_hidden_and_done() -> None:
    make_title(tmdb_id=1)
    want_films(1)
    assert told(run(asking(Served()))).hidden == 1
    assert in_full() == set()
    assert not Errand.objects.exists()


def test_when_the_time_is_up_the_rest_stays_for_the_next() -> None:
    want_films(1)
    tally = told(run(asking(Served(films(1))), seconds=0))
    assert (tally.done, tally.has_more) == (0, True)


# --- What goes wrong ------------------------------------------------------------------------------
def test_a_malformed_answer_puts_that_one_off_and_no_other() -> None:
    want_films(1, 2)
    tally = told(run(asking(Served(films(1) | {"movie/2": {"id": 2}}))))
    errand = Errand.objects.get()
    assert (tally.done, tally.failed, tally.has_more) == (1, 1, False)
    assert (errand.tmdb_id, errand.failures, errand.taken_until) == (2, 1, None)
    assert errand.due_at > timezone.now() + timedelta(minutes=4)


def test_what_the_database_refuses_is_put_off_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    want_films(1, 2, 3)
    tmdb = client(Served(films(1, 2, 3)))
    tell = tmdb.title

    def nonsense(kind: str, tmdb_id: int) -> TitleFacts:
        facts = tell(kind, tmdb_id)
        return replace(facts, vote_average=99.0) if tmdb_id == 2 else facts

    monkeypatch.setattr(tmdb, "title", nonsense)
    tally = told(run(lambda lane: tmdb))
    assert (tally.done, tally.failed) == (2, 1)
    assert in_full() == {1, 3}
    assert "IntegrityError" in Errand.objects.get(tmdb_id=2).error


@pytest.mark.parametrize("away", [Down("down"), Spent("spent"), Busy("no turn")])
def test_when_tmdb_is_away_everything_goes_back_as_it_was(
    away: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = range(1, 200)
    want_films(*ids)
    tmdb = client(Served())

    def refuse(*ref: Any) -> Any:
        raise away

    monkeypatch.setattr(tmdb, "title", refuse)
    tally = told(run(lambda lane: tmdb))
    assert (tally.done, tally.failed) == (0, 0)
    assert tally.stopped
    left = Errand.objects.values_list("taken_until", "failures", "lapses")
    assert set(left) == {(None, 0, 0)}
    assert len(left) == len(ids)


def test_who_is_not_answered_while_others_are_has_failed() -> None:
    want_films(1)
    want_films(2, urgency=Urgency.AGE)
    slow = Turns(*[503] * 5)
    served = Served({"movie/1": slow, "movie/2": lambda _: time.sleep(0.2) or film(2, **ALONE)})
    tally = told(run(asking(served)))
    assert (tally.done, tally.failed) == (1, 1)
    assert Errand.objects.get().failures == 1


def test_who_alone_is_not_answered_is_given_back() -> None:
    want_films(1)
    run(asking(Served({"movie/1": 503})))
    assert Errand.objects.values_list("failures", "taken_until").get() == (0, None)


def test_a_refused_key_stops_the_run_and_costs_no_errand() -> None:
    want_films(1, 2)
    tally = told(run(asking(Served({"movie/1": 401, "movie/2": 401}))))
    assert "401" in tally.stopped
    assert Errand.objects.filter(taken_until=None, failures=0).count() == 2


def test_what_was_answered_before_a_crash_is_kept() -> None:
    want_films(1)
    want_films(2, urgency=Urgency.AGE)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(asking(Served(films(1, 2))), interrupt)
    assert in_full()
    assert not Errand.objects.filter(taken_until__isnull=False).exists()
    assert not Claim.objects.filter(name__startswith="errands").exists()


def test_a_suspect_is_asked_about_while_nothing_else_is() -> None:
    want_films(1, 2, 3)
    Errand.objects.filter(tmdb_id=2).update(lapses=SUSPECT_FROM)
    under_way: list[int] = []
    most: dict[int, int] = {}

    def answer(number: int) -> Any:
        def of(params: Any) -> Any:
            under_way.append(number)
            time.sleep(0.05)
            most[number] = len(under_way)
            under_way.remove(number)
            return film(number, **ALONE)

        return of

    run(asking(Served({f"movie/{n}": answer(n) for n in (1, 2, 3)})))
    assert in_full() == {1, 2, 3}
    assert most[2] == 1


# --- How many at once -----------------------------------------------------------------------------
def test_no_more_run_at_once_than_there_are_slots(settings: Any) -> None:
    settings.TMDB_RUNNERS = 2
    first, second = Slot(), Slot()
    assert {first.name, second.name} == {"errands 0", "errands 1"}
    want_films(1)
    assert run(asking(Served(films(1)))) is None
    first.leave()
    assert told(run(asking(Served(films(1))))).done == 1


def test_the_slot_of_who_was_killed_is_free_again_after_a_minute(settings: Any) -> None:
    settings.TMDB_RUNNERS = 1
    Slot()
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert Slot().name == "errands 0"


# --- A reader waits -------------------------------------------------------------------------------
def test_who_waits_for_one_gets_it_before_all_others() -> None:
    want_films(1)
    served = Served(films(1, 2))
    assert run_now(("movie", 2), asking(served)).done == 1
    assert served.times == {"movie/2": 1}
    assert Errand.objects.get().tmdb_id == 1


def test_what_somebody_is_asking_already_is_not_asked_twice() -> None:
    want_films(1)
    Errand.objects.update(taken_until=timezone.now() + timedelta(seconds=50))
    served = Served(films(1))
    assert run_now(("movie", 1), asking(served)).done == 0
    assert not served.asked


def test_what_was_put_off_is_tried_at_once_for_a_reader() -> None:
    want([("movie", 1)], Urgency.AGE, due_at=timezone.now() + timedelta(hours=5))
    assert run_now(("movie", 1), asking(Served(films(1)))).done == 1


def test_a_reader_waits_for_no_answer_but_the_errand_stays() -> None:
    run_now(("movie", 1), asking(Served({"movie/1": 503})))
    assert Errand.objects.get().urgency == Urgency.READER
