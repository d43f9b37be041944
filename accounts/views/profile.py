"""A member, as others see them, and who follows whom."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.models.seeing import counted as follows

PER_PAGE = 50


def seen(request: HttpRequest, username: str) -> dict[str, Any]:
    """Whose profile it is, and who looks: what every page of a member begins with. Raises 404.

    Members may look at themselves with a stranger's eyes.
    """
    viewer = request.user
    members = User.objects.reachable_by(viewer).tied_to(viewer)
    member = get_object_or_404(members.named(username))
    is_own = member.pk == viewer.pk
    as_stranger = is_own and request.GET.get("as") == "stranger"
    if as_stranger:
        viewer = AnonymousUser()
        member = get_object_or_404(User.objects.tied_to(viewer), pk=member.pk)
    return {
        "member": member,
        "viewer": viewer,
        "is_own": is_own and not as_stranger,
        "as_stranger": as_stranger,
    }


def counted(context: dict[str, Any]) -> dict[str, int]:
    """How many follow whom, as far as it is for the viewer."""
    member, viewer = context["member"], context["viewer"]
    if not member.is_visible:
        return {}
    found = follows(member, viewer)
    return found if context["is_own"] else found | {"asking": 0}


@require_safe
def followers(request: HttpRequest, username: str) -> HttpResponse:
    return _people(request, username, "followers")


@require_safe
def following(request: HttpRequest, username: str) -> HttpResponse:
    return _people(request, username, "following")


def _people(request: HttpRequest, username: str, tie: str) -> HttpResponse:
    """Where the profile may not be seen, these pages are not there."""
    member = get_object_or_404(User.objects.visible_to(request.user).named(username))
    if username != member.username:
        return redirect(f"accounts:{tie}", member.username)
    others = User.objects.reachable_by(request.user).tied_to(request.user)
    people = others.followers_of(member) if tie == "followers" else others.followed_by(member)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {"member": member, "page": page, "tie": tie, "is_own": member == request.user}
    return render(request, "accounts/people.html", context)
