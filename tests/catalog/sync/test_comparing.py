"""TMDB's ids beside ours: what is missing there is asked about, never hidden on that word alone."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import time_machine

from catalog.models import Errand, SyncRun, Title, Urgency
from catalog.sync import comparing
from catalog.sync.comparing import compare_exports
from catalog.sync.merging import successor
from catalog.sync.titles import hide_title
from catalog.tmdb.exports import Exports
from tests.catalog.tmdb.answers import listed
from tests.catalog.tmdb.answers.served import Reply, Served, client
from tests.make import make_show, make_title

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BEFORE = NOON - timedelta(days=30)


def packed(*lines: dict[str, Any]) -> bytes:
    return gzip.compress(b"".join(json.dumps(line).encode() + b"\n" for line in lines))


def films(*ids: int, **changes: Any) -> list[dict[str, Any]]:
    said = {"original_title": "Film", "popularity": 1.0, "video": False, "adult": False}
    return [{"id": pk, **said, **changes} for pk in ids]


SHOWS = packed(*({"id": pk, "original_name": "Show", "popularity": 1.0} for pk in range(8, 13)))


def compare(movies: bytes, answers: dict[str, Any] | None = None) -> SyncRun:
    files = {
        "movie_ids_11_21_2026.json.gz": movies,
        "tv_series_ids_11_21_2026.json.gz": SHOWS,
    }
    session = requests.Session()
    session.mount(
        "https://",
        Served({f"/p/exports/{name}": Reply(body=body) for name, body in files.items()}),
    )
    with time_machine.travel(NOON, tick=False):
        return compare_exports(
            Exports(url="https://exports.test/p/exports", session=session),
            client(Served(answers)),
        )


def held(*ids: int, **values: Any) -> None:
    for pk in ids:
        make_title(**{"tmdb_id": pk, "fetched_at": BEFORE} | values)


def wanted() -> set[tuple[str, int, int]]:
    return set(Errand.objects.values_list("kind", "tmdb_id", "urgency"))


def test_what_the_export_lacks_is_asked_about_and_not_hidden() -> None:
    held(1, 2, 3)
    make_show(tmdb_id=7, fetched_at=BEFORE)
    make_show(tmdb_id=8, fetched_at=BEFORE)
    run = compare(packed(*films(3, 1)))
    assert wanted() == {("movie", 2, Urgency.AGE), ("tv", 7, Urgency.AGE)}
    assert (run.state, run.updated) == ("done", 2)
    assert Title.objects.visible().count() == 5


@pytest.mark.parametrize(
    "values",
    [
        {"adult": True},
        {"hidden_at": BEFORE},
        {"fetched_at": NOON - timedelta(hours=1)},
    ],
)
def test_what_need_not_be_in_it_is_not_missed(values: dict[str, Any]) -> None:
    held(1)
    held(2, **values)
    compare(packed(*films(1)))
    assert wanted() == set()


def test_a_video_and_what_has_no_name_are_there() -> None:
    held(1, 2)
    compare(packed(*films(1, video=True), *films(2, original_title="")))
    assert wanted() == set()


@pytest.mark.parametrize(
    "content",
    [
        packed(*films(*range(1, 900)))[:-40],
        packed(*films(1, 2)) + b"nonsense",
        packed(*films(1), {"what": "is this"}),
        b"",
    ],
)
def test_an_export_that_is_not_whole_changes_nothing(content: bytes) -> None:
    held(1, 5000)
    run = compare(content)
    assert ("movie", 5000, Urgency.AGE) not in wanted()
    assert run.failed


def test_an_export_that_lacks_too_much_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LACKED_AT_LEAST", 2)
    held(*range(1, 21))
    run = compare(packed(*films(*range(1, 18))))
    assert wanted() == set()
    assert "not all are there" in run.error


def test_who_holds_most_of_what_there_is_gets_what_is_new() -> None:
    held(1, 2)
    compare(packed(*films(1, 2, 3)))
    assert Title.objects.filter(kind="movie").count() == 3
    assert Title.objects.filter(kind="tv").count() == 0


def test_who_holds_a_choice_is_left_with_it() -> None:
    held(1)
    compare(packed(*films(*range(1, 6))))
    assert Title.objects.count() == 1


def test_large_catalogues_are_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BATCH", 2)
    held(*range(1, 8))
    compare(packed(*films(1, 2, 4, 5, 6, 7)))
    assert wanted() == {("movie", 3, Urgency.AGE)}


# --- What became of the dropped -------------------------------------------------------------------
def found(*ids: int) -> dict[str, Any]:
    stubs = [listed(pk, media_type="movie") for pk in ids]
    return {"movie_results": stubs, "tv_results": [], "person_results": []}


def test_a_dropped_film_is_looked_for_by_its_number_once() -> None:
    held(1)
    held(2, imdb_id="tt0000002")
    hide_title("movie", 2)
    run = compare(packed(*films(1)), {"find/tt0000002": found(3)})
    assert successor("movie", 2) == ("movie", 3)
    assert ("movie", 3, Urgency.AGE) in wanted()
    assert run.asked == 3
    assert compare(packed(*films(1, 3)), {}).asked == 2


@pytest.mark.parametrize("answer", [found(), found(2), 404])
def test_what_tmdb_knows_no_more_is_not_looked_for_again(answer: Any) -> None:
    held(2, imdb_id="tt0000002")
    hide_title("movie", 2)
    assert compare(packed(*films(1)), {"find/tt0000002": answer}).asked == 3
    assert successor("movie", 2) is None
    assert compare(packed(*films(1)), {"find/tt0000002": found(3)}).asked == 2


def test_who_was_not_answered_is_looked_for_the_next_time() -> None:
    held(2, imdb_id="tt0000002")
    hide_title("movie", 2)
    assert compare(packed(*films(1)), {"find/tt0000002": 503}).state == "partial"
    compare(packed(*films(1)), {"find/tt0000002": found(3)})
    assert successor("movie", 2) == ("movie", 3)
