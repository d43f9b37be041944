"""What names are looked for: conditions, and the statements made of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.db import connection

from cinehub.kit.near import near_all

COLUMNS = "of, COALESCE(title_id, person_id, collection_id), form, joined, is_main, fame, year, id"
KNOWN = "is_known AND "
READ = 1500


class Candidate(NamedTuple):
    of: str
    pk: int
    form: str
    joined: str
    is_main: bool
    fame: float
    year: int | None
    id: int


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
    """At most so many names of this condition, the best known first if `ordered`.

    What an index has in that order is read in it. Else the order costs as much as there are names,
    and of very many not all are `read`.
    """

    condition: Condition
    most: int
    known: bool = True
    ordered: bool = True
    read: int = READ

    def sql(self, also: Condition) -> tuple[str, list[Any]]:
        condition = self.condition
        where = f"{KNOWN if self.known else ''}{condition.sql}{also.sql}"
        names = f"SELECT {COLUMNS} FROM catalog_name WHERE {where}"  # noqa: S608
        values = [*condition.values, *also.values]
        if self.ordered:
            inner = f"SELECT * FROM ({names} LIMIT {self.read}) AS read" if self.read else names  # noqa: S608
            names = f"{inner} ORDER BY {condition.order}, id"
            values += condition.order_values
        return f"SELECT * FROM ({names} LIMIT {self.most}) AS step", values  # noqa: S608


def candidates(steps: Sequence[Step], wanted: Filter) -> list[Candidate]:
    """All steps in one statement."""
    if not steps:
        return []
    parts = [step.sql(wanted.condition) for step in steps]
    values = [value for _, values in parts for value in values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), values)
        return [Candidate(*row) for row in cursor.fetchall()]


def spellings(lengths: Collection[int], most: int) -> list[str]:
    """The best known names of each of these lengths; a process remembers them."""
    known = near_all("spellings", sorted(lengths), partial(_spellings, most))
    return [name for names in known for name in names]


def _spellings(most: int, lengths: Collection[int]) -> dict[int, list[str]]:
    """Read from an index alone."""
    parts = (
        "SELECT length, joined FROM (SELECT length, joined FROM catalog_name"  # noqa: S608
        f" WHERE is_known AND is_main AND length = {length}"
        f" ORDER BY fame DESC, joined, id LIMIT {most}) AS step"
        for length in lengths
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        names: dict[int, dict[str, None]] = {length: {} for length in lengths}
        for length, joined in cursor.fetchall():
            names[length][joined] = None
    return {length: list(known) for length, known in names.items()}
