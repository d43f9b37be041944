"""Lists, as they are looked at."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.request import MemberRequest, members_only
from accounts.views.profile import seen as profile_seen
from catalog.models import Kind
from cinehub.kit.web import reader
from lists.covers import covered
from lists.models import List
from lists.question import changes
from lists.shelf import Shelf, of_seen
from lists.shown import Shown


@require_safe
@members_only
@vary_on_headers("HX-Request")
def my_watchlist(request: MemberRequest) -> HttpResponse:
    return _page(request, _of_kind(request.user, List.Kind.WATCHLIST))


@require_safe
@members_only
@vary_on_headers("HX-Request")
def my_favorites(request: MemberRequest) -> HttpResponse:
    return _page(request, _of_kind(request.user, List.Kind.FAVORITES))


@require_safe
@members_only
def mine(request: MemberRequest) -> HttpResponse:
    lists = request.user.lists.all()
    shared = List.objects.open_to(request.user).exclude(owner=request.user)
    page = covered(lists, request)
    context = {"page": page, "shared": covered(shared.select_related("owner"), request)}
    return render(request, "lists/mine.html", context)


@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    context = profile_seen(request, username)
    member: User = context["member"]
    if not member.is_visible:
        raise Http404
    if username != member.username:
        return redirect("lists:of-member", member.username)
    lists = List.objects.visible_to(context["viewer"]).filter(owner=member)
    lists = lists.select_related("owner")
    return render(request, "lists/of_member.html", context | {"page": covered(lists, request)})


@require_safe
@vary_on_headers("HX-Request")
def list_(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    owners = User.objects.named(username).order_by().values("pk")
    lists = List.objects.visible_to(request.user).select_related("owner")
    found = get_object_or_404(lists, owner__in=owners, slug=slug)
    if username != found.owner.username:
        return redirect(found)
    return _page(request, found)


@require_safe
@vary_on_headers("HX-Request")
def linked(request: HttpRequest, key: str) -> HttpResponse:
    """For whoever was given the link; who comes upon the list anyway is led to its own page."""
    lists = List.objects.linked(key, request.user).select_related("owner")
    found = get_object_or_404(lists)
    if List.objects.visible_to(request.user).filter(pk=found.pk).exists():
        return redirect(found)
    return _page(request, found)


@require_safe
@members_only
@vary_on_headers("HX-Request")
def seen(request: MemberRequest) -> HttpResponse:
    """All that I have watched, each title once."""
    who = reader(request)
    shelf = of_seen(request.user, request.GET, who)
    return _answer(request, "lists/seen.html", shelf, {"here": request.get_full_path()})


def _page(request: HttpRequest, list_: List) -> HttpResponse:
    shown = Shown(list_, request.user, request.GET, reader(request), request.path)
    return _answer(request, "lists/list.html", shown.shelf, {"shown": shown, "list": list_})


def _answer(
    request: HttpRequest, template: str, shelf: Shelf, more: dict[str, Any]
) -> HttpResponse:
    """The page, or with htmx its results alone; in rows titles have their genres."""
    asked = shelf.asked
    if asked.view == "table":
        prefetch_related_objects([row.title for row in shelf.rows], "genres")
    # A smart list is of one of them.
    kinds = ("", *Kind.values) if asked.kind_in_query or not asked.kind else ()
    context = {
        "discover": asked,
        "page": shelf,
        "shelf": shelf,
        "choices": shelf.choices,
        "sorts": shelf.sorts,
        "kind": Kind(asked.kind) if asked.kind else "",
        "kinds": [(kind, asked.query_for(**changes(asked, kind))) for kind in kinds],
    }
    return render(request, f"{template}{_part(request)}", context | more)


def _of_kind(member: User, kind: List.Kind) -> List:
    """Looking makes none: until it is used there is nothing on it."""
    made = member.lists.filter(kind=kind).first()
    list_ = made or List(owner=member, kind=kind, slug=kind.value)
    list_.owner = member
    return list_


def _part(request: HttpRequest) -> str:
    """Of the page, where htmx asks for one; not to walk back to a page that it no longer has."""
    asked: HtmxDetails = getattr(request, "htmx")  # noqa: B009 - the middleware's, unknown to types
    return "#results" if asked and not asked.history_restore_request else ""
