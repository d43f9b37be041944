"""What lists of the admin have in common where moderators decide."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.asking import few
from cinehub.kit.rows import ReadOnly
from reviews import moderating, reporting
from reviews.models import Decision
from reviews.models.reports import LONGEST_TEXT, Reason
from reviews.reporting import Said


class WhyForm(ActionForm):
    """Beside the choice of what to do: why."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose")), *Reason.choices],
        required=False,
    )
    text = forms.CharField(label=gettext_lazy("In words"), required=False, max_length=LONGEST_TEXT)


class Deciding(ReadOnly):
    """Nothing is written here but decisions."""

    action_form = WhyForm

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(moderating.MAY_DECIDE)

    def decide(
        self,
        request: HttpRequest,
        deed: Callable[..., Decision],
        rows: QuerySet[Any],
        said_in: Callable[[Iterable[Any]], Iterable[Said]],
        reason: str = "",
    ) -> None:
        """About each by itself; what is decided already, or one's own, is left out."""
        why = {
            "reason": request.POST.get("reason", "") or reason,
            "text": request.POST.get("text", "")[:LONGEST_TEXT],
        }
        if deed is moderating.hide and why["reason"] not in Reason.values:
            messages.error(request, _("Say why it is to be hidden."))
            return
        done = 0
        for said in said_in(few(request, rows)):
            try:
                deed(said, by=request.user, **why)
            except (moderating.Decided, reporting.OwnWords):
                continue
            done += 1
        words = ngettext("%d decision is made.", "%d decisions are made.", done)
        messages.success(request, words % done)
