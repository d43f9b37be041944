"""What TMDB is to be asked about next, and what it was asked about in vain."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.admin.asking import few
from catalog.admin.rows import Told
from catalog.models import Errand
from catalog.sync import errands
from cinehub.kit.rows import OneAlways


class OpenFilter(OneAlways):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("", _("Open")), ("given-up", _("Given up"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Errand]) -> QuerySet[Errand]:
        given_up = self.value() == "given-up"
        return queryset.filter(given_up_at__isnull=not given_up)


@admin.register(Errand)
class ErrandAdmin(Told):
    list_display = ("__str__", "urgency", "due_at", "taken_until", "failures", "error")
    list_filter = (OpenFilter, "urgency")
    sortable_by = ()
    search_fields = ("=tmdb_id",)
    search_help_text = _("A TMDB id.")
    # As they are taken.
    ordering = ("-urgency", "due_at", "pk")
    actions = ("retry",)

    @admin.action(description=_("Try again what was given up"), permissions=["steer"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Errand]) -> None:
        count = errands.retry([errand.pk for errand in few(request, queryset)])
        said = ngettext("%d errand is tried again.", "%d errands are tried again.", count)
        messages.success(request, said % count)
