"""Personal tokens: a member makes them for scripts of their own, and takes them away again."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import scopes
from accounts.models import Kind, PersonalToken, User
from accounts.notifying import notify
from accounts.scopes import Auth

# By which people, and programs that look for lost keys, know one when they see it.
PREFIX = "chp_"
AT_MOST = 50
LONGEST = timedelta(days=366)


class TooMany(Exception):
    """A member has as many as anybody may."""


@transaction.atomic
def issue(
    member: User, *, name: str, reach: Iterable[str], expires_at: datetime | None
) -> tuple[PersonalToken, str]:
    """And the token itself, which nobody is shown again. Raises TooMany."""
    # One after the other, or two at once are both the last one.
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.tokens.count() >= AT_MOST:
        raise TooMany
    value = PREFIX + secrets.token_urlsafe(32)
    token = member.tokens.create(
        name=name, hash=_hash(value), scopes=" ".join(scopes.known(reach)), expires_at=expires_at
    )
    text = format_lazy(_("A personal token was made for your account: {name}"), name=name)
    # Each has an address of its own: of two that were made neither goes untold.
    url = f"{reverse('accounts:tokens')}#token-{token.pk}"
    notify(recipient=member, actor=None, kind=Kind.SECURITY, text=text, url=url)
    return token, value


def revoke(token: PersonalToken) -> None:
    token.delete()


def find(value: str) -> tuple[User, Auth] | None:
    """Whose it is, and how far it reaches, if it still does."""
    token = PersonalToken.objects.open().filter(hash=_hash(value)).select_related("user").first()
    if token is None:
        return None
    PersonalToken.objects.filter(pk=token.pk).see(token.last_used_at)
    return token.user, Auth(frozenset(token.scopes.split()), f"token:{token.pk}")


def latest_end() -> datetime:
    return timezone.now() + LONGEST


def _hash(value: str) -> str:
    return sha256(value.encode()).hexdigest()
