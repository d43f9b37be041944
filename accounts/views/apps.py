"""A member's own apps: to register them, and to see to them."""

from allauth.account.decorators import reauthentication_required
from allauth.idp.oidc.models import Client
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from accounts import registering
from accounts.forms.apps import AppForm, RegisterForm
from accounts.registering import App
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
@never_cache
def listed(request: MemberRequest) -> HttpResponse:
    found = [App.of(client) for client in registering.apps(request.user)]
    told = {"apps": found, "at_most": registering.AT_MOST}
    return render(request, "accounts/apps/listed.html", told)


@form_page
@login_required
@never_cache
@reauthentication_required(allow_get=True)
@ratelimit(key="user", rate="30/h", method="POST")
def register(request: MemberRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, secret = registering.register(request.user, **form.values())
        except registering.TooMany:
            form.add_error(None, _("You have as many as anybody may. Delete one first."))
        else:
            return _page(request, client, secret=secret, is_new=True)
    status = 422 if form.errors else 200
    return render(request, "accounts/apps/register.html", {"form": form}, status=status)


@form_page
@login_required
@never_cache
@reauthentication_required(allow_get=True)
@ratelimit(key="user", rate="60/h", method="POST")
def one(request: MemberRequest, key: str) -> HttpResponse:
    client = _own(request, key)
    if request.method != "POST":
        return _page(request, client)
    form = AppForm(request.POST)
    if not form.is_valid():
        return _page(request, client, form=form, status=422)
    registering.change(client, **form.cleaned_data)
    messages.success(request, _("The app is saved."))
    return see_other(reverse("accounts:app", args=[client.pk]))


@require_POST
@login_required
@never_cache
@reauthentication_required
@ratelimit(key="user", rate="30/h")
def secret(request: MemberRequest, key: str) -> HttpResponse:
    client = _own(request, key)
    if client.type != Client.Type.CONFIDENTIAL:
        raise Http404
    return _page(request, client, secret=registering.renew_secret(client))


@form_page
@login_required
@never_cache
@reauthentication_required(allow_get=True)
def delete(request: MemberRequest, key: str) -> HttpResponse:
    client = _own(request, key)
    if request.method != "POST":
        return render(request, "accounts/apps/delete.html", {"app": App.of(client)})
    registering.remove(client)
    messages.success(request, _("The app is deleted."))
    return see_other(reverse("accounts:apps"))


def _own(request: MemberRequest, key: str) -> Client:
    return get_object_or_404(registering.apps(request.user), pk=key)


def _page(
    request: MemberRequest,
    client: Client,
    *,
    form: AppForm | None = None,
    secret: str = "",
    is_new: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`secret` is on it once, when it was made."""
    app = App.of(client)
    form = form or AppForm(initial=vars(app))
    told = {"app": app, "form": form, "secret": secret, "is_new": is_new}
    return render(request, "accounts/apps/app.html", told, status=status)
