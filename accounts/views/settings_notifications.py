"""How members are told: on the site, and by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.choosing import choose, ways
from accounts.digest import is_confirmed
from accounts.forms.notices import WaysForm
from accounts.request import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def settings_notifications(request: MemberRequest) -> HttpResponse:
    form = WaysForm(request.POST or None, ways=ways(request.user))
    if form.is_valid():
        choose(request.user, form.ways())
        messages.success(request, _("You will hear of things the way you have chosen."))
        return redirect("accounts:settings-notifications")
    context = {"form": form, "is_mailed": is_confirmed(request.user)}
    return render(request, "accounts/settings_notifications.html", context)
