"""Where the code is typed that a TV shows."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import consenting
from accounts.forms.apps import DeviceCodeForm, DeviceForm
from accounts.registering import App
from accounts.request import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def device(request: MemberRequest) -> HttpResponse:
    """The code may come along in the address; to open it gives nobody anything."""
    typed = request.POST if "code" in request.POST else request.GET
    code = DeviceCodeForm(typed if "code" in typed else None)
    if not code.is_valid():
        status = 422 if code.errors else 200
        return render(request, "accounts/oauth/device.html", {"form": code}, status=status)
    if request.POST.get("action") == "deny":
        consenting.turn_device_away(request.user, code.device_code)
        return _done(request, code, is_in=False)
    requested = consenting.wanted_by(code.device_code, code.client)
    answered = request.POST if request.POST.get("action") == "grant" else None
    form = DeviceForm(answered, requested=requested)
    if form.is_valid():
        reach = form.cleaned_data["scopes"]
        is_in = consenting.let_device_in(request.user, code.client, code.device_code, reach)
        return _done(request, code, is_in=is_in)
    context = {"app": App.of(code.client), "code": code.cleaned_data["code"], "form": form}
    status = 422 if form.errors else 200
    return render(request, "accounts/oauth/device_consent.html", context, status=status)


def _done(request: MemberRequest, code: DeviceCodeForm, *, is_in: bool) -> HttpResponse:
    context = {"app": App.of(code.client), "is_in": is_in}
    return render(request, "accounts/oauth/device_done.html", context)
