"""Refresh tokens: each is good once, for the next one.

Of the one that is good its sign-in holds a hash. Whoever shows an older one has a copy, or it is
its owner and somebody else has: the sign-in ends for both.
"""

from dataclasses import dataclass
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import sessions, tokens
from accounts.models import Kind, User
from accounts.notifying import notify
from accounts.tokens import Held, Use
from cinehub.kit import visiting

# In the session.
GOOD = "refresh_token"


@dataclass(frozen=True)
class Pair:
    access: str
    refresh: str


def begin(session: SessionBase, member: User) -> Pair:
    """For who has just signed in; to be kept, the session has to be saved."""
    signed_in = UserSession.objects.get(session_key=session.session_key, user=member)
    return _give(session, member, signed_in.pk)


def renew(request: HttpRequest, refresh_token: str) -> Pair:
    """Of many who show the same token at once one gets the next pair. Raises Problem."""
    claims = tokens.read(refresh_token, Use.REFRESH)
    with transaction.atomic():
        tokens.hold(claims)
        held = tokens.find(claims)
        is_good = constant_time_compare(held.session.get(GOOD, ""), _hash(claims["jti"]))
        pair = _go_on(held) if is_good else None
        if pair is None:
            _end(held)
    if pair is None:
        said = _("This token was used before, so the sign-in has ended. Sign in again.")
        raise tokens.refusal("refresh-reused", said)
    sessions.use(held.session_key, visiting.address(request))
    return pair


def prove(session_key: str, member: User) -> None:
    """Django would give a session whose proof is of the key before a name that no token knows."""
    session, proof = SessionStore(session_key), member.get_session_auth_hash()
    if session.get(HASH_SESSION_KEY) != proof:
        session[HASH_SESSION_KEY] = proof
        session.save()


def _go_on(held: Held) -> Pair:
    session = SessionStore(held.session_key)
    # Its proof may be one that the key before made.
    session[HASH_SESSION_KEY] = held.member.get_session_auth_hash()
    pair = _give(session, held.member, held.pk)
    session.save()
    return pair


def _end(held: Held) -> None:
    device = sessions.device(UserSession.objects.get(pk=held.pk).user_agent)
    sessions.end(held.member, pk=held.pk)
    words = _(
        "A key that an app of yours ({device}) had used up was shown again. Somebody may have a"
        " copy of it, so that sign-in has ended."
    )
    notify(
        recipient=held.member,
        actor=None,
        kind=Kind.SECURITY,
        text=format_lazy(words, device=device),
        url=reverse("usersessions_list"),
    )


def _give(session: SessionBase, member: User, sign_in: int) -> Pair:
    access, _name = tokens.write(Use.ACCESS, member=member.pk, sign_in=sign_in)
    refresh, name = tokens.write(Use.REFRESH, member=member.pk, sign_in=sign_in)
    session[GOOD] = _hash(name)
    # A sign-in lasts as long as it is renewed.
    session.set_expiry(tokens.LASTS[Use.REFRESH])
    return Pair(access, refresh)


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()
