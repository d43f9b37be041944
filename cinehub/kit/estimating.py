"""Pages of lists that may be a million rows long."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.db import connections
from django.utils.functional import cached_property

# As many as are counted, and as many pages as one may leaf through: who wants more looks for it.
COUNTED = 1000
DEEPEST = 100


class EstimatedPaginator(Paginator):
    """Counts few rows exactly; of more it says what PostgreSQL's planner thinks."""

    is_estimate = False

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if connections[rows.db].vendor != "postgresql":
            return int(rows.count())
        counted = int(rows.order_by()[: COUNTED + 1].count())
        if counted <= COUNTED:
            return counted
        self.is_estimate = True
        (plan,) = json.loads(rows.order_by().explain(format="json"))
        return max(counted, _rounded(plan["Plan"]["Plan Rows"]))

    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, DEEPEST)


def _rounded(number: int) -> int:
    """To two digits: the others would pretend to be known."""
    return round(number, 2 - len(str(number)))
