"""allauth's forms, in the house's words: a label above each field, and one password to type."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import claiming
from accounts.models import User

PASSWORD_HINT = _("10 characters or more, and nothing that others use too.")

NUMBER_HINT = _("With its country: +44 20 7946 0958.")


class SignIn(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, login=_("E-mail, username or phone"), password=_("Password"))
        # The browser offers passkeys there, too.
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, str]:
        """No username looks like an address or a number: a password is looked at once, or how long
        that takes would tell who is a member."""
        found: dict[str, str] = super().user_credentials()
        if len(found) > len(("login", "password")):
            found.pop("username")
        return found


class SignUp(allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("E-mail address"), password1=_("Password"))
        self.fields["username"].help_text = User._meta.get_field("username").help_text
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["username"].widget.attrs["maxlength"] = "30"
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # As long as it takes to keep the password of who is new.
            User().set_password(self.cleaned_data.get("password1"))
        return super().try_save(request)


class AskCode(allauth.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("E-mail address"), phone=_("or phone number"))
        if "phone" in self.fields:
            self.fields["phone"].help_text = NUMBER_HINT

    def clean_email(self) -> str:
        """Whoever signed up with somebody else's address shall not have them as a guest."""
        email = str(super().clean_email())
        if not EmailAddress.objects.is_verified(email):
            self._user = None
        return email

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Where shall the code go?"))
        return cleaned


class EnterCode(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code=_("Code"))


class ChangePhone(allauth.ChangePhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, phone=_("Phone number"))
        self.fields["phone"].help_text = NUMBER_HINT


class ConfirmPhone(allauth.VerifyPhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code=_("Code"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ResetPassword(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("E-mail address"))


class NewPassword(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_password(self, _("New password"))

    def save(self) -> None:
        super().save()
        claiming.claim(self.user)


class ChangePassword(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_password(self, _("New password"))
        _in_our_words(self, oldpassword=_("Password as it is"))
        self.fields["oldpassword"].help_text = ""


class SetPassword(allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_password(self, _("Password"))


class SignInAgain(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password=_("Password"))
        self.fields["password"].help_text = ""


class ChangeEmail(allauth.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("New address"))


def _one_password(form: forms.Form, label: Any) -> None:
    """It can be shown instead of being typed twice."""
    del form.fields["password2"]
    _in_our_words(form, password1=label)
    form.fields["password1"].help_text = PASSWORD_HINT


def _in_our_words(form: forms.Form, **labels: Any) -> None:
    for name, field in form.fields.items():
        # The label says it, and stays when something is typed.
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
