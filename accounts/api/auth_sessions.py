"""Where a member is signed in, for apps and for scripts on the site's own pages; and going out."""

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import auth
from django.http import Http404
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import sessions
from accounts.api import auth_shapes
from accounts.tokens import SignIn
from cinehub.kit.api import Endpoint, Who, listed


class Logout(Endpoint):
    limit = "auth"

    @extend_schema(summary="Sign out here", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """The access token and the refresh token are worth nothing from now on."""
        sessions.end_key(request.user, key=current(request))
        _leave(request)
        return Response(status=204)


class LogoutAll(Endpoint):
    limit = "auth"

    @extend_schema(summary="Sign out everywhere", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Here, too. Apps that were let in keep their access, and personal tokens theirs."""
        sessions.end_others(request.user, but=None)
        _leave(request)
        return Response(status=204)


class Sessions(Endpoint):
    reads = ""
    limit = "user"

    @extend_schema(summary="Where you are signed in", responses=listed(auth_shapes.SignedIn))
    def get(self, request: Request) -> Response:
        """Browsers and apps alike, this one first."""
        return self.show_all(sessions.of(request.user, current(request)), auth_shapes.SignedIn)

    @extend_schema(summary="Sign out everywhere but here", responses={204: None})
    def delete(self, request: Request) -> Response:
        sessions.end_others(request.user, but=current(request))
        return Response(status=204)


class OneSession(Endpoint):
    limit = "user"

    @extend_schema(summary="Sign out there", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        if not sessions.end(request.user, pk=pk):
            raise Http404
        return Response(status=204)


class Providers(Endpoint):
    who = Who.ANYBODY

    @extend_schema(
        summary="Other sites whose accounts sign in here", responses=listed(auth_shapes.OtherHouse)
    )
    def get(self, request: Request) -> Response:
        """Each has an address to be opened in a browser, where its form leads to that site."""
        inner = request._request
        found = [
            {
                "id": house.sub_id,
                "name": house.name,
                "sign_in_url": settings.SITE_URL + house.get_login_url(inner),
            }
            for house in get_adapter().list_providers(inner)
        ]
        return self.show_all(sorted(found, key=lambda one: one["name"]), auth_shapes.OtherHouse)


class Session(Endpoint):
    who = Who.ANYBODY

    @extend_schema(summary="Who is signed in by the cookie", responses=auth_shapes.Session)
    def get(self, request: Request) -> Response:
        """For scripts on the site's pages: with the cookie goes the token that is told here."""
        member = request.user if request.user.is_authenticated else None
        told = {"user": member, "csrf_token": get_token(request._request)}
        return self.show(told, auth_shapes.Session, Cache_Control="no-store")


def current(request: Request) -> str | None:
    """The key of the session that this request came by."""
    if isinstance(request.auth, SignIn):
        return request.auth.session_key
    return request._request.session.session_key


def _leave(request: Request) -> None:
    if request.auth is None:
        auth.logout(request._request)
