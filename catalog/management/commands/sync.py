"""manage.py sync: bring the catalogue up to what TMDB says."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.models import Kind, SyncRun
from catalog.source import tmdb
from catalog.sync import runs


class Command(BaseCommand):
    help = "Bring the catalogue up to what TMDB says; every run is written down as a sync run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="what")
        what.add_parser("genres", help="genres, countries, languages, watch providers")
        charts = what.add_parser(
            "charts", help="trending, popular, top rated, in cinemas, on the air"
        )
        charts.add_argument("--pages", type=_pages, default=2, help="pages of 20 (default 2)")
        for name, words in (("movies", "popular films"), ("tv", "popular shows with all seasons")):
            popular = what.add_parser(name, help=f"{words}, with details")
            popular.add_argument("--pages", type=_pages, default=5, help="pages of 20 (default 5)")
            popular.add_argument("--again", action="store_true", help="also what is fresh")
        title = what.add_parser("title", help="films or shows by TMDB id")
        title.add_argument("kind", choices=Kind.values)
        title.add_argument("ids", type=int, nargs="+")
        for name in ("person", "collection"):
            what.add_parser(name, help=f"each {name} by TMDB id").add_argument(
                "ids", type=int, nargs="+"
            )
        due = what.add_parser("due", help="what is old enough to be asked about again")
        due.add_argument("--limit", type=int, default=1000)
        people = what.add_parser("people", help="biographies that were never fetched")
        people.add_argument("--limit", type=int, default=1000)
        collections = what.add_parser("collections", help="collections never fetched, or old")
        collections.add_argument("--limit", type=int, default=1000)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        with _bar(what) as progress:
            done = RUNS[what](progress, options)
        counts = ", ".join(f"{getattr(done, name)} {name}" for name in COUNTS)
        self.stdout.write(f"{what}: {counts}")
        if done.state != SyncRun.State.DONE:
            raise CommandError(f"sync {what} could not do everything:\n{done.error}")


def _pages(value: str) -> int:
    """TMDB has no page beyond its five hundredth."""
    pages = int(value)
    if not 1 <= pages <= PAGES_AT_MOST:
        raise ArgumentTypeError(f"from 1 to {PAGES_AT_MOST}")
    return pages


PAGES_AT_MOST = 500
COUNTS = ("asked", "created", "updated", "fresh", "hidden", "failed")

RUNS: dict[str, Callable[[runs.Progress, dict[str, Any]], SyncRun]] = {
    "genres": lambda bar, o: runs.sync_genres(tmdb(), bar),
    "charts": lambda bar, o: runs.sync_charts(tmdb(), bar, pages=o["pages"]),
    "movies": lambda bar, o: runs.sync_popular(
        tmdb(), Kind.MOVIE, bar, pages=o["pages"], again=o["again"]
    ),
    "tv": lambda bar, o: runs.sync_popular(
        tmdb(), Kind.TV, bar, pages=o["pages"], again=o["again"]
    ),
    "title": lambda bar, o: runs.sync_titles(tmdb(), [(o["kind"], i) for i in o["ids"]], bar),
    "person": lambda bar, o: runs.sync_people(tmdb(), o["ids"], bar),
    "collection": lambda bar, o: runs.sync_collections(tmdb(), o["ids"], bar),
    "due": lambda bar, o: runs.sync_titles(tmdb(), runs.due_titles(o["limit"]), bar, kind="due"),
    "people": lambda bar, o: runs.sync_people(tmdb(), runs.people_without_details(o["limit"]), bar),
    "collections": lambda bar, o: runs.sync_collections(
        tmdb(), runs.due_collections(o["limit"]), bar
    ),
}


@contextmanager
def _bar(what: str) -> Iterator[runs.Progress]:
    """A bar where somebody watches the terminal, and nothing in a log."""
    with tqdm(desc=what, unit="", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
