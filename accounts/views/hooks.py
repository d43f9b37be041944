"""Members' webhooks: where they go, what they hear, and what became of it."""

import json
from typing import Any, NamedTuple

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

from accounts.forms.hooks import WebhookForm
from accounts.hooks import listening
from accounts.models import Delivery, Webhook
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other
from cinehub.kit.places import place, place_of

PER_PAGE = 20
# More of what was sent nobody reads here.
SHOWN = 4000


class Line(NamedTuple):
    delivery: Delivery
    # What was sent, in lines.
    sent: str


@require_safe
@login_required
@never_cache
def webhooks(request: MemberRequest) -> HttpResponse:
    found = request.user.webhooks.oldest().select_related("app")
    context = {"webhooks": found, "most": listening.MOST, "has_room": len(found) < listening.MOST}
    return render(request, "accounts/webhooks/all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
@never_cache
@ratelimit(key="user", rate="30/h", method="POST")
def add(request: MemberRequest) -> HttpResponse:
    form = WebhookForm(request.POST or None, owner=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = listening.add(request.user, **form.said())
        except listening.TooMany:
            form.add_error(None, _("You have as many webhooks as anybody may have."))
        else:
            return _show_secret(request, made, secret, status=201)
    status = 422 if form.errors else 200
    return render(request, "accounts/webhooks/add.html", {"form": form}, status=status)


@require_safe
@login_required
@never_cache
def webhook(request: MemberRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return _page(request, found, WebhookForm(owner=request.user, webhook=found))


@require_POST
@login_required
@reauthentication_required
@ratelimit(key="user", rate="60/h")
def change(request: MemberRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = WebhookForm(request.POST, owner=request.user, webhook=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    listening.change(found, **form.said())
    messages.success(request, _("Your changes are saved."))
    return _back(found)


@require_POST
@login_required
def turn(request: MemberRequest, pk: int, on: bool) -> HttpResponse:
    found = _mine(request, pk)
    if on:
        listening.turn_on(found)
        messages.success(request, _("The webhook is on."))
    else:
        listening.turn_off(found)
        messages.success(request, _("The webhook is off: nothing is sent."))
    return _back(found)


@require_POST
@login_required
@reauthentication_required
@never_cache
@ratelimit(key="user", rate="30/h")
def change_secret(request: MemberRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return _show_secret(request, found, listening.change_secret(found))


@require_POST
@login_required
@ratelimit(key="user", rate="60/h")
def try_out(request: MemberRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    try:
        listening.try_out(found)
    except listening.Off:
        messages.error(request, _("Turn it on first: nothing is sent while it is off."))
    else:
        messages.success(request, _("A test event is on its way. Look again in a moment."))
    return _back(found)


@require_POST
@login_required
@ratelimit(key="user", rate="120/h")
def replay(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    found = _mine(request, pk)
    try:
        listening.replay(get_object_or_404(found.deliveries, key=key))
    except listening.Off:
        messages.error(request, _("Turn it on first: nothing is sent while it is off."))
    else:
        messages.success(request, _("It is sent once more. Look again in a moment."))
    return _back(found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if request.method != "POST":
        return render(request, "accounts/webhooks/remove.html", {"webhook": found})
    listening.remove(found)
    messages.success(request, _("The webhook is removed."))
    return see_other(reverse("accounts:webhooks"))


def _mine(request: MemberRequest, pk: int) -> Webhook:
    return get_object_or_404(request.user.webhooks.select_related("app"), pk=pk)


def _back(found: Webhook) -> HttpResponse:
    return see_other(reverse("accounts:webhook", args=[found.pk]))


def _page(
    request: MemberRequest, found: Webhook, form: WebhookForm, status: int = 200
) -> HttpResponse:
    last = place_of(request.GET.get("after", ""))
    told = found.deliveries.newest()
    lines = list((told.before(*last) if last else told)[: PER_PAGE + 1])
    shown = lines[:PER_PAGE]
    context: dict[str, Any] = {
        "webhook": found,
        "form": form,
        "lines": [Line(each, _sent(each)) for each in shown],
        "rest": place(shown[-1].created_at, shown[-1].pk) if lines[PER_PAGE:] else "",
    }
    return render(request, "accounts/webhooks/one.html", context, status=status)


def _sent(delivery: Delivery) -> str:
    return json.dumps(json.loads(delivery.body), ensure_ascii=False, indent=2)[:SHOWN]


def _show_secret(
    request: MemberRequest, found: Webhook, secret: str, status: int = 200
) -> HttpResponse:
    """Once: it is on no other page."""
    context = {"webhook": found, "secret": secret}
    return render(request, "accounts/webhooks/secret.html", context, status=status)
