"""Whom the staff and the members have asked in."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import inviting
from accounts.models import Invitation
from accounts.models.invitations import GOOD_FOR
from catalog.admin.asking import few
from catalog.admin.rows import badge
from cinehub.kit.estimating import EstimatedPaginator


class OpenFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("open", gettext_lazy("Open")),
            ("accepted", gettext_lazy("Accepted")),
            ("lapsed", gettext_lazy("Lapsed")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Invitation]
    ) -> QuerySet[Invitation]:
        oldest = timezone.now() - GOOD_FOR
        states = {
            "open": Q(accepted_at=None, sent_at__gt=oldest),
            "accepted": Q(accepted_at__isnull=False),
            "lapsed": Q(accepted_at=None, sent_at__lte=oldest),
        }
        return queryset.filter(states.get(self.value() or "", Q()))


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """To invite is to add one; what was sent is taken back, or stays as it is."""

    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_display = ("email", "invited_by", "sent_at", "state", "accepted_by")
    list_display_links = None
    list_filter = (OpenFilter,)
    list_select_related = ("invited_by", "accepted_by")
    search_fields = ("email", "invited_by__username")
    sortable_by = ()
    ordering = ("-sent_at", "-pk")
    fields = ("email",)
    actions = ("withdraw",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """What is not shown is not to be found out through the address."""
        return lookup == OpenFilter.parameter_name

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return super().has_delete_permission(request)

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> SafeString:
        if invitation.accepted_at:
            return badge(_("accepted"), "good")
        is_open = invitation.sent_at > timezone.now() - GOOD_FOR
        return badge(_("open"), "on") if is_open else badge(_("lapsed"), "off")

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Whom the same person had invited before gets a new mail."""
        inviter: Any = request.user
        inviting.invite(inviter, obj.email)
        obj.pk = inviter.invitations.get(email__iexact=obj.email).pk

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        chosen = few(request, queryset)
        for invitation in chosen:
            inviting.withdraw(invitation)
        said = ngettext("%d invitation is withdrawn.", "%d invitations are withdrawn.", len(chosen))
        messages.success(request, said % len(chosen))
