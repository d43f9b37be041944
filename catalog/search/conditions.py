"""What names are looked for: conditions, and the statements made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

COLUMNS = "of, COALESCE(title_id, person_id, collection_id), form, joined, is_main, fame, year"
KNOWN = "is_known AND "


class Candidate(NamedTuple):
    of: str
    pk: int
    form: str
    joined: str
    is_main: bool
    fame: float
    year: int | None


@dataclass(frozen=True)
class Condition:
    """A piece of SQL that both databases have, with its values, and the order if not by fame."""

    sql: str
    values: list[Any]
    order: str = "fame DESC"
    order_values: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Filter:
    """What the reader wants besides: titles only, as soon as there is anything."""

    genre: int | None = None
    year_from: int | None = None
    year_to: int | None = None

    @property
    def condition(self) -> Condition:
        sql, values = "", []
        if self.genre is not None:
            sql += (
                " AND EXISTS (SELECT 1 FROM catalog_title_genres filed"
                " WHERE filed.title_id = catalog_name.title_id AND filed.genre_id = %s)"
            )
            values.append(self.genre)
        if self.year_from is not None:
            sql += " AND year >= %s"
            values.append(self.year_from)
        if self.year_to is not None:
            sql += " AND year <= %s"
            values.append(self.year_to)
        return Condition(sql, values)


@dataclass(frozen=True)
class Step:
    """At most so many names of this condition, the best known first or, if any do, unordered."""

    condition: Condition
    most: int
    known: bool = True
    ordered: bool = True


def candidates(steps: Sequence[Step], wanted: Filter) -> list[Candidate]:
    """All steps in one statement."""
    also = wanted.condition
    parts, values = [], []
    for step in steps:
        condition = step.condition
        where = f"{KNOWN if step.known else ''}{condition.sql}{also.sql}"
        order = f" ORDER BY {condition.order}, id" if step.ordered else ""
        parts.append(
            f"SELECT * FROM (SELECT {COLUMNS} FROM catalog_name"  # noqa: S608
            f" WHERE {where}{order} LIMIT {step.most}) AS step"
        )
        values += [*condition.values, *also.values]
        values += condition.order_values if step.ordered else []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [Candidate(*row) for row in cursor.fetchall()]
