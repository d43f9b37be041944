"""What the list of members can be narrowed down to."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User

Lookups = list[tuple[str, Any]]
YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    STATES = {
        "active": Q(is_active=True, leaves_at=None),
        "deactivated": Q(is_active=False),
        "leaving": Q(leaves_at__isnull=False),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [
            ("active", _("Active")),
            ("deactivated", pgettext_lazy("members", "Deactivated")),
            ("leaving", _("About to leave")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(self.STATES.get(self.value() or "", Q()))


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        groups = Group.objects.order_by("name").values_list("name", flat=True)
        return [
            ("none", _("None")),
            ("staff", _("All of the staff")),
            *((name, _(name)) for name in groups),
            ("superuser", _("Superuser")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        role = self.value()
        if role in (None, "none", "staff"):
            return queryset.filter(is_staff=role == "staff") if role else queryset
        if role == "superuser":
            return queryset.filter(is_superuser=True)
        return queryset.filter(groups__name=role)


class ConfirmedFilter(admin.SimpleListFilter):
    title = _("confirmed e-mail")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return YES_OR_NO

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(is_confirmed=self.value() == "yes") if self.value() else queryset


class SecondFactorFilter(admin.SimpleListFilter):
    title = _("second factor")
    parameter_name = "factor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return YES_OR_NO

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(has_factor=self.value() == "yes") if self.value() else queryset
