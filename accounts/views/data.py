"""What of a member's is here: to take along, or to leave behind."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from accounts import leaving as going
from accounts.forms.leaving import LeaveForm
from accounts.models.user import GRACE
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other


@require_safe
@login_required
@never_cache
def settings_data(request: MemberRequest) -> HttpResponse:
    return _page(request, LeaveForm(member=request.user))


@require_POST
@login_required
@reauthentication_required
@ratelimit(key="user", rate="10/h")
def leave(request: MemberRequest) -> HttpResponse:
    form = LeaveForm(request.POST, member=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        gone = going.leave(request.user)
    except going.LastAdmin:
        form.add_error(None, _("You are the only admin. Make somebody else one before you leave."))
        return _page(request, form, status=422)
    day = date_format(gone.leaves_at, "DATE_FORMAT") if gone.leaves_at else ""
    get_adapter().logout(request)
    messages.success(
        request,
        _("You have left. Until %(day)s you can sign in and stay after all.") % {"day": day},
    )
    return see_other(reverse("home"))


@require_safe
@login_required
@never_cache
def leaving(request: MemberRequest) -> HttpResponse:
    if not request.user.leaves_at:
        return redirect("accounts:settings-data")
    return render(request, "accounts/leaving.html")


@require_POST
@login_required
def stay(request: MemberRequest) -> HttpResponse:
    going.stay(request.user)
    messages.success(request, _("It is good to have you back. Everything is as it was."))
    return see_other(reverse("home"))


def _page(request: MemberRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    page = {"form": form, "days": GRACE.days}
    return render(request, "accounts/settings_data.html", page, status=status)
