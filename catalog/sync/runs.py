"""Whole runs: what is due is asked for, stored in batches, and written in the diary."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from catalog.models import Chart, Collection, Person, SyncRun, Title
from catalog.sync import charts, collections, people, terms, titles
from catalog.sync.asking import Stopped, ask_all
from catalog.sync.diary import Progress, Run, run, silent
from catalog.tmdb import TMDB, NotFound, Refused, TMDBError
from catalog.tmdb.shapes import CollectionFacts, PersonFacts, TitleFacts, TitleStub

log = logging.getLogger(__name__)

K = TypeVar("K")
F = TypeVar("F")

# Enough to share the cost of a statement, few enough that a transaction is short.
BATCH = 25

Ref = tuple[str, int]


class Subject(Generic[K, F]):
    """How one kind of thing is asked for, stored, and hidden when TMDB has dropped it."""

    def __init__(
        self,
        ask: Callable[[K], F],
        store: Callable[[Sequence[F]], titles.Stored | None],
        hide: Callable[[K], int],
    ) -> None:
        self.ask = ask
        self.store = store
        self.hide = hide


def title_subject(tmdb: TMDB) -> Subject[Ref, TitleFacts]:
    return Subject(
        lambda ref: tmdb.title(*ref), titles.store_titles, lambda r: titles.hide_title(*r)
    )


def person_subject(tmdb: TMDB) -> Subject[int, PersonFacts]:
    return Subject(tmdb.person, people.store_people, people.hide_person)


def collection_subject(tmdb: TMDB) -> Subject[int, CollectionFacts]:
    return Subject(tmdb.collection, collections.store_collections, collections.hide_collection)


def refresh(key: K, subject: Subject[K, F]) -> bool:
    """Ask about one thing and store it; false where TMDB has dropped it. Raises TMDBError."""
    try:
        facts = subject.ask(key)
    except NotFound:
        subject.hide(key)
        return False
    subject.store([facts])
    return True


def fetch(under_way: Run, keys: Iterable[K], subject: Subject[K, F]) -> None:
    """Ask for all of these and store the answers, a batch at a time."""
    batch: list[tuple[K, F]] = []
    try:
        for answer in ask_all(keys, subject.ask, live=under_way.live):
            under_way.row.asked += 1
            if answer.facts is not None:
                batch.append((answer.key, answer.facts))
            elif answer.error is not None:
                _missing(under_way, answer.key, answer.error, subject)
            if len(batch) >= BATCH:
                _store(under_way, batch, subject)
                batch = []
    finally:
        # What was answered before a stop is kept.
        _store(under_way, batch, subject)


def _store_chart(under_way: Run, ref: charts.ChartRef, stubs: list[TitleStub]) -> None:
    try:
        charts.store_chart(ref, stubs)
    except DatabaseError as error:
        under_way.fail(charts.PATHS[ref], error)
    else:
        under_way.row.updated += 1


def _missing(under_way: Run, key: K, error: TMDBError, subject: Subject[K, F]) -> None:
    if isinstance(error, NotFound):
        under_way.row.hidden += subject.hide(key)
        log.info("%s: TMDB has dropped it", key)
        under_way.step()
    elif not isinstance(error, Refused):
        under_way.fail(key, error)
        under_way.step()


def _store(under_way: Run, batch: list[tuple[K, F]], subject: Subject[K, F]) -> None:
    """All in one transaction; where the database refuses that, one by one, to find out whom."""
    if not batch:
        return
    try:
        _count(under_way, subject.store([facts for _, facts in batch]), len(batch))
    except DatabaseError as error:
        log.warning("A batch of %d is stored one by one: %s", len(batch), error)
        for key, facts in batch:
            try:
                _count(under_way, subject.store([facts]), 1)
            except DatabaseError as its_error:
                under_way.fail(key, its_error)
    under_way.step(len(batch))


def _count(under_way: Run, stored: titles.Stored | None, number: int) -> None:
    under_way.row.created += stored.created if stored else 0
    under_way.row.updated += stored.updated if stored else number


# --- What can be run -----------------------------------------------------------------------------
def sync_genres(tmdb: TMDB, progress: Progress = silent) -> SyncRun:
    with run("genres", progress) as under_way:
        under_way.expect(1)
        under_way.row.updated = terms.sync_terms(tmdb)
        under_way.row.asked = 6
        under_way.step()
    return under_way.row


def sync_charts(tmdb: TMDB, progress: Progress = silent, *, pages: int = 2) -> SyncRun:
    with run("charts", progress) as under_way:
        under_way.expect(len(charts.PATHS))
        for answer in ask_all(
            charts.PATHS, lambda ref: charts.read_chart(tmdb, ref, pages), live=under_way.live
        ):
            under_way.row.asked += pages
            if answer.facts is None:
                under_way.fail(charts.PATHS[answer.key], answer.error or Stopped())
            else:
                _store_chart(under_way, answer.key, answer.facts)
            under_way.step()
    return under_way.row


def sync_popular(
    tmdb: TMDB, kind: str, progress: Progress = silent, *, pages: int, again: bool = False
) -> SyncRun:
    """The most popular films or shows, 20 a page, with details; fresh ones only if `again`."""
    with run({"movie": "movies"}.get(kind, kind), progress) as under_way:
        under_way.expect(pages * 20)
        fetch(under_way, _popular(under_way, tmdb, kind, pages, again), title_subject(tmdb))
    return under_way.row


def sync_titles(
    tmdb: TMDB, refs: Iterable[Ref], progress: Progress = silent, *, kind: str = "title"
) -> SyncRun:
    """These titles, however fresh they are."""
    wanted = list(dict.fromkeys(refs))
    with run(kind, progress) as under_way:
        under_way.expect(len(wanted))
        fetch(under_way, wanted, title_subject(tmdb))
    return under_way.row


def sync_people(tmdb: TMDB, ids: Iterable[int], progress: Progress = silent) -> SyncRun:
    wanted = list(dict.fromkeys(ids))
    with run("people", progress) as under_way:
        under_way.expect(len(wanted))
        fetch(under_way, wanted, person_subject(tmdb))
    return under_way.row


def sync_collections(tmdb: TMDB, ids: Iterable[int], progress: Progress = silent) -> SyncRun:
    wanted = list(dict.fromkeys(ids))
    with run("collections", progress) as under_way:
        under_way.expect(len(wanted))
        fetch(under_way, wanted, collection_subject(tmdb))
    return under_way.row


def due_titles(limit: int) -> list[Ref]:
    return list(Title.objects.due().values_list("kind", "tmdb_id")[:limit])


def titles_without_details(kinds: Iterable[str], limit: int) -> list[Ref]:
    """The most popular of those known by name, or from lists and credits."""
    left = Title.objects.visible().filter(kind__in=kinds, details_at=None).by_popularity()
    return list(left.values_list("kind", "tmdb_id")[:limit])


def people_without_details(limit: int) -> list[int]:
    people_left = Person.objects.visible().filter(details_at=None).by_popularity()
    return list(people_left.values_list("pk", flat=True)[:limit])


def due_people(limit: int) -> list[int]:
    return list(Person.objects.due().values_list("pk", flat=True)[:limit])


def due_collections(limit: int) -> list[int]:
    """Those never fetched among them."""
    due = Q(refresh_at=None) | Q(refresh_at__lte=timezone.now())
    wanted = Collection.objects.filter(due, hidden_at=None)
    return list(wanted.order_by("refresh_at", "pk").values_list("pk", flat=True)[:limit])


def charts_are_empty() -> bool:
    return not Chart.objects.exists()


def _popular(under_way: Run, tmdb: TMDB, kind: str, pages: int, again: bool) -> Iterator[Ref]:
    """As the pages come: the titles of the first are asked for while the second is on its way.

    Without those held in full and fresh: so a run that was cut short goes on from there.
    """
    seen: set[int] = set()
    for answer in ask_all(range(1, pages + 1), lambda n: tmdb.chart(f"{kind}/popular", n)):
        under_way.row.asked += 1
        if answer.facts is None:
            under_way.fail(f"{kind}/popular page {answer.key}", answer.error or Stopped())
            under_way.expect(-20)
            continue
        new = [stub.tmdb_id for stub in answer.facts.titles if stub.tmdb_id not in seen]
        under_way.expect(len(new) - 20)
        seen.update(new)
        fresh = set() if again else titles.fresh_ids(kind, new)
        under_way.row.fresh += len(fresh)
        under_way.step(len(fresh))
        yield from ((kind, tmdb_id) for tmdb_id in new if tmdb_id not in fresh)
