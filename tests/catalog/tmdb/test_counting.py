"""Every request is told to who counts them: what was asked, what came of it, how long it took."""

from contextlib import suppress
from typing import Any

import pytest
import requests
from prometheus_client import REGISTRY

from catalog.counting import count
from catalog.tmdb import Lane, TMDBError
from catalog.tmdb.client import Asked
from catalog.tmdb.limiter import Limiter
from tests.catalog.tmdb.answers import film, show
from tests.catalog.tmdb.answers.clock import Clock, Remembered
from tests.catalog.tmdb.answers.served import Reply, Served, Turns, client


def counted(answers: dict[str, Any], ask: Any, **options: Any) -> list[Asked]:
    asked: list[Asked] = []
    with suppress(TMDBError):
        ask(client(Served(answers), observe=asked.append, **options))
    return asked


@pytest.mark.parametrize(
    ("ask", "endpoint"),
    [
        (lambda tmdb: tmdb.movie(7), "movie/{id}"),
        (lambda tmdb: tmdb.tv(7), "tv/{id}"),
        (lambda tmdb: tmdb.person(7), "person/{id}"),
        (lambda tmdb: tmdb.find("tt0113277"), "find/{id}"),
        (lambda tmdb: tmdb.chart("trending/movie/week"), "trending/movie/week"),
        (lambda tmdb: tmdb.chart("movie/popular", 2), "movie/popular"),
        (lambda tmdb: tmdb.search("heat 1995"), "search/multi"),
        (lambda tmdb: tmdb.genres("tv"), "genre/tv/list"),
        (lambda tmdb: tmdb.providers("movie"), "watch/providers/movie"),
    ],
)
def test_what_was_asked_is_named_without_its_number(ask: Any, endpoint: str) -> None:
    assert [asked.endpoint for asked in counted({}, ask)] == [endpoint]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (film(7), "200"),
        (404, "404"),
        (401, "401"),
        (429, "429"),
        (503, "503"),
        (Reply(body=b"<html>"), "200"),
        (requests.ReadTimeout("secret"), "ReadTimeout"),
        (requests.ConnectionError("secret"), "ConnectionError"),
    ],
)
def test_what_came_of_it_is_told(answer: Any, status: str) -> None:
    asked = counted({"movie/7": answer}, lambda tmdb: tmdb.movie(7), hurried=True)
    assert [one.status for one in asked] == [status]


def test_every_attempt_is_a_request() -> None:
    asked = counted({"movie/7": Turns(500, 500, film(7))}, lambda tmdb: tmdb.movie(7))
    assert [one.status for one in asked] == ["500", "500", "200"]


def test_how_long_it_waited_for_its_turn_is_told() -> None:
    clock = Clock()
    limiter = Limiter(Remembered(clock), 40)
    limiter.pause(30)
    [asked] = counted(
        {"tv/7": show(7)}, lambda tmdb: tmdb.tv(7), clock=clock, limiter=limiter, lane=Lane.AGE
    )
    assert asked.waited == pytest.approx(30)


def test_what_was_not_asked_is_not_counted() -> None:
    clock = Clock()
    limiter = Limiter(Remembered(clock), 40)
    limiter.pause(30)
    assert counted({}, lambda tmdb: tmdb.movie(7), limiter=limiter, hurried=True) == []


def test_prometheus_is_told() -> None:
    def total() -> float:
        labels = {"endpoint": "movie/{id}", "status": "200"}
        return REGISTRY.get_sample_value("cinehub_tmdb_requests_total", labels) or 0.0

    before = total()
    count(Asked("movie/{id}", "200", 0.2, 1.5))
    assert total() == before + 1
    assert (REGISTRY.get_sample_value("cinehub_tmdb_wait_seconds_sum") or 0.0) >= 1.5
