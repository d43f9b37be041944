"""What an editor has decided stays, whatever TMDB says."""

from collections.abc import Mapping, Sequence

from catalog.models import Title
from catalog.sync.rows import Values

Ref = tuple[str, int]

# The field that says whether a title is shown.
HIDING = "hidden_at"
# Told by another field, and locked with it.
FOLLOWS = {"release_date": "year"}


def keep_locked(rows: Mapping[Ref, Values], locked: Mapping[Ref, Sequence[str]]) -> None:
    """Put what these titles' rows say now in the place of what would be written over it."""
    if not locked:
        return
    names = {name for some in locked.values() for name in some} & {*_COLUMNS}
    columns = {_COLUMNS[name] for name in names} | {FOLLOWS[n] for n in names if n in FOLLOWS}
    ids = [tmdb_id for _, tmdb_id in locked]
    for held in Title.objects.filter(tmdb_id__in=ids).values("kind", "tmdb_id", *columns):
        ref = (held["kind"], held["tmdb_id"])
        rows.get(ref, {}).update({name: held[name] for name in _kept(locked.get(ref, ()))})


def _kept(names: Sequence[str]) -> list[str]:
    known = [name for name in names if name in _COLUMNS]
    return [_COLUMNS[name] for name in known] + [FOLLOWS[n] for n in known if n in FOLLOWS]


_COLUMNS = {field.name: field.attname for field in Title._meta.concrete_fields}
