"""TMDB's daily ids beside ours: what TMDB has no more is asked about, and what became of it."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from tempfile import TemporaryFile
from typing import IO

from django.db.models import Q

from catalog.models import Kind, SyncRun, Title, Urgency
from catalog.sync.asking import ask_all
from catalog.sync.diary import Progress, Run, run, silent
from catalog.sync.errands import want
from catalog.sync.exports import Tell, download, log, store_export
from catalog.sync.merging import CannotMerge, merge
from catalog.sync.titles import store_stubs
from catalog.tmdb import TMDB, Garbled, NotFound, TMDBError
from catalog.tmdb.exports import Export, Exports
from catalog.tmdb.shapes import Found

BATCH = 5000
# An export that lacks more than this part of what is here is not all of it, whatever it says.
LACKED_AT_MOST = 0.1
# But of a handful of titles many may be gone.
LACKED_AT_LEAST = 100
# Who has this part of all there is wants the rest, too; who holds a choice of titles does not.
COMPLETE_FROM = 0.5
SOUGHT_AT_ONCE = 500


def compare_exports(
    exports: Exports, tmdb: TMDB, progress: Progress = silent, *, tell: Tell = log.info
) -> SyncRun:
    """What the export lacks is wanted, and hidden if TMDB itself says that it is gone."""
    with run("compare", progress) as under_way:
        for kind in Kind.values:
            under_way.row.asked += 1
            try:
                with TemporaryFile() as file:
                    _compare(under_way, file, kind, download(under_way, exports, kind, file), tell)
            except TMDBError as error:
                under_way.fail(kind, error)
        _seek_merged(under_way, tmdb)
    return under_way.row


def _compare(under_way: Run, file: IO[bytes], kind: str, day: date, tell: Tell) -> None:
    ids = _ids(under_way, Export(file, kind))
    held, lacked = 0, array("q")
    for tmdb_id in _ours(kind, day):
        held += 1
        place = bisect_left(ids, tmdb_id)
        if place == len(ids) or ids[place] != tmdb_id:
            lacked.append(tmdb_id)
    if len(lacked) > max(LACKED_AT_MOST * held, LACKED_AT_LEAST) or not ids:
        raise Garbled(f"TMDB's {kind} ids of {day} lack {len(lacked)} of ours: not all are there")
    under_way.row.updated += want(((kind, tmdb_id) for tmdb_id in lacked), Urgency.AGE)
    tell(f"{kind}: {len(ids)} ids of {day}, {len(lacked)} of ours are not among them")
    if held >= COMPLETE_FROM * len(ids):
        store_export(under_way, file, kind, tell)


def _ids(under_way: Run, export: Export) -> "array[int]":
    """All of them, in order, at eight bytes each."""
    ids: array[int] = array("q")
    for tmdb_id in export.ids():
        ids.append(tmdb_id)
        if not len(ids) % BATCH:
            under_way.live()
    if export.is_cut_short or export.garbled:
        raise Garbled(f"the {export.kind} ids are cut short or garbled: nothing was compared")
    # TMDB writes them in order; what is sorted already costs one look to sort.
    return array("q", sorted(ids))


def _ours(kind: str, day: date) -> Iterator[int]:
    """What was here before that day and should be in its export.

    What is for adults only is in other files.
    """
    before = Q(fetched_at=None) | Q(fetched_at__lt=datetime.combine(day, time(), UTC))
    shown = Title.objects.visible().filter(before, kind=kind, adult=False).order_by("tmdb_id")
    last = 0
    while some := list(shown.filter(tmdb_id__gt=last).values_list("tmdb_id", flat=True)[:BATCH]):
        yield from some
        last = some[-1]


# --- What became of the dropped -----------------------------------------------------------------
def _seek_merged(under_way: Run, tmdb: TMDB) -> None:
    """Once for each: TMDB says under which id it has what IMDb knows by this number."""
    dropped = Title.objects.filter(hidden_at__isnull=False, refresh_at__isnull=False)
    left = dropped.filter(merged_into=None).exclude(imdb_id="").order_by("refresh_at", "pk")
    sought = {title.pk: title for title in left[:SOUGHT_AT_ONCE]}
    under_way.expect(len(sought))
    for answer in ask_all(sought, lambda pk: tmdb.find(sought[pk].imdb_id), live=under_way.live):
        under_way.row.asked += 1
        under_way.step()
        title = sought[answer.key]
        if answer.error and not isinstance(answer.error, NotFound):
            under_way.fail(title, answer.error)
            continue
        Title.objects.filter(pk=title.pk, hidden_at__isnull=False).update(refresh_at=None)
        if answer.facts:
            _merge(title, answer.facts)


def _merge(title: Title, found: Found) -> None:
    stubs = [s for s in found.titles if s.kind == title.kind and s.tmdb_id != title.tmdb_id]
    for (kind, tmdb_id), pk in store_stubs(stubs[:1]).items():
        try:
            end = merge(title, Title.objects.get(pk=pk))
        except CannotMerge as error:
            log.warning("IMDb's %s is not made one: %s", title.imdb_id, error)
        else:
            if end.details_at is None:
                want([(kind, tmdb_id)], Urgency.AGE)
