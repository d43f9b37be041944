"""Accounts of other houses: whom they sign in, and to what they may be connected."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import forms
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cinehub.kit.providers import HOUSES

# Numbers are tried after a name that is taken, and then another name is proposed.
NAMES_TRIED = 20


class Connecting(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": gettext_lazy(
            "There is an account with this address. Sign in to it, and then connect %s in your"
            " settings."
        ),
        "no_password": gettext_lazy(
            "This is the only way into your account. Set a password first."
        ),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """From the settings alone: a database is no place for secrets, and need not be asked."""
        return [
            app
            for app in _apps()
            if provider in (None, app.provider, app.provider_id)
            and client_id in (None, app.client_id)
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        for address in sociallogin.email_addresses:
            address.verified = _is_confirmed(address)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            _refuse_unconfirmed(request)
        elif not sociallogin.is_existing and _is_held(_confirmed(sociallogin)):
            context = {"provider": sociallogin.provider}
            raise ImmediateHttpResponse(
                render(request, "socialaccount/unconfirmed.html", context, status=409)
            )

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Whose address it is on both sides.

        Somebody may have signed up here with an address that is not theirs, and wait for its owner
        to come in by this door: into an account to which they have the key, too. So an account
        whose address was never confirmed is connected to nothing.
        """
        for address in _confirmed(sociallogin):
            ours = EmailAddress.objects.filter(email__iexact=address, verified=True)
            if found := ours.select_related("user").first():
                return found.user, address
        return None

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        given = super().get_signup_form_initial_data(sociallogin)
        words = [given["username"], _told(sociallogin.account).get("name")]
        return {"email": given["email"], "username": proposed(words)}


class DisconnectForm(forms.DisconnectForm):
    def save(self) -> None:
        account = self.cleaned_data["account"]
        if _is_offered(account):
            super().save()
        else:
            # A house that the settings don't name any more can't be told by its name.
            account.delete()


@dataclass(frozen=True)
class Connection:
    account: SocialAccount
    house: str
    known_as: str


def houses() -> set[str]:
    """Those that there are doors to."""
    return {app.provider_id or app.provider for app in _apps()}


def connections(user: User) -> list[Connection]:
    """For the settings: which houses, as far as they are still known, and as whom there."""
    names = {house: told[0] for house, told in HOUSES.items()}
    names |= {app.provider_id or app.provider: app.name for app in _apps()}
    accounts = SocialAccount.objects.filter(user=user).order_by("date_joined", "pk")
    return [
        Connection(account, names.get(account.provider, account.provider), _known_as(account))
        for account in accounts
    ]


def proposed(words: Iterable[Any]) -> str:
    """A name that is free and may be borne here, from what another house calls somebody."""
    for word in words:
        # An e-mail address is not for everybody's eyes.
        name = "" if "@" in str(word or "") else _fitting(str(word or ""))
        for candidate in [name, *(f"{name[:27]}{n}" for n in range(2, NAMES_TRIED))]:
            if name and _is_free(candidate):
                return candidate
    return ""


def _known_as(account: SocialAccount) -> str:
    told = _told(account)
    keys = ("login", "username", "preferred_username", "email", "name")
    return next((str(told[key]) for key in keys if told.get(key)), "")


def _told(account: SocialAccount) -> dict[str, Any]:
    """What a house says of somebody; OpenID Connect says it twice."""
    told: dict[str, Any] = account.extra_data
    return told.get("userinfo") or told.get("id_token") or told


def _fitting(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", letters)[:30].strip("._-")
    return name if len(name) > 1 else ""


def _is_free(name: str) -> bool:
    try:
        get_adapter().clean_username(name)
    except ValidationError:
        return False
    return True


def _confirmed(sociallogin: SocialLogin) -> list[str]:
    return [address.email for address in sociallogin.email_addresses if _is_confirmed(address)]


def _is_confirmed(address: EmailAddress) -> bool:
    """Some write it as a word."""
    return address.verified in (True, "true")


def _is_held(addresses: list[str]) -> bool:
    return any(User.objects.filter(email__iexact=address).exists() for address in addresses)


def _refuse_unconfirmed(request: HttpRequest) -> None:
    """What is connected stays a way in when the address's real owner has come and reset all."""
    addresses = EmailAddress.objects.filter(user=request.user.pk)
    if addresses.filter(verified=False).exists() and not addresses.filter(verified=True).exists():
        text = _("Confirm your e-mail address first: then you can connect other accounts.")
        messages.error(request, text)
        raise ImmediateHttpResponse(redirect("account_email"))


def _is_offered(account: SocialAccount) -> bool:
    return account.provider in houses()


def _apps() -> list[SocialApp]:
    return [
        SocialApp(provider=provider, **app)
        for provider, told in settings.SOCIALACCOUNT_PROVIDERS.items()
        for app in told.get("APPS") or [told["APP"]]
    ]
