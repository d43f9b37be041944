"""Questions that are put into SQL once and asked many times, several of them in one go.

For a page of ten small questions Django takes longer to write their SQL, and to ask one after the
other, than the database takes to answer. These stay what they are, QuerySets: a question is

    def _rows() -> Parts:
        return {"videos": Video.objects.filter(title=Given("title")).values_list("key", "name")}

    KNOWN = Written(_rows)

and `KNOWN.ask(title=603)["videos"]` has them. They come as JSON: a day is text, `2026-11-20`.
"""

import json
from collections.abc import Callable, Iterable
from copy import copy
from decimal import Decimal
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

Parts = dict[str, QuerySet[Any, Any]]
M = TypeVar("M", bound=Model)

# A row as an array, and all rows as one.
_ARRAYS = {
    "postgresql": ("json_build_array({})", "COALESCE(json_agg({}), '[]')"),
    "sqlite": ("json_array({})", "json_group_array({})"),
}


class Given(Expression):
    """Where a value stands that is told when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Somebody(Given):
    """A member who is told with the question, where rules want one (`visible_to`, `open_to`)."""

    is_authenticated = True

    def __init__(self, name: str, *, is_staff: bool = False) -> None:
        super().__init__(name)
        self.is_staff = is_staff

    @property
    def pk(self) -> Given:
        return self


@Field.register_lookup
class Among(Lookup):
    """`pk__among=Given("keys")`: one of a list that is told, whose length the SQL does not say."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs]

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        column, params = self.process_lhs(compiler, connection)
        # The names of our own columns.
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, self.rhs]  # noqa: S608


class Written:
    """A question; `parts` says what is asked, as `values_list` of some fields each."""

    def __init__(self, parts: Callable[[], Parts]) -> None:
        self._sql = cache(lambda vendor: _together(vendor, parts()))

    def ask(self, **given: object) -> dict[str, list[Any]]:
        """The rows of each part."""
        names, sql, params = self._sql(connection.vendor)
        with _cursor() as cursor:
            cursor.execute(sql, _filled(params, given))
            answer = cursor.fetchone()
        return {name: json.loads(rows) for name, rows in zip(names, answer, strict=True)}


class WrittenRows:
    """A question of one QuerySet, whose rows come as the database has them, a day as a day."""

    def __init__(self, rows: Callable[[], QuerySet[Any, Any]]) -> None:
        self._sql = cache(lambda vendor: rows().query.sql_with_params())

    def ask(self, **given: object) -> list[tuple[Any, ...]]:
        sql, params = self._sql(connection.vendor)
        with _cursor() as cursor:
            cursor.execute(sql, _filled(params, given))
            return cursor.fetchall()


class WrittenThings(Generic[M]):
    """A question of one QuerySet, whose things are whole, with what it selects beside them."""

    def __init__(self, things: Callable[[], QuerySet[M]]) -> None:
        self._written = cache(lambda vendor: _compiled(things()))

    def ask(self, **given: object) -> list[M]:
        things, compiler, sql, params = self._written(connection.vendor)
        asked = copy(compiler)
        asked.connection = _Asking()
        asked.as_sql = lambda *_told, **_more: (sql, _filled(params, given))
        again = things.all()
        again.query.get_compiler = lambda *_told, **_more: asked  # type: ignore[method-assign]
        return list(again)


def decimal(told: object) -> Decimal | None:
    """What came as JSON, or as SQLite has it, is no decimal any more."""
    return None if told is None else Decimal(str(told))


class _Asking:
    """This thread's connection, which asks by `_cursor`."""

    def __getattr__(self, name: str) -> Any:
        return getattr(connection, name)

    def cursor(self) -> CursorWrapper:
        return _cursor()


def _cursor() -> CursorWrapper:
    """On PostgreSQL one by which the server remembers how a question is best answered.

    To find that out takes it longer than the answer. Django's own fills in what is told before it
    asks, so that no two questions are the same to the server. But what was asked like this nobody
    is told, so who looks at a connection's queries has these asked as all others are.
    """
    cursor = connection.cursor()
    if connection.vendor == "postgresql" and not connection.queries_logged:
        cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return cursor


def _compiled(things: QuerySet[M]) -> tuple[QuerySet[M], Any, str, Iterable[Any]]:
    compiler = things.query.get_compiler(using=things.db)
    sql, params = compiler.as_sql()
    return things, compiler, sql, params


def _filled(params: Iterable[Any], given: dict[str, object]) -> list[Any]:
    return [_told(given[each.name]) if isinstance(each, Given) else each for each in params]


def _told(value: Any) -> Any:
    """A list as the database takes one."""
    is_list = isinstance(value, list)
    return json.dumps(value) if is_list and connection.vendor == "sqlite" else value


def _together(vendor: str, parts: Parts) -> tuple[list[str], str, list[Any]]:
    array, arrays = _ARRAYS[vendor]
    columns: list[str] = []
    params: list[Any] = []
    for rows in parts.values():
        sql, values = rows.query.sql_with_params()
        fields = ", ".join(f'"{name}"' for name in rows.query.selected or ())
        every = arrays.format(array.format(fields))
        # Names of our own fields, none of them anybody's input.
        columns.append(f"(SELECT CAST({every} AS text) FROM ({sql}) AS part)")  # noqa: S608
        params += values
    return list(parts), f"SELECT {', '.join(columns)}", params
