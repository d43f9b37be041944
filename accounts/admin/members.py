"""Members, for the staff: looked for, looked at, and helped."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from accounts import moderating, ranks, records
from accounts.admin import on_file
from accounts.admin.member_filters import (
    ConfirmedFilter,
    RoleFilter,
    SecondFactorFilter,
    StateFilter,
)
from accounts.forms.doors import ResetPassword
from accounts.models import User
from catalog.admin.asking import few
from catalog.admin.rows import badge
from cinehub.kit.estimating import EstimatedPaginator

TOLD = ("date_joined", "last_login", "leaves_at")
PHONE = ("phone", "phone_verified")
RIGHTS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")
SEEN = ("username", "display_name", "bio")
# What the filters write into the address.
LOOKUPS = ("state", "role", "confirmed", "factor", "date_joined__gte", "date_joined__lt")


class MemberForm(forms.ModelForm):
    """For an admin, who makes editors and moderators and can give nobody anything else."""

    roles = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Roles"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        field.queryset = ranks.given()  # type: ignore[attr-defined]
        field.label_from_instance = lambda group: _(group.name)  # type: ignore[attr-defined]
        self.initial["roles"] = list(ranks.given().filter(user=self.instance))


@admin.register(User)
class MemberAdmin(UserAdmin):
    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_display = ("named", "state", "roles", "joined", "seen")
    list_display_links = ("named",)
    list_filter = (
        StateFilter,
        RoleFilter,
        ConfirmedFilter,
        SecondFactorFilter,
        ("date_joined", admin.DateFieldListFilter),
    )
    sortable_by = ("named", "joined", "seen")
    search_fields = ("username", "display_name", "email")
    search_help_text = gettext_lazy("A name or an e-mail address, or a part of one.")
    ordering = ("-pk",)
    actions = (
        "deactivate",
        "reactivate",
        "end_sessions",
        "remove_pictures",
        "send_reset",
        "remove_second_factors",
    )
    form = forms.ModelForm
    readonly_fields = ("email", *PHONE, *TOLD)
    add_fieldsets = (
        (None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        own = {"user": OuterRef("pk")}
        confirmed = EmailAddress.objects.filter(**own, primary=True, verified=True)
        members = super().get_queryset(request).prefetch_related("groups")
        return members.annotate(
            is_confirmed=Exists(confirmed),
            has_factor=Exists(Authenticator.objects.filter(**own)),
        )

    # --- Who may ---------------------------------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Others invite."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        actor: Any = request.user
        return actor.is_superuser or obj is None or ranks.is_beneath(obj, actor)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Members leave by themselves; whom nobody wants here is deactivated."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """What is not shown is not to be found out through the address, letter by letter."""
        return lookup in LOOKUPS

    def has_suspend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.suspend_user")

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        answer = super().user_change_password(request, id, form_url)
        if isinstance(answer, HttpResponseRedirect) and answer.url != request.get_full_path():
            moderating.tell_of_password(get_object_or_404(User, pk=id))
        return answer

    # --- The list --------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("member"), ordering="username")
    def named(self, member: User) -> SafeString:
        names = [member.username, *filter(None, [member.display_name]), member.email]
        return format_html_join("", "<span>{}</span>", ((name,) for name in names))

    @admin.display(description=gettext_lazy("role"))
    def roles(self, member: User) -> str:
        names = [_("Superuser")] if member.is_superuser else []
        return ", ".join([*names, *(_(group.name) for group in member.groups.all())])

    @admin.display(description=gettext_lazy("state"))
    def state(self, member: Any) -> SafeString:
        said = (
            (not member.is_active, _("deactivated"), "bad"),
            (member.leaves_at, _("leaving"), "off"),
            (not member.is_confirmed, _("e-mail not confirmed"), "off"),
            (member.has_factor, _("second factor"), "good"),
        )
        return format_html_join(" ", "{}", ((badge(w, tone),) for is_so, w, tone in said if is_so))

    @admin.display(description=gettext_lazy("joined"), ordering="date_joined")
    def joined(self, member: User) -> str:
        return date_format(timezone.localtime(member.date_joined), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("signed in"), ordering="last_login", empty_value="–")
    def seen(self, member: User) -> Any:
        return member.last_login and naturaltime(member.last_login)

    # --- One of them -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rows: list[Any] = [(None, {"fields": (*SEEN, "email")})]
        if self.has_change_permission(request, obj):
            rows.append((_("Phone"), {"fields": PHONE}))
        if request.user.is_superuser:
            rows.append((_("Rights"), {"fields": RIGHTS}))
        elif self.has_change_permission(request, obj):
            rows.append((_("Rights"), {"fields": ("roles",)}))
        return [*rows, (_("Times"), {"fields": TOLD})]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """What can't be undone is done to one at a time, on their own page."""
        actions = super().get_actions(request)
        if request.method != "POST" or "back" not in request.POST:
            actions.pop("remove_second_factors", None)
        return actions

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **options: Any
    ) -> type[forms.ModelForm]:
        if obj and not request.user.is_superuser:
            options["form"] = MemberForm
        return super().get_form(request, obj, change=change, **options)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **options: Any) -> Any:
        if db_field.name == "user_permissions":
            options["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "roles" in form.changed_data:
            actor: Any = request.user
            moderating.give_roles(form.instance, form.cleaned_data["roles"], by=actor)
        records.appear()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        member = context.get("original")
        if member:
            actor: Any = request.user
            context["is_beneath"] = ranks.is_beneath(member, actor)
            context["may_suspend"] = self.has_suspend_permission(request)
            context["log"] = on_file.log(member)
            if self.has_change_permission(request, member):
                context["signing_in"] = on_file.signing_in(member)
        return super().render_change_form(request, context, *args, **options)

    # --- What can be done ------------------------------------------------------------------------
    def response_action(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Who acted from the page of one member goes back to it."""
        answer = super().response_action(request, *args, **options)
        if isinstance(answer, HttpResponse) and "back" in request.POST:
            return redirect("admin:accounts_user_change", request.POST["_selected_action"])
        return answer

    @admin.action(description=gettext_lazy("Deactivate"), permissions=["suspend"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, moderating.deactivate)

    @admin.action(description=gettext_lazy("Reactivate"), permissions=["suspend"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, moderating.reactivate)

    @admin.action(description=gettext_lazy("End their sessions"), permissions=["suspend"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, moderating.end_sessions)

    @admin.action(description=gettext_lazy("Remove their picture"), permissions=["suspend"])
    def remove_pictures(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, moderating.remove_pictures)

    @admin.action(description=gettext_lazy("Send a password reset"), permissions=["change"])
    def send_reset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, partial(_send_resets, request))

    @admin.action(
        description=gettext_lazy("Remove second factors and passkeys"), permissions=["change"]
    )
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        _act(request, queryset, moderating.remove_second_factors)


def _send_resets(request: HttpRequest, members: Collection[User], *, by: User) -> int:
    chosen = ranks.beneath(by).filter(pk__in=[member.pk for member in members], is_active=True)
    for member in chosen:
        form = ResetPassword({"email": member.email})
        if form.is_valid():
            form.save(request)
    moderating.note(chosen, gettext_noop("Password reset sent"), by=by)
    return len(chosen)


def _act(request: HttpRequest, queryset: QuerySet[User], act: Callable[..., int]) -> None:
    """Say of how many it is done, and of how many not."""
    chosen = few(request, queryset)
    done = act(chosen, by=request.user)
    if done:
        said = ngettext("Done for %d member.", "Done for %d members.", done) % done
        messages.success(request, said)
    left = len(chosen) - done
    if left:
        said = ngettext(
            "%d member is as before: there was nothing to do, or it is not for you to do.",
            "%d members are as before: there was nothing to do, or it is not for you to do.",
            left,
        )
        messages.warning(request, said % left)
