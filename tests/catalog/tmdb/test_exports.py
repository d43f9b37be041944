"""TMDB's daily exports: brought within bounds, and read a line at a time whatever is in them."""

import gzip
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests

from catalog.tmdb import Busy, Garbled, NotFound, TMDBError, exports
from catalog.tmdb.exports import Entry, Export, Exports
from tests.catalog.tmdb.answers.served import Reply, Served

URL = "https://exports.test/p/exports"
THE_20TH = date(2026, 11, 20)
FILM = {"adult": False, "id": 7, "original_title": "Hafen", "popularity": 2.5, "video": False}
SHOW = {"id": 8, "original_name": "Nachtboot", "popularity": 1.5}
PERSON = {"adult": True, "id": 9, "name": "Ada Kessel", "popularity": 0.5}
KEYWORD = {"id": 10, "name": "ferry"}


def served(*days: int, **answers: Any) -> Served:
    """The films of these days in November 2026."""
    told = {f"movie_ids_11_{day:02}_2026.json.gz": Reply(body=b"films") for day in days}
    return Served({f"/p/exports/{name}": reply for name, reply in (told | answers).items()})


def at(transport: Served) -> Exports:
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", transport)
    return Exports(url=URL, session=session)


def packed(*lines: Any, kind: str = "movie") -> Export:
    """Lines are said as JSON, or as they stand."""
    said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return Export(io.BytesIO(gzip.compress(b"\n".join(said) + b"\n")), kind)


def read(*lines: Any, kind: str = "movie") -> Export:
    """After all of it was read."""
    export = packed(*lines, kind=kind)
    list(export)
    return export


def entries(*lines: Any, kind: str = "movie") -> list[Entry]:
    return list(packed(*lines, kind=kind))


# --- Bringing one ---------------------------------------------------------------------------------
def test_a_day_s_file_is_brought() -> None:
    into = io.BytesIO()
    at(served(20)).download("movie", THE_20TH, into)
    assert into.getvalue() == b"films"


@pytest.mark.parametrize(
    ("hour", "day", "there"),
    [(9, 21, (20, 21)), (7, 20, (19, 20)), (9, 20, (19, 20)), (7, 19, (19,))],
)
def test_the_newest_there_is_is_brought(hour: int, day: int, there: tuple[int, ...]) -> None:
    now = datetime(2026, 11, 21, hour, tzinfo=UTC)
    assert at(served(*there)).latest("movie", io.BytesIO(), now) == date(2026, 11, day)


def test_before_they_are_made_today_s_are_not_asked_for() -> None:
    transport = served(20)
    at(transport).latest("movie", io.BytesIO(), datetime(2026, 11, 21, 7, tzinfo=UTC))
    assert list(transport.times) == ["/p/exports/movie_ids_11_20_2026.json.gz"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (403, NotFound),
        (404, NotFound),
        (429, Busy),
        (503, Busy),
        (418, Garbled),
        (requests.ConnectTimeout(), Busy),
        (requests.exceptions.ChunkedEncodingError(), Busy),
    ],
)
def test_what_goes_wrong_has_a_name(answer: Any, error: type[TMDBError]) -> None:
    name = "movie_ids_11_20_2026.json.gz"
    with pytest.raises(error, match=name):
        at(served(**{name: answer})).download("movie", THE_20TH, io.BytesIO())


def test_a_file_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BYTES_AT_MOST", 4)
    into = io.BytesIO()
    with pytest.raises(Garbled, match="more than"):
        at(served(20)).download("movie", THE_20TH, into)
    assert len(into.getvalue()) <= 4


def test_a_file_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "SECONDS_AT_MOST", -1)
    with pytest.raises(Busy):
        at(served(20)).download("movie", THE_20TH, io.BytesIO())


def test_every_kind_has_its_file_and_is_told_by_its_name() -> None:
    names = {kind: exports.file_name(kind, THE_20TH) for kind in exports.KINDS}
    assert names["tv"] == "tv_series_ids_11_20_2026.json.gz"
    assert names["company"] == "production_company_ids_11_20_2026.json.gz"
    assert {kind: exports.kind_of(name) for kind, name in names.items()} == {k: k for k in names}
    assert exports.kind_of("holiday.json.gz") is None


# --- Reading one ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "line", "entry"),
    [
        ("movie", FILM, Entry(7, "Hafen", 2.5, False)),
        ("tv", SHOW, Entry(8, "Nachtboot", 1.5, False)),
        ("person", PERSON, Entry(9, "Ada Kessel", 0.5, True)),
        ("keyword", KEYWORD, Entry(10, "ferry", 0.0, False)),
        ("network", KEYWORD, Entry(10, "ferry", 0.0, False)),
    ],
)
def test_a_line_is_an_entry(kind: str, line: Any, entry: Entry) -> None:
    assert entries(line, kind=kind) == [entry]


def test_a_file_may_be_unpacked() -> None:
    assert list(Export(io.BytesIO(json.dumps(FILM).encode()), "movie")) == entries(FILM)


def test_empty_lines_are_nothing() -> None:
    export = read(b"", FILM, b"  ", b"")
    assert (export.lines, export.garbled) == (1, 0)


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"<html>",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"[" * 20_000,
        b'{"id": ' + b"9" * 5000,
        FILM | {"id": "7"},
        FILM | {"id": -7},
        FILM | {"id": 0},
        FILM | {"id": 2**63},
        FILM | {"id": True},
        FILM | {"original_title": None},
        SHOW,
        PERSON,
        KEYWORD,
    ],
)
def test_a_garbled_line_is_counted_and_costs_itself_only(line: Any) -> None:
    export = packed(FILM, line, FILM | {"id": 12})
    assert [entry.tmdb_id for entry in export] == [7, 12]
    assert (export.garbled, export.first_garbled, export.lines) == (1, 2, 3)


def test_people_are_not_taken_for_keywords() -> None:
    assert read(PERSON, kind="keyword").garbled == 1


def test_videos_and_what_has_no_name_are_passed_over() -> None:
    export = read(FILM | {"video": True}, FILM | {"original_title": " \x00"}, FILM)
    assert (export.passed_over, export.garbled) == (2, 0)


def test_a_name_is_no_longer_than_the_database_takes() -> None:
    assert len(entries(FILM | {"original_title": "a" * 600})[0].name) == 500
    assert len(entries(PERSON | {"name": "a" * 600}, kind="person")[0].name) == 255


@pytest.mark.parametrize("nonsense", [-3, "12", None, True, 10**400])
def test_a_popularity_that_is_none_counts_as_none(nonsense: Any) -> None:
    assert entries(FILM | {"popularity": nonsense})[0].popularity == 0


def test_a_file_that_is_cut_short_gives_what_it_has() -> None:
    lines = b"".join(json.dumps(FILM | {"id": n}).encode() + b"\n" for n in range(1, 5001))
    whole = gzip.compress(lines)
    export = Export(io.BytesIO(whole[: len(whole) // 2]), "movie")
    found = [entry.tmdb_id for entry in export]
    assert found == list(range(1, len(found) + 1))
    assert export.is_cut_short
    assert 1000 < len(found) < 5000


def test_a_file_that_is_whole_is_not_cut_short() -> None:
    assert not read(FILM).is_cut_short


def test_a_line_without_end_is_read_in_pieces_and_given_up() -> None:
    export = Export(io.BytesIO(b"x" * (exports.LINE_AT_MOST * 3)), "movie")
    assert list(export) == []
    assert export.garbled == 3


def test_nonsense_from_the_start_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "NONSENSE_AT_MOST", 5)
    assert read(*[b"x"] * 50).lines == 5
    assert read(FILM, *[b"x"] * 50).lines == 51
