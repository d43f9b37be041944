"""allauth's doors without their pages, asked from within: in each stands the form of its page.

What they do lies in a session that no cookie names; who is half in bears its name along, sealed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import password_reset
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, RateLimited
from allauth.headless.account import inputs, views
from allauth.headless.base.response import AuthenticationResponse, ForbiddenResponse
from allauth.headless.constants import Client
from allauth.headless.internal import authkit, sessionkit
from allauth.headless.internal.decorators import mark_request_as_headless
from allauth.headless.internal.restkit.inputs import CharField, Input
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.headless.mfa import views as mfa
from allauth.headless.tokens.strategies.base import AbstractTokenStrategy
from cryptography.fernet import InvalidToken
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts import factors, renewing, sessions, tokens
from accounts.forms import doors
from accounts.models import User
from accounts.renewing import Pair
from cinehub.kit.sealing import seal, unseal

# What of a request is its sender's way to sign in, and not the inner one's.
NOT_HANDED_ON = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_X_SESSION_TOKEN")
RETRY_SECONDS = 60


class OnTheWay(AbstractTokenStrategy):
    """For allauth: how who is half in is known again. Tokens are given out by `ask`."""

    def create_session_token(self, request: HttpRequest) -> str:
        if not request.session.session_key:
            request.session.save()
        return seal(str(request.session.session_key))

    def lookup_session(self, session_token: str) -> SessionBase | None:
        try:
            found: SessionBase | None = sessionkit.lookup_session(unseal(session_token))
        except InvalidToken:
            return None
        return found


@dataclass(frozen=True)
class Answer:
    """What a door has said; with a pair of tokens whoever asked is in."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    pair: Pair | None = None
    session_token: str = ""
    retry_seconds: int = RETRY_SECONDS
    session_key: str | None = None

    def pending(self) -> Mapping[str, Any]:
        """What is asked for next."""
        flows = self.body.get("data", {}).get("flows", [])
        return next((flow for flow in flows if flow.get("is_pending")), {})


def ask(
    door: type[views.APIView],
    request: HttpRequest,
    told: Mapping[str, Any],
    *,
    session_token: str = "",
    method: str = "POST",
    known: Mapping[str, Any] | None = None,
    is_app: bool = True,
) -> Answer:
    """`known` is in the session beforehand; who is no app goes on with the session itself."""
    inner = _inner(request, told, method, session_token)
    with context.request_context(inner):
        mark_request_as_headless(inner, Client.APP)
        try:
            with authkit.authentication_context(inner):
                before = inner.session.session_key
                inner.session.update(known or {})
                response = door.as_view(client=Client.APP)(inner)
                # A session gets another key whenever somebody comes in, or is known anew.
                is_new = inner.session.session_key != before
                pair = _let_in(inner) if is_new and is_app else None
                return _answer(response, pair, session_token, inner.session.session_key)
        except ImmediateHttpResponse as refusal:
            return _answer(refusal.response, None, session_token)
        except RateLimited:
            return Answer(429)


def _inner(
    request: HttpRequest, told: Mapping[str, Any], method: str, session_token: str
) -> HttpRequest:
    body = json.dumps(told).encode()
    handed_on = {name: value for name, value in request.META.items() if name not in NOT_HANDED_ON}
    inner = WSGIRequest(
        handed_on
        | {
            "REQUEST_METHOD": method,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        | ({"HTTP_X_SESSION_TOKEN": session_token} if session_token else {})
    )
    inner.allauth = SimpleNamespace()  # type: ignore[attr-defined]
    inner.session = sessionkit.new_session()
    inner.user = SimpleLazyObject(lambda: get_user(inner))  # type: ignore[assignment]
    return inner


def _let_in(inner: HttpRequest) -> Pair | None:
    """Within its session, which is saved on the way out."""
    member = inner.user
    if not isinstance(member, User):
        return None
    if member.leaves_at:
        sessions.end_key(member, key=inner.session.session_key)
        inner.session.flush()
    tokens.refuse_absent(member)
    return renewing.begin(inner.session, member)


def _answer(
    response: HttpResponseBase, pair: Pair | None, session_token: str, key: str | None = None
) -> Answer:
    is_json = response.headers["Content-Type"].startswith("application/json")
    body = json.loads(response.content) if is_json else {}  # type: ignore[attr-defined]
    return Answer(
        response.status_code,
        body,
        pair,
        body.get("meta", {}).get("session_token", session_token),
        int(response.headers.get("Retry-After", RETRY_SECONDS)),
        key,
    )


# --- Doors, with the forms of the pages -----------------------------------------------------------
class SignInInput(doors.SignIn, Input):
    pass


class SignUpInput(doors.SignUp, Input):
    pass


class AskCodeInput(doors.AskCode, Input):
    pass


class FactorInput(factors.EnterCode, Input):
    pass


class LostPasswordInput(doors.ResetPassword, Input):
    pass


class NewPasswordInput(inputs.ResetPasswordKeyInput):
    password1 = CharField()


class SignIn(views.LoginView):
    input_class = SignInInput

    def get_input_kwargs(self) -> dict[str, Any]:
        return {"request": self.request}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tokens.refuse_absent(self.input.user)
        response = self.input.login(request)
        return AuthenticationResponse.from_response(request, response)


class SignUp(views.SignupView):
    input_class = {"POST": SignUpInput}

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whether it is open is asked first: what is typed into a closed one nobody checks."""
        if not get_adapter().is_open_for_signup(request):
            return ForbiddenResponse(request)
        response: HttpResponseBase = super().handle(request, *args, **kwargs)
        return response


class AskCode(views.RequestLoginCodeView):
    input_class = AskCodeInput


class SecondFactor(mfa.AuthenticateView):
    input_class = FactorInput


class LostPassword(views.RequestPasswordResetView):
    input_class = LostPasswordInput


class NewPassword(views.ResetPasswordView):
    input_class = NewPasswordInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = self.input.user
        form = doors.NewPassword({"password1": self.data["password1"]}, user=member)
        if not form.is_valid():
            return ErrorResponse(request, input=form)
        form.save()
        response = password_reset.finalize_password_reset(request, member)
        return AuthenticationResponse.from_response(request, response)
