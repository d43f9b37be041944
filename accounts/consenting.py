"""Members let apps act for them, and take it back.

Codes and tokens are allauth's. That a member allows an app is a row of ours, without which none of
the app's tokens opens anything, whenever it was given out.
"""

from collections.abc import Iterable
from hashlib import sha256

from allauth.idp.oidc.internal.oauthlib import device_codes
from allauth.idp.oidc.models import Client, Token
from django.core.cache import cache
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import scopes
from accounts.models import Authorization, Kind, SpentToken, User
from accounts.notifying import notify
from accounts.scopes import Auth

KEYS = (Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN)


@transaction.atomic
def allow(member: User, client: Client, reach: Iterable[str]) -> Authorization:
    """Besides what was allowed before: of two devices each keeps its own."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    held = member.authorizations.filter(client=client).first()
    is_new = held is None
    held = held or Authorization(user=member, client=client)
    held.scopes = " ".join(scopes.known([*held.scopes.split(), *reach]))
    held.allowed_at = timezone.now()
    held.save()
    if is_new:
        text = format_lazy(_("You have let {name} into your account."), name=client.name)
        _tell(member, text, f"allowed-{held.pk}")
    return held


@transaction.atomic
def revoke(authorization: Authorization) -> None:
    """At once, on all devices."""
    keys = Token.objects.filter(user=authorization.user_id, client=authorization.client_id)
    keys.filter(type__in=KEYS).delete()
    authorization.delete()


def find(value: str) -> tuple[User, Auth] | None:
    """For whom an access token opens what, if it still does."""
    allowed = Authorization.objects.filter(user=OuterRef("user"), client=OuterRef("client"))
    found = Token.objects.valid().by_value(value).filter(type=Token.Type.ACCESS_TOKEN)
    # Whom the staff keeps out, their apps stay out, too.
    is_welcome = Q(client__owner=None) | Q(client__owner__is_active=True)
    key = (
        found.filter(is_welcome)
        .annotate(
            allowed=Subquery(allowed.values("pk")), last=Subquery(allowed.values("last_used_at"))
        )
        .select_related("user")
        .first()
    )
    if key is None or key.allowed is None:
        return None
    Authorization.objects.filter(pk=key.allowed).see(key.last)
    return key.user, Auth(frozenset(key.get_scopes()), f"app:{key.client_id}")


# --- Devices that wait while somebody types their code --------------------------------------------
def wanted_by(device_code: str, client: Client) -> list[str]:
    """What a device asks for; as usual, where it does not say."""
    waiting = cache.get(device_codes.cache_device_code_key(device_code)) or {}
    return scopes.known(waiting.get("scope") or client.get_default_scopes())


def let_device_in(member: User, client: Client, device_code: str, reach: list[str]) -> bool:
    """Whether it still waited."""
    waiting = cache.get(device_codes.cache_device_code_key(device_code))
    if waiting is None or not device_codes.update_device_state(
        device_code, waiting | {"scope": reach}
    ):
        return False
    allow(member, client, reach)
    return bool(device_codes.confirm_or_deny_device_code(member, device_code, confirm=True))


def turn_device_away(member: User, device_code: str) -> None:
    device_codes.confirm_or_deny_device_code(member, device_code, confirm=False)


# --- Refresh tokens that were used before ---------------------------------------------------------
def hold(refresh_token: str) -> Token | None:
    """The one that is about to be spent; who comes with it at the same time waits."""
    keys = Token.objects.by_value(refresh_token).filter(type=Token.Type.REFRESH_TOKEN)
    return keys.select_for_update(of=("self",)).first()


def spend(key: Token) -> None:
    SpentToken.objects.create(hash=key.hash, user_id=key.user_id, client_id=key.client_id)


@transaction.atomic
def catch(refresh_token: str) -> bool:
    """Whether it was used before. Then somebody else has it, too, and nobody knows who is who: the
    app is out, and its member hears of it."""
    digest = sha256(refresh_token.encode()).hexdigest()
    spent = SpentToken.objects.filter(hash=digest).select_related("user", "client").first()
    if spent is None:
        return False
    held = spent.user.authorizations.filter(client=spent.client).first()
    if held:
        revoke(held)
        text = _(
            "A key of {name} to your account was used twice, so we have taken it away. If you still"
            " use that app, let it in again."
        )
        _tell(spent.user, format_lazy(text, name=spent.client.name), f"spent-{spent.pk}")
    return True


def _tell(member: User, text: str | Promise, what: str) -> None:
    """What is told of the same thing is told once."""
    url = f"{reverse('accounts:authorizations')}#{what}"
    notify(recipient=member, actor=None, kind=Kind.SECURITY, text=text, url=url)
