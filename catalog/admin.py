from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog.models import Collection, Person, SyncRun, Title
from catalog.sync.index import index_titles


@admin.register(Title)
class TitleAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "year", "popularity", "fetched_at", "refresh_at", "hidden_at")
    list_filter = ("kind", ("hidden_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "original_name", "imdb_id", "=tmdb_id")
    raw_id_fields = ("collection", "original_language")
    exclude = ("genres", "keywords", "companies", "networks", "countries", "languages")
    readonly_fields = ("kind", "tmdb_id", "fetched_at", "details_at")
    ordering = ("-popularity", "pk")
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Title, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_titles([obj.pk])


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("name", "known_for", "popularity", "fetched_at", "hidden_at")
    search_fields = ("name", "imdb_id", "=tmdb_id")
    readonly_fields = ("tmdb_id", "fetched_at", "details_at")
    ordering = ("-popularity", "pk")
    show_full_result_count = False


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    list_display = ("name", "fetched_at", "hidden_at")
    search_fields = ("name", "=tmdb_id")
    readonly_fields = ("tmdb_id", "fetched_at")


@admin.register(SyncRun)
class SyncRunAdmin(admin.ModelAdmin):
    """The diary is read, not written."""

    list_display = (
        "kind",
        "state",
        "started_at",
        "finished_at",
        "asked",
        "created",
        "updated",
        "fresh",
        "hidden",
        "failed",
    )
    list_filter = ("kind", "state")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SyncRun | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SyncRun]:
        return super().get_queryset(request).order_by("-started_at", "-pk")
