"""Who did what, beside the form of a title: the first of them, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.models import Credit, Season

# A title may have five hundred: the page of all of them is a link away.
SHOWN = 20


class FirstFew(BaseInlineFormSet):
    """To be read: nothing of it comes back with the form."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[:SHOWN]
        return self._queryset

    def is_valid(self) -> bool:
        return True

    def save(self, commit: bool = True) -> list[Any]:
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        return []


class ReadOnly(admin.TabularInline):
    formset = FirstFew
    template = "admin/catalog/read_only.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CastInline(ReadOnly):
    model = Credit
    verbose_name_plural = _("Cast, the first twenty")
    fields = readonly_fields = ("who", "character", "episode_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        return Credit.objects.cast().select_related("person")

    @admin.display(description=_("person"))
    def who(self, credit: Credit) -> SafeString:
        address = reverse("admin:catalog_person_change", args=[credit.person_id])
        return format_html('<a href="{}">{}</a>', address, credit.person)


class CrewInline(CastInline):
    verbose_name_plural = _("Crew, the first twenty")
    fields = readonly_fields = ("who", "department", "job")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        return Credit.objects.crew().select_related("person")


class SeasonInline(ReadOnly):
    model = Season
    verbose_name_plural = _("Seasons, the first twenty")
    fields = readonly_fields = ("number", "name", "air_date", "hidden_at")
    ordering = ("number", "pk")
