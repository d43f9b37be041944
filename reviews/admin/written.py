"""Reviews, comments and ratings: their authors' own, and nobody else's to write."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cinehub.kit.rows import ReadOnly
from reviews import moderating
from reviews.admin.deciding import Deciding
from reviews.admin.reports import case_link
from reviews.models import Comment, Rating, Review
from reviews.reporting import Said


class HiddenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("hidden", _("Hidden")), ("shown", _("Shown"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("hidden", "shown"):
            return queryset
        return queryset.filter(hidden_at__isnull=self.value() == "shown")


class Words(Deciding):
    """What somebody has written, which may be hidden and shown again."""

    list_filter = (HiddenFilter,)
    sortable_by = ()
    ordering = ("-created_at", "-pk")
    actions = ("hide", "restore")

    @admin.display(description=_("what"))
    def what(self, said: Said) -> SafeString:
        return case_link(said)

    @admin.action(description=_("Hide"), permissions=["decide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.decide(request, moderating.hide, queryset, _as_they_are)

    @admin.action(description=_("Show again"), permissions=["decide"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.decide(request, moderating.restore, queryset, _as_they_are)


@admin.register(Review)
class ReviewAdmin(Words):
    list_display = ("created_at", "author", "title", "what", "audience", "hidden_at")
    list_select_related = ("author", "title")
    search_fields = ("author__username", "title__name")
    fields = readonly_fields = (
        "author",
        "title",
        "text",
        "has_spoilers",
        "covers",
        "audience",
        "created_at",
        "edited_at",
        "hidden_at",
        "like_count",
        "comment_count",
    )


@admin.register(Comment)
class CommentAdmin(Words):
    list_display = ("created_at", "author", "what", "hidden_at")
    list_select_related = ("author", "review__author", "review__title")
    search_fields = ("author__username",)
    fields = readonly_fields = (
        "author",
        "review",
        "parent",
        "text",
        "created_at",
        "edited_at",
        "hidden_at",
        "like_count",
    )


@admin.register(Rating)
class RatingAdmin(ReadOnly):
    list_display = ("rated_at", "user", "title", "season", "episode", "value")
    list_display_links = None
    list_select_related = ("user", "title", "season", "episode")
    search_fields = ("user__username", "title__name")
    sortable_by = ()
    ordering = ("-rated_at", "-pk")


def _as_they_are(chosen: Iterable[Said]) -> Iterable[Said]:
    return chosen
