"""What comes by mail, for apps: the way back to an account, and whose an address is."""

from allauth.account.internal.flows import email_verification
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.headless.account import views
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import auth_doors, auth_shapes
from accounts.api.auth import Door, refuse
from accounts.api.auth_doors import ask
from cinehub.kit.api import Endpoint, Problem


class PasswordReset(Door):
    @extend_schema(
        summary="Ask for a new password",
        request=auth_shapes.Email,
        responses={202: auth_shapes.Said},
    )
    def post(self, request: Request) -> Response:
        """The mail says whether there is an account; the answer does not."""
        answer = ask(auth_doors.LostPassword, request._request, self.read(auth_shapes.Email))
        if answer.status != 200:
            refuse(answer)
        said = _("If there is an account with this address, a mail is on its way to it.")
        return self.show({"detail": said}, auth_shapes.Said, 202)


class PasswordResetConfirm(Door):
    @extend_schema(
        summary="Set a new password, and sign in",
        request=auth_shapes.NewPassword,
        responses=auth_shapes.TokenPair,
    )
    def post(self, request: Request) -> Response:
        """Whoever was signed in with the old one is not any more."""
        told = self.read(auth_shapes.NewPassword)
        told["password1"] = told.pop("password")
        return self.let_in(ask(auth_doors.NewPassword, request._request, told))


class EmailConfirm(Door):
    @extend_schema(
        summary="Confirm an e-mail address", request=auth_shapes.EmailKey, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        answer = ask(views.VerifyEmailView, request._request, self.read(auth_shapes.EmailKey))
        if answer.status in (400, 429):
            refuse(answer)
        return Response(status=204)


class EmailResend(Endpoint):
    limit = "auth"

    @extend_schema(
        summary="Have the mail that confirms the address sent again",
        request=None,
        responses={202: auth_shapes.Said},
    )
    def post(self, request: Request) -> Response:
        """409 if there is none to confirm."""
        waiting = EmailAddress.objects.filter(user=request.user, verified=False)
        address = waiting.order_by("-pk").first()
        if address is None:
            raise Problem(409, "conflict", _("Your address is confirmed."))
        inner = request._request
        with context.request_context(inner):
            if not email_verification.send_verification_email_to_address(inner, address):
                refuse(auth_doors.Answer(429))
        said = _("A mail is on its way to %(email)s.") % {"email": address.email}
        return self.show({"detail": said}, auth_shapes.Said, 202)
