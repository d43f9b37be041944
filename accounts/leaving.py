"""Leaving, and thinking better of it."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import mailing, mails, records, sessions
from accounts.models import User
from accounts.models.user import GRACE
from accounts.preferring import FOR_ALL
from cinehub.kit.answers import see_other

# Where somebody who leaves still gets to; everything else leads to the first of them.
OPEN = (
    "accounts:leaving",
    "accounts:stay",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "data-download",
    "language",
    "theme",
)


class LastAdmin(Exception):
    """Nobody would be left who may do everything."""


@transaction.atomic
def leave(member: User) -> User:
    """From now on nobody finds them; in two weeks they are erased. Raises LastAdmin."""
    held = _hold(member)
    if held.is_last_admin():
        raise LastAdmin
    held.leaves_at = timezone.now() + GRACE
    held.save(update_fields=["leaves_at"])
    sessions.end_others(held, but=None)
    records.appear()
    _confirm(held)
    return held


@transaction.atomic
def stay(member: User) -> None:
    """Everything is as it was."""
    held = _hold(member)
    held.leaves_at = None
    held.save(update_fields=["leaves_at"])
    records.appear()


class Leavers:
    """Middleware: who is about to leave and has come back is asked whether to stay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        # The API has a refusal of its own.
        if not is_known or request.path_info.startswith((*FOR_ALL, "/api/")):
            return self.get_response(request)
        leaves_at = getattr(request.user, "leaves_at", None)
        if leaves_at and request.path not in map(reverse, OPEN):
            return see_other(reverse(OPEN[0]))
        return self.get_response(request)


def _hold(member: User) -> User:
    """And all admins: of two who leave together, the second sees that the first is gone."""
    admins = User.objects.filter(is_superuser=True) | User.objects.filter(pk=member.pk)
    held = list(admins.order_by("pk").select_for_update(no_key=True))
    return next(one for one in held if one.pk == member.pk)


def _confirm(member: User) -> None:
    with translation.override(member.language or settings.LANGUAGE_CODE):
        words = {"member": member, "sign_in": settings.SITE_URL + reverse("account_login")}
        text = render_to_string("mail/leaving.txt", words)
        mailing.post(mails.write(_("You are leaving CineHub"), text, member.email))
