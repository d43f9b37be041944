"""Doors for who is in already: what they change there concerns how they come in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import password_change
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.account import views
from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.base.views import AuthenticatedAPIView
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.mfa import views as mfa
from django.http import HttpResponseBase

from accounts import factors, phoning
from accounts.forms import doors
from accounts.request import MemberRequest


class AgainInput(doors.SignInAgain, Input):
    pass


class FactorAgainInput(factors.EnterCodeAgain, Input):
    pass


class ChangePasswordInput(doors.ChangePassword, Input):
    pass


class SetPasswordInput(doors.SetPassword, Input):
    pass


class EmailInput(doors.ChangeEmail, Input):
    pass


class PhoneInput(doors.ChangePhone, Input):
    pass


class PhoneCodeInput(doors.ConfirmPhone, Input):
    pass


class AppInput(factors.SetUpApp, Input):
    pass


class Again(views.ReauthenticateView):
    input_class = AgainInput


class FactorAgain(mfa.ReauthenticateView):
    input_class = FactorAgainInput


class ChangePassword(views.ChangePasswordView):
    def get_input_class(self) -> Any:
        return ChangePasswordInput if self._has_one() else SetPasswordInput

    def post(self, request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        had_one = self._has_one()
        self.input.save()
        if had_one:
            password_change.finalize_password_change(request, request.user)
        else:
            password_change.finalize_password_set(request, request.user)
        return AuthenticationResponse(request)

    def _has_one(self) -> bool:
        return bool(self.request.user.has_usable_password())


class ChangeEmail(views.ManageEmailView):
    input_class = {"POST": EmailInput}


class ChangePhone(views.ManagePhoneView):
    input_class = PhoneInput


class ConfirmPhone(views.VerifyPhoneView):
    input_class = PhoneCodeInput


class RemovePhone(AuthenticatedAPIView):
    handle_json_input = False

    def post(self, request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise_if_reauthentication_required(request, app="allauth.account")
        phoning.remove(request.user)
        get_adapter().send_notification_mail("account/email/phone_removed", request.user)
        return AuthenticationResponse(request)


class App(mfa.ManageTOTPView):
    input_class = {"POST": AppInput}
