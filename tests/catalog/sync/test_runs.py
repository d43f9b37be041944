"""Whole runs: what they bring, what they say of themselves, and how they go on after an outage."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from catalog.models import Chart, Collection, Genre, Kind, Person, SyncRun, Title
from catalog.sync import charts, diary, runs
from catalog.sync.asking import AHEAD, GIVE_UP_AFTER, THREADS
from catalog.sync.titles import hide_title, store_titles
from catalog.tmdb import shapes
from catalog.tmdb.shapes import TitleFacts
from tests.catalog.tmdb.answers import collection, film, listed, page, person, show
from tests.catalog.tmdb.answers.served import Reply, Served, Turns, client
from tests.make import make_person, make_title

pytestmark = pytest.mark.django_db

DONE, PARTIAL, FAILED = SyncRun.State.DONE, SyncRun.State.PARTIAL, SyncRun.State.FAILED


def films(*ids: int) -> dict[str, Any]:
    """Popular films, and each in full; none of them leads to another."""
    alone = {"similar": None, "recommendations": None}
    told: dict[str, Any] = {f"movie/{n}": film(n, **alone) for n in ids}
    return told | {"movie/popular": page(*(listed(n) for n in ids))}


def in_full() -> set[int]:
    return set(Title.objects.with_details().visible().values_list("tmdb_id", flat=True))


def told_of_itself(run: SyncRun) -> SyncRun:
    """What the database says of the run, which is what the run says of itself."""
    held = SyncRun.objects.get(pk=run.pk)
    for name in ("state", "asked", "created", "updated", "fresh", "hidden", "failed", "error"):
        assert getattr(held, name) == getattr(run, name), name
    assert held.finished_at is not None
    return held


# --- What a run brings ----------------------------------------------------------------------------
def test_popular_films_are_held_in_full_and_counted() -> None:
    run = told_of_itself(runs.sync_popular(client(Served(films(1, 2, 3))), Kind.MOVIE, pages=1))
    assert in_full() == {1, 2, 3}
    assert (run.kind, run.state, run.asked, run.created) == ("movies", DONE, 4, 3)


def test_what_is_fresh_is_not_asked_about() -> None:
    served = Served(films(1, 2, 3))
    runs.sync_popular(client(served), Kind.MOVIE, pages=1)
    served.asked.clear()
    run = told_of_itself(runs.sync_popular(client(served), Kind.MOVIE, pages=1))
    assert served.times == {"movie/popular": 1}
    assert (run.fresh, run.created, run.updated, run.state) == (3, 0, 0, DONE)


def test_what_is_fresh_is_asked_about_again_by_who_says_so() -> None:
    served = Served(films(1, 2))
    runs.sync_popular(client(served), Kind.MOVIE, pages=1)
    run = runs.sync_popular(client(served), Kind.MOVIE, pages=1, again=True)
    assert (run.fresh, run.updated) == (0, 2)


def test_a_title_on_two_pages_is_asked_about_once() -> None:
    told = films(1, 2)
    served = Served(told | {"movie/popular": page(listed(1), listed(2), last=2)})
    runs.sync_popular(client(served), Kind.MOVIE, pages=2)
    assert served.times == {"movie/popular": 2, "movie/1": 1, "movie/2": 1}


def test_a_progress_is_told_and_ends_where_it_says() -> None:
    steps: list[tuple[int, int]] = []
    tmdb = client(Served(films(1, 2, 3)))
    runs.sync_popular(tmdb, Kind.MOVIE, lambda done, total: steps.append((done, total)), pages=1)
    assert steps[-1] == (3, 3)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_named_titles_are_asked_about_however_fresh_and_once_each() -> None:
    make_title(tmdb_id=1)
    served = Served(films(1) | {"tv/8": show(8)})
    run = runs.sync_titles(client(served), [("movie", 1), ("tv", 8), ("movie", 1)])
    assert served.times == {"movie/1": 1, "tv/8": 1}
    assert (run.created, run.updated) == (1, 1)


def test_people_and_collections_have_their_runs() -> None:
    tmdb = client(Served({"person/61": person(), "collection/31": collection()}))
    made = [
        told_of_itself(runs.sync_people(tmdb, [61, 61])),
        told_of_itself(runs.sync_collections(tmdb, [31])),
    ]
    assert [(run.state, run.updated) for run in made] == [(DONE, 1), (DONE, 1)]
    assert Person.objects.get(pk=61).details_at
    assert Collection.objects.get(pk=31).refresh_at


def test_who_was_never_asked_about_is_asked_about_the_best_known_first() -> None:
    little, well = make_person(popularity=1), make_person(popularity=9)
    make_person(details_at=datetime.now(UTC))
    make_person(hidden_at=datetime.now(UTC))
    assert runs.people_without_details(10) == [well.pk, little.pk]
    assert runs.people_without_details(1) == [well.pk]


def test_collections_never_asked_about_and_old_ones_are_due() -> None:
    now = datetime.now(UTC)
    store_titles([shapes.movie(film(7))])
    Collection.objects.create(tmdb_id=4, name="Old", refresh_at=now - timedelta(days=1))
    Collection.objects.create(tmdb_id=5, name="Fresh", refresh_at=now + timedelta(days=1))
    Collection.objects.create(tmdb_id=6, name="Gone", hidden_at=now)
    assert set(runs.due_collections(10)) == {4, 31}


def test_all_charts_are_replaced() -> None:
    answers: dict[str, Any] = {
        path: page(listed(5, "title" if kind == "movie" else "name"))
        for (_, kind), path in charts.PATHS.items()
    }
    run = told_of_itself(runs.sync_charts(client(Served(answers))))
    assert (run.state, run.updated) == (DONE, len(charts.PATHS)) == (DONE, Chart.objects.count())
    assert not runs.charts_are_empty()


def test_a_chart_that_is_not_told_costs_that_chart_only() -> None:
    answers = {path: page(listed(5)) for path in charts.PATHS.values()} | {"tv/popular": 404}
    run = told_of_itself(runs.sync_charts(client(Served(answers))))
    assert (run.state, run.failed, run.updated) == (PARTIAL, 1, len(charts.PATHS) - 1)
    assert "tv/popular: NotFound" in run.error


def test_the_genres_run_fails_as_one() -> None:
    run = told_of_itself(runs.sync_genres(client(Served())))
    assert run.state == FAILED
    assert "NotFound" in run.error
    assert not Genre.objects.exists()


# --- What goes wrong with one title ---------------------------------------------------------------
@pytest.mark.parametrize(
    "answer",
    [{"id": 2}, film(99), Reply(body=b"<html>"), Reply(body=b'{"id": 2, '), [1], 500],
)
def test_a_malformed_answer_costs_that_title_only(
    answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    served = Served(films(1, 2, 3) | {"movie/2": answer})
    run = told_of_itself(runs.sync_popular(client(served), Kind.MOVIE, pages=1))
    assert in_full() == {1, 3}
    assert (run.state, run.failed, run.created) == (PARTIAL, 1, 2)
    assert run.error.startswith("movie 2: ")
    assert "movie 2 could not be synchronised" in caplog.text


def test_a_refusal_of_the_database_costs_that_title_only(caplog: pytest.LogCaptureFixture) -> None:
    def ask(tmdb_id: int) -> TitleFacts:
        facts = shapes.movie(film(tmdb_id, similar=None, recommendations=None))
        return replace(facts, vote_average=99.0) if tmdb_id == 3 else facts

    subject = runs.Subject(ask, store_titles, lambda tmdb_id: hide_title("movie", tmdb_id))
    with diary.run("test") as under_way:
        under_way.expect(6)
        runs.fetch(under_way, range(1, 7), subject)
    run = told_of_itself(under_way.row)
    assert in_full() == {1, 2, 4, 5, 6}
    assert (run.state, run.created, run.failed) == (PARTIAL, 5, 1)
    assert "3: IntegrityError" in run.error
    assert "3 could not be synchronised" in caplog.text


def test_a_dropped_title_is_hidden_and_no_failure() -> None:
    make_title(tmdb_id=2)
    served = Served(films(1, 3))
    run = told_of_itself(runs.sync_titles(client(served), [("movie", n) for n in (1, 2, 3, 4)]))
    assert (run.state, run.hidden, run.failed, run.created) == (DONE, 1, 0, 2)
    assert in_full() == {1, 3}


def test_of_very_many_failures_only_the_first_are_told() -> None:
    ids = range(1, diary.ERRORS_TOLD + 11)
    run = told_of_itself(
        runs.sync_titles(
            client(Served({f"movie/{n}": {"id": n} for n in ids})), [("movie", n) for n in ids]
        )
    )
    assert (run.failed, len(run.error.splitlines())) == (len(ids), diary.ERRORS_TOLD + 1)
    assert run.error.endswith("and 10 more")


# --- What stops a run -----------------------------------------------------------------------------
def test_an_outage_stops_the_run_and_the_next_one_does_what_was_left() -> None:
    # In whatever order they come, so many silences follow each other between three answers.
    ids = range(1, 4 * GIVE_UP_AFTER + 4)
    told = films(*ids)
    down = {f"movie/{n}": 503 for n in ids if n > 3}
    served = Served(told | down)
    first = told_of_itself(runs.sync_popular(client(served), Kind.MOVIE, pages=1))
    held = in_full()
    assert first.state == PARTIAL
    assert held <= {1, 2, 3}
    assert "run it again" in first.error
    served.answers = told
    served.asked.clear()
    second = told_of_itself(runs.sync_popular(client(served), Kind.MOVIE, pages=1))
    assert in_full() == set(ids)
    assert set(served.times) == {"movie/popular", *(f"movie/{n}" for n in ids if n not in held)}
    assert (second.state, second.fresh) == (DONE, len(held))


def test_a_short_outage_is_waited_out() -> None:
    told = films(1, 2)
    served = Served(told | {"movie/2": Turns(503, 503, told["movie/2"])})
    assert runs.sync_popular(client(served), Kind.MOVIE, pages=1).state == DONE
    assert in_full() == {1, 2}


def test_a_key_that_is_refused_stops_the_run_at_once() -> None:
    ids = range(1, 500)
    served = Served({f"movie/{n}": 401 for n in ids})
    run = told_of_itself(runs.sync_titles(client(served), [("movie", n) for n in ids]))
    assert (run.state, run.asked, run.failed) == (FAILED, 1, 0)
    assert "401" in run.error
    assert "499 not done" in run.error
    assert len(served.asked) < AHEAD + THREADS


def test_what_was_answered_before_a_stop_is_kept() -> None:
    # So far behind that the refusal is met only after some were answered.
    ids = range(1, AHEAD + 30)
    served = Served(films(*ids) | {f"movie/{ids[-1]}": 401})
    run = told_of_itself(runs.sync_titles(client(served), [("movie", n) for n in ids]))
    assert run.state == PARTIAL
    assert run.created == len(in_full()) >= 20


def test_why_a_run_stopped_is_told_before_all_else() -> None:
    ids = range(1, AHEAD + diary.ERRORS_TOLD * 2)
    garbled: dict[str, Any] = {f"movie/{n}": {"id": n} for n in ids}
    served = Served(garbled | {f"movie/{ids[-1]}": 401})
    run = told_of_itself(runs.sync_titles(client(served), [("movie", n) for n in ids]))
    assert run.failed > diary.ERRORS_TOLD
    assert "401" in run.error.splitlines()[0]


def test_a_run_that_is_interrupted_says_so_and_keeps_what_was_stored() -> None:
    ids = range(1, runs.BATCH * 2 + 1)

    def interrupt(done: int, total: int) -> None:
        if done >= runs.BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runs.sync_titles(client(Served(films(*ids))), [("movie", n) for n in ids], interrupt)
    run = told_of_itself(SyncRun.objects.get())
    assert (run.state, run.error) == (FAILED, "KeyboardInterrupt()")
    assert run.created >= runs.BATCH
    assert run.created == len(in_full())


def test_a_run_that_crashes_says_so() -> None:
    def crash() -> None:
        with diary.run("test") as under_way:
            under_way.row.asked = 4
            raise OperationalError("the disk is full")

    with pytest.raises(OperationalError):
        crash()
    run = SyncRun.objects.get()
    assert (run.state, run.asked) == (FAILED, 4)
    assert "the disk is full" in run.error


def running(minutes: int, **values: Any) -> SyncRun:
    """A run that began so long ago and has not ended."""
    row = SyncRun.objects.create(**{"kind": "title"} | values)
    began = datetime.now(UTC) - timedelta(minutes=minutes)
    SyncRun.objects.filter(pk=row.pk).update(started_at=began)
    return row


def test_a_run_that_was_killed_is_closed_by_the_next_of_its_kind() -> None:
    killed = running(3)
    runs.sync_titles(client(Served()), [])
    killed.refresh_from_db()
    assert (killed.state, killed.error) == (FAILED, "It was cut off: it never ended.")
    assert killed.finished_at is not None


@pytest.mark.parametrize(
    ("minutes", "values"),
    [(3, {"kind": "charts"}), (3, {"state": DONE}), (3, {"state": PARTIAL})],
)
def test_other_runs_are_left_alone(minutes: int, values: dict[str, Any]) -> None:
    other = running(minutes, **values)
    runs.sync_titles(client(Served()), [])
    other.refresh_from_db()
    assert (other.state, other.error) == (values.get("state", SyncRun.State.RUNNING), "")


def test_one_of_a_kind_runs_at_a_time() -> None:
    running(1)
    with pytest.raises(diary.UnderWay, match="title"):
        runs.sync_titles(client(Served()), [])
    assert SyncRun.objects.get().state == SyncRun.State.RUNNING


def test_a_run_that_shows_a_sign_of_life_is_not_taken_for_lost() -> None:
    slow = running(600)
    SyncRun.objects.update(seen_at=datetime.now(UTC) - timedelta(minutes=1))
    with pytest.raises(diary.UnderWay):
        runs.sync_titles(client(Served()), [])
    slow.refresh_from_db()
    assert slow.state == SyncRun.State.RUNNING


def test_a_slow_run_has_the_last_word_when_it_ends() -> None:
    with diary.run("test") as under_way:
        SyncRun.objects.update(seen_at=datetime.now(UTC) - timedelta(minutes=3))
        with diary.run("test"):
            assert SyncRun.objects.get(pk=under_way.row.pk).state == FAILED
            under_way.live()
    assert told_of_itself(under_way.row).state == DONE


def test_how_far_a_run_is_can_be_seen_from_elsewhere() -> None:
    with diary.run("test") as under_way:
        under_way.expect(10)
        held = SyncRun.objects.get()
        assert (held.done, held.total, held.state) == (0, 10, SyncRun.State.RUNNING)
        under_way.row.created = 3
        under_way.step(4)
    held = told_of_itself(under_way.row)
    assert (held.done, held.total, held.created) == (4, 10, 3)


def test_it_is_written_down_at_most_once_a_second(django_assert_max_num_queries: Any) -> None:
    with diary.run("test") as under_way, django_assert_max_num_queries(2):
        for _ in range(50):
            under_way.step()


def test_every_step_is_told_to_who_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Any, ...]] = []

    def publish(group: str, kind: str, **facts: Any) -> None:
        told.append((group, kind, facts["of"], facts["state"], facts["done"]))

    monkeypatch.setattr(diary.live, "publish", publish)
    with diary.run("test") as under_way:
        under_way.step(2)
    assert told == [
        ("staff", "run", "test", SyncRun.State.RUNNING, 0),
        ("staff", "run", "test", SyncRun.State.RUNNING, 2),
        ("staff", "run", "test", DONE, 2),
    ]


def test_the_most_popular_without_details_come_first() -> None:
    made = [make_title(details_at=None, popularity=n) for n in (1, 9, 5)]
    make_title(popularity=99)
    make_title(details_at=None, hidden_at=datetime.now(UTC))
    make_title(details_at=None, kind="tv")
    little, well, some = [("movie", title.tmdb_id) for title in made]
    assert runs.titles_without_details(["movie"], 10) == [well, some, little]
    assert runs.titles_without_details(["movie"], 1) == [well]


def test_due_titles_are_asked_about_and_are_due_no_more() -> None:
    store_titles([shapes.movie(film(1)), shapes.movie(film(2))])
    Title.objects.filter(tmdb_id=1).update(refresh_at=datetime.now(UTC) - timedelta(days=1))
    assert runs.due_titles(10) == [("movie", 1)]
    run = runs.sync_titles(client(Served(films(1))), runs.due_titles(10), kind="due")
    assert (run.kind, run.updated) == ("due", 1)
    assert runs.due_titles(10) == []


# --- Kept for a while -----------------------------------------------------------------------------
def ended(kind: str, days: int, **values: Any) -> SyncRun:
    then = datetime.now(UTC) - timedelta(days=days)
    return SyncRun.objects.create(**{"kind": kind, "state": DONE, "finished_at": then} | values)


def test_what_ended_long_ago_is_forgotten() -> None:
    ended("charts", 91)
    of_late = [ended("charts", 89), ended("charts", 1)]

    assert diary.forget_old() == 1

    assert list(SyncRun.objects.order_by("pk")) == of_late


def test_the_last_of_each_kind_stays_however_old() -> None:
    for kind in ("export", "title"):
        ended(kind, 400)
    last = [ended("export", 300), ended("title", 200, state=FAILED)]

    diary.forget_old()

    assert list(SyncRun.objects.order_by("pk")) == last


def test_a_run_that_has_not_ended_is_neither_forgotten_nor_the_last_of_its_kind() -> None:
    stays = [ended("title", 200), running(60 * 24 * 100)]

    diary.forget_old()

    assert list(SyncRun.objects.order_by("pk")) == stays


def test_forgetting_asks_no_more_for_many(django_assert_num_queries: Any) -> None:
    for number in range(30):
        ended(f"kind {number % 3}", 100 + number)

    with django_assert_num_queries(1):
        diary.forget_old()
