"""How fast CineHub is, as ratios to a baseline measured in the same run: `make bench`.

Requests go through the whole of Django (middleware, templates, database) in this process, so that a
network or a load generator is not what is measured. The catalogue is the sample, in a database made
for it, on whatever DATABASE_URL names.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from catalog.models import Kind, Title
from catalog.source import tmdb
from catalog.sync import runs
from catalog.sync.titles import store_titles
from cinehub.urls import urlpatterns as site

T = TypeVar("T")

ROUNDS, WARM_UP = 60, 5
TWENTY_ROWS = engines["django"].from_string(
    "<ul>{% for title in titles %}<li>{{ title.name }} ({{ title.year }})</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


def one_query(request: HttpRequest) -> HttpResponse:
    titles = Title.objects.by_popularity()[:20]
    return HttpResponse(TWENTY_ROWS.render({"titles": titles}, request))


urlpatterns = [path("bench/bare", bare), path("bench/one-query", one_query), *site]


def main() -> None:
    _say(f"{connection.vendor}, {ROUNDS} rounds\n")
    own_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(ROOT_URLCONF="tests.bench"):
            call_command("sync", "genres", stdout=sys.stderr)
            _storing()
            for kind in Kind.values:
                runs.sync_popular(tmdb(), kind, pages=10)
            runs.sync_charts(tmdb())
            _pages()
    finally:
        connection.creation.destroy_test_db(own_name, verbosity=0)


def _storing() -> None:
    """Writing titles whole, beside inserting as many rows one table at a time."""
    stubs = tmdb().chart("movie/popular").titles
    parsing, facts = _timed(lambda: [tmdb().movie(stub.tmdb_id) for stub in stubs])
    first, _ = _timed(lambda: store_titles(facts))
    again, _ = _timed(lambda: store_titles(facts))
    names = [Title(kind=Kind.TV, tmdb_id=9_000_000 + n, name=f"Row {n}") for n in range(1000)]
    rows, _ = _timed(lambda: Title.objects.bulk_create(names))
    Title.objects.filter(tmdb_id__gte=9_000_000).delete()
    count = len(facts)
    _say("storing                       ms a title    baseline rows")
    for name, seconds in (("asked and read", parsing), ("stored", first), ("unchanged", again)):
        _say(f"  {name:<26} {1000 * seconds / count:10.2f} {1000 * seconds / count / rows:14.1f}")
    _say(f"  baseline: one row of 1,000 {rows:12.3f}\n")


def _pages() -> None:
    film = Title.objects.of_kind(Kind.MOVIE).by_popularity()[0].get_absolute_url()
    show = Title.objects.of_kind(Kind.TV).by_popularity()[0].get_absolute_url()
    pages = {
        "bare view": "/bench/bare",
        "one query, 20 rows": "/bench/one-query",
        "home": "/",
        "film": film,
        "show": show,
        "chart": "/charts/movie/popular",
        "search": "/search?q=the",
    }
    base = None
    _say("pages                    median ms   p95 ms  queries  x one query")
    for name, address in pages.items():
        middle, slow, queries = _page(address)
        base = middle if name.startswith("one query") else base
        ratio = f"{middle / base:12.1f}" if base else ""
        _say(f"  {name:<22} {middle:9.2f} {slow:8.2f} {queries:8d} {ratio}")


def _page(address: str) -> tuple[float, float, int]:
    client = Client()
    queries: list[str] = []
    with connection.execute_wrapper(lambda run, *args: (queries.append(args[0]), run(*args))[1]):
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    times = [1000 * _timed(lambda: client.get(address))[0] for _ in range(WARM_UP + ROUNDS)]
    measured = sorted(times[WARM_UP:])
    return statistics.median(measured), measured[int(len(measured) * 0.95)], len(queries)


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
