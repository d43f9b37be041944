"""Making rows say what TMDB says: what is new is written, what differs is changed, the rest is left.

Everything is written in the order of its key. Two processes that store the same things then wait for
each other instead of locking each other out.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def hold(model: type[M], rows: Iterable[M], *, fields: Sequence[str]) -> None:
    """See that rows known by TMDB's own key are there, and that `fields` are as given."""
    wanted = {row.pk: row for row in rows}
    held = {
        values["pk"]: values
        for values in model._default_manager.filter(pk__in=wanted).values("pk", *fields)
    }
    changed = [row for pk, row in sorted(wanted.items()) if _differs(row, held.get(pk), fields)]
    model._default_manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=[_key_of(model)],
        update_fields=[*fields, *_age_fields(model)],
    )


def replace(
    model: type[M],
    rows: Iterable[M],
    *,
    parent: str,
    parents: Collection[int],
    key: Sequence[str],
) -> None:
    """Make `rows` the only ones of these parents; `key` tells which is which among them."""
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    held = {
        tuple(values[name] for name in key): values
        for values in model._default_manager.filter(**{f"{parent}__in": parents}).values(
            "pk", *fields
        )
    }
    changed = []
    for row in rows:
        if _differs(row, held.pop(tuple(getattr(row, name) for name in key), None), fields):
            changed.append(row)
    if held:
        model._default_manager.filter(pk__in=[values["pk"] for values in held.values()]).delete()
    write(model, changed, key=key)


def write(model: type[M], rows: Sequence[M], *, key: Sequence[str]) -> None:
    """Insert, or update what has this key."""
    others = [
        f.attname for f in model._meta.concrete_fields if not f.primary_key and f.attname not in key
    ]
    model._default_manager.bulk_create(
        sorted(rows, key=lambda row: tuple(str(getattr(row, name)) for name in key)),
        update_conflicts=bool(others),
        ignore_conflicts=not others,
        unique_fields=key if others else None,
        update_fields=others or None,
    )


def _differs(row: Model, held: dict[str, Any] | None, fields: Sequence[str]) -> bool:
    return held is None or any(held[name] != getattr(row, name) for name in fields)


def _key_of(model: type[Model]) -> str:
    key = model._meta.pk
    assert key is not None
    return key.attname


def _age_fields(model: type[Model]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.name == "fetched_at"]
