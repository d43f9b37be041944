"""The number that a member signs in with, if they want to."""

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import phoning
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other
from cinehub.kit.refusing import too_many


def change(request: HttpRequest) -> HttpResponse:
    try:
        response: HttpResponse = views.change_phone(request)
    except RateLimited:
        return too_many(request)
    return response


def confirm(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = views.verify_phone(request)
    return response


@require_POST
@login_required
@reauthentication_required(app="allauth.account")
def remove(request: MemberRequest) -> HttpResponse:
    phoning.remove(request.user)
    get_adapter().send_notification_mail("account/email/phone_removed", request.user)
    messages.success(request, _("Your number is removed."))
    return see_other(reverse("account_change_phone"))
