"""Inviting, and coming in by an invitation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts import inviting
from accounts.adapters import invited
from accounts.forms.invitations import InvitationForm
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other

# All that are sent in the time in which they are good, and more.
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@ratelimit(key="user", rate="30/h", method="POST")
@ratelimit(key="ip", rate="60/h", method="POST")
def invitations(request: MemberRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, form.cleaned_data["email"])
    found = request.user.invitations.newest()[:SHOWN]
    told = {"form": form, "invitations": found, "a_day": settings.INVITATIONS_A_DAY}
    status = 422 if form.errors else 200
    return render(request, "accounts/settings_invitations.html", told, status=status)


@require_POST
@login_required
@ratelimit(key="user", rate="30/h")
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    return _invite(request, get_object_or_404(request.user.invitations, pk=pk).email)


@require_POST
@login_required
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    inviting.withdraw(get_object_or_404(request.user.invitations, pk=pk))
    messages.success(request, _("The invitation is withdrawn."))
    return see_other(reverse("accounts:invitations"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ratelimit(key="ip", rate="60/h")
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """To open it changes nothing: mail programs do that, too."""
    found = inviting.find(key)
    if request.method != "POST" or not found:
        status = 200 if found else 404
        return render(request, "accounts/invitation.html", {"invitation": found}, status=status)
    request.session.update(invited(found, key))
    return see_other(reverse("account_signup"))


def _invite(request: MemberRequest, email: str) -> HttpResponse:
    try:
        inviting.invite(request.user, email)
    except inviting.Spent:
        messages.error(request, _("You have sent as many as a day has. Try again tomorrow."))
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
    return see_other(reverse("accounts:invitations"))
