"""Work in the admin: what failed for good, who holds what, and what is done when."""

import json
from typing import Any

from celery.exceptions import NotRegistered
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_celery_beat.admin import PeriodicTaskAdmin
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from cinehub.kit.rows import OneAlways, ReadOnly
from cinehub.work import letters
from cinehub.work.models import Claim, DeadLetter
from cinehub.work.schedule import run_now

# More at once would keep a page waiting for the broker.
AT_ONCE = 200


class OpenFilter(OneAlways):
    """Those that nobody has seen to, unless others are asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("", _("Open")),
            ("settled", _("Retried or dismissed")),
            ("returning", _("Came back, not given up")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "settled":
            return queryset.filter(settled_at__isnull=False)
        if self.value() == "returning":
            return queryset.filter(died_at=None)
        return queryset.filter(died_at__isnull=False, settled_at=None)


@admin.register(DeadLetter)
class DeadLetterAdmin(ReadOnly):
    list_display = ("task", "queue", "what", "why", "died_at", "settled_at")
    list_filter = (OpenFilter, "queue")
    search_fields = ("task", "error")
    sortable_by = ()
    ordering = ("-pk",)
    actions = ("retry", "dismiss")
    fields = readonly_fields = (
        "task",
        "queue",
        "asked",
        "error",
        "story",
        "returns",
        "first_at",
        "died_at",
        "settled_at",
        "task_id",
    )

    def has_steer_permission(self, request: HttpRequest) -> bool:
        """To retry and dismiss: all that can be changed of a letter."""
        return request.user.has_perm("work.change_deadletter")

    @admin.display(description=_("arguments"))
    def what(self, letter: DeadLetter) -> str:
        return ", ".join(f"{name}={value}" for name, value in letter.arguments.items())[:80]

    @admin.display(description=_("error"))
    def why(self, letter: DeadLetter) -> str:
        """Its first line: the rest is on the letter's own page."""
        return letter.error.partition("\n")[0][:160]

    @admin.display(description=_("arguments"))
    def asked(self, letter: DeadLetter) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(letter.arguments, indent=2, sort_keys=True))

    @admin.display(description=_("traceback"))
    def story(self, letter: DeadLetter) -> SafeString | None:
        if not letter.traceback:
            return None
        return format_html('<pre class="story" tabindex="0">{}</pre>', letter.traceback)

    @admin.action(description=_("Retry"), permissions=["steer"])
    def retry(self, request: HttpRequest, queryset: QuerySet[DeadLetter]) -> None:
        count = 0
        for letter in queryset[:AT_ONCE]:
            try:
                letters.retry(letter)
            except NotRegistered:
                messages.error(request, _("There is no such task any more: %s") % letter.task)
            except (OperationalError, OSError) as error:
                messages.error(request, _("No broker takes it: %s") % error)
                break
            else:
                count += 1
        said = ngettext("%d task is queued again.", "%d tasks are queued again.", count) % count
        messages.success(request, said)

    @admin.action(description=_("Dismiss"), permissions=["steer"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[DeadLetter]) -> None:
        chosen = list(queryset[:AT_ONCE])
        for letter in chosen:
            letters.dismiss(letter)
        said = ngettext("%d letter is dismissed.", "%d letters are dismissed.", len(chosen))
        messages.success(request, said % len(chosen))


@admin.register(Claim)
class ClaimAdmin(ReadOnly):
    list_display = ("name", "owner", "until", "lasts")
    search_fields = ("name",)
    ordering = ("-until", "pk")

    @admin.display(description=_("lasts"), boolean=True)
    def lasts(self, claim: Claim) -> bool:
        return claim.until > timezone.now()


admin.site.unregister(PeriodicTask)


@admin.register(PeriodicTask)
class ScheduleAdmin(PeriodicTaskAdmin):
    """As it comes, but that who may only look cannot act, and that a broker may be away."""

    list_display = ("name", "enabled", "scheduler", "last_run_at", "task")
    list_filter = ("enabled", "one_off")
    date_hierarchy = None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if self.has_change_permission(request) else {}

    @admin.action(description=_("Run now"))
    def run_tasks(self, request: HttpRequest, queryset: QuerySet[PeriodicTask]) -> None:
        count = 0
        for periodic in queryset:
            try:
                run_now(periodic)
            except NotRegistered:
                messages.error(request, _("There is no such task any more: %s") % periodic.task)
            except (OperationalError, OSError) as error:
                messages.error(request, _("No broker takes it: %s") % error)
                break
            else:
                count += 1
        messages.success(request, ngettext("%d is queued.", "%d are queued.", count) % count)
