"""Pictures: brought here once, made ours, and then served by us alone."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
import responses
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django import DjangoAssertNumQueries

from catalog import showing, source, tasks
from catalog.mirror import asking, circuit, keeping, using
from catalog.mirror.bringing import Wanted, bring
from catalog.mirror.sizes import Role
from catalog.models import Picture, PictureFile
from cinehub.work.models import Claim
from tests.catalog.mirror.pictures import HOST, opened, picture

pytestmark = pytest.mark.django_db

URL = "/picture/w342/abcdef.jpg"
SOURCE = f"{HOST}/w780/abcdef.jpg"


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is left to workers."""
    left: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.finish_picture, "delay", lambda **told: left.append(told))
    monkeypatch.setattr(tasks.use_pictures, "delay", lambda **told: left.append(told))
    return left


@pytest.fixture
def host(with_key: None) -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def here(host: responses.RequestsMock, client: Client, queued: list[dict[str, Any]]) -> None:
    """One size of the picture has been asked for."""
    host.get(SOURCE, body=picture())
    client.get(URL)
    host.reset()


def files_on(shelf: Path) -> set[str]:
    return {path.name for path in shelf.rglob("*") if path.is_file()}


# --- The first time -------------------------------------------------------------------------------
def test_a_picture_is_brought_once_and_then_comes_from_the_shelf(
    client: Client, host: responses.RequestsMock
) -> None:
    asked = host.get(SOURCE, body=picture())

    answers = [client.get(URL) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert opened(answers[0].content).size == (342, 513)
    assert asked.call_count == 1


def test_it_may_be_kept_for_ever(client: Client, host: responses.RequestsMock) -> None:
    host.get(SOURCE, body=picture())

    for _ in range(2):
        answer = client.get(URL)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"] == "image/webp"
        assert answer["Content-Length"] == str(len(answer.content))
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.usefixtures("here")
def test_who_has_it_is_told_that_it_is_the_same(client: Client) -> None:
    answer = client.get(URL)
    again = client.get(URL, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == answer["Cache-Control"]


@pytest.mark.usefixtures("here")
def test_asked_for_by_its_head_a_picture_has_no_body(client: Client) -> None:
    answer = client.head(URL)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.usefixtures("here")
def test_a_picture_that_is_here_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert client.get(URL).status_code == 200


def test_a_picture_is_asked_for_in_the_size_its_others_are_made_of(
    client: Client, host: responses.RequestsMock
) -> None:
    for size, path in (("w780", "a.jpg"), ("h632", "b.jpg"), ("w1280", "c.jpg"), ("w500", "d.png")):
        host.get(f"{HOST}/{size}/{path}", body=picture())
    assert client.get("/picture/w154/a.jpg").status_code == 200
    assert client.get("/picture/h632/b.jpg").status_code == 200
    assert client.get("/picture/w1280/c.jpg").status_code == 200
    assert client.get("/picture/w92/d.png").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "w342/..jpg",
        "w342/.jpg",
        "w342/%2e%2e%2fsecret.jpg",
        "w342/..%2F..%2Fsecret-key",
        "w342/a%2Fb.jpg",
        "w342/a%5Cb.jpg",
        "w342/a%00b.jpg",
        "w342/a%0A.jpg",
        "w342/abcdef.jpg%0A",
        "w342/abcdef.svg",
        "w342/abcdef.gif",
        "w342/abcdef.JPG",
        "w342/abcdef",
        "w342/evil.example%2Fa.jpg",
        "w342/http:%2F%2Fevil.example%2Fa.jpg",
        "w342/@evil.example.jpg",
        "w342/a%3Fb.jpg",
        "w342/a%23b.jpg",
        "w342/é.jpg",
        "w342/" + "a" * 91 + ".jpg",
        "original/abcdef.jpg",
        "w1/abcdef.jpg",
        "w9999/abcdef.jpg",
        "W342/abcdef.jpg",
        "%2e%2e/abcdef.jpg",
        "w342/w342/abcdef.jpg",
    ],
)
def test_a_name_that_tmdb_would_not_give_is_not_asked_for(
    client: Client, host: responses.RequestsMock, path: str
) -> None:
    assert client.get(f"/picture/{path}").status_code == 404
    assert len(host.calls) == 0


# --- Other sizes of what is here ------------------------------------------------------------------
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("size", ["w92", "w154", "w500", "w780"])
def test_another_size_is_served_from_the_one_that_is_here_for_a_moment(
    client: Client, size: str
) -> None:
    answer = client.get(f"/picture/{size}/abcdef.jpg")
    assert answer.status_code == 200
    assert opened(answer.content).size == (342, 513)
    assert answer["Cache-Control"] == "public, max-age=60"


def test_the_next_larger_stands_in_rather_than_a_smaller() -> None:
    nearest = showing.nearest
    assert nearest("w154", ["w92", "w500", "w185"]) == "w185"
    assert nearest("w780", ["w92", "w500", "w185"]) == "w500"
    assert nearest("w342", ["h632", "w185"]) == "h632"
    assert nearest("w342", []) is None


@pytest.mark.usefixtures("here")
def test_the_other_sizes_are_left_to_a_worker_once(
    client: Client, queued: list[dict[str, Any]]
) -> None:
    for _ in range(3):
        client.get("/picture/w780/abcdef.jpg")
    assert queued == [
        {"path": "/abcdef.jpg", "size": "w342"},
        {"path": "/abcdef.jpg", "size": "w780"},
    ]


@pytest.mark.usefixtures("here")
def test_a_broker_that_is_away_keeps_no_picture_from_its_reader(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**told: Any) -> None:
        raise OperationalError("refused")

    monkeypatch.setattr(tasks.finish_picture, "delay", away)
    assert client.get("/picture/w500/abcdef.jpg").status_code == 200


# --- What there is not ----------------------------------------------------------------------------
@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_picture_that_the_host_does_not_have_is_asked_for_once(
    client: Client, host: responses.RequestsMock, status: int
) -> None:
    asked = host.get(SOURCE, status=status)

    answers = [client.get(URL) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {404}
    assert asked.call_count == 1
    assert answers[0]["Cache-Control"] == "public, max-age=300"


def test_it_is_asked_for_again_later_and_then_later_still(
    client: Client, host: responses.RequestsMock
) -> None:
    asked = host.get(SOURCE, status=404)
    now = datetime.now(UTC)
    for hours, calls in ((0, 1), (0.9, 1), (1.1, 2), (10, 2), (26, 3), (100, 3), (24 * 9, 4)):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            assert client.get(URL).status_code == 404
        assert asked.call_count == calls, hours


def test_when_it_has_come_after_all_it_is_served(
    client: Client, host: responses.RequestsMock
) -> None:
    host.get(SOURCE, status=404)
    client.get(URL)
    host.replace("GET", SOURCE, body=picture())
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert client.get(URL).status_code == 200
    found = Picture.objects.get()
    assert (found.missing_until, found.failures, found.error) == (None, 0, "")


# --- A host that is away --------------------------------------------------------------------------
FAILURES: list[dict[str, Any]] = [
    {"status": 500},
    {"status": 503},
    {"status": 429},
    {"status": 302, "headers": {"Location": "https://evil.example/a.jpg"}},
    {"body": requests.ConnectionError("refused")},
    {"body": requests.ReadTimeout("silent")},
    {"body": b"cut", "headers": {"Content-Length": "5000"}, "auto_calculate_content_length": False},
]


@pytest.mark.parametrize("failure", FAILURES, ids=str)
def test_while_the_host_is_away_the_picture_is_to_be_asked_for_again(
    client: Client, host: responses.RequestsMock, shelf: Path, failure: dict[str, Any]
) -> None:
    host.get(SOURCE, **failure)

    answer = client.get(URL)

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert not files_on(shelf)
    assert not Picture.objects.exists()


def test_the_host_sends_nobody_elsewhere(client: Client, host: responses.RequestsMock) -> None:
    elsewhere = host.get("https://evil.example/a.jpg", body=picture())
    host.get(SOURCE, status=302, headers={"Location": str(elsewhere.url)})

    assert client.get(URL).status_code == 503
    assert elsewhere.call_count == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/t/p/w780/a.jpg",
        "https://images.test.evil.example/t/p/w780/a.jpg",
        "https://images.test@evil.example/a.jpg",
        "https://images.test:8443/t/p/w780/a.jpg",
        "http://images.test/t/p/w780/a.jpg",
        "http://127.0.0.1:8000/admin/",
        "file:///etc/passwd",
        "//images.test/a.jpg",
    ],
)
def test_no_other_host_is_asked(host: responses.RequestsMock, url: str) -> None:
    with pytest.raises(asking.Missing):
        asking.ask(url)
    assert len(host.calls) == 0


def test_after_three_failures_nobody_waits_for_the_host(
    client: Client, host: responses.RequestsMock
) -> None:
    for name in "abcdef":
        host.get(f"{HOST}/w780/{name}.jpg", status=503)
        assert client.get(f"/picture/w342/{name}.jpg").status_code == 503
    assert len(host.calls) == circuit.FAILURES_IN_A_ROW


def test_nothing_is_queued_while_it_is_known_to_be_away(
    client: Client, host: responses.RequestsMock, queued: list[dict[str, Any]]
) -> None:
    Claim.objects.hold(circuit.AWAY, seconds=30)
    for name in "abcdef":
        client.get(f"/picture/w342/{name}.jpg")
    assert queued == []


def test_what_is_here_is_served_while_the_host_is_away(client: Client, here: None) -> None:
    Claim.objects.hold(circuit.AWAY, seconds=30)
    assert client.get(URL).status_code == 200


def test_when_the_time_is_up_one_finds_out_for_all(
    client: Client, host: responses.RequestsMock
) -> None:
    Claim.objects.hold(circuit.AWAY, seconds=-1)
    asked = host.get(SOURCE, status=503)
    for _ in range(4):
        assert client.get(URL).status_code == 503
    assert asked.call_count == 1


def test_when_the_host_is_back_so_are_all_pictures(
    client: Client, host: responses.RequestsMock
) -> None:
    Claim.objects.hold(circuit.AWAY, seconds=-1)
    for name in "abc":
        host.get(f"{HOST}/w780/{name}.jpg", body=picture())
        assert client.get(f"/picture/w342/{name}.jpg").status_code == 200


def test_a_picture_that_came_too_late_is_brought_by_a_worker(
    client: Client, host: responses.RequestsMock, queued: list[dict[str, Any]]
) -> None:
    host.get(SOURCE, status=503)
    client.get(URL)
    assert queued == [{"path": "/abcdef.jpg", "size": "w342"}]


@pytest.fixture
def silent_host(host: responses.RequestsMock) -> Iterator[None]:
    """It takes the question and answers when nobody waits any more."""
    over = Event()

    def answer(request: requests.PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        over.wait(10)
        return 503, {}, b""

    host.add_callback("GET", SOURCE, callback=answer)
    # Asked for here and not in its thread, which may outlive this test.
    source.session()
    yield
    over.set()


@pytest.mark.usefixtures("silent_host")
def test_a_host_that_hangs_holds_no_picture_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "PICTURE_SECONDS", 0.3)

    assert client.get(URL).status_code == 503


# --- A shelf that is full, empty or away ----------------------------------------------------------
def no_room(*args: Any, **kwargs: Any) -> None:
    raise OSError(28, "No space left on device")


def test_on_a_full_disk_this_reader_still_has_the_picture(
    client: Client,
    host: responses.RequestsMock,
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in "ab":
        host.get(f"{HOST}/w780/{name}.jpg", body=picture())
    monkeypatch.setattr("django.core.files.base.ContentFile.chunks", no_room)

    for name in "ab":
        assert client.get(f"/picture/w342/{name}.jpg").status_code == 200

    assert files_on(shelf) == set()
    assert not Picture.objects.exists()
    assert len([r for r in caplog.records if "can't be kept" in r.getMessage()]) == 1


def test_a_disk_that_fills_up_halfway_is_left_with_nothing_that_no_row_names(
    host: responses.RequestsMock, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ContentFile.chunks
    room = iter([True, True, False])

    def chunks(self: Any, *args: Any) -> Any:
        return whole(self, *args) if next(room) else no_room()

    host.get(f"{HOST}/w780/a.jpg", body=picture())
    monkeypatch.setattr(ContentFile, "chunks", chunks)

    assert bring(Wanted("/a.jpg", role=Role.POSTER)).files == []

    assert list(room) == []
    assert files_on(shelf) == set()


def test_what_was_there_before_the_disk_was_full_stays(
    host: responses.RequestsMock, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another picture may have it, too."""
    host.get(f"{HOST}/w780/a.jpg", body=picture())
    bring(Wanted("/a.jpg", role=Role.POSTER, sizes=("w92",)))
    before = files_on(shelf)
    monkeypatch.setattr(ContentFile, "chunks", no_room)

    assert bring(Wanted("/a.jpg", role=Role.POSTER, sizes=("w92", "w154"))).files == []

    assert files_on(shelf) == before != set()


@pytest.mark.usefixtures("here")
def test_what_somebody_threw_away_is_brought_again(
    client: Client, host: responses.RequestsMock
) -> None:
    for file in PictureFile.objects.exclude(size="source"):
        default_storage.delete(keeping.shelf.name_of(file.digest))
    host.get(SOURCE, body=picture())

    answer = client.get(URL)

    assert answer.status_code == 200
    assert answer["Cache-Control"].endswith("immutable")


def test_equal_pictures_are_one_file(
    client: Client, host: responses.RequestsMock, shelf: Path
) -> None:
    for name in "ab":
        host.get(f"{HOST}/w780/{name}.jpg", body=picture())
        client.get(f"/picture/w342/{name}.jpg")
    body = picture("PNG", (780, 1170))
    before = files_on(shelf)
    for name in "cd":
        host.get(f"{HOST}/w780/{name}.jpg", body=body)
        client.get(f"/picture/w342/{name}.jpg")
    assert len(files_on(shelf)) == len(before) + 2
    assert PictureFile.objects.count() == 8


def test_files_are_named_by_what_is_in_them(here: None, shelf: Path) -> None:
    file = PictureFile.objects.get(size="w342")
    digest = file.digest
    assert (shelf / "pictures" / digest[:2] / f"{digest}.webp").stat().st_size == file.bytes


def test_a_busy_database_keeps_no_picture_from_its_reader(
    client: Client, host: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(keeping, "enter", busy)
    host.get(SOURCE, body=picture())
    assert client.get(URL).status_code == 200


# --- Who looked at what ---------------------------------------------------------------------------
@pytest.fixture
def looked_at_last_week(here: None, monkeypatch: pytest.MonkeyPatch) -> int:
    # This process has just told what it knew.
    monkeypatch.setattr(using, "_told_at", time.monotonic())
    using._files.clear()
    file = PictureFile.objects.get(size="w342")
    PictureFile.objects.update(used_at=datetime.now(UTC) - timedelta(days=7))
    return file.pk


def test_that_it_was_looked_at_is_told_with_many_others_at_once(
    client: Client,
    looked_at_last_week: int,
    queued: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queued.clear()
    for _ in range(5):
        client.get(URL)
    assert queued == []

    monkeypatch.setattr(using, "SECONDS", 0)
    client.get(URL)
    assert queued == [{"ids": [looked_at_last_week]}]


def test_once_a_day_is_enough(
    client: Client, here: None, queued: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    queued.clear()
    monkeypatch.setattr(using, "SECONDS", 0)
    client.get(URL)
    assert queued == []


def test_a_worker_writes_it_down(looked_at_last_week: int) -> None:
    tasks.use_pictures(ids=[looked_at_last_week])
    assert (
        PictureFile.objects.get(pk=looked_at_last_week).used_at.date() == datetime.now(UTC).date()
    )
