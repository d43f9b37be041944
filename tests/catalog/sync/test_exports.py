"""A row for every id in TMDB's exports, and never a word less of what was known better."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import time_machine
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from catalog.models import Collection, Company, Keyword, Name, Network, Person, SyncRun, Title
from catalog.sync import exports
from catalog.sync.ages import STUB_DAYS, ask_first
from catalog.sync.titles import store_stubs
from catalog.tmdb import shapes
from catalog.tmdb.exports import Exports
from tests.catalog.tmdb.answers import listed, page
from tests.catalog.tmdb.answers.served import Reply, Served
from tests.make import make_person, make_title

pytestmark = pytest.mark.django_db

DONE, PARTIAL, FAILED = SyncRun.State.DONE, SyncRun.State.PARTIAL, SyncRun.State.FAILED
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Write = Callable[..., Path]


def film(tmdb_id: int, **changes: Any) -> dict[str, Any]:
    said = {"original_title": f"Hafen {tmdb_id}", "popularity": 2.5, "video": False}
    return {"adult": False, "id": tmdb_id} | said | changes


def named(tmdb_id: int, **changes: Any) -> dict[str, Any]:
    return {"id": tmdb_id, "name": f"Named {tmdb_id}"} | changes


def packed(*lines: Any) -> bytes:
    said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return gzip.compress(b"\n".join(said) + b"\n")


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(*lines: Any) -> Path:
        path = tmp_path / "export.json.gz"
        path.write_bytes(packed(*lines))
        return path

    return write


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 3)


def counts(run: SyncRun) -> tuple[int, int, int, int]:
    held = SyncRun.objects.get(pk=run.pk)
    return held.created, held.updated, held.fresh, held.failed


def rows() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Title, Name)]


# --- What is stored -------------------------------------------------------------------------------
def test_every_film_has_a_row_that_says_what_the_export_says(file: Write) -> None:
    run = exports.read_export(file(*(film(n, adult=n == 2) for n in range(1, 8))), "movie")
    assert (run.kind, run.state, counts(run)) == ("export", DONE, (7, 0, 0, 0))
    title = Title.objects.get(kind="movie", tmdb_id=2)
    assert (title.name, title.original_name, title.popularity) == ("Hafen 2", "Hafen 2", 2.5)
    assert title.adult
    assert title.details_at is None


def test_shows_are_shows(file: Write) -> None:
    line = {"id": 2, "original_name": "Nachtboot", "popularity": 1}
    make_title(tmdb_id=2)
    assert counts(exports.read_export(file(line), "tv")) == (1, 0, 0, 0)
    assert Title.objects.get(kind="tv").name == "Nachtboot"


def test_people_are_people(file: Write) -> None:
    line = named(5, popularity=4.5, adult=True)
    exports.read_export(file(line), "person")
    person = Person.objects.get(pk=5)
    assert (person.name, person.popularity, person.adult) == ("Named 5", 4.5, True)
    assert person.refresh_at


@pytest.mark.parametrize(
    ("kind", "model"),
    [("collection", Collection), ("keyword", Keyword), ("company", Company), ("network", Network)],
)
def test_what_titles_are_filed_under_has_its_rows(
    file: Write, kind: str, model: type[Model]
) -> None:
    path = file(named(5), named(6))
    assert counts(exports.read_export(path, kind)) == (2, 0, 0, 0)
    assert counts(exports.read_export(path, kind)) == (0, 0, 2, 0)
    assert list(model._default_manager.order_by("pk").values_list("pk", "name")) == [
        (5, "Named 5"),
        (6, "Named 6"),
    ]


def test_titles_people_and_collections_are_found_by_their_names(file: Write) -> None:
    exports.read_export(file(film(1)), "movie")
    exports.read_export(file(named(2, popularity=1)), "person")
    exports.read_export(file(named(3)), "collection")
    assert set(Name.objects.values_list("of", "form")) == {
        ("movie", "hafen 1"),
        ("person", "named 2"),
        ("collection", "named 3"),
    }


def test_a_second_run_writes_nothing(file: Write) -> None:
    path = file(*(film(n) for n in range(1, 8)))
    exports.read_export(path, "movie")
    before = rows()
    assert counts(exports.read_export(path, "movie")) == (0, 0, 7, 0)
    assert rows() == before


def test_a_name_without_details_follows_the_popularity(file: Write) -> None:
    exports.read_export(file(film(1), film(2)), "movie")
    before = Title.objects.values().get(tmdb_id=1)
    run = exports.read_export(file(film(1, popularity=9), film(2)), "movie")
    assert counts(run) == (0, 1, 1, 0)
    assert Title.objects.values().get(tmdb_id=1) == before | {"popularity": 9}


def test_a_popularity_that_hardly_moved_is_not_written(file: Write) -> None:
    exports.read_export(file(film(1, popularity=2)), "movie")
    assert counts(exports.read_export(file(film(1, popularity=2.1)), "movie")) == (0, 0, 1, 0)
    assert counts(exports.read_export(file(film(1, popularity=2.4)), "movie")) == (0, 1, 0, 0)


def test_the_name_of_a_company_follows(file: Write) -> None:
    exports.read_export(file(named(5)), "company")
    assert counts(exports.read_export(file(named(5, name="New")), "company")) == (0, 1, 0, 0)
    assert Company.objects.get().name == "New"


def test_what_is_held_in_full_is_left_as_it_is(file: Write) -> None:
    make_title(tmdb_id=1, name="Harbour", popularity=1)
    make_person(tmdb_id=2, name="Ada", popularity=1, details_at=NOON)
    before = rows()
    assert counts(exports.read_export(file(film(1)), "movie")) == (0, 0, 1, 0)
    assert counts(exports.read_export(file(named(2, popularity=3)), "person")) == (0, 0, 1, 0)
    assert rows() == before
    assert Person.objects.get().name == "Ada"


def test_what_is_hidden_stays_hidden(file: Write) -> None:
    make_title(tmdb_id=1, details_at=None, hidden_at=NOON)
    exports.read_export(file(film(1)), "movie")
    assert Title.objects.get().hidden_at == NOON


def test_a_collection_keeps_the_name_it_has(file: Write) -> None:
    Collection.objects.create(tmdb_id=5, name="In the site's language")
    exports.read_export(file(named(5)), "collection")
    assert Collection.objects.get().name == "In the site's language"


def test_an_id_that_stands_there_twice_is_one_row(file: Write) -> None:
    run = exports.read_export(file(film(1), film(1), film(2), film(1), film(2)), "movie")
    assert Title.objects.count() == 2
    assert counts(run)[0] == 2


def test_a_list_tells_more_of_what_is_known_by_name_alone(file: Write) -> None:
    exports.read_export(file(film(1)), "movie")
    asked = Title.objects.get().refresh_at
    store_stubs(shapes.page(page(listed(1)), "movie").titles)
    title = Title.objects.get()
    assert (title.name, title.year, title.poster_path) == ("Listed 1", 1999, "/listed.jpg")
    assert title.refresh_at == asked
    assert title.names.filter(form="listed 1").exists()


# --- When they are asked about --------------------------------------------------------------------
def test_what_many_look_at_is_asked_about_within_days() -> None:
    assert ask_first(400, 996, NOON) < NOON + timedelta(days=1)
    assert ask_first(30, 996, NOON) < NOON + timedelta(days=6)


def test_what_nobody_looks_at_is_spread_over_months() -> None:
    days = [(ask_first(0, n, NOON) - NOON).days for n in range(5000, 15_000)]
    busiest = max(days.count(day) for day in set(days))
    assert busiest < len(days) / 100
    assert max(days) <= STUB_DAYS


def test_an_export_asks_for_nothing_in_the_same_night(file: Write) -> None:
    with time_machine.travel(NOON, tick=False):
        exports.read_export(file(*(film(n, popularity=0.6) for n in range(1, 8))), "movie")
        assert not Title.objects.due().exists()
        assert len(set(Title.objects.values_list("refresh_at"))) == 7


# --- What goes wrong ------------------------------------------------------------------------------
def test_a_garbled_line_is_counted_and_told_and_the_rest_is_stored(file: Write) -> None:
    run = exports.read_export(file(film(1), film(2), b"{", film(4), b"?"), "movie")
    assert (run.state, counts(run)) == (PARTIAL, (3, 0, 0, 2))
    assert "2 garbled lines, the first is line 3" in run.error


def test_a_file_that_is_cut_short_is_told_and_the_rest_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "movies.json.gz"
    whole = packed(*(film(n) for n in range(1, 3000)))
    path.write_bytes(whole[: len(whole) // 2])
    run = exports.read_export(path, "movie")
    assert run.state == PARTIAL
    assert "cut short" in run.error
    assert run.created == Title.objects.count() > 100


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>\n" * 20,
        gzip.compress(b"nonsense " * 1000),
        b"\x1f\x8b nonsense",
        packed(*(named(n) for n in range(1, 9))),
        packed(*(named(n) for n in range(1, 9)), film(9)),
    ],
    ids=["empty", "a page", "packed nonsense", "nonsense", "another kind", "mostly another kind"],
)
def test_a_wholly_wrong_file_changes_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "movies.json.gz"
    path.write_bytes(content)
    run = exports.read_export(path, "movie")
    assert run.state == FAILED
    assert "no export of movie" in run.error
    assert not Title.objects.exists()


def test_videos_are_passed_over_and_that_is_said(file: Write) -> None:
    said: list[str] = []
    run = exports.read_export(file(film(1), film(2, video=True)), "movie", tell=said.append)
    assert (run.state, counts(run)) == (DONE, (1, 0, 0, 0))
    assert said == ["movie: 1 passed over, videos that are no films or ids without a name"]


def test_a_kind_that_fails_costs_that_kind_only() -> None:
    line = {"id": 2, "original_name": "Nachtboot", "popularity": 1}
    name = "/p/exports/tv_series_ids_11_20_2026.json.gz"
    session = requests.Session()
    session.mount("https://", Served({name: Reply(body=packed(line))}))
    there = Exports(url="https://exports.test/p/exports", session=session)
    run = exports.sync_exports(there, ["movie", "tv"], day=date(2026, 11, 20))
    assert (run.state, run.asked, counts(run)) == (PARTIAL, 2, (1, 0, 0, 1))
    assert "movie: NotFound: TMDB has no movie_ids_11_20_2026.json.gz" in run.error


# --- What it costs --------------------------------------------------------------------------------
def test_a_progress_is_told_and_ends_at_the_file_s_end(file: Write) -> None:
    steps: list[tuple[int, int]] = []
    path = file(*(film(n) for n in range(1, 30)))
    exports.read_export(path, "movie", lambda done, total: steps.append((done, total)))
    assert steps[-1] == (path.stat().st_size, path.stat().st_size)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_a_batch_costs_no_more_queries_than_a_line(
    file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 100)

    def queries(*ids: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            exports.read_export(file(*(film(n) for n in ids)), "movie")
        return len(captured)

    one = queries(1)
    assert queries(*range(2, 12)) <= one
    assert queries(*range(2, 12)) <= one
