"""Who follows somebody and would like to, and whom they do not want to meet: for themselves."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import following
from accounts.api.people import Person
from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.scopes import PROFILE
from cinehub.kit.api import Endpoint, paged
from cinehub.kit.api.limits import spare


class Requests(Endpoint):
    reads = PROFILE
    limit = "user"

    @extend_schema(summary="Who has asked to follow you", responses=paged(Person))
    def get(self, request: Request) -> Response:
        return self.page(User.objects.reachable_by(request.user).asking(request.user), Person)


class Follower(Endpoint):
    """Somebody who follows, or would like to."""

    writes = PROFILE
    limit = "user"

    def _answer(self, request: Request, username: str, answer: following.Deed) -> Response:
        spare(request, "follower", "1000/h")
        try:
            answer(request.user, get_object_or_404(_followers(request).named(username)))
        except (following.NotAsked, following.Unreachable):
            raise Http404 from None
        return Response(status=204)

    @extend_schema(summary="Have them follow you no longer", request=None, responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        return self._answer(request, username, following.remove)


class Asking(Follower):
    @extend_schema(summary="Let them follow you", request=None, responses={204: None})
    def put(self, request: Request, username: str) -> Response:
        return self._answer(request, username, following.accept)

    @extend_schema(summary="Do not let them", request=None, responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        return self._answer(request, username, following.decline)


class Blocked(Endpoint):
    reads = PROFILE
    limit = "user"

    @extend_schema(summary="Whom you have blocked", responses=paged(Person))
    def get(self, request: Request) -> Response:
        found = User.objects.filter(blocked_by__blocker=request.user)
        return self.page(found.order_by("-blocked_by__created_at", "-pk"), Person)


class Muted(Endpoint):
    reads = PROFILE
    limit = "user"

    @extend_schema(summary="Whom you have muted", responses=paged(Person))
    def get(self, request: Request) -> Response:
        found = User.objects.reachable_by(request.user).filter(muted_by__muter=request.user)
        return self.page(found.order_by("-muted_by__created_at", "-pk"), Person)


def _followers(request: Request) -> UserQuerySet:
    found: UserQuerySet = User.objects.filter(following__followed=request.user)
    return found
