"""How common what titles are found by is, as PostgreSQL knows it from when it last looked."""

from collections.abc import Iterable
from math import prod
from typing import NamedTuple

from django.db import connection

from cinehub.kit.near import near

_COUNTED = """
    SELECT greatest(c.reltuples, 0), s.most_common_elems::text::bigint[], s.most_common_elem_freqs
    FROM pg_class c LEFT JOIN pg_stats s
    ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname
    AND s.attname = 'numbers' WHERE c.oid = 'catalog_facets'::regclass
"""


class Shares(NamedTuple):
    titles: float
    # Of all titles, by number; what is rare has none.
    common: dict[int, float]

    def of_any(self, numbers: Iterable[int]) -> float:
        """How many have one of these, or hardly any."""
        return min(1, sum(self.common.get(number, 0) for number in numbers))

    def of_all(self, groups: Iterable[Iterable[int]]) -> float:
        """How many have one of each, if these have nothing to do with each other."""
        return prod(map(self.of_any, groups))


def shares() -> Shares:
    return near("discover-shares", _count)


def _count() -> Shares:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        titles, numbers, counted = cursor.fetchone()
    # Behind the numbers' shares stand the least, the greatest, and that of rows without any.
    return Shares(titles, dict(zip(numbers or (), counted or (), strict=False)))
