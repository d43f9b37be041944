"""What workers do when nobody is looking."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import responses
from celery import current_app
from django.conf import settings as site

from catalog import tasks
from catalog.models import Chart, Claim, Collection, Genre, Person, SyncRun, Title
from catalog.source import tmdb
from tests.make import make_person, make_title, tmdb_movie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]

TMDB = "https://tmdb.test/3"
PAST = datetime(2020, 1, 1, tzinfo=UTC)


def in_a_worker(task: Any, **arguments: Any) -> Any:
    """With its retries, but without the waits between them."""
    tmdb().sleep = lambda seconds: None
    return task.apply(kwargs=arguments)


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
def test_when_tmdb_comes_back_the_title_is_there() -> None:
    for _ in range(5):
        responses.get(f"{TMDB}/movie/603", status=503)
    responses.get(f"{TMDB}/movie/603", json=tmdb_movie(603))

    in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603).get()

    assert Title.objects.get().name == "The Matrix"


@responses.activate
def test_a_tmdb_that_stays_down_is_given_up_and_what_is_known_stays() -> None:
    make_title(tmdb_id=603, name="Known")
    responses.get(f"{TMDB}/movie/603", status=503)

    result = in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603)

    assert result.failed()
    assert Title.objects.get().name == "Known"


@responses.activate
def test_a_key_that_is_refused_is_not_tried_again() -> None:
    responses.get(f"{TMDB}/movie/603", status=401, json={})

    result = in_a_worker(tasks.refresh_title, kind="movie", tmdb_id=603)

    assert result.failed()
    assert len(responses.calls) == 1


@responses.activate
def test_charts_are_filled() -> None:
    page = {"page": 1, "total_pages": 1, "results": [tmdb_movie(603) | {"name": "Matrix"}]}
    responses.get(re.compile(f"{TMDB}/.*"), json=page)

    in_a_worker(tasks.refresh_charts).get()

    assert Chart.objects.count() == 12
    assert all(chart.entries.count() == 1 for chart in Chart.objects.all())


@responses.activate
def test_charts_are_asked_for_once_by_all_workers_together() -> None:
    Claim.objects.take("charts", seconds=60)

    in_a_worker(tasks.refresh_charts).get()

    assert not SyncRun.objects.exists()


@responses.activate
def test_what_is_due_is_asked_about_and_what_is_fresh_is_not() -> None:
    make_title(tmdb_id=603, name="Old name", refresh_at=PAST)
    make_title(tmdb_id=604, name="Fresh")
    responses.get(f"{TMDB}/movie/603", json=tmdb_movie(603))

    in_a_worker(tasks.refresh_due).get()

    assert Title.objects.get(tmdb_id=603).name == "The Matrix"
    assert SyncRun.objects.get().asked == 1


@responses.activate
def test_what_is_due_is_asked_about_by_one_worker() -> None:
    make_title(refresh_at=PAST)
    Claim.objects.take("due", seconds=60)

    in_a_worker(tasks.refresh_due).get()

    assert not SyncRun.objects.exists()


@responses.activate
def test_where_nothing_is_due_no_run_is_written_down() -> None:
    make_title()

    in_a_worker(tasks.refresh_due).get()

    assert not SyncRun.objects.exists()
    assert not Claim.objects.exists()


@responses.activate
def test_people_and_collections_that_are_due_are_asked_about() -> None:
    make_person(tmdb_id=61, name="Old name", refresh_at=PAST)
    make_person(tmdb_id=62, refresh_at=datetime.now(UTC) + timedelta(days=1))
    Collection.objects.create(tmdb_id=31, name="Old name", refresh_at=PAST)
    responses.get(f"{TMDB}/person/61", json={"id": 61, "name": "Ada Kessel"})
    responses.get(f"{TMDB}/collection/31", json={"id": 31, "name": "The Harbours", "parts": []})

    in_a_worker(tasks.refresh_people).get()
    in_a_worker(tasks.refresh_collections).get()

    assert Person.objects.get(pk=61).name == "Ada Kessel"
    assert Collection.objects.get(pk=31).name == "The Harbours"
    assert [run.asked for run in SyncRun.objects.all()] == [1, 1]


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

    in_a_worker(tasks.refresh_due).get()

    assert not Claim.objects.filter(name="long ago").exists()


def test_every_task_goes_to_a_queue_that_the_worker_listens_to() -> None:
    procfile = (site.BASE_DIR / "Procfile").read_text()
    [listened_to] = re.findall(r"--queues (\S+)", procfile)
    ours = [name for name in current_app.tasks if name.startswith("catalog.")]

    routes = {name: site.CELERY_TASK_ROUTES[name]["queue"] for name in ours}

    assert len(routes) == 8
    assert set(routes.values()) <= set(listened_to.split(","))


def test_every_task_on_the_clock_exists() -> None:
    assert {entry["task"] for entry in site.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)
