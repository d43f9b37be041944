"""Lists and viewings in the admin: to be looked at where a member asks for help."""

from django.contrib import admin

from cinehub.kit.rows import ReadOnly
from lists.models import List, Viewing


@admin.register(List)
class ListAdmin(ReadOnly):
    list_display = ("changed_at", "owner", "kind", "name", "visibility")
    list_filter = ("kind", "visibility")
    list_select_related = ("owner",)
    search_fields = ("owner__username", "name")
    sortable_by = ()
    ordering = ("-changed_at", "-pk")
    fields = readonly_fields = (
        "owner",
        "kind",
        "name",
        "description",
        "visibility",
        "is_ranked",
        "cover",
        "created_at",
        "changed_at",
    )


@admin.register(Viewing)
class ViewingAdmin(ReadOnly):
    list_display = ("created_at", "user", "title", "episode", "watched_on", "precision")
    list_display_links = None
    list_select_related = ("user", "title", "episode")
    search_fields = ("user__username", "title__name")
    sortable_by = ()
    ordering = ("-created_at", "-pk")
