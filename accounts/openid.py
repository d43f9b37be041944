"""What apps are told of this site and its members, in allauth's part of OAuth 2 and OpenID."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.internal.private_keys import filter_keys
from allauth.idp.oidc.models import Client, PrivateKey
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import avatars, keys, scopes
from accounts.models import User

# The way back from a device, and what signs a browser out, are said by name.
GRANTS = (
    Client.GrantType.AUTHORIZATION_CODE,
    Client.GrantType.DEVICE_CODE,
    Client.GrantType.REFRESH_TOKEN,
)
# Of two keys the later one signs.
FIRST, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC)


class Provider(DefaultOIDCAdapter):
    scope_display = dict(scopes.ALL)

    def generate_client_secret(self) -> str:
        return secrets.token_urlsafe(40)

    def get_issuer(self) -> str:
        """Whatever host was asked."""
        return str(settings.SITE_URL)

    def list_private_keys(
        self, *, did_activate: bool | None = None, is_active: bool | None = None
    ) -> list[PrivateKey]:
        known = [PrivateKey(pem=keys.current(), issued_at=LATER)]
        if old := keys.before():
            known.append(PrivateKey(pem=old, issued_at=FIRST))
        return filter_keys(known)

    def get_claims(
        self,
        purpose: str,
        user: User,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, client, scopes, email, **kwargs)
        return claims | (_profile(user) if "profile" in scopes else {})

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        """Who is about to leave comes in nowhere by this account."""
        found: User | None = super().get_user_by_sub(client, sub)
        return found if found and not found.leaves_at else None

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        data["scopes_supported"] = list(scopes.ALL)
        data["grant_types_supported"] = sorted(GRANTS)
        data["response_types_supported"] = [Client.ResponseType.CODE.value]
        data["prompt_values_supported"] = ["none", "login", "consent"]

    def validate_resource_uris(self, *, uris: list[str], **kwargs: Any) -> None:
        """There is one thing here that a token is for."""
        if any(uri.rstrip("/") != f"{settings.SITE_URL}/api/v1" for uri in uris):
            raise ValidationError(_("There is no such resource here."))


def _profile(user: User) -> dict[str, Any]:
    told = {
        "profile": f"{settings.SITE_URL}{user.get_absolute_url()}",
        "picture": avatars.address_of(user),
        "locale": user.language,
        "zoneinfo": user.time_zone,
    }
    return {name: value for name, value in told.items() if value}
