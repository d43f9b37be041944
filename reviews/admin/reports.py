"""What was reported, and what was decided."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cinehub.kit.rows import OneAlways, ReadOnly
from reviews import moderating
from reviews.admin.deciding import Deciding
from reviews.models import Decision, Report
from reviews.reporting import Said

LONGEST_LINE = 60
ABOUT = (
    "review__author",
    "review__title",
    "comment__author",
    "comment__review__author",
    "comment__review__title",
)


class OpenFilter(OneAlways):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("", _("Open")), ("settled", _("Settled")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(settled_at__isnull=self.value() != "settled")


@admin.register(Report)
class ReportAdmin(Deciding):
    list_display = ("created_at", "reason", "what", "author", "reporter", "text")
    list_filter = (OpenFilter, "reason")
    list_select_related = ("reporter", *ABOUT)
    search_fields = ("text", "reporter__username")
    sortable_by = ()
    ordering = ("created_at", "pk")
    actions = ("hide", "dismiss")
    fields = readonly_fields = (
        "reason",
        "text",
        "reporter",
        "author",
        "what",
        "created_at",
        "settled_at",
    )

    @admin.display(description=_("what"))
    def what(self, report: Report) -> SafeString:
        return case_link(_said(report))

    @admin.display(description=_("author"))
    def author(self, report: Report) -> str:
        return str(_said(report).author)

    @admin.action(description=_("Hide what was reported"), permissions=["decide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """For the reason that is chosen, or else the one that the first of them gives."""
        first = queryset.values_list("reason", flat=True).first() or ""
        self.decide(request, moderating.hide, queryset.select_related(*ABOUT), _each, first)

    @admin.action(description=_("Leave it as it is"), permissions=["decide"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self.decide(request, moderating.dismiss, queryset.select_related(*ABOUT), _each)


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    """The trail: to be read by whoever asks what was done, by whom and why."""

    list_display = ("decided_at", "deed", "reason", "text", "author", "moderator", "what")
    list_filter = ("deed", "reason")
    list_select_related = ("author", "moderator", *ABOUT)
    search_fields = ("text", "author__username", "moderator__username")
    sortable_by = ()
    ordering = ("-decided_at", "-pk")
    fields = readonly_fields = (
        "deed",
        "reason",
        "text",
        "author",
        "moderator",
        "what",
        "decided_at",
    )

    @admin.display(description=_("what"))
    def what(self, decision: Decision) -> str | SafeString:
        said = decision.review or decision.comment
        return case_link(said) if said else "–"


def case_link(said: Said) -> SafeString:
    """Its first words, which lead to where it is decided about."""
    of = said._meta.model_name
    address = reverse(f"reviews:case-{of}", args=[said.pk])
    return format_html('<a href="{}">{}</a>', address, Truncator(said.text).chars(LONGEST_LINE))


def _said(report: Report) -> Said:
    said = report.review or report.comment
    # The database sees to it that a report is about one of them.
    assert said is not None  # noqa: S101
    return said


def _each(reports: Iterable[Report]) -> Iterable[Said]:
    """Once, however many have reported it."""
    found = {(said._meta.model_name, said.pk): said for said in map(_said, reports)}
    return found.values()
