"""manage.py reindex: bring the indexes of search and discover up to the catalogue."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model
from tqdm import tqdm

from catalog.models import Collection, Person, Title
from catalog.sync.index import index_titles
from catalog.sync.names import name_collections, name_people

BATCH = 1000

SUBJECTS: tuple[tuple[type[Model], Callable[[list[int]], None]], ...] = (
    (Title, index_titles),
    (Person, name_people),
    (Collection, name_collections),
)


class Command(BaseCommand):
    help = "Bring the indexes of search and discover up to the catalogue; what differs is written."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, name in SUBJECTS:
            named = str(model._meta.verbose_name_plural)
            total = model._default_manager.count()
            with tqdm(desc=named, total=total, unit="", disable=None, leave=False) as bar:
                for ids in _batches(model):
                    with transaction.atomic():
                        name(ids)
                    bar.update(len(ids))
            if options["verbosity"]:
                self.stdout.write(f"{named}: {total}")


def _batches(model: type[Model]) -> Iterator[list[int]]:
    """By key, each batch from where the last one ended."""
    last = 0
    rows = model._default_manager.order_by("pk")
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
