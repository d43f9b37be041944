"""Who asks: by a token in the header, or by the cookie of the site's pages."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts import consenting, issuing
from accounts.models import User
from accounts.preferring import heed
from accounts.scopes import Auth
from accounts.tokens import member_of_jwt
from cinehub.kit.api import Problem

CHALLENGE = 'Bearer realm="CineHub"'


class Bearer(BaseAuthentication):
    """Whatever the token is: one of our own clients', an app's, or a member's for their scripts.

    Who shows one that is none is refused, and not taken for a passer-by.
    """

    def authenticate(self, request: Request) -> tuple[User, Auth] | None:
        scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = _find(request, token.strip())
        if found is None or not _is_welcome(found[0]):
            raise refused(_("This token is not valid, or not any more."))
        heed(request._request, found[0])
        return found

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class Session(SessionAuthentication):
    """What changes something brings the CSRF token along."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found: tuple[User, None] | None = super().authenticate(request)
        if found and not _is_welcome(found[0]):
            raise refused(_("This account is about to be deleted. Sign in on the site to stay."))
        return found

    def authenticate_header(self, request: Request) -> str:
        """A 401, and no 403, where it alone is asked."""
        return CHALLENGE


def refused(text: str) -> Problem:
    challenge = f'{CHALLENGE}, error="invalid_token"'
    return Problem(401, "token-invalid", text, headers={"WWW-Authenticate": challenge})


def _find(request: Request, token: str) -> tuple[User, Auth] | None:
    if token.startswith(issuing.PREFIX):
        return issuing.find(token)
    # What we sign for clients of our own has two dots, and nothing else has any.
    if token.count(".") == 2:
        return member_of_jwt(request, token)
    return consenting.find(token)


def _is_welcome(member: User) -> bool:
    return member.is_active and member.leaves_at is None
