"""Gathering errands: what is popular, on a chart, tracked or old, and has to be asked about."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from catalog.models import Collection, Errand, Kind, Person, SyncRun, Title, Urgency
from catalog.sync.asking import Stopped, ask_all
from catalog.sync.diary import Progress, Run, run, silent
from catalog.sync.errands import Ref, want
from catalog.sync.titles import fresh_ids, store_stubs
from catalog.tmdb import TMDB
from catalog.tmdb.shapes import TitleStub

# So many of what is old become errands at once, and no more before few of them are left: what else
# comes up in the meantime is not behind a mountain of them.
TITLES_AT_ONCE, PEOPLE_AT_ONCE, COLLECTIONS_AT_ONCE = 300, 150, 50
FEW = 200
# Twenty-five pages.
BATCH = 500


def sync_popular_lists(tmdb: TMDB, progress: Progress = silent, *, pages: int) -> SyncRun:
    """The lists of popular films and shows; what is not fresh of them is wanted."""
    sheets = [(kind, page) for page in range(1, pages + 1) for kind in Kind.values]
    waiting: list[TitleStub] = []
    with run("popular", progress) as under_way:
        under_way.expect(len(sheets))
        try:
            for answer in ask_all(
                sheets,
                lambda sheet: tmdb.chart(f"{sheet[0]}/popular", sheet[1]),
                live=under_way.live,
            ):
                under_way.row.asked += 1
                if answer.facts is None:
                    under_way.fail(answer.key, answer.error or Stopped())
                else:
                    waiting += answer.facts.titles
                if len(waiting) >= BATCH:
                    _want_listed(under_way, waiting)
                    waiting = []
                under_way.step()
        finally:
            _want_listed(under_way, waiting)
    return under_way.row


def _want_listed(under_way: Run, stubs: Sequence[TitleStub]) -> None:
    store_stubs(stubs)
    refs = {(stub.kind, stub.tmdb_id) for stub in stubs}
    lacking = _not_fresh(refs)
    under_way.row.fresh += len(refs) - len(lacking)
    under_way.row.updated += want(lacking, Urgency.CHART)


def want_charts() -> int:
    """What stands on a chart without details, or with old ones, before anybody opens it."""
    titles = Title.objects.visible().filter(chart_entries__isnull=False)
    return want(titles.filter(_is_lacking()).values_list("kind", "tmdb_id"), Urgency.CHART)


def track(refs: Iterable[Ref]) -> int:
    """Upper apps say that somebody cares for these titles: they do not get old here."""
    refs = {(kind, tmdb_id) for kind, tmdb_id in refs if kind in Kind.values}
    return want(_not_fresh(refs) - _dropped(refs), Urgency.TRACKED)


def gather_due() -> int:
    """What is old enough to be asked about again, the oldest first, while few such are waiting."""
    waiting = Errand.objects.ready().filter(urgency=Urgency.AGE).order_by()
    if len(waiting.values("pk")[:FEW]) >= FEW:
        return 0
    titles = _without_errand(Title.objects.due(), "kind").values_list("kind", "tmdb_id")
    people = _without_errand(Person.objects.due(), Value(Errand.Kind.PERSON))
    never = Q(refresh_at=None) | Q(refresh_at__lte=timezone.now())
    collections = Collection.objects.filter(never, hidden_at=None).order_by("refresh_at", "pk")
    collections = _without_errand(collections, Value(Errand.Kind.COLLECTION))
    due = [
        *titles[:TITLES_AT_ONCE],
        *_refs(Errand.Kind.PERSON, people[:PEOPLE_AT_ONCE]),
        *_refs(Errand.Kind.COLLECTION, collections[:COLLECTIONS_AT_ONCE]),
    ]
    return want(due, Urgency.AGE)


def _without_errand(rows: QuerySet[Any], kind: Value | str) -> QuerySet[Any]:
    """Also none that was given up, or put off: they have their time."""
    of = OuterRef(kind) if isinstance(kind, str) else kind
    return rows.exclude(Exists(Errand.objects.filter(kind=of, tmdb_id=OuterRef("tmdb_id"))))


def _refs(kind: str, rows: QuerySet[Any]) -> list[Ref]:
    return [(kind, pk) for pk in rows.values_list("tmdb_id", flat=True)]


def _is_lacking() -> Q:
    return Q(details_at=None) | Q(refresh_at=None) | Q(refresh_at__lte=timezone.now())


def _not_fresh(refs: set[Ref]) -> set[Ref]:
    fresh = {
        (kind, tmdb_id)
        for kind in Kind.values
        for tmdb_id in fresh_ids(kind, [pk for of, pk in refs if of == kind])
    }
    return refs - fresh


def _dropped(refs: set[Ref]) -> set[Ref]:
    rows = Title.objects.filter(hidden_at__isnull=False, tmdb_id__in=[pk for _, pk in refs])
    return refs & {*rows.values_list("kind", "tmdb_id")}
