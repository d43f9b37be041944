"""Members, for machines: the same rule of privacy as on the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.decorators import api_view
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import avatars
from accounts.models import User


class Pages(PageNumberPagination):
    page_size = 50


@api_view(["GET"])
def member(request: Request, username: str) -> Response:
    """Of whom the reader may not see, no more than that they are here."""
    others = User.objects.reachable_by(request.user)
    shown = get_object_or_404(others.tied_to(request.user).named(username))
    told = _brief(shown) | {"is_visible": bool(shown.is_visible)}
    if shown.is_visible:
        told |= {
            "bio": shown.bio,
            "member_since": shown.date_joined.date().isoformat(),
            "followers": others.followers_of(shown).count(),
            "following": others.followed_by(shown).count(),
        }
    return Response(told)


@api_view(["GET"])
def followers(request: Request, username: str) -> Response:
    return _people(request, username, "followers")


@api_view(["GET"])
def following(request: Request, username: str) -> Response:
    return _people(request, username, "following")


def _people(request: Request, username: str, tie: str) -> Response:
    shown = get_object_or_404(User.objects.visible_to(request.user).named(username))
    others = User.objects.reachable_by(request.user)
    people = others.followers_of(shown) if tie == "followers" else others.followed_by(shown)
    pages = Pages()
    page = pages.paginate_queryset(people, request)
    return pages.get_paginated_response([_brief(one) for one in page or []])


def _brief(shown: User) -> dict[str, Any]:
    return {
        "username": shown.username,
        "display_name": shown.display_name,
        "avatar": avatars.address_of(shown) or None,
        "audience": shown.audience,
    }
