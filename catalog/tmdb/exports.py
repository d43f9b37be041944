"""TMDB's daily id exports: a gzipped file a kind, with a line of JSON for every id there is."""

import gzip
import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO, Protocol

import requests

from catalog.tmdb.errors import Busy, Garbled, NotFound
from catalog.tmdb.shapes.reading import BIG, number, text, whole

# What each kind's file is called, and where its lines have the name.
KINDS = {
    "movie": ("movie_ids", "original_title"),
    "tv": ("tv_series_ids", "original_name"),
    "person": ("person_ids", "name"),
    "collection": ("collection_ids", "name"),
    "keyword": ("keyword_ids", "name"),
    "company": ("production_company_ids", "name"),
    "network": ("tv_network_ids", "name"),
}
# Kinds whose lines say how many people look at it: so one kind's file is not taken for another's.
LOOKED_AT = ("movie", "tv", "person")
NAME_AT_MOST = {"movie": 500, "tv": 500}

# TMDB makes a day's files around this hour (UTC).
READY_AT = timedelta(hours=8)
CONNECT_SECONDS, READ_SECONDS = 3, 30
# The largest is about 50 MB.
BYTES_AT_MOST = 1 << 30
SECONDS_AT_MOST = 1800
CHUNK = 1 << 18
LINE_AT_MOST = 1 << 16
NONSENSE_AT_MOST = 10_000
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an export says of one id."""

    tmdb_id: int
    name: str
    popularity: float
    adult: bool


class Export:
    """One file's entries, a line at a time; on the way it counts what is of no use."""

    def __init__(self, file: IO[bytes], kind: str) -> None:
        self.kind = kind
        self.lines = self.garbled = self.first_garbled = self.passed_over = 0
        self.is_cut_short = False
        file.seek(0)
        packed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        self._lines: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=file) if packed else file

    def __iter__(self) -> Iterator[Entry]:
        """Without videos, which TMDB numbers as films, and what has no name yet."""
        for said in self._objects():
            if said.get("video") is True or not (entry := self._entry(said)).name:
                self.passed_over += 1
            else:
                yield entry

    def ids(self) -> Iterator[int]:
        """Every id there is."""
        return (whole(said, "id", BIG) for said in self._objects())

    def _objects(self) -> Iterator[dict[str, object]]:
        """What makes no sense for very long from its start on is something else altogether."""
        for line in self._read():
            if self.garbled == self.lines == NONSENSE_AT_MOST:
                return
            self.lines += 1
            said = _object(line)
            if said is None or not self._is_one(said):
                self.garbled += 1
                self.first_garbled = self.first_garbled or self.lines
            else:
                yield said

    def _read(self) -> Iterator[bytes]:
        try:
            while line := self._lines.readline(LINE_AT_MOST):
                if line.strip():
                    yield line
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.is_cut_short = True

    def _is_one(self, said: dict[str, object]) -> bool:
        named = isinstance(said.get(KINDS[self.kind][1]), str)
        alike = ("popularity" in said) == (self.kind in LOOKED_AT)
        return named and alike and whole(said, "id", BIG) > 0

    def _entry(self, said: dict[str, object]) -> Entry:
        return Entry(
            tmdb_id=whole(said, "id", BIG),
            name=text(said, KINDS[self.kind][1], NAME_AT_MOST.get(self.kind, 255)),
            popularity=max(number(said, "popularity"), 0.0),
            adult=said.get("adult") is True,
        )


class Into(Protocol):
    """Where what is downloaded is written to."""

    def write(self, part: bytes, /) -> object: ...


class Exports:
    """Where TMDB keeps them: no key is needed, and each day's stay for three months."""

    def __init__(self, *, url: str, session: requests.Session) -> None:
        self.url = url
        self.session = session

    def latest(self, kind: str, into: Into, now: datetime) -> date:
        """The newest there is, and of which day; `now` is UTC."""
        day = (now - READY_AT).date()
        try:
            self.download(kind, day, into)
        except NotFound:
            day -= timedelta(days=1)
            self.download(kind, day, into)
        return day

    def download(self, kind: str, day: date, into: Into) -> None:
        name = file_name(kind, day)
        try:
            with self.session.get(
                f"{self.url}/{name}", stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)
            ) as response:
                _raise_for_status(name, response.status_code)
                _write(name, response, into)
        except requests.RequestException as error:
            raise Busy(f"{name}: {type(error).__name__}") from None


def file_name(kind: str, day: date) -> str:
    return f"{KINDS[kind][0]}_{day:%m_%d_%Y}.json.gz"


def kind_of(name: str) -> str | None:
    """What a file of this name is about."""
    return next((kind for kind, (start, _) in KINDS.items() if name.startswith(start)), None)


def _write(name: str, response: requests.Response, into: Into) -> None:
    give_up, size = time.monotonic() + SECONDS_AT_MOST, 0
    for chunk in response.iter_content(CHUNK):
        size += len(chunk)
        if size > BYTES_AT_MOST:
            raise Garbled(f"{name}: more than any export has")
        if time.monotonic() > give_up:
            raise Busy(f"{name}: not here after {SECONDS_AT_MOST // 60} minutes")
        into.write(chunk)


def _raise_for_status(name: str, status: int) -> None:
    if status == 200:
        return
    # Its storage says 403 of what it does not have.
    if status in {403, 404}:
        raise NotFound(
            f"TMDB has no {name}: a day's files come at about {READY_AT.seconds // 3600}:00 UTC"
            " and stay for three months"
        )
    raise (
        Busy(f"{name}: {status}")
        if status >= 500 or status == 429
        else Garbled(f"{name}: {status}")
    )


def _object(line: bytes) -> dict[str, object] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
