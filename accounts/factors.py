"""Second factors and passkeys, in the house's words; what they do is allauth's."""

import logging
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn import forms as webauthn
from cryptography.fernet import InvalidToken
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sessions import device
from cinehub.kit.sealing import seal, unseal

log = logging.getLogger(__name__)

NAME_LENGTH = 60
# With its neighbours, which pass for the sake of slow clocks, so long is a code good for.
CODE_SECONDS = 90


EITHER = _("From your app, or one of your recovery codes.")


class Factors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the right one, or not any more. Try again."),
        "unverified_email": _(
            "Confirm your e-mail address first: it is your way back in if all else is lost."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Whoever gets hold of a copy of the database has no codes by that."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text)
        except InvalidToken:
            log.error("SECRET_KEY is another one than when a second factor was set up.")
            # Which no code fits.
            return generate_totp_secret()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        told: dict[str, str] = super().get_public_key_credential_rp_entity()
        return told | {"name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """Where it was made is what most people know it by."""
        return device(context.request.headers.get("User-Agent", ""))


class SetUpApp(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("Code from the app"))


class EnterCode(base.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("Code"))
        self.fields["code"].help_text = EITHER

    def clean_code(self) -> str:
        return _once(self.user, super().clean_code())


class EnterCodeAgain(base.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("Code"))
        self.fields["code"].help_text = EITHER

    def clean_code(self) -> str:
        return _once(self.user, super().clean_code())


class NewKey(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_name(self)
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = _("It signs me in without a password")
        alone.help_text = _(
            "Your device then asks for your finger, your face or its PIN. Leave it off for a key"
            " that is to be asked for after the password only."
        )

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (ValueError, LookupError, TypeError) as error:
            # It is parsed on the assumption that a browser has made it.
            raise get_adapter().validation_error("incorrect_code") from error


class KeyName(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_name(self)


def _once(user: User, code: str) -> str:
    """Whoever looked on as it was typed is not to come in by it."""
    if not cache.add(f"code-used:{user.pk}:{code}", 1, CODE_SECONDS):
        raise get_adapter().validation_error("incorrect_code")
    return code


def _ask_for_code(form: forms.Form, label: Any) -> None:
    field = form.fields["code"]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "none", "maxlength": "12"}


def _ask_for_name(form: forms.Form) -> None:
    form.fields["name"] = forms.CharField(
        label=_("Name of the key"), max_length=NAME_LENGTH, required=False
    )
