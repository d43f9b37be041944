"""TMDB's daily id exports: a row for every id, so that nothing TMDB has is unknown here."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from catalog.models import Collection as GatheredFilms
from catalog.models import Company, Keyword, Kind, Network, Person, SyncRun, Title
from catalog.sync.ages import TERM_DAYS, ask_first
from catalog.sync.diary import Progress, Run, run, silent
from catalog.sync.index import index_titles
from catalog.sync.names import name_collections, name_people
from catalog.sync.rows import Values, write
from catalog.sync.titles import weighted_score
from catalog.tmdb import Garbled, TMDBError
from catalog.tmdb.exports import Entry, Export, Exports

log = logging.getLogger(__name__)

# So many in one transaction: a second's work, and a fraction of what memory has room for.
BATCH = 5000
NOTICED = 0.1

Tell = Callable[[str], object]

TITLE_KEY = ("kind", "tmdb_id")
KEY = ("tmdb_id",)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a kind's rows are, and what of a row follows the exports, until it has details."""

    model: type[Model]
    row: Callable[[Entry, datetime], Values]
    follows: tuple[str, ...] = ()
    key: tuple[str, ...] = KEY
    has_details: bool = False
    # How the search learns of them, by their primary keys.
    index: Callable[[Collection[int]], None] | None = None


def sync_exports(
    exports: Exports,
    kinds: Iterable[str],
    progress: Progress = silent,
    *,
    day: date | None = None,
    tell: Tell = log.info,
) -> SyncRun:
    """Those of a day, or the newest there are; a kind that fails costs that kind only."""
    with run("export", progress) as under_way:
        for kind in kinds:
            under_way.row.asked += 1
            try:
                with TemporaryFile() as file:
                    tell(f"{kind}: TMDB's ids of {download(under_way, exports, kind, file, day)}")
                    store_export(under_way, file, kind, tell)
            except TMDBError as error:
                under_way.fail(kind, error)
    return under_way.row


def read_export(
    path: Path, kind: str, progress: Progress = silent, *, tell: Tell = log.info
) -> SyncRun:
    """A file that is here already."""
    with run("export", progress) as under_way, path.open("rb") as file:
        try:
            store_export(under_way, file, kind, tell)
        except TMDBError as error:
            under_way.fail(path.name, error)
    return under_way.row


def store_export(under_way: Run, file: IO[bytes], kind: str, tell: Tell) -> None:
    """A batch at a time; its progress is how far the file is read."""
    size = file.seek(0, SEEK_END)
    export = Export(file, kind)
    entries, read = iter(export), 0
    under_way.expect(size)
    while batch := list(islice(entries, BATCH)):
        if not read and export.garbled > len(batch):
            break
        _store(under_way, batch, kind)
        under_way.step(file.tell() - read)
        under_way.live()
        read = file.tell()
    if not read and (export.garbled or export.is_cut_short or not export.lines):
        raise Garbled(f"this is no export of {kind}: nothing was stored")
    under_way.step(size - read)
    _judge(under_way, export, tell)


class Heard:
    """A file that takes long to come, and the run that is alive as long as it does."""

    def __init__(self, under_way: Run, file: IO[bytes]) -> None:
        self.under_way = under_way
        self.file = file

    def write(self, part: bytes) -> None:
        self.file.write(part)
        self.under_way.live()


def download(
    under_way: Run, exports: Exports, kind: str, file: IO[bytes], day: date | None = None
) -> date:
    """Those of a day, or the newest there are; of which day."""
    into = Heard(under_way, file)
    if not day:
        return exports.latest(kind, into, timezone.now())
    exports.download(kind, day, into)
    return day


def _judge(under_way: Run, export: Export, tell: Tell) -> None:
    """What the file had that is of no use."""
    if export.passed_over:
        tell(
            f"{export.kind}: {export.passed_over} passed over, videos that are no films or ids"
            " without a name"
        )
    if export.garbled:
        said = f"{export.garbled} garbled lines, the first is line {export.first_garbled}"
        under_way.fail(export.kind, Garbled(said))
        under_way.row.failed += export.garbled - 1
    if export.is_cut_short:
        under_way.fail(export.kind, Garbled(f"the file is cut short after line {export.lines}"))


def _store(under_way: Run, batch: Sequence[Entry], kind: str) -> None:
    """First what is new, then what has changed, each in order of its key: no deadlock."""
    shelf, now = SHELVES[kind], timezone.now()
    entries = {entry.tmdb_id: entry for entry in batch}
    with transaction.atomic():
        held = _held(shelf, kind, entries)
        new = [entry for pk, entry in entries.items() if pk not in held]
        changed = [entry for pk, entry in entries.items() if _differs(entry, held.get(pk))]
        for some, fields in ((new, ()), (changed, shelf.follows)):
            rows = (shelf.row(entry, now) for entry in some)
            write(shelf.model, rows, key=shelf.key, fields=fields)
        if shelf.index:
            shelf.index(_keys(shelf, kind, [entry.tmdb_id for entry in (*new, *changed)]))
    under_way.row.created += len(new)
    under_way.row.updated += len(changed)
    under_way.row.fresh += len(entries) - len(new) - len(changed)


def _rows(shelf: Shelf, kind: str, ids: Collection[int]) -> QuerySet[Model]:
    same = {"kind": kind} if shelf.key == TITLE_KEY else {}
    return shelf.model._default_manager.filter(**same, tmdb_id__in=ids)


def _keys(shelf: Shelf, kind: str, ids: Sequence[int]) -> Sequence[int]:
    if shelf.key == KEY:
        return ids
    return list(_rows(shelf, kind, ids).values_list("pk", flat=True))


def _held(shelf: Shelf, kind: str, ids: Collection[int]) -> dict[int, Values]:
    """By id; empty where a row is not the exports' to change."""
    columns = ("details_at",) if shelf.has_details else ()
    return {
        row.pop("tmdb_id"): {} if row.pop("details_at", None) else row
        for row in _rows(shelf, kind, ids).values("tmdb_id", *shelf.follows, *columns)
    }


def _differs(entry: Entry, held: Values | None) -> bool:
    if not held:
        return False
    if "popularity" in held:
        # It moves a little every day: what moves nobody to another place is not worth a write.
        said, before = entry.popularity, held["popularity"]
        return abs(said - before) > NOTICED * max(said, before)
    return any(getattr(entry, name) != value for name, value in held.items())


def _title(kind: str, entry: Entry, now: datetime) -> Values:
    return {
        "kind": kind,
        "tmdb_id": entry.tmdb_id,
        "name": entry.name,
        "original_name": entry.name,
        "popularity": entry.popularity,
        "adult": entry.adult,
        "score": weighted_score(0, 0),
        "fetched_at": now,
        "refresh_at": ask_first(entry.popularity, entry.tmdb_id, now),
    }


def _person(entry: Entry, now: datetime) -> Values:
    return {
        "tmdb_id": entry.tmdb_id,
        "name": entry.name,
        "popularity": entry.popularity,
        "adult": entry.adult,
        "fetched_at": now,
        "refresh_at": ask_first(entry.popularity, entry.tmdb_id, now),
    }


def _collection(entry: Entry, now: datetime) -> Values:
    """Without a date: never fetched, and so due whenever there is time."""
    return {"tmdb_id": entry.tmdb_id, "name": entry.name, "fetched_at": now}


def _term(entry: Entry, now: datetime) -> Values:
    again = now + timedelta(days=TERM_DAYS)
    return {"tmdb_id": entry.tmdb_id, "name": entry.name, "fetched_at": now, "refresh_at": again}


SHELVES = {
    kind: Shelf(Title, partial(_title, kind), ("popularity",), TITLE_KEY, True, index_titles)
    for kind in (Kind.MOVIE, Kind.TV)
} | {
    "person": Shelf(Person, _person, ("popularity",), KEY, True, name_people),
    # Its name is in the site's language once it was fetched, in the exports it is not.
    "collection": Shelf(GatheredFilms, _collection, index=name_collections),
    "keyword": Shelf(Keyword, _term, ("name",)),
    "company": Shelf(Company, _term, ("name",)),
    "network": Shelf(Network, _term, ("name",)),
}
