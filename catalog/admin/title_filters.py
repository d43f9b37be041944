"""What the list of titles can be narrowed down to, each by an index or a bounded look."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Kind, Title
from cinehub.kit.rows import OneAlways

# Of what is rare: its own index knows it, but not in the order that is asked for.
RARE = 2000


class KindFilter(admin.SimpleListFilter):
    """Films unless shows are asked for: each is one index in order, both together are none."""

    title = _("kind")
    parameter_name = "kind"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        self.searches = bool(request.GET.get("q"))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Kind.choices)

    def value(self) -> str:
        said = super().value()
        return said if said in Kind.values else "" if self.searches else Kind.MOVIE.value

    def queryset(self, request: HttpRequest, queryset: QuerySet[Title]) -> QuerySet[Title]:
        return queryset.filter(kind=self.value()) if self.value() else queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        both = [("", _("Both"))] if self.searches else []
        for value, name in [*both, *Kind.choices]:
            changed = {self.parameter_name: value} if value else {}
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(changed, [self.parameter_name]),
                "display": name,
            }


class ShownFilter(OneAlways):
    """On the site, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"
    RARE_STATES = {
        "hidden": Q(hidden_at__isnull=False, merged_into=None),
        "merged": Q(merged_into__isnull=False),
        "locked": ~Q(locked=[]),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("", _("On the site")),
            ("bare", _("Known by name alone")),
            ("locked", _("With locked fields")),
            ("hidden", _("Hidden")),
            ("merged", _("Merged into another")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Title]) -> QuerySet[Title]:
        state = self.value() or ""
        if state in self.RARE_STATES:
            rare = Title.objects.filter(self.RARE_STATES[state]).order_by()
            return queryset.filter(pk__in=list(rare.values_list("pk", flat=True)[:RARE]))
        if state == "bare":
            return queryset.filter(hidden_at=None, details_at=None)
        # Who looks for an id may mean what is hidden.
        return queryset if request.GET.get("q") else queryset.filter(hidden_at=None)
