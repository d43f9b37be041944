"""What is sent to the doors, and what they answer."""

from typing import Any

from rest_framework import serializers

from accounts.renewing import Pair
from accounts.tokens import LASTS, Use
from cinehub.kit.api import Sparse

# Longer ones only keep the machine busy.
LONGEST_PASSWORD = 256


class Password(serializers.CharField):
    """As it was typed, blanks and all."""

    def __init__(self, **told: Any) -> None:
        super().__init__(trim_whitespace=False, max_length=LONGEST_PASSWORD, **told)


class SignUp(serializers.Serializer):
    username = serializers.CharField(max_length=30)
    email = serializers.EmailField(max_length=254)
    password = Password()
    invitation = serializers.CharField(
        max_length=100,
        required=False,
        help_text="The key of an invitation, where nobody may sign up without one.",
    )


class SignIn(serializers.Serializer):
    login = serializers.CharField(
        max_length=254, help_text="A username, an e-mail address or a phone number."
    )
    password = Password()


class Factor(serializers.Serializer):
    session_token = serializers.CharField(
        max_length=1000, help_text="From the problem `second-factor-required`."
    )
    code = serializers.CharField(
        max_length=20, help_text="From the member's app, or one of their recovery codes."
    )


class AskCode(serializers.Serializer):
    """One of the two."""

    email = serializers.EmailField(max_length=254, required=False)
    phone = serializers.CharField(
        max_length=30, required=False, help_text="With its country: +442079460958."
    )


class CodeAsked(serializers.Serializer):
    session_token = serializers.CharField(help_text="To be sent along with the code.")
    expires_in = serializers.IntegerField(help_text="Seconds.")


class EnterCode(serializers.Serializer):
    session_token = serializers.CharField(max_length=1000)
    code = serializers.CharField(max_length=20)


class Refresh(serializers.Serializer):
    refresh_token = serializers.CharField(max_length=2000)


class TokenPair(serializers.Serializer):
    """The access token goes into `Authorization: Bearer …`; the refresh token is good once."""

    access_token = serializers.CharField(source="access")
    token_type = serializers.SerializerMethodField()
    expires_in = serializers.SerializerMethodField(help_text="Seconds.")
    refresh_token = serializers.CharField(source="refresh")
    refresh_expires_in = serializers.SerializerMethodField(help_text="Seconds.")

    def get_token_type(self, pair: Pair) -> str:
        return "Bearer"

    def get_expires_in(self, pair: Pair) -> int:
        return LASTS[Use.ACCESS]

    def get_refresh_expires_in(self, pair: Pair) -> int:
        return LASTS[Use.REFRESH]


class Said(serializers.Serializer):
    """It is under way; what comes of it is in somebody's mail."""

    detail = serializers.CharField()


class Email(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class EmailKey(serializers.Serializer):
    key = serializers.CharField(
        max_length=500, help_text="From the mail: the last part of its address."
    )


class NewPassword(serializers.Serializer):
    key = serializers.CharField(
        max_length=500, help_text="From the mail: the last part of its address."
    )
    password = Password()


class SignedIn(Sparse):
    """One of the places where a member is signed in."""

    id = serializers.IntegerField(source="pk")
    device = serializers.CharField()
    address = serializers.IPAddressField()
    created_at = serializers.DateTimeField(source="since")
    last_seen_at = serializers.DateTimeField(source="seen")
    is_current = serializers.BooleanField(help_text="Whether this request came from there.")


class OtherHouse(Sparse):
    """Another site whose accounts sign in here."""

    id = serializers.CharField()
    name = serializers.CharField()
    sign_in_url = serializers.URLField(help_text="For a browser.")


class Who(Sparse):
    username = serializers.CharField()
    name = serializers.CharField()


class Session(Sparse):
    user = Who(allow_null=True, help_text="Null where nobody is signed in.")
    csrf_token = serializers.CharField(
        help_text="For the header X-CSRFToken of whatever changes something."
    )


class Again(serializers.Serializer):
    """One of the two."""

    password = Password(required=False)
    code = serializers.CharField(
        max_length=20, required=False, help_text="Of the member's app, or a recovery code."
    )


class PasswordChange(serializers.Serializer):
    current_password = Password(required=False, help_text="Not asked of who has none yet.")
    password = Password()


class Phone(serializers.Serializer):
    phone = serializers.CharField(max_length=30, help_text="With its country: +442079460958.")


class PhoneCode(serializers.Serializer):
    code = serializers.CharField(max_length=20)


class FactorCode(serializers.Serializer):
    code = serializers.CharField(max_length=20, help_text="That the app shows now.")


class FactorSecret(serializers.Serializer):
    """For an app that shows codes: as a QR code, or typed in."""

    secret = serializers.CharField()
    uri = serializers.CharField()


class RecoveryCodes(serializers.Serializer):
    recovery_codes = serializers.ListField(child=serializers.CharField())
