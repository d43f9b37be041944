"""The tokens of our own clients: what stands in them, and whom they let in.

A token belongs to a sign-in, which is a session as a browser's is: with it ends what it let in.
"""

import time
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import uuid4

import jwt
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.models import User
from accounts.scopes import Auth
from cinehub.kit import visiting
from cinehub.kit.api import Problem

ALGORITHM = "HS256"
AUDIENCE = "cinehub-api"
CLAIMS = ("iss", "aud", "sub", "sid", "jti", "iat", "exp", "token_use")
# A clock may be slow by so much.
LEEWAY_SECONDS = 5


class Use(StrEnum):
    ACCESS = "access"
    REFRESH = "refresh"


LASTS = {Use.ACCESS: 15 * 60, Use.REFRESH: 7 * 24 * 3600}

ENDED = _("This sign-in has ended.")
# What is wrong with a token, the particular before the general.
WRONG: tuple[tuple[type[jwt.PyJWTError], str, Promise], ...] = (
    (jwt.ExpiredSignatureError, "token-expired", _("This token has expired.")),
    (jwt.InvalidAudienceError, "token-audience", _("This token is for another service.")),
    (jwt.InvalidIssuerError, "token-audience", _("This token is of another site.")),
    (jwt.InvalidAlgorithmError, "token-algorithm", _("This token is not signed as ours are.")),
    (jwt.PyJWTError, "token-invalid", _("This token is not valid.")),
)


@dataclass(frozen=True)
class SignIn(Auth):
    """Who was let in by a token of ours: all that is theirs is open to them."""

    # As members see it among their sessions.
    pk: int
    session_key: str


@dataclass(frozen=True)
class Held:
    """What is on record of a sign-in that still holds."""

    pk: int
    member: User
    session_key: str
    session: dict[str, Any]


@dataclass(frozen=True)
class Key:
    name: str
    secret: bytes


def write(use: Use, *, member: int, sign_in: int) -> tuple[str, str]:
    """A token, and its name."""
    now, name, key = int(time.time()), uuid4().hex, keys()[0]
    claims = {
        "iss": settings.SITE_URL,
        "aud": AUDIENCE,
        "sub": str(member),
        "sid": str(sign_in),
        "jti": name,
        "iat": now,
        "exp": now + LASTS[use],
        "token_use": use.value,
    }
    return jwt.encode(claims, key.secret, ALGORITHM, headers={"kid": key.name}), name


def read(token: str, use: Use) -> dict[str, Any]:
    """What stands in it. Raises Problem for a token that we would not have given out for that."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _secret_of(jwt.get_unverified_header(token)),
            [ALGORITHM],
            options={"require": list(CLAIMS)},
            audience=AUDIENCE,
            issuer=settings.SITE_URL,
            leeway=LEEWAY_SECONDS,
        )
    except jwt.PyJWTError as error:
        kind, said = next((kind, said) for of, kind, said in WRONG if isinstance(error, of))
        raise refusal(kind, said) from error
    if claims["token_use"] != use:
        raise refusal("token-use", _("This token is for something else."))
    return claims


def member_of_jwt(request: HttpRequest, token: str) -> tuple[User, SignIn]:
    """Whom an access token lets in, as long as its sign-in holds. Raises Problem."""
    held = find(read(token, Use.ACCESS))
    sessions.use(held.session_key, visiting.address(request))
    return held.member, SignIn(None, f"sign-in:{held.pk}", held.pk, held.session_key)


def find(claims: dict[str, Any]) -> Held:
    """The sign-in that a token belongs to. Raises Problem where it, or its member, has gone."""
    found = _signed_in(claims).select_related("user").annotate(held=Subquery(_alive())).first()
    session = SessionStore().decode(found.held) if found and found.held else {}
    if not found or session.get(SESSION_KEY) != claims["sub"] or not _fits(found.user, session):
        raise refusal("token-revoked", ENDED)
    refuse_absent(found.user)
    return Held(found.pk, found.user, found.session_key, session)


def hold(claims: dict[str, Any]) -> None:
    """Until the end of the transaction nobody else changes the sign-in."""
    keys = _signed_in(claims).values("session_key")
    Session.objects.select_for_update().filter(session_key__in=keys).first()


def refuse_absent(member: User) -> None:
    """Raises Problem for whoever the staff have put out, or who is about to go."""
    if not member.is_active:
        raise refusal("account-closed", _("This account is closed."))
    if member.leaves_at:
        said = _("This account is about to be erased. Sign in on the site to keep it.")
        raise refusal("leaving", said)


def refusal(kind: str, said: str | Promise) -> Problem:
    challenge = 'Bearer error="invalid_token"'
    return Problem(401, kind, str(said), headers={"WWW-Authenticate": challenge})


def keys() -> list[Key]:
    """The first signs; those before it are believed as long as they are named in the settings."""
    return [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _key(secret: str) -> Key:
    """Whoever finds out a key of tokens knows nothing of what else the secret is for."""
    made = salted_hmac("accounts.tokens", "", secret=secret, algorithm="sha256").digest()
    return Key(sha256(made).hexdigest()[:12], made)


def _secret_of(header: dict[str, Any]) -> bytes:
    if header.get("alg") != ALGORITHM:
        raise jwt.InvalidAlgorithmError
    for key in keys():
        if key.name == header.get("kid"):
            return key.secret
    raise jwt.InvalidKeyError


def _signed_in(claims: dict[str, Any]) -> Any:
    return UserSession.objects.filter(pk=claims["sid"], user=claims["sub"])


def _alive() -> Any:
    own = Session.objects.filter(session_key=OuterRef("session_key"))
    return own.filter(expire_date__gt=timezone.now()).values("session_data")[:1]


def _fits(member: User, session: dict[str, Any]) -> bool:
    """A new password ends what the old one has opened."""
    shown = session.get(HASH_SESSION_KEY, "")
    proofs = (member.get_session_auth_hash(), *member.get_session_auth_fallback_hash())
    return any(constant_time_compare(shown, proof) for proof in proofs)
