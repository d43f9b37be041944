"""What was changed by whom, in all of the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cinehub.kit.rows import ReadOnly


@admin.register(LogEntry)
class LogAdmin(ReadOnly):
    list_display = ("action_time", "user", "content_type", "object_repr", "what")
    list_display_links = None
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__username")
    ordering = ("-pk",)
    sortable_by = ()

    @admin.display(description=_("what"))
    def what(self, entry: LogEntry) -> str:
        return said(entry)


def said(entry: Any) -> str:
    """Django's own entries are in the reader's language already; ours are kept in English."""
    words = entry.get_change_message()
    return gettext(words) if words else entry.get_action_flag_display()
