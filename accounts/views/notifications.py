"""What a member was told, and how they want to be told."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple, Self

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Kind, Notification
from accounts.models.notices import NotificationQuerySet
from accounts.notifying import mark_read
from accounts.request import MemberRequest
from cinehub.kit.answers import see_other
from cinehub.kit.places import place, place_of

PER_PAGE = 30
ICONS = {
    Kind.FOLLOW: "user-plus",
    Kind.REQUEST: "user-round-search",
    Kind.ACCEPTED: "user-check",
    Kind.LIKE: "heart",
    Kind.COMMENT: "message-square",
    Kind.MENTION: "at-sign",
    Kind.COLLABORATION: "users",
    Kind.EPISODE: "tv",
    Kind.STREAMING: "play",
    Kind.MODERATION: "gavel",
    Kind.WEBHOOK: "webhook",
    Kind.SECURITY: "shield",
}


class Line(NamedTuple):
    told: Notification
    icon: str


@dataclass(frozen=True)
class Page:
    """So many of what a member was told, day by day, and where the rest begins."""

    days: list[tuple[date, list[Line]]]
    rest: str

    @classmethod
    def of(cls, told: NotificationQuerySet, after: str) -> Self:
        """`after` is the last one of the page before; nonsense begins from the start."""
        last = place_of(after)
        found = list((told.before(*last) if last else told).newest()[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        days = groupby(shown, key=lambda one: timezone.localdate(one.created_at))
        rest = place(shown[-1].created_at, shown[-1].pk) if found[PER_PAGE:] else ""
        lines = [(day, [Line(one, ICONS[Kind(one.kind)]) for one in ones]) for day, ones in days]
        return cls(lines, rest)


@require_safe
@login_required
@never_cache
def notifications(request: MemberRequest) -> HttpResponse:
    told = request.user.notifications.on_site()
    page = Page.of(told, request.GET.get("after", ""))
    unread = told.unread().count()
    return render(request, "accounts/notifications.html", {"page": page, "unread": unread})


@require_safe
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """The part of the header that pages ask for again."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    return render(request, "accounts/_bell_link.html")


@require_POST
@login_required
def open_one(request: MemberRequest, pk: int) -> HttpResponse:
    """To what it is about; having been there is having read it."""
    told = get_object_or_404(request.user.notifications, pk=pk)
    mark_read(Notification.objects.filter(pk=pk), request.user)
    return see_other(told.url)


@require_POST
@login_required
def read_all(request: MemberRequest) -> HttpResponse:
    mark_read(Notification.objects.on_site(), request.user)
    return see_other(reverse("accounts:notifications"))
