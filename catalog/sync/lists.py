"""TMDB's lists of each year: a broad catalogue soon, at twenty titles a request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import DatabaseError

from catalog.models import SyncRun
from catalog.sync.asking import Stopped, ask_all
from catalog.sync.diary import Progress, Run, run, silent
from catalog.sync.titles import ids_of, store_stubs
from catalog.tmdb import TMDB
from catalog.tmdb.shapes import TitleStub

# A kind, a year, a page.
Sheet = tuple[str, int, int]

# Twenty-five pages.
BATCH = 500


def sync_lists(
    tmdb: TMDB,
    kinds: Sequence[str],
    years: Iterable[int],
    progress: Progress = silent,
    *,
    pages: int,
) -> SyncRun:
    """The most popular of each year, as lists tell of them; without asking about each."""
    ends: dict[tuple[str, int], int] = {}
    waiting: list[TitleStub] = []
    with run("lists", progress) as under_way:
        sheets = _sheets(under_way, kinds, sorted(set(years), reverse=True), pages, ends)
        try:
            for answer in ask_all(sheets, lambda sheet: tmdb.discover(*sheet), live=under_way.live):
                under_way.row.asked += 1
                under_way.step()
                if answer.facts is None:
                    under_way.fail(answer.key, answer.error or Stopped())
                    continue
                ends[answer.key[:2]] = answer.facts.last
                waiting += answer.facts.titles
                if len(waiting) >= BATCH:
                    _store(under_way, waiting)
                    waiting = []
        finally:
            # What was answered before a stop is kept.
            _store(under_way, waiting)
    return under_way.row


def _sheets(
    under_way: Run,
    kinds: Sequence[str],
    years: Sequence[int],
    pages: int,
    ends: Mapping[tuple[str, int], int],
) -> Iterator[Sheet]:
    """The first page of every year before the second of any: a run cut short has each year's best.

    By the time a second page is asked for, the first has said how many there are.
    """
    under_way.expect(pages * len(years) * len(kinds))
    for page in range(1, pages + 1):
        for year in years:
            for kind in kinds:
                if page <= ends.get((kind, year), pages):
                    yield kind, year, page
                else:
                    under_way.step()


def _store(under_way: Run, stubs: Sequence[TitleStub]) -> None:
    refs = {(stub.kind, stub.tmdb_id) for stub in stubs}
    try:
        held = ids_of(refs)
        bare = ids_of(refs, details_at=None, original_language=None)
        store_stubs(stubs)
    except DatabaseError as error:
        under_way.fail(f"{len(refs)} titles of lists", error)
    else:
        under_way.row.created += len(refs) - len(held)
        under_way.row.updated += len(bare)
        under_way.row.fresh += len(held) - len(bare)
