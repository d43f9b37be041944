"""manage.py sync: bring the catalogue up to what TMDB says."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from catalog.models import Kind, SyncRun
from catalog.source import exports, tmdb
from catalog.sync import runs
from catalog.sync.changes import sync_changes
from catalog.sync.comparing import compare_exports
from catalog.sync.diary import COUNTS, Progress, UnderWay
from catalog.sync.exports import read_export, sync_exports
from catalog.sync.lists import sync_lists
from catalog.sync.running import sync_errands
from catalog.tmdb import Lane
from catalog.tmdb.exports import KINDS, kind_of
from cinehub.work.ending import INTERRUPTED, ending_at_interrupt, is_interrupted


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
        _add_whole_lists(what)
        title = what.add_parser("title", help="films or shows by TMDB id")
        title.add_argument("kind", choices=Kind.values)
        title.add_argument("ids", type=int, nargs="+")
        for name in ("person", "collection"):
            what.add_parser(name, help=f"each {name} by TMDB id").add_argument(
                "ids", type=int, nargs="+"
            )
        for name, words in (
            ("due", "what is old enough to be asked about again"),
            ("people", "biographies that were never fetched"),
            ("collections", "collections never fetched, or old"),
        ):
            what.add_parser(name, help=words).add_argument("--limit", type=int, default=1000)
        _add_errands(what)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        options["tell"] = self.stdout.write
        with ending_at_interrupt():
            left = [self._run(what, options)]
            if options.get("details"):
                left.append(self._run("details", options))
        if any(left):
            raise CommandError("\n".join(filter(None, left)))

    def _run(self, what: str, options: dict[str, Any]) -> str:
        """In words what could not be done."""
        try:
            with _bar(what) as progress:
                done = RUNS[what](progress, options)
        except UnderWay as error:
            raise CommandError(f"{error} Wait for its end, or look at the sync runs.") from error
        told = f"{what}: " + ", ".join(f"{getattr(done, name)} {name}" for name in COUNTS)
        if is_interrupted() and done.state != SyncRun.State.DONE:
            raise CommandError(
                f"Interrupted: {told}. Run it again for the rest.", returncode=INTERRUPTED
            )
        self.stdout.write(told)
        if done.state == SyncRun.State.DONE:
            return ""
        return f"sync {what} could not do everything:\n{done.error}"


def _add_errands(what: Any) -> None:
    """What workers do by themselves, now."""
    what.add_parser("changes", help="TMDB's changes feed: what has changed is wanted")
    what.add_parser("compare", help="TMDB's daily ids beside ours: what is gone, what became of it")
    errands = what.add_parser("errands", help="ask TMDB about what is wanted")
    errands.add_argument("--until-done", action="store_true", help="and not for some minutes only")


def _add_whole_lists(what: Any) -> None:
    """A broad catalogue without asking about each title."""
    lists = what.add_parser("lists", help="the most popular of each year, without details")
    lists.add_argument("--years", type=_years, default=_years(f"1900-{timezone.now().year}"))
    lists.add_argument("--pages", type=_pages, default=5, help="pages of 20 a year (default 5)")
    lists.add_argument("--kind", action="append", choices=Kind.values)
    export = what.add_parser("export", help="a row for every id that TMDB has (daily id exports)")
    export.add_argument("--kind", action="append", choices=KINDS, help="default: movie and tv")
    which = export.add_mutually_exclusive_group()
    which.add_argument("--date", type=_day, help="of this day (default: the newest there is)")
    which.add_argument("--file", type=Path, help="one that was downloaded before")
    export.add_argument(
        "--details", type=int, default=0, help="fetch so many of the most popular in full"
    )


def _pages(value: str) -> int:
    """TMDB has no page beyond its five hundredth."""
    pages = int(value)
    if not 1 <= pages <= PAGES_AT_MOST:
        raise ArgumentTypeError(f"from 1 to {PAGES_AT_MOST}")
    return pages


def _years(value: str) -> range:
    first, _, last = value.partition("-")
    years = range(int(first), int(last or first) + 1)
    if not years or not EARLIEST <= years[0] <= years[-1] <= LATEST:
        raise ArgumentTypeError(f"a year, or two such as 1950-2026, from {EARLIEST} to {LATEST}")
    return years


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError("a day such as 2026-11-20") from None


def _kinds(o: dict[str, Any]) -> list[str]:
    """A local file says in its name what it is about, or --kind does."""
    if not o["file"]:
        return o["kind"] or Kind.values
    name = o["file"].name
    named = kind_of(name)
    kinds = o["kind"] or ([named] if named else [])
    if len(kinds) != 1:
        raise CommandError(f"Say with one --kind what {name} is about: {', '.join(KINDS)}.")
    if named and named != kinds[0]:
        raise CommandError(f"{name} is about another kind: {named}, not {kinds[0]}.")
    return kinds


def _export(bar: Progress, o: dict[str, Any]) -> SyncRun:
    kinds = _kinds(o)
    if o["file"]:
        try:
            return read_export(o["file"], kinds[0], bar, tell=o["tell"])
        except OSError as error:
            raise CommandError(f"{o['file']} cannot be read: {error.strerror}") from error
    if settings.TMDB_IS_SAMPLE:
        raise CommandError(
            "The sample catalogue has no exports: set TMDB_TOKEN or TMDB_API_KEY, or name a file"
            " with --file."
        )
    return sync_exports(exports(), kinds, bar, day=o["date"], tell=o["tell"])


def _compare(bar: Progress, o: dict[str, Any]) -> SyncRun:
    if settings.TMDB_IS_SAMPLE:
        raise CommandError("The sample catalogue has no exports: set TMDB_TOKEN or TMDB_API_KEY.")
    return compare_exports(exports(), tmdb(lane=Lane.AGE), bar, tell=o["tell"])


def _details(bar: Progress, o: dict[str, Any]) -> SyncRun:
    left = runs.titles_without_details(_kinds(o), o["details"])
    return runs.sync_titles(tmdb(), left, bar, kind="details")


PAGES_AT_MOST = 500
EARLIEST, LATEST = 1870, 2100

RUNS: dict[str, Callable[[Progress, dict[str, Any]], SyncRun]] = {
    "genres": lambda bar, o: runs.sync_genres(tmdb(), bar),
    "charts": lambda bar, o: runs.sync_charts(tmdb(), bar, pages=o["pages"]),
    "movies": lambda bar, o: runs.sync_popular(
        tmdb(), Kind.MOVIE, bar, pages=o["pages"], again=o["again"]
    ),
    "tv": lambda bar, o: runs.sync_popular(
        tmdb(), Kind.TV, bar, pages=o["pages"], again=o["again"]
    ),
    "lists": lambda bar, o: sync_lists(
        tmdb(), o["kind"] or Kind.values, o["years"], bar, pages=o["pages"]
    ),
    "export": _export,
    "details": _details,
    "title": lambda bar, o: runs.sync_titles(tmdb(), [(o["kind"], i) for i in o["ids"]], bar),
    "person": lambda bar, o: runs.sync_people(tmdb(), o["ids"], bar),
    "collection": lambda bar, o: runs.sync_collections(tmdb(), o["ids"], bar),
    "due": lambda bar, o: runs.sync_titles(tmdb(), runs.due_titles(o["limit"]), bar, kind="due"),
    "changes": lambda bar, o: sync_changes(tmdb(lane=Lane.CHANGED), bar),
    "compare": _compare,
    "errands": lambda bar, o: sync_errands(
        lambda lane: tmdb(lane=lane), bar, until_done=o["until_done"]
    ),
    "people": lambda bar, o: runs.sync_people(tmdb(), runs.people_without_details(o["limit"]), bar),
    "collections": lambda bar, o: runs.sync_collections(
        tmdb(), runs.due_collections(o["limit"]), bar
    ),
}


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    """A bar where somebody watches the terminal, and nothing in a log."""
    with tqdm(desc=what, unit="", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
