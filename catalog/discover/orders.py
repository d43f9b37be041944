"""The orders that titles are listed in, and how a list goes on after a row of it."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Kind, Title
from catalog.models.title import TitleQuerySet

Rows = TypeVar("Rows", bound=QuerySet)
BIGGEST = 2**63 - 1
MOST_OF_A_NAME = 500
_ARRAY = {
    "postgresql": "CAST(COALESCE(json_agg(key), '[]') AS text)",
    "sqlite": "json_group_array(key)",
}


class Cursor(NamedTuple):
    """The row that a page ended with."""

    value: Any
    pk: int

    def __str__(self) -> str:
        return f"{self.pk}_{self.value}"


@dataclass(frozen=True)
class Order:
    """By a column, from its greatest or its least value; then by the key, so that no two rows tie.

    `backwards` runs through the key downwards too, so that one index serves both directions.
    """

    label: Promise
    column: str
    parse: Callable[[str], Any]
    falling: bool = True
    backwards: bool = False
    lacking: Mapping[str, Promise] | None = None

    def of(self, titles: TitleQuerySet) -> TitleQuerySet:
        return self._in_order(titles, F(self.column))

    def of_few(self, titles: TitleQuerySet) -> TitleQuerySet:
        """The same order as an expression that no index knows, so that none is walked along."""
        return self._in_order(titles, Coalesce(F(self.column), F(self.column)))

    def keys(self, rows: QuerySet[Any], most: int) -> list[int] | None:
        """All in order, found first and sorted then; None where there are more than `most`."""
        some = rows.order_by().values_list("pk", self.column)[: most + 1]
        try:
            sql, values = some.query.sql_with_params()
        except EmptyResultSet:
            return []
        falling, backwards = (" DESC" if down else "" for down in (self.falling, self.backwards))
        with connection.cursor() as cursor:
            cursor.execute(
                # Django's own, with its values, and two columns of ours.
                f"WITH found (key, value) AS MATERIALIZED ({sql})"  # noqa: S608
                f" SELECT {_ARRAY[connection.vendor]} FROM (SELECT key FROM found"
                " WHERE (SELECT count(*) FROM found) <= %s"
                f" ORDER BY value{falling}, key{backwards}) AS sorted"
                " HAVING (SELECT count(*) FROM found) <= %s",
                (*values, most, most),
            )
            found = cursor.fetchone()
        return json.loads(found[0]) if found else None

    def placed(self, rows: Rows) -> Rows:
        """Those that have a place in it."""
        return rows.filter(**{f"{self.column}__isnull": False}) if self.lacking else rows

    def after(self, titles: TitleQuerySet, row: Cursor, most: int) -> list[int]:
        """The keys of what follows: first those with the same value, then those beyond it.

        Two short ranges of the index; with an OR between them it would be read from its start.
        """
        further = "pk__lt" if self.backwards else "pk__gt"
        beyond = f"{self.column}__{'lt' if self.falling else 'gt'}"
        keys = titles.values_list("pk", flat=True)
        found = list(keys.filter(**{self.column: row.value, further: row.pk})[:most])
        if len(found) < most:
            found += keys.filter(**{beyond: row.value})[: most - len(found)]
        return found

    def cursor(self, title: Title) -> Cursor:
        return Cursor(getattr(title, self.column), title.pk)

    def read(self, text: str) -> Cursor | None:
        """A cursor from an address; nothing where it is none of ours."""
        pk, _underscore, value = text.partition("_")
        if not re.fullmatch("[0-9]{1,19}", pk) or int(pk) > BIGGEST:
            return None
        try:
            return Cursor(self.parse(value), int(pk))
        except ValueError:
            return None

    def note(self, kind: str) -> str:
        """What the order leaves out, in a sentence."""
        return str(self.lacking[kind]) if self.lacking else ""

    def _in_order(self, titles: TitleQuerySet, value: F | Expression) -> TitleQuerySet:
        key = "-pk" if self.backwards else "pk"
        return titles.order_by(value.desc() if self.falling else value.asc(), key)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _words(text: str) -> str:
    if "\x00" in text or len(text) > MOST_OF_A_NAME:
        raise ValueError(text)
    return text


_UNDATED = {
    Kind.MOVIE.value: _("Films without a release date are left out of this order."),
    Kind.TV.value: _("Shows that have no date yet are left out of this order."),
}
_TIMELESS = {
    Kind.MOVIE.value: _("Films whose runtime is not known are left out of this order."),
    Kind.TV.value: _("Shows whose runtime is not known are left out of this order."),
}
ORDERS = {
    "popularity": Order(_("Popularity"), "popularity", _number),
    "score": Order(_("Score"), "score", _number),
    "newest": Order(_("Newest"), "release_date", _day, backwards=True, lacking=_UNDATED),
    "oldest": Order(_("Oldest"), "release_date", _day, falling=False, lacking=_UNDATED),
    "name": Order(_("Name"), "name", _words, falling=False),
    "runtime": Order(_("Shortest"), "runtime", _whole, falling=False, lacking=_TIMELESS),
    "votes": Order(_("Most votes"), "vote_count", _whole),
}
