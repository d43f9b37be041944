"""Members: what others see of them, who follows whom, and what one member does about another."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import following
from accounts.api.people import Person
from accounts.models import User
from accounts.models.seeing import counted
from accounts.models.user import UserQuerySet
from accounts.scopes import PROFILE
from cinehub.kit.api import Endpoint, Who, paged
from cinehub.kit.api.limits import spare

# In place of a username; nobody may be called so.
ME = "me"
NUMBER = serializers.IntegerField(allow_null=True)


class Ties(serializers.Serializer):
    is_followed = serializers.BooleanField(help_text="You follow them.")
    is_asked = serializers.BooleanField(help_text="You have asked to follow them.")
    follows_back = serializers.BooleanField(help_text="They follow you.")
    is_muted = serializers.BooleanField(help_text="You hear nothing of what they do.")


@extend_schema_serializer(component_name="Member")
class Member(Person):
    """Of whom the reader may not see, no more than who they are."""

    is_visible = serializers.BooleanField(help_text="Whether they show you more than this.")
    bio = serializers.SerializerMethodField()
    member_since = serializers.SerializerMethodField()
    followers = serializers.SerializerMethodField()
    following = serializers.SerializerMethodField()
    ties = Ties(allow_null=True, help_text="Between you and them; null unless you are signed in.")

    def get_bio(self, member: User) -> str | None:
        return member.bio if member.is_visible else None

    def get_member_since(self, member: User) -> date | None:
        return member.date_joined.date() if member.is_visible else None

    @extend_schema_field(NUMBER)
    def get_followers(self, member: Any) -> int | None:
        return member.numbers.get("followers")

    @extend_schema_field(NUMBER)
    def get_following(self, member: Any) -> int | None:
        return member.numbers.get("following")


def named(request: Request, username: str, of: UserQuerySet) -> User:
    """The member of this name among those; `me` is who asks. Raises Http404."""
    if username == ME:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        return get_object_or_404(of, pk=request.user.pk)
    return get_object_or_404(of.named(username))


class OneMember(Endpoint):
    who = Who.READERS
    limit = "user"

    @extend_schema(summary="A member, as others see them", responses=Member)
    def get(self, request: Request, username: str) -> Response:
        viewer = request.user
        reached = User.objects.reachable_by(viewer).tied_to(viewer)
        shown: Any = named(request, username, reached)
        shown.numbers = counted(shown, viewer) if shown.is_visible else {}
        shown.ties = shown if viewer.is_authenticated and viewer.pk != shown.pk else None
        return self.show(shown, Member)


class Followers(Endpoint):
    who = Who.READERS
    limit = "user"

    @extend_schema(summary="Who follows a member, the latest first", responses=paged(Person))
    def get(self, request: Request, username: str) -> Response:
        member = named(request, username, User.objects.visible_to(request.user))
        return self.page(User.objects.reachable_by(request.user).followers_of(member), Person)


class Following(Endpoint):
    who = Who.READERS
    limit = "user"

    @extend_schema(summary="Whom a member follows, the latest first", responses=paged(Person))
    def get(self, request: Request, username: str) -> Response:
        member = named(request, username, User.objects.visible_to(request.user))
        return self.page(User.objects.reachable_by(request.user).followed_by(member), Person)


class Tie(Endpoint):
    """What one member does about another, and takes back."""

    writes = PROFILE
    limit = "user"

    def _do(self, request: Request, deed: Callable[[User, User], object], other: User) -> Response:
        spare(request, "tie", "200/h")
        try:
            deed(request.user, other)
        except following.Unreachable:
            raise Http404 from None
        return Response(status=204)


class Follow(Tie):
    @extend_schema(summary="Follow a member, or ask to", request=None, responses=Ties)
    def put(self, request: Request, username: str) -> Response:
        self._do(request, following.follow, _other(request, username))
        return self.show(_other(request, username), Ties)

    @extend_schema(summary="Follow a member no longer", request=None, responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        return self._do(request, following.unfollow, _other(request, username))


class Mute(Tie):
    @extend_schema(summary="Hear nothing of a member", request=None, responses={204: None})
    def put(self, request: Request, username: str) -> Response:
        return self._do(request, following.mute, _other(request, username))

    @extend_schema(summary="Hear of a member again", request=None, responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        return self._do(request, following.unmute, _other(request, username))


class Block(Tie):
    @extend_schema(
        summary="Block a member: neither is there for the other",
        request=None,
        responses={204: None},
    )
    def put(self, request: Request, username: str) -> Response:
        if _blocked(request, username).exists():
            return Response(status=204)
        return self._do(request, following.block, _other(request, username))

    @extend_schema(summary="Block a member no longer", request=None, responses={204: None})
    def delete(self, request: Request, username: str) -> Response:
        return self._do(request, following.unblock, get_object_or_404(_blocked(request, username)))


def _blocked(request: Request, username: str) -> UserQuerySet:
    return User.objects.filter(blocked_by__blocker=request.user).named(username)


def _other(request: Request, username: str) -> User:
    others = User.objects.reachable_by(request.user).exclude(pk=request.user.pk)
    return get_object_or_404(others.tied_to(request.user).named(username))
