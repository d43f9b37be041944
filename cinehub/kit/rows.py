"""What lists of the admin have in common, whatever their rows are about."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from cinehub.kit.estimating import EstimatedPaginator


class ReadOnly(admin.ModelAdmin):
    """Rows that nobody writes by hand or takes out, as many as there may be."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OneAlways(admin.SimpleListFilter):
    """There is no "All": the choice without a value holds until another is asked for."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, name in self.lookup_choices:
            changed = {self.parameter_name: value} if value else {}
            yield {
                "selected": (self.value() or "") == value,
                "query_string": changelist.get_query_string(changed, [self.parameter_name]),
                "display": name,
            }
