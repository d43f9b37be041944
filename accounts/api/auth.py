"""Coming in, for apps: with a password, a second factor, a code; and staying in."""

from collections.abc import Mapping
from typing import Any, NoReturn

from allauth.account import app_settings as allauth
from allauth.headless.account import views
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import inviting, renewing
from accounts.adapters import invited
from accounts.api import auth_doors, auth_shapes
from accounts.api.auth_doors import Answer, ask
from cinehub.kit.api import Endpoint, Problem, Who
from cinehub.kit.api.problems import NOT_OF_A_FIELD

# What allauth's forms call otherwise.
NAMES = {
    "password1": "password",
    "oldpassword": "current_password",
    "__all__": NOT_OF_A_FIELD,
}
MAILED = "verify_email"
SECOND = "mfa_authenticate"


class Door(Endpoint):
    """Whoever comes here has no token that counts: neither is one looked at, nor a cookie."""

    who = Who.ANYBODY
    limit = "auth"

    def get_authenticators(self) -> list[Any]:
        return []

    def let_in(self, answer: Answer, status: int = 200) -> Response:
        """With tokens. Raises Problem where something is lacking."""
        if answer.pair is None:
            refuse(answer)
        return self.show(answer.pair, auth_shapes.TokenPair, status)


class Register(Door):
    @extend_schema(
        summary="Sign up",
        request=auth_shapes.SignUp,
        responses={201: auth_shapes.TokenPair, 202: auth_shapes.Said},
    )
    def post(self, request: Request) -> Response:
        """202 where the e-mail address has to be confirmed before one is let in."""
        told = self.read(auth_shapes.SignUp)
        known = _known(told.pop("invitation", ""))
        told["password1"] = told.pop("password")
        answer = ask(auth_doors.SignUp, request._request, told, known=known)
        if answer.pending().get("id") == MAILED:
            said = {"detail": _("A mail is on its way: confirm your address, then sign in.")}
            return self.show(said, auth_shapes.Said, 202)
        return self.let_in(answer, 201)


class Login(Door):
    @extend_schema(
        summary="Sign in with a password",
        request=auth_shapes.SignIn,
        responses=auth_shapes.TokenPair,
    )
    def post(self, request: Request) -> Response:
        """Who has a second factor gets 401 `second-factor-required`, with a `session_token`."""
        told = self.read(auth_shapes.SignIn)
        return self.let_in(ask(auth_doors.SignIn, request._request, told))


class SecondFactor(Door):
    @extend_schema(
        summary="Go on with a second factor",
        request=auth_shapes.Factor,
        responses=auth_shapes.TokenPair,
    )
    def post(self, request: Request) -> Response:
        told = self.read(auth_shapes.Factor)
        token = told.pop("session_token")
        answer = ask(auth_doors.SecondFactor, request._request, told, session_token=token)
        return self.let_in(answer)


class Code(Door):
    @extend_schema(
        summary="Ask for a code by e-mail or text message",
        request=auth_shapes.AskCode,
        responses={202: auth_shapes.CodeAsked},
    )
    def post(self, request: Request) -> Response:
        """Whether there is such an account is told to nobody but its owner."""
        answer = ask(auth_doors.AskCode, request._request, self.read(auth_shapes.AskCode))
        if answer.pending().get("id") != "login_by_code":
            refuse(answer)
        told = {
            "session_token": answer.session_token,
            "expires_in": allauth.LOGIN_BY_CODE_TIMEOUT,
        }
        return self.show(told, auth_shapes.CodeAsked, 202)


class CodeConfirm(Door):
    @extend_schema(
        summary="Sign in with a code that was sent",
        request=auth_shapes.EnterCode,
        responses=auth_shapes.TokenPair,
    )
    def post(self, request: Request) -> Response:
        told = self.read(auth_shapes.EnterCode)
        token = told.pop("session_token")
        answer = ask(views.ConfirmLoginCodeView, request._request, told, session_token=token)
        return self.let_in(answer)


class Refresh(Door):
    @extend_schema(
        summary="The next pair of tokens",
        request=auth_shapes.Refresh,
        responses=auth_shapes.TokenPair,
    )
    def post(self, request: Request) -> Response:
        """A refresh token is good once: whoever shows it again ends the sign-in."""
        token = self.read(auth_shapes.Refresh)["refresh_token"]
        return self.show(renewing.renew(request._request, token), auth_shapes.TokenPair)


def refuse(answer: Answer) -> NoReturn:
    """What a door has said no to, as a problem."""
    if answer.status == 400:
        raise ValidationError(_errors(answer.body.get("errors", [])))
    if answer.status == 403:
        raise Problem(403, "closed", _("Only who was invited can sign up here."))
    if answer.status == 429:
        wait = {"Retry-After": str(answer.retry_seconds)}
        said = _("That was too often. Try again in a moment.")
        raise Problem(429, "too-many-requests", said, headers=wait)
    raise _next_step(answer)


def _next_step(answer: Answer) -> Problem:
    pending = answer.pending()
    if pending.get("id") == SECOND:
        more = {"session_token": answer.session_token, "ways": pending.get("types", [])}
        said = _("Go on with a second factor.")
        return Problem(401, "second-factor-required", said, more=more)
    if pending.get("id") == MAILED:
        said = _("Confirm your e-mail address first: a mail is on its way.")
        return Problem(401, "confirmation-required", said)
    return Problem(401, "unauthenticated", _("This took too long. Begin again."))


def _errors(told: list[Mapping[str, Any]]) -> dict[str, list[ErrorDetail]]:
    found: dict[str, list[ErrorDetail]] = {}
    for one in told:
        name = one.get("param", NOT_OF_A_FIELD)
        detail = ErrorDetail(one["message"], one["code"] or "invalid")
        found.setdefault(NAMES.get(name, name), []).append(detail)
    return found


def _known(invitation: str) -> dict[str, str]:
    """Of who comes by an invitation. Raises ValidationError for one that opens nothing."""
    if not invitation:
        return {}
    found = inviting.find(invitation)
    if not found:
        raise ValidationError({"invitation": [_("This invitation is not good any more.")]})
    return invited(found, invitation)
