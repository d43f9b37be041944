"""Reconciling: whether rows that belong together say the same, and mending what does not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.models import (
    Chart,
    ChartEntry,
    Collection,
    Credit,
    Episode,
    Errand,
    Name,
    Person,
    Season,
    Title,
    Urgency,
)
from catalog.models.facets import are_kept
from catalog.spelling import forms
from catalog.sync.diary import close_lost, lost
from catalog.sync.errands import want
from catalog.sync.index import index_titles
from catalog.sync.names import name_collections, name_people

BATCH = 500
# Whoever took an errand so long ago is gone, and nobody has taken it since.
FORGOTTEN = timedelta(hours=1)

Keys = Iterable[int]


class Check(NamedTuple):
    """What should not be, the keys of what is so nevertheless, and how that is mended."""

    what: str
    find: Callable[[], Keys]
    mend: Callable[[Sequence[int]], object]


def reconcile(*, mend: bool = False) -> Iterator[tuple[str, int]]:
    """Everything that is amiss, in words, and how often."""
    for check in CHECKS:
        found = list(check.find())
        left = iter(found)
        while mend and (some := list(islice(left, BATCH))):
            with transaction.atomic():
                check.mend(some)
        if found:
            yield check.what, len(found)


# --- Charts and titles --------------------------------------------------------------------------
def _charts_with_gaps() -> Keys:
    ranked = Chart.objects.annotate(entered=Count("entries"), last=Max("entries__rank"))
    return _keys(ranked.exclude(entered=F("last")).filter(last__isnull=False))


def _close_ranks(charts: Sequence[int]) -> None:
    for chart in charts:
        entries = ChartEntry.objects.filter(chart=chart).order_by("rank")
        for rank, entry in enumerate(entries, start=1):
            ChartEntry.objects.filter(pk=entry.pk).update(rank=rank)


def _shows_without_seasons() -> Keys:
    seasons = Season.objects.visible().filter(title=OuterRef("pk"))
    shows = _in_full().filter(kind="tv", season_count__gt=0)
    return _keys(shows.exclude(Exists(seasons)))


def _with_doubled_credits() -> Keys:
    alike = ("title", "person", "department", "job", "character", "position")
    doubled = Credit.objects.order_by().values(*alike).annotate(rows=Count("pk"))
    return {row["title"] for row in doubled.filter(rows__gt=1)}


def _with_doubled_episodes() -> Keys:
    shown = Episode.objects.visible().filter(season__hidden_at=None, season__title__hidden_at=None)
    numbered = shown.order_by().values("season__title", "season", "number")
    doubled = numbered.annotate(rows=Count("pk")).filter(rows__gt=1)
    return {row["season__title"] for row in doubled}


def _never_asked_again() -> Keys:
    return _keys(_in_full().filter(refresh_at=None))


def _ask_again(titles: Sequence[int]) -> None:
    refs = Title.objects.filter(pk__in=titles).values_list("kind", "tmdb_id")
    want(refs, Urgency.AGE)


def _merged_and_shown() -> Keys:
    return _keys(Title.objects.visible().filter(merged_into__isnull=False))


def _part(titles: Sequence[int]) -> None:
    Title.objects.filter(pk__in=titles).update(merged_into=None)


def _sent_on_twice() -> Keys:
    return _keys(Title.objects.filter(merged_into__merged_into__isnull=False))


def _send_to_the_end(titles: Sequence[int]) -> None:
    for title in Title.objects.filter(pk__in=titles).select_related("merged_into"):
        end = title.merged_into and title.merged_into.merged_into
        Title.objects.filter(pk=title.pk).update(merged_into=end if end != title else None)


# --- What they are found by ---------------------------------------------------------------------
def _unnamed(model: type[Model], field: str, *names: str) -> Keys:
    """Those that are shown and have no name in the search, though they have one that spells."""
    shown = model._default_manager.filter(hidden_at=None)
    lacking = shown.exclude(Exists(Name.objects.filter(**{field: OuterRef("pk")})))
    for pk, *spelt in lacking.order_by("pk").values_list("pk", *names).iterator():
        if any(map(forms, spelt)):
            yield pk


def _named_though_hidden(model: type[Model], field: str) -> Keys:
    hidden = model._default_manager.filter(hidden_at__isnull=False)
    return _keys(hidden.filter(Exists(Name.objects.filter(**{field: OuterRef("pk")}))))


def _misfiled() -> Keys:
    """Without facets, or with those that only what is shown has."""
    if not are_kept():
        return []
    hidden = Title.objects.filter(hidden_at__isnull=False).exclude(facets__numbers=[])
    return {*_keys(Title.objects.filter(facets=None)), *_keys(hidden)}


# --- Errands and runs ---------------------------------------------------------------------------
def _errands_for_the_fresh() -> Keys:
    """Of who wants no more than that it is fresh, and it has become so by another way."""
    now = timezone.now()
    same = {"tmdb_id": OuterRef("tmdb_id"), "fetched_at__gt": OuterRef("due_at")}
    fresh = {"hidden_at": None, "details_at__isnull": False, "refresh_at__gt": now, **same}
    is_fresh = Exists(Title.objects.filter(kind=OuterRef("kind"), **fresh))
    of_person = Q(Exists(Person.objects.filter(**fresh)), kind=Errand.Kind.PERSON)
    idle = Q(taken_until=None) | Q(taken_until__lte=now)
    wanted = Errand.objects.filter(idle).exclude(urgency=Urgency.CHANGED)
    return _keys(wanted.filter(Q(is_fresh) | of_person))


def _drop_errands(errands: Sequence[int]) -> None:
    Errand.objects.filter(pk__in=errands).delete()


def _forgotten_errands() -> Keys:
    return _keys(Errand.objects.open().filter(taken_until__lte=timezone.now() - FORGOTTEN))


def _release(errands: Sequence[int]) -> None:
    Errand.objects.filter(pk__in=errands).update(taken_until=None)


def _in_full() -> QuerySet[Title]:
    return Title.objects.visible().with_details()


def _keys(rows: QuerySet[Any]) -> Keys:
    return rows.order_by("pk").values_list("pk", flat=True).iterator()


CHECKS = (
    Check("charts with gaps in their ranks", _charts_with_gaps, _close_ranks),
    Check("shows without seasons that should have some", _shows_without_seasons, _ask_again),
    Check("titles with a credit twice", _with_doubled_credits, _ask_again),
    Check("shows with an episode twice", _with_doubled_episodes, _ask_again),
    Check("titles that nobody asks about again", _never_asked_again, _ask_again),
    Check("titles that are shown and lead elsewhere", _merged_and_shown, _part),
    Check("titles that lead elsewhere in two steps", _sent_on_twice, _send_to_the_end),
    Check(
        "titles that the search does not know",
        lambda: _unnamed(Title, "title", "name", "original_name"),
        index_titles,
    ),
    Check(
        "people whom the search does not know",
        lambda: _unnamed(Person, "person", "name"),
        name_people,
    ),
    Check(
        "collections that the search does not know",
        lambda: _unnamed(Collection, "collection", "name"),
        name_collections,
    ),
    Check(
        "hidden titles that the search finds",
        lambda: _named_though_hidden(Title, "title"),
        index_titles,
    ),
    Check(
        "hidden people whom the search finds",
        lambda: _named_though_hidden(Person, "person"),
        name_people,
    ),
    Check(
        "hidden collections that the search finds",
        lambda: _named_though_hidden(Collection, "collection"),
        name_collections,
    ),
    Check("titles that discover has wrong", _misfiled, index_titles),
    Check("errands for what is fresh", _errands_for_the_fresh, _drop_errands),
    Check("errands that whoever took them has forgotten", _forgotten_errands, _release),
    Check("runs that never ended", lambda: _keys(lost()), lambda runs: close_lost()),
)
