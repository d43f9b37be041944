"""Leaving, and thinking better of it."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import leaving
from accounts.api.authentication import Session
from accounts.forms.leaving import LeaveForm
from accounts.models import User
from accounts.tokens import SignIn
from cinehub.kit.api import Endpoint, Problem
from cinehub.kit.api.limits import spare


class Leaver(Session):
    """Whoever is about to leave, too: by the site's own cookie alone."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found: tuple[User, None] | None = SessionAuthentication.authenticate(self, request)
        return found


class Leaving(serializers.Serializer):
    username = serializers.CharField(
        max_length=150, help_text="Yours, so that nobody leaves by accident."
    )


class Left(serializers.Serializer):
    leaves_at = serializers.DateTimeField(help_text="Until then you may sign in and stay.")


class Leave(Endpoint):
    writes = ""
    limit = "auth"

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Who is about to leave is let in to stay, and for nothing else."""
        found: list[BaseAuthentication] = super().get_authenticators()
        return [Leaver()] if getattr(self.request, "method", "") == "DELETE" else found

    @extend_schema(
        summary="Leave: the account is closed now, and erased in two weeks",
        request=Leaving,
        responses=Left,
    )
    def post(self, request: Request) -> Response:
        spare(request, "leave", "10/h")
        check_it_is_them(request)
        form = LeaveForm(self.read(Leaving), member=request.user)
        if not form.is_valid():
            raise ValidationError({name: list(said) for name, said in form.errors.items()})
        try:
            return self.show(leaving.leave(request.user), Left)
        except leaving.LastAdmin:
            text = _("You are the only admin. Make somebody else one before you leave.")
            raise Problem(422, "unprocessable", text) from None

    @extend_schema(
        summary="Stay after all",
        request=None,
        responses={204: None},
        auth=[{"cookie": []}],  # type: ignore[list-item]
    )
    def delete(self, request: Request) -> Response:
        leaving.stay(request.user)
        return Response(status=204)


def check_it_is_them(request: Request) -> None:
    """Who signed in some minutes ago, or has said again who they are. Raises Problem."""
    if isinstance(request.auth, SignIn):
        known = SessionStore(request.auth.session_key)
        ways = known.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        latest = max((way["at"] for way in ways), default=0)
        is_needed = time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT
    else:
        is_needed = is_reauthentication_required(request._request, app="account")
    if is_needed:
        text = _("This is so much that you have to sign in again before.")
        raise Problem(403, "reauthentication-required", text)
