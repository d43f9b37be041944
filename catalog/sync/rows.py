"""Making rows say what TMDB says: new ones written, differing ones changed, the rest left.

Rows come as dicts of column values: to make a model of each just to find it unchanged would cost
more than all the rest. Everything is written in the order of its key, so that two processes which
store the same things wait for each other instead of locking each other out.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Model

Values = dict[str, Any]


def hold(model: type[Model], rows: Iterable[Values], *, fields: Sequence[str]) -> list[Any]:
    """See that rows known by TMDB's own key are there, and that `fields` are as given.

    Without fields nothing that is there is touched, or waited for. What was written is returned.
    """
    key = model._meta.pk.attname
    wanted = {row[key]: row for row in rows}
    held = {
        values[key]: values
        for values in model._default_manager.filter(pk__in=wanted).values(key, *fields)
    }
    changed = [row for pk, row in wanted.items() if _differs(row, held.get(pk), fields)]
    write(model, changed, key=(key,), fields=[*fields, "fetched_at"] if fields else ())
    return [row[key] for row in changed]


def replace(
    model: type[Model],
    rows: Iterable[Values],
    *,
    parent: str,
    parents: Collection[int],
    key: Sequence[str],
) -> None:
    """Make `rows` the only ones of these parents; `key` tells which is which among them."""
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    others = [name for name in fields if name not in key]
    held = {
        tuple(values[name] for name in key): values
        for values in model._default_manager.filter(**{f"{parent}__in": parents}).values(
            "pk", *fields
        )
    }
    changed = []
    for row in rows:
        if _differs(row, held.pop(tuple(row[name] for name in key), None), others):
            changed.append(row)
    if held:
        model._default_manager.filter(pk__in=[values["pk"] for values in held.values()]).delete()
    write(model, changed, key=key, fields=others)


def write(
    model: type[Model], rows: Iterable[Values], *, key: Sequence[str], fields: Sequence[str]
) -> None:
    """Insert, or bring `fields` up to date in what has this key already."""
    ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in key))
    model._default_manager.bulk_create(
        _made(model, ordered),
        update_conflicts=bool(fields),
        ignore_conflicts=not fields,
        unique_fields=key if fields else None,
        update_fields=fields or None,
    )


def _made(model: type[Model], rows: Iterable[Values]) -> list[Model]:
    """By position, which is twice as quick as by name."""
    columns = [(field.attname, field.get_default()) for field in model._meta.concrete_fields]
    return [model(*[row.get(name, default) for name, default in columns]) for row in rows]


def _differs(row: Values, held: Values | None, fields: Sequence[str]) -> bool:
    return held is None or any(held[name] != row[name] for name in fields)
