"""Two of TMDB's that are one: the dropped one leads to the other."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from catalog.models import Title
from catalog.sync.index import index_titles
from catalog.sync.locks import HIDING
from catalog.sync.telling import tell

Ref = tuple[str, int]


class CannotMerge(Exception):
    """These two cannot be one."""


def merge(title: Title, into: Title, *, by_hand: bool = False) -> Title:
    """Whoever looks for this title is sent to that one, or to where that one leads.

    It is hidden, and all that hangs on it stays. `by_hand`: whatever TMDB says of it from then on.
    """
    with transaction.atomic():
        title, into = _locked(title, into)
        end = _end(into)
        if end.pk == title.pk or end.kind != title.kind or end.hidden_at:
            raise CannotMerge(f"{title.kind} {title.tmdb_id}, {end.kind} {end.tmdb_id}")
        title.merged_into = end
        title.hidden_at = title.hidden_at or timezone.now()
        title.refresh_at = None
        if by_hand:
            title.locked = sorted({*title.locked, HIDING})
        title.save(update_fields=["merged_into", "hidden_at", "refresh_at", "locked"])
        # Nobody is sent on twice.
        Title.objects.filter(merged_into=title).update(merged_into=end)
        _follow(title, end)
    return end


def unmerge(title: Title) -> None:
    """They are two after all: it has its page again, and TMDB is asked about it."""
    with transaction.atomic():
        Title.objects.filter(pk=title.pk).update(
            merged_into=None,
            hidden_at=None,
            refresh_at=timezone.now(),
            locked=[name for name in title.locked if name != HIDING],
        )
        title.refresh_from_db()
        _follow(title)


def successor(kind: str, tmdb_id: int) -> Ref | None:
    """Where readers of a title that is gone are sent to."""
    merged = Title.objects.filter(
        kind=kind,
        tmdb_id=tmdb_id,
        hidden_at__isnull=False,
        merged_into__isnull=False,
        merged_into__hidden_at=None,
    )
    return merged.values_list("merged_into__kind", "merged_into__tmdb_id").first()


def merge_twins(imdb_ids: Collection[str]) -> None:
    """IMDb numbers a film once: a dropped one whose number a visible one bears is that one."""
    alike = Title.objects.filter(imdb_id__in={*imdb_ids} - {""})
    dropped = alike.filter(hidden_at__isnull=False, merged_into=None).order_by("pk")
    for title in dropped:
        twins = alike.visible().filter(kind=title.kind, imdb_id=title.imdb_id)
        twin = twins.order_by("-vote_count", "pk").first()
        if twin and HIDING not in title.locked:
            merge(title, twin)


def forget_merged(ids: Collection[int]) -> None:
    """These are shown again, so they lead nowhere else."""
    Title.objects.visible().filter(pk__in=ids, merged_into__isnull=False).update(merged_into=None)


def _locked(title: Title, into: Title) -> tuple[Title, Title]:
    """As they are now, in the order in which sync takes them, too."""
    rows = Title.objects.select_for_update().filter(pk__in=[title.pk, into.pk])
    held = {row.pk: row for row in rows.order_by("kind", "tmdb_id")}
    return held[title.pk], held[into.pk]


def _end(title: Title) -> Title:
    """Where it leads; no further than one step, since `merge` keeps it so."""
    return title.merged_into or title


def _follow(*titles: Title) -> None:
    """Pages and indexes."""
    index_titles([title.pk for title in titles])
    tell(*(f"{title.kind}/{title.tmdb_id}" for title in titles))
