"""Collections, and the films in them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalog.models import Collection, Name, Title
from catalog.sync.ages import COLLECTION_DAYS
from catalog.sync.names import name_collections
from catalog.sync.telling import arrived, tell
from catalog.sync.titles import store_stubs
from catalog.tmdb.shapes import CollectionFacts


def store_collections(facts: Sequence[CollectionFacts]) -> None:
    now = timezone.now()
    for collection in facts:
        with transaction.atomic():
            Collection.objects.update_or_create(
                tmdb_id=collection.tmdb_id,
                defaults={
                    "name": collection.name,
                    "overview": collection.overview,
                    "poster_path": collection.poster_path,
                    "backdrop_path": collection.backdrop_path,
                    "fetched_at": now,
                    "refresh_at": now + timedelta(days=COLLECTION_DAYS),
                    "hidden_at": None,
                },
            )
            ids = store_stubs(collection.parts).values()
            _gather(collection.tmdb_id, ids)
            name_collections([collection.tmdb_id])
            tell()
            arrived(f"collection/{collection.tmdb_id}")


def _gather(collection: int, ids: Iterable[int]) -> None:
    """Without those that an editor keeps elsewhere."""
    films = Title.objects.filter(pk__in=list(ids))
    locked = films.exclude(locked=[]).values_list("pk", "locked")
    films.exclude(pk__in=[pk for pk, names in locked if "collection" in names]).update(
        collection=collection
    )


def hide_collection(tmdb_id: int) -> int:
    with transaction.atomic():
        Name.objects.filter(collection=tmdb_id).delete()
        tell()
        shown = Collection.objects.filter(pk=tmdb_id, hidden_at=None)
        return shown.update(hidden_at=timezone.now())
