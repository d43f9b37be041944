"""The orders of a list, and of what somebody has seen; each ends with the key."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.discover import Option


class Order(NamedTuple):
    """By a column of titles, unless it is the list's own; what lacks it comes last."""

    label: Promise
    column: str
    falling: bool = True
    is_own: bool = False

    def by(self, title: str) -> tuple[OrderBy | str, ...]:
        """`title` leads from the rows to their title."""
        column = F(self.column if self.is_own else f"{title}{self.column}")
        if self.falling:
            return column.desc(nulls_last=True), "-pk"
        return column.asc(nulls_last=True), "pk"


Orders = Mapping[str, Order]

OF_TITLES: Orders = {
    "name": Order(_("Name"), "name", falling=False),
    "newest": Order(_("Newest"), "release_date"),
    "oldest": Order(_("Oldest"), "release_date", falling=False),
    "score": Order(_("Score"), "score"),
    "popularity": Order(_("Popularity"), "popularity"),
    "runtime": Order(_("Shortest"), "runtime", falling=False),
}
# The first is the usual one.
OF_LISTS: Orders = {
    "place": Order(_("Its own order"), "position", falling=False, is_own=True),
    "added": Order(_("Last added"), "added_at", is_own=True),
    **OF_TITLES,
}
OF_SEEN: Orders = {
    "watched": Order(_("Last watched"), "last_watched", is_own=True),
    **OF_TITLES,
}


def options(orders: Orders) -> list[Option]:
    return [Option(name, str(order.label)) for name, order in orders.items()]
