"""Pages of rows that may be a million: counted as far as that is cheap, and that is said."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from catalog.discover.paging import COUNTED
from cinehub.kit.api import Endpoint


def long_page(
    view: Endpoint,
    rows: QuerySet[Any],
    shape: type[serializers.Serializer],
    told: Callable[[Any], Any],
) -> Response:
    """The page that is asked for; no deeper than is counted."""
    number, size = view.asked_page["page"], view.asked_page["page_size"]
    counted = rows.order_by()[: COUNTED + 1].count()
    count = min(counted, COUNTED)
    start = (number - 1) * size
    if start and start >= count:
        raise NotFound(_("There is no page %(page)s.") % {"page": number})
    things = [told(row) for row in rows[start : start + size]]
    return view.page_of(things, shape, count=count, is_exact=counted <= COUNTED)
