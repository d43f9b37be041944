"""Members' own apps: made known here, so that others may let them in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import scopes
from accounts.models import Kind, User
from accounts.notifying import notify

AT_MOST = 20
ADDRESSES_AT_MOST = 10
LONGEST_ADDRESS = 500
LONGEST_NAME, LONGEST_TEXT = 60, 300
HERE = ("localhost", "127.0.0.1", "::1")

Grant = Client.GrantType
# Nobody's browser asks for anything else.
is_web = URLValidator(["http", "https"])


class TooMany(Exception):
    """A member has as many as anybody may."""


@dataclass(frozen=True)
class App:
    """As its owner sees it, and whoever is asked to let it in."""

    id: str
    name: str
    description: str
    homepage: str
    redirect_uris: list[str]
    # Whether it has a secret: what runs on other people's machines keeps none.
    is_confidential: bool
    created_at: datetime
    owner: User | None

    @classmethod
    def of(cls, client: Client) -> Self:
        told = client.data or {}
        return cls(
            id=client.pk,
            name=client.name,
            description=told.get("description", ""),
            homepage=told.get("client_metadata", {}).get("client_uri", ""),
            redirect_uris=client.get_redirect_uris(),
            is_confidential=client.type == Client.Type.CONFIDENTIAL,
            created_at=client.created_at,
            owner=client.owner,
        )


def apps(owner: User) -> "QuerySet[Client]":
    found: QuerySet[Client] = Client.objects.filter(owner=owner).select_related("owner")
    return found.order_by("created_at", "pk")


def is_welcome(client: Client) -> bool:
    """Whom the staff keeps out, their apps stay out, too."""
    return client.owner is None or client.owner.is_active


@transaction.atomic
def register(
    owner: User,
    *,
    name: str,
    description: str,
    homepage: str,
    redirect_uris: Sequence[str],
    is_confidential: bool,
) -> tuple[Client, str]:
    """And its secret, which nobody is shown again; empty if it has none. Raises TooMany."""
    # One after the other, or two at once are both the last one.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if apps(owner).count() >= AT_MOST:
        raise TooMany
    kind = Client.Type.CONFIDENTIAL if is_confidential else Client.Type.PUBLIC
    client = Client(owner=owner, type=kind)
    client.set_scopes(list(scopes.ALL))
    client.set_default_scopes([scopes.READ])
    client.set_response_types([Client.ResponseType.CODE])
    # Codes for devices are for those without a secret alone.
    by_device = [] if is_confidential else [Grant.DEVICE_CODE]
    client.set_grant_types([Grant.AUTHORIZATION_CODE, Grant.REFRESH_TOKEN, *by_device])
    _describe(client, name, description, homepage, redirect_uris)
    secret = _renew(client) if is_confidential else ""
    client.save()
    text = format_lazy(_("An app was registered with your account: {name}"), name=name)
    _tell(client, text, "client")
    return client, secret


def change(
    client: Client, *, name: str, description: str, homepage: str, redirect_uris: Sequence[str]
) -> None:
    _describe(client, name, description, homepage, redirect_uris)
    client.save(update_fields=["name", "data", "redirect_uris"])


@transaction.atomic
def renew_secret(client: Client) -> str:
    """From now on the one before opens nothing."""
    secret = _renew(client)
    client.save(update_fields=["secret"])
    _tell(client, format_lazy(_("{name} has a new secret."), name=client.name), "secret")
    return secret


def remove(client: Client) -> None:
    """With all that it was given out: nobody lets it in any more."""
    client.delete()


def check_address(address: str) -> None:
    """Raises ValidationError unless somebody's browser may be sent there with a code."""
    if len(address) > LONGEST_ADDRESS or re.search(r"[\s\x00-\x1f\x7f*#\\]", address):
        raise ValidationError(_("No blanks, no * and no # can be in it: %s") % address[:80])
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        parts = urlsplit("")
    is_ours_to_reach = parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts))
    is_web = bool(parts.hostname) and "@" not in parts.netloc and is_ours_to_reach
    # An app's own, named as RFC 8252 has it: what has no dot is the browser's (javascript, data).
    is_app = bool(re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+", parts.scheme))
    if not (is_web or is_app):
        raise ValidationError(
            _("Neither https://…, nor on this machine, nor an app's own (com.example:/…): %s")
            % address[:80]
        )


def _is_here(parts: object) -> bool:
    return getattr(parts, "hostname", "") in HERE


def _describe(
    client: Client, name: str, description: str, homepage: str, redirect_uris: Sequence[str]
) -> None:
    client.name = name
    client.data = {"description": description, "client_metadata": {"client_uri": homepage}}
    client.set_redirect_uris(list(redirect_uris))


def _renew(client: Client) -> str:
    secret: str = get_adapter().generate_client_secret()
    client.set_secret(secret)
    return secret


def _tell(client: Client, text: str | Promise, what: str) -> None:
    url = f"{reverse('accounts:app', args=[client.pk])}#{what}"
    notify(recipient=client.owner, actor=None, kind=Kind.SECURITY, text=text, url=url)
