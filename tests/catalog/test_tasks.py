"""What workers do when nobody is looking."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import responses
from celery import current_app
from django.conf import settings as site

from catalog import tasks
from catalog.models import (
    Chart,
    Collection,
    Errand,
    Genre,
    Person,
    SyncRun,
    Title,
    Urgency,
)
from catalog.source import pace, tmdb
from catalog.sync import running
from catalog.sync.errands import want
from catalog.tmdb import Lane
from cinehub.work.models import Claim, DeadLetter
from cinehub.work.queues import queue_of
from cinehub.work.schedule import SCHEDULE
from tests.make import make_person, make_title, tmdb_movie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

TMDB = "https://tmdb.test/3"
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_pace(settings: Any, tmp_path: Path) -> None:
    """When TMDB is down in one test, that is no concern of the next."""
    settings.DATA_DIR = tmp_path


def in_a_worker(task: Any, **arguments: Any) -> Any:
    """Without the waits between its questions."""
    for lane in Lane:
        tmdb(lane=lane).sleep = lambda seconds: None
    return task.apply(kwargs=arguments)


def wanted(urgency: Urgency) -> list[tuple[str, int]]:
    """What TMDB is to be asked about, and all of it so urgently."""
    assert set(Errand.objects.values_list("urgency", flat=True)) <= {urgency}
    return list(Errand.objects.order_by("kind", "tmdb_id").values_list("kind", "tmdb_id"))


@responses.activate
def test_a_title_is_brought_up_to_date() -> None:
    title = make_title(tmdb_id=603, name="Old name", refresh_at=PAST)
    responses.get(f"{TMDB}/movie/603", json=tmdb_movie(603, title="New name"))

    in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).get()

    title.refresh_from_db()
    assert title.name == "New name"
    assert not title.is_stale


@responses.activate
def test_a_title_that_tmdb_has_dropped_is_hidden_and_kept() -> None:
    title = make_title(tmdb_id=603)
    responses.get(f"{TMDB}/movie/603", status=404, json={"status_code": 34})

    in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).get()

    title.refresh_from_db()
    assert title.hidden_at is not None


@responses.activate
def test_a_title_may_be_refreshed_twice() -> None:
    responses.get(f"{TMDB}/movie/603", json=tmdb_movie(603))

    for _ in range(2):
        in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).get()

    assert Title.objects.count() == 1


@responses.activate
def test_while_tmdb_is_down_the_title_stays_an_errand_and_comes_when_it_is_back() -> None:
    make_title(tmdb_id=603, name="Known")
    responses.get(f"{TMDB}/movie/603", status=503)

    assert in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).successful()

    assert Title.objects.get().name == "Known"
    assert Errand.objects.get().urgency == Urgency.READER
    pace().answered()
    responses.replace("GET", f"{TMDB}/movie/603", json=tmdb_movie(603))
    in_a_worker(tasks.run_errands).get()
    assert Title.objects.get().name == "The Matrix"
    assert not Errand.objects.exists()


@responses.activate
def test_with_a_key_that_is_refused_nothing_is_tried_again_at_once() -> None:
    responses.get(f"{TMDB}/movie/603", status=401, json={})

    in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).get()

    assert len(responses.calls) == 1
    assert Errand.objects.get().failures == 0


@responses.activate
def test_people_and_collections_are_brought_up_to_date() -> None:
    responses.get(f"{TMDB}/person/61", json={"id": 61, "name": "Ada Kessel"})
    responses.get(f"{TMDB}/collection/31", json={"id": 31, "name": "The Harbours", "parts": []})

    in_a_worker(tasks.refresh_person, tmdb_id=61).get()
    in_a_worker(tasks.refresh_collection, tmdb_id=31).get()

    assert Person.objects.get(pk=61).name == "Ada Kessel"
    assert Collection.objects.get(pk=31).name == "The Harbours"


@responses.activate
def test_charts_are_filled() -> None:
    page = {"page": 1, "total_pages": 1, "results": [tmdb_movie(603) | {"name": "Matrix"}]}
    responses.get(re.compile(f"{TMDB}/.*"), json=page)

    in_a_worker(tasks.refresh_charts).get()

    assert Chart.objects.count() == 12
    assert all(chart.entries.count() == 1 for chart in Chart.objects.all())


@responses.activate
def test_what_charts_name_is_wanted() -> None:
    page = {"page": 1, "total_pages": 1, "results": [tmdb_movie(603) | {"name": "Matrix"}]}
    responses.get(re.compile(f"{TMDB}/.*"), json=page)

    in_a_worker(tasks.refresh_charts).get()

    assert set(wanted(Urgency.CHART)) == {("movie", 603), ("tv", 603)}


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        (tasks.refresh_terms, "genres"),
        (tasks.refresh_charts, "charts"),
        (tasks.refresh_popular, "popular"),
        (tasks.read_changes, "changes"),
        (tasks.compare_exports, "compare"),
    ],
)
@responses.activate
def test_what_another_worker_does_already_is_left_to_it(task: Any, kind: str) -> None:
    SyncRun.objects.create(kind=kind, seen_at=datetime.now(UTC))

    in_a_worker(task).get()

    assert SyncRun.objects.count() == 1
    assert not responses.calls


@responses.activate
def test_what_is_popular_is_wanted_as_deep_as_the_site_says(settings: Any) -> None:
    settings.TMDB_SYNC_PAGES = 2
    for kind in ("movie", "tv"):
        results = [tmdb_movie(603) | {"name": "Matrix"}]
        page = {"page": 1, "total_pages": 9, "results": results}
        responses.get(f"{TMDB}/{kind}/popular", json=page)

    in_a_worker(tasks.refresh_popular).get()

    assert len(responses.calls) == 4
    assert wanted(Urgency.CHART) == [("movie", 603), ("tv", 603)]


@responses.activate
def test_what_has_changed_is_wanted_and_then_brought() -> None:
    make_title(tmdb_id=603, name="Old name", fetched_at=PAST)
    for kind in ("movie", "tv", "person"):
        page = {"results": [{"id": 603}] if kind == "movie" else [], "page": 1, "total_pages": 1}
        responses.get(f"{TMDB}/{kind}/changes", json=page)
    responses.get(f"{TMDB}/movie/603", json=tmdb_movie(603))

    in_a_worker(tasks.read_changes).get()
    assert wanted(Urgency.CHANGED) == [("movie", 603)]
    in_a_worker(tasks.run_errands).get()

    assert Title.objects.get().name == "The Matrix"


def test_what_is_due_is_wanted_and_what_is_fresh_is_not() -> None:
    make_title(tmdb_id=603, refresh_at=PAST)
    make_title(tmdb_id=604)
    make_person(tmdb_id=61, refresh_at=PAST)

    in_a_worker(tasks.gather_due).get()

    assert wanted(Urgency.AGE) == [("movie", 603), ("person", 61)]


def test_what_upper_apps_name_is_wanted() -> None:
    in_a_worker(tasks.track_titles, refs=[["movie", 603], ["tv", 1396]]).get()

    assert wanted(Urgency.TRACKED) == [("movie", 603), ("tv", 1396)]


@responses.activate
def test_who_has_not_finished_queues_for_another_turn(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    queued: list[str] = []
    monkeypatch.setattr(tasks.run_errands, "apply_async", lambda *a, **k: queued.append("again"))
    monkeypatch.setattr(running, "SECONDS", 0)
    want([("movie", 603)], Urgency.AGE)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.run_errands.run()

    assert len(queued) == 1


def test_the_sample_is_compared_with_nothing(settings: Any) -> None:
    settings.TMDB_IS_SAMPLE = True

    in_a_worker(tasks.compare_exports).get()

    assert not SyncRun.objects.exists()


@responses.activate
def test_genres_countries_languages_and_providers_are_brought_up_to_date() -> None:
    for kind in ("movie", "tv"):
        genres = {"genres": [{"id": 18, "name": "Drama"}]}
        responses.get(f"{TMDB}/genre/{kind}/list", json=genres)
        responses.get(f"{TMDB}/watch/providers/{kind}", json={"results": []})
    responses.get(f"{TMDB}/configuration/countries", json=[])
    responses.get(f"{TMDB}/configuration/languages", json=[])

    in_a_worker(tasks.refresh_terms).get()

    assert Genre.objects.get().name == "Drama"


def test_lapsed_claims_are_swept_away_on_the_way() -> None:
    Claim.objects.create(name="long ago", until=PAST)

    in_a_worker(tasks.gather_due).get()

    assert not Claim.objects.filter(name="long ago").exists()


def test_the_diary_is_tidied() -> None:
    for _ in range(2):
        SyncRun.objects.create(kind="charts", state=SyncRun.State.DONE, finished_at=PAST)

    in_a_worker(tasks.tidy_runs)

    assert SyncRun.objects.count() == 1


def test_dead_letters_that_were_seen_to_are_tidied_with_it() -> None:
    DeadLetter.objects.create(task_id="seen to", died_at=PAST, settled_at=PAST)
    DeadLetter.objects.create(task_id="open", died_at=PAST)

    in_a_worker(tasks.tidy_runs)

    assert DeadLetter.objects.get().task_id == "open"


def test_every_task_goes_to_a_queue_that_a_worker_listens_to() -> None:
    procfile = (site.BASE_DIR / "Procfile").read_text()
    listened_to = {
        queue for queues in re.findall(r"--queues (\S+)", procfile) for queue in queues.split(",")
    }
    ours = [task for name, task in current_app.tasks.items() if name.startswith("catalog.")]

    assert len(ours) >= 11
    assert {queue_of(task) for task in ours} <= listened_to


def test_every_task_on_the_clock_exists() -> None:
    ours = {entry.task for entry in SCHEDULE if entry.task.startswith("catalog.")}
    assert ours <= set(current_app.tasks)
