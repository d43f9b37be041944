"""The sample catalogue for tests: the bundled one, and two that hold next to nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from catalog.tmdb.sample import SampleAdapter, holdings
from tests.catalog.sample.asking import TODAY, Get, getter, session_on


@pytest.fixture(scope="session")
def bundled() -> holdings.Holdings:
    return holdings.load()


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    with session_on(SampleAdapter(today=TODAY)) as session:
        yield session


@pytest.fixture(scope="session")
def get(session: requests.Session) -> Get:
    return getter(session)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    film = {
        "id": 7,
        "title": "The Kettle",
        "original_title": "Die Küche",
        "original_language": "de",
        "overview": "A kettle boils.",
        "tagline": "Hot.",
        "release_date": "1999-03-31",
        "translations": {"fr": {"title": "La Bouilloire", "overview": "Elle bout."}},
    }
    daily = {"weekdays": [0, 2, 4], "name": "Evening news", "runtime": 15, "overview": "News."}
    show = {
        "id": 9,
        "name": "News",
        "status": "Returning Series",
        "first_air_date": "2020-01-01",
        "seasons": [
            {"number": 0, "episodes": [["Before", "2019-12-24", 5, ""]]},
            {"number": 1, "schedule": daily},
        ],
    }
    (tmp_path / "films-1.json").write_text(json.dumps([film, {"id": 8}]), encoding="utf-8")
    (tmp_path / "films-2.json").write_text(json.dumps([{"id": 8, "title": "x"}]), encoding="utf-8")
    (tmp_path / "shows.json").write_text(json.dumps([show]), encoding="utf-8")
    return tmp_path


@pytest.fixture
def yearly(tmp_path: Path) -> Path:
    daily = {"weekdays": [0, 1, 2, 3, 4, 5, 6], "name": "Tonight"}
    seasons = [{"number": 75, "name": "2026", "schedule": daily}]
    show = {"id": 5, "name": "Tonight", "first_air_date": "1952-12-26", "seasons": seasons}
    (tmp_path / "shows.json").write_text(json.dumps([show]), encoding="utf-8")
    return tmp_path
