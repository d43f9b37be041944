"""Pictures that TMDB lacks and Fanart.tv had."""

from collections.abc import Mapping

from django.db.models import Q

from catalog.models import Title
from catalog.models.pictures import FANART
from catalog.sync.rows import Values

FIELDS = ("poster_path", "backdrop_path")


def keep_art(rows: Mapping[tuple[str, int], Values]) -> None:
    """Where TMDB still has none, they stay in the place of what would be written over them."""
    bare = [tmdb_id for (_, tmdb_id), row in rows.items() if not all(row[f] for f in FIELDS)]
    if not bare:
        return
    theirs = Q(poster_path__startswith=FANART) | Q(backdrop_path__startswith=FANART)
    held = Title.objects.filter(theirs, tmdb_id__in=bare)
    for was in held.values("kind", "tmdb_id", *FIELDS):
        row = rows.get((was["kind"], was["tmdb_id"]), {})
        row.update({f: was[f] for f in FIELDS if was[f].startswith(FANART) and not row.get(f)})
