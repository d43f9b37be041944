"""What a member changes about how they come in, for apps: as in the settings."""

from collections.abc import Mapping
from typing import Any

from allauth.headless.account import views
from allauth.headless.mfa import views as mfa
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import renewing
from accounts.api import auth_doors, auth_own_doors, auth_shapes
from accounts.api.auth import refuse
from accounts.api.auth_doors import Answer
from accounts.api.auth_sessions import current
from accounts.tokens import SignIn
from cinehub.kit.api import Endpoint, Problem
from cinehub.kit.sealing import seal


class Own(Endpoint):
    """For who signed in here themselves; some of it asks once more who they are."""

    limit = "auth"

    def ask(
        self, door: type[views.APIView], told: Mapping[str, Any] | None = None, method: str = "POST"
    ) -> Answer:
        """Raises Problem where the door does not do it."""
        key = current(self.request)
        is_app = isinstance(self.request.auth, SignIn)
        with transaction.atomic():
            # Or what a refresh writes there at the same time would be lost.
            Session.objects.select_for_update().filter(pk=key).first()
            if is_app:
                renewing.prove(str(key), self.request.user)
            answer = auth_doors.ask(
                door,
                self.request._request,
                told or {},
                method=method,
                session_token=seal(str(key)),
                is_app=is_app,
            )
        if not is_app and answer.session_key != key:
            _move(self.request, answer.session_key)
        return _checked(answer)


class Again(Own):
    @extend_schema(
        summary="Say again who you are", request=auth_shapes.Again, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        """Before what would do harm in other hands: problems `reauthentication-required`."""
        told = self.read(auth_shapes.Again)
        if len(told) != 1:
            raise ValidationError([_("Give either a password or a code.")])
        is_password = "password" in told
        self.ask(auth_own_doors.Again if is_password else auth_own_doors.FactorAgain, told)
        return Response(status=204)


class Password(Own):
    @extend_schema(
        summary="Change the password",
        request=auth_shapes.PasswordChange,
        responses={200: auth_shapes.TokenPair, 204: None},
    )
    def post(self, request: Request) -> Response:
        """You are signed out everywhere else. An app goes on with the tokens of the answer; a
        browser with its cookie."""
        given = self.read(auth_shapes.PasswordChange)
        told = {"password1": given["password"]}
        if request.user.has_usable_password():
            told["oldpassword"] = given.get("current_password", "")
        answer = self.ask(auth_own_doors.ChangePassword, told)
        if answer.pair is None:
            return Response(status=204)
        return self.show(answer.pair, auth_shapes.TokenPair)


class EmailChange(Own):
    @extend_schema(
        summary="Change the e-mail address",
        request=auth_shapes.Email,
        responses={202: auth_shapes.Said},
    )
    def post(self, request: Request) -> Response:
        """The old one is yours until the new one is confirmed."""
        told = self.read(auth_shapes.Email)
        self.ask(auth_own_doors.ChangeEmail, told)
        said = _("A mail is on its way to %(email)s.") % told
        return self.show({"detail": said}, auth_shapes.Said, 202)


class Phone(Own):
    @extend_schema(
        summary="Have a code sent to a phone number",
        request=auth_shapes.Phone,
        responses={202: auth_shapes.Said},
    )
    def post(self, request: Request) -> Response:
        """With the code it becomes yours."""
        self.ask(auth_own_doors.ChangePhone, self.read(auth_shapes.Phone))
        said = _("A code is on its way.")
        return self.show({"detail": said}, auth_shapes.Said, 202)

    @extend_schema(summary="Take the phone number away", responses={204: None})
    def delete(self, request: Request) -> Response:
        self.ask(auth_own_doors.RemovePhone)
        return Response(status=204)


class PhoneConfirm(Own):
    @extend_schema(
        summary="Confirm a phone number", request=auth_shapes.PhoneCode, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        self.ask(auth_own_doors.ConfirmPhone, self.read(auth_shapes.PhoneCode))
        return Response(status=204)


class App(Own):
    @extend_schema(
        summary="Begin with an app that shows codes",
        request=None,
        responses=auth_shapes.FactorSecret,
    )
    def post(self, request: Request) -> Response:
        """It is asked for at sign-in once one of its codes was confirmed."""
        answer = self.ask(auth_own_doors.App, method="GET")
        if answer.status != 404:
            raise Problem(409, "duplicate", _("There is an app already."))
        meta = answer.body["meta"]
        told = {"secret": meta["secret"], "uri": meta["totp_url"]}
        return self.show(told, auth_shapes.FactorSecret)

    @extend_schema(summary="Do without the app", responses={204: None})
    def delete(self, request: Request) -> Response:
        self.ask(auth_own_doors.App, method="DELETE")
        return Response(status=204)


class AppConfirm(Own):
    @extend_schema(
        summary="Confirm the app with one of its codes",
        request=auth_shapes.FactorCode,
        responses=auth_shapes.RecoveryCodes,
    )
    def post(self, request: Request) -> Response:
        """From now on it is asked for at sign-in. Keep the recovery codes for when it is lost."""
        self.ask(auth_own_doors.App, self.read(auth_shapes.FactorCode))
        kinds = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
        held = kinds.filter(user=request.user).first()
        codes = held.wrap().get_unused_codes() if held else []
        return self.show({"recovery_codes": codes}, auth_shapes.RecoveryCodes)


class Recovery(Own):
    @extend_schema(summary="New recovery codes", request=None, responses=auth_shapes.RecoveryCodes)
    def post(self, request: Request) -> Response:
        """Those from before are void."""
        answer = self.ask(mfa.ManageRecoveryCodesView)
        told = {"recovery_codes": answer.body["data"]["unused_codes"]}
        return self.show(told, auth_shapes.RecoveryCodes)


def _checked(answer: Answer) -> Answer:
    if answer.status == 401 and answer.body.get("meta", {}).get("is_authenticated"):
        said = _("Say again who you are first, at auth/again/.")
        raise Problem(403, "reauthentication-required", said)
    if answer.status == 409:
        errors = answer.body.get("errors") or [{"message": _("There is nothing to confirm.")}]
        raise Problem(409, "conflict", errors[0]["message"])
    if answer.status in (400, 401, 403, 429):
        refuse(answer)
    return answer


def _move(request: Request, key: str | None) -> None:
    """The browser's session has another key from now on: its cookie is to say so."""
    request._request.session = SessionStore(key)
    request._request.session.modified = True
