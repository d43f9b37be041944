"""Films and shows, for who looks after them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import editing, steering
from catalog.admin.asking import ask_for, few, queued
from catalog.admin.credits import CastInline, CrewInline, SeasonInline
from catalog.admin.merging import merge_page, unmerge_page
from catalog.admin.rows import FromTMDB, badge, thumbnail
from catalog.admin.title_filters import KindFilter, ShownFilter
from catalog.admin.title_form import TitleForm, label_of, lock_name
from catalog.models import Kind, Title

FIELDSETS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (None, ("name", "original_name", "tagline", "overview")),
    (gettext_lazy("Release"), ("status", "type", "release_date", "last_air_date", "runtime")),
    (
        gettext_lazy("Filed under"),
        ("original_language", "collection", "adult", "poster_path", "backdrop_path"),
    ),
    (gettext_lazy("Elsewhere"), ("homepage", "imdb_id", "tvdb_id", "wikidata_id")),
)
TOLD = (
    "tmdb_id",
    "popularity",
    "vote_average",
    "vote_count",
    "season_count",
    "episode_count",
    "fetched_at",
    "refresh_at",
    "details_at",
    "hidden_at",
    "merged_into",
)


@admin.register(Title)
class TitleAdmin(FromTMDB):
    form = TitleForm
    of = tuple(Kind.values)
    list_display = ("picture", "named", "year", "popularity", "vote_count", "asked", "state")
    list_display_links = ("named",)
    list_filter = (KindFilter, ShownFilter)
    # Those that have an index which also holds the kind.
    sortable_by = ("named", "year", "popularity", "vote_count")
    search_fields = ("name",)
    search_help_text = gettext_lazy("A name in any spelling, a TMDB or IMDb id, or an address.")
    raw_id_fields = ("collection", "original_language")
    readonly_fields = TOLD
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    ordering = ("-popularity", "pk")
    inlines = (CastInline, CrewInline, SeasonInline)
    actions = ("refresh", "mirror", "hide", "show")
    change_form_template = "admin/catalog/title/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Title | None = None) -> Any:
        locks = self.has_change_permission(request, obj)
        rows = [
            (name, {"fields": [(field, lock_name(field)) if locks else field for field in fields]})
            for name, fields in FIELDSETS
        ]
        return [*rows, (_("Told by TMDB"), {"fields": TOLD, "classes": ["collapse"]})]

    def get_inlines(self, request: HttpRequest, obj: Title | None) -> list[Any]:
        return [one for one in self.inlines if one is not SeasonInline or not _is_movie(obj)]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Title, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """What stands beside the form is read anew: sync may have been there since."""
        return {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/merge", guarded(merge_page), name="catalog_title_merge"),
            path("<int:pk>/unmerge", guarded(unmerge_page), name="catalog_title_unmerge"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("poster"))
    def picture(self, title: Title) -> SafeString:
        return thumbnail(title.poster_path)

    @admin.display(description=gettext_lazy("title"), ordering="name")
    def named(self, title: Title) -> SafeString:
        names = [title.name]
        if title.original_name not in ("", title.name):
            names.append(title.original_name)
        return format_html_join("", "<span>{}</span>", ((name,) for name in names))

    @admin.display(description=gettext_lazy("asked TMDB"))
    def asked(self, title: Title) -> Any:
        if title.details_at and title.fetched_at:
            return naturaltime(title.fetched_at)
        return badge(_("by name alone"))

    @admin.display(description=gettext_lazy("state"))
    def state(self, title: Title) -> SafeString:
        said = []
        if title.merged_into_id:
            said.append(badge(_("merged"), "off"))
        elif title.hidden_at:
            said.append(badge(_("hidden"), "off"))
        if title.locked:
            said.append(badge(_("%d locked") % len(title.locked), "on"))
        return format_html_join(" ", "{}", ((one,) for one in said))

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who acted from the form of one title goes back to it."""
        answer = super().response_action(request, *args, **kwargs)
        if answer and "back" in request.POST:
            return redirect("admin:catalog_title_change", request.POST["_selected_action"])
        return answer

    def save_model(self, request: HttpRequest, obj: Title, form: Any, change: bool) -> None:
        """What somebody changes by hand stays so: it is locked, and that is said."""
        on, off = form.lock_changes()
        editing.lock(obj, on)
        editing.unlock(obj, off)
        kept = [name for name in editing.edit(obj, form.edited()) if name not in on]
        if kept:
            names = ", ".join(label_of(name) for name in kept)
            said = _("Sync leaves these alone from now on, until you unlock them: %s.") % names
            messages.info(request, said)

    @admin.action(description=gettext_lazy("Refresh from TMDB"), permissions=["change"])
    def refresh(self, request: HttpRequest, queryset: QuerySet[Title]) -> None:
        ask_for(request, queryset)

    @admin.action(description=gettext_lazy("Mirror pictures"), permissions=["change"])
    def mirror(self, request: HttpRequest, queryset: QuerySet[Title]) -> None:
        refs = [(title.kind, title.tmdb_id) for title in few(request, queryset)]
        if refs and queued(request, lambda: steering.mirror(refs)):
            said = ngettext(
                "Pictures of %d title are brought here.",
                "Pictures of %d titles are brought here.",
                len(refs),
            )
            messages.success(request, said % len(refs))

    @admin.action(description=gettext_lazy("Hide from the site"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Title]) -> None:
        ids = [title.pk for title in few(request, queryset)]
        if ids:
            count = editing.hide(ids)
            said = ngettext("%d title is hidden.", "%d titles are hidden.", count) % count
            messages.success(request, said)

    @admin.action(description=gettext_lazy("Show on the site again"), permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Title]) -> None:
        ids = [title.pk for title in few(request, queryset)]
        if ids:
            count = editing.show(ids)
            said = ngettext("%d title is shown again.", "%d titles are shown again.", count)
            messages.success(request, said % count)


def _is_movie(title: Title | None) -> bool:
    return title is None or title.is_movie
