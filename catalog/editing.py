"""What an editor decides about titles, and sync then leaves alone."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import Title
from catalog.sync.index import index_titles
from catalog.sync.telling import tell

# What TMDB tells of a title, and an editor may know better.
LOCKABLE = (
    "name",
    "original_name",
    "tagline",
    "overview",
    "homepage",
    "poster_path",
    "backdrop_path",
    "status",
    "type",
    "release_date",
    "last_air_date",
    "runtime",
    "adult",
    "imdb_id",
    "tvdb_id",
    "wikidata_id",
    "original_language",
    "collection",
    "hidden_at",
)


def hide(ids: Collection[int]) -> int:
    """Take these titles off the site until somebody shows them again, whatever TMDB says."""
    with transaction.atomic():
        shown = _held(Title.objects.visible().filter(pk__in=ids))
        for title in shown:
            title.hidden_at = timezone.now()
            _keep(title, ["hidden_at"])
        _write(shown, ["hidden_at"])
    return len(shown)


def show(ids: Collection[int]) -> int:
    """Put these back, and leave it to TMDB again whether they stay. Merged ones have no page."""
    with transaction.atomic():
        hidden = Title.objects.filter(pk__in=ids, hidden_at__isnull=False)
        shown = _held(hidden.filter(merged_into=None))
        for title in shown:
            title.hidden_at = None
            _release(title, ["hidden_at"])
        _write(shown, ["hidden_at"])
    return len(shown)


def lock(title: Title, fields: Iterable[str]) -> None:
    """Sync leaves these fields as they are from now on."""
    with transaction.atomic():
        (row,) = _held(Title.objects.filter(pk=title.pk))
        _keep(row, fields)
        row.save(update_fields=["locked"])
    title.locked = row.locked


def unlock(title: Title, fields: Iterable[str]) -> None:
    """What TMDB says of these counts again, from the next time it is asked."""
    with transaction.atomic():
        (row,) = _held(Title.objects.filter(pk=title.pk))
        _release(row, fields)
        row.save(update_fields=["locked"])
    title.locked = row.locked


def edit(title: Title, changed: Collection[str]) -> list[str]:
    """Write these fields of the title as it was edited; those that sync would undo are locked.

    Nothing else of the row is written: sync may have been there since the form was opened.
    """
    kept = [name for name in changed if name in LOCKABLE]
    written = list(changed)
    if "release_date" in changed:
        title.year = title.release_date.year if title.release_date else None
        written.append("year")
    with transaction.atomic():
        lock(title, kept)
        _write([title], written)
    return kept


def _held(titles: QuerySet[Title]) -> list[Title]:
    """For a change, in the order in which sync takes them, too."""
    return list(titles.select_for_update().order_by("kind", "tmdb_id"))


def _keep(title: Title, fields: Iterable[str]) -> None:
    title.locked = sorted({*title.locked, *fields} & {*LOCKABLE})


def _release(title: Title, fields: Iterable[str]) -> None:
    title.locked = sorted({*title.locked} - {*fields})


def _write(titles: Collection[Title], fields: Collection[str]) -> None:
    for title in titles:
        title.save(update_fields=[*fields, "locked"])
    index_titles([title.pk for title in titles])
    tell(*(f"{title.kind}/{title.tmdb_id}" for title in titles))
