"""Personal tokens, and the apps that a member has let in."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from accounts import consenting, issuing, scopes
from accounts.forms.apps import TokenForm
from accounts.models import Authorization
from accounts.registering import App
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@reauthentication_required(allow_get=True)
@ratelimit(key="user", rate="30/h", method="POST")
def tokens(request: MemberRequest) -> HttpResponse:
    form = TokenForm(request.POST or None)
    made = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        ends = form.expires_at()
        try:
            _token, made = issuing.issue(
                request.user, name=told["name"], reach=told["scopes"], expires_at=ends
            )
            form = TokenForm()
        except issuing.TooMany:
            form.add_error(None, _("You have as many as anybody may. Take one away first."))
    return _page(request, form, made)


@require_POST
@login_required
def revoke_token(request: MemberRequest, pk: int) -> HttpResponse:
    issuing.revoke(get_object_or_404(request.user.tokens, pk=pk))
    messages.success(request, _("That token opens nothing any more."))
    return see_other(reverse("accounts:tokens"))


@require_safe
@login_required
@never_cache
def authorizations(request: MemberRequest) -> HttpResponse:
    found = request.user.authorizations.newest().select_related("client__owner")
    told = [{"row": row, "app": App.of(row.client), "reach": _told(row)} for row in found]
    return render(request, "accounts/apps/allowed.html", {"allowed": told})


@require_POST
@login_required
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    consenting.revoke(get_object_or_404(request.user.authorizations, pk=pk))
    messages.success(request, _("That app is out."))
    return see_other(reverse("accounts:authorizations"))


def _page(request: MemberRequest, form: TokenForm, made: str) -> HttpResponse:
    """`made` is on it once."""
    own = request.user.tokens.newest()
    told = [{"row": row, "reach": scopes.told(row.scopes.split())} for row in own]
    context = {"form": form, "tokens": told, "made": made}
    status = 422 if form.errors else 200
    return render(request, "accounts/apps/tokens.html", context, status=status)


def _told(row: Authorization) -> list[object]:
    return list(scopes.told(row.scopes.split()))
