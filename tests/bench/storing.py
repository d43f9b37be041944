"""Writing titles whole, beside inserting as many rows one table at a time."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

from catalog.models import Kind, Title
from catalog.source import tmdb
from catalog.sync import runs
from catalog.sync.titles import store_titles

T = TypeVar("T")


def storing() -> None:
    runs.sync_genres(tmdb())
    stubs = tmdb().chart("movie/popular").titles
    parsing, facts = _timed(lambda: [tmdb().movie(stub.tmdb_id) for stub in stubs])
    first, _ = _timed(lambda: store_titles(facts))
    again, _ = _timed(lambda: store_titles(facts))
    names = [Title(kind=Kind.TV, tmdb_id=9_000_000 + n, name=f"Row {n}") for n in range(1000)]
    rows, _ = _timed(lambda: Title.objects.bulk_create(names))
    Title.objects.filter(tmdb_id__in=[name.tmdb_id for name in names]).delete()
    _say("\nstoring                       ms a title    x a row of 1,000")
    for name, seconds in (("asked and read", parsing), ("stored", first), ("unchanged", again)):
        each = 1000 * seconds / len(facts)
        _say(f"  {name:<26} {each:10.2f} {each / rows:14.1f}")


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
