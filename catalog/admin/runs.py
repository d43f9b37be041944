"""The diary of synchronisation: read, not written."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.admin.rows import Told, badge
from catalog.models import ChangesCursor, SyncRun

TONES = {
    SyncRun.State.RUNNING: "on",
    SyncRun.State.DONE: "good",
    SyncRun.State.PARTIAL: "warn",
    SyncRun.State.FAILED: "bad",
}


# The kinds that there have been of late.
LATEST = 500


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        latest = SyncRun.objects.order_by("-pk").values_list("kind", flat=True)[:LATEST]
        return [(kind, kind) for kind in sorted(set(latest))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SyncRun]) -> QuerySet[SyncRun]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(SyncRun)
class SyncRunAdmin(Told):
    list_display = (
        "kind",
        "how",
        "progress",
        "started_at",
        "took",
        "asked",
        "created",
        "updated",
        "hidden",
        "failed",
    )
    list_filter = ("state", KindFilter)
    # As they were begun; by their key, which has an index.
    ordering = ("-pk",)
    readonly_fields = ("progress", "took")

    @admin.display(description=_("state"), ordering="state")
    def how(self, run: SyncRun) -> SafeString:
        return badge(run.get_state_display(), TONES[SyncRun.State(run.state)])

    @admin.display(description=_("progress"))
    def progress(self, run: SyncRun) -> SafeString | str:
        if not run.total:
            return "–"
        return format_html(
            '<progress value="{}" max="{}" aria-label="{}"></progress> {} / {}',
            run.done,
            run.total,
            _("Progress"),
            run.done,
            run.total,
        )

    @admin.display(description=_("took"))
    def took(self, run: SyncRun) -> Any:
        seconds = int((run.finished_at - run.started_at).total_seconds()) if run.finished_at else 0
        return f"{seconds // 60}:{seconds % 60:02}" if run.finished_at else None


@admin.register(ChangesCursor)
class ChangesCursorAdmin(Told):
    list_display = ("kind", "day", "read_at", "how_many")
    exclude = ("listed",)
    readonly_fields = ("how_many",)

    @admin.display(description=_("listed that day"))
    def how_many(self, cursor: ChangesCursor) -> int:
        return len(cursor.listed)
