"""Lists are made, changed, copied and deleted."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.discover import Chip, Discover
from catalog.models import Kind
from cinehub.kit.acting import refused
from cinehub.kit.answers import elsewhere, see_other
from cinehub.kit.web import reader
from lists import making
from lists.forms.keeping import NO_SOURCE, TOO_MANY, ListForm, SmartListForm
from lists.models import List

# Made, changed or copied.
OFTEN = "300/h"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
@members_only
@ratelimit(key="user", rate=OFTEN, method="POST", block=True)
def new(request: MemberRequest) -> HttpResponse:
    """With a filter in the address, or in the form, a smart one."""
    is_smart = "query" in request.GET or "query" in request.POST
    form: ListForm
    if is_smart:
        form = SmartListForm(request.POST or None, owner=request.user, initial=_asked(request))
    else:
        form = ListForm(request.POST or None, owner=request.user)
    made = form.save() if request.method == "POST" and form.is_valid() else None
    if made:
        messages.success(request, _("“%(list)s” is made.") % {"list": made})
        return see_other(made.get_absolute_url())
    context = {"form": form, "chips": _chips(request) if is_smart else None}
    return render(request, "lists/new.html", context, status=422 if form.errors else 200)


@FORM
@members_only
@ratelimit(key="user", rate=OFTEN, method="POST", block=True)
def edit(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    list_ = _own(request, username, slug)
    form = ListForm(request.POST or None, instance=list_, owner=request.user)
    if request.method != "POST" or not form.is_valid():
        # As it is, whatever the form says of it.
        context = {"form": form, "list": _own(request, username, slug)}
        return render(request, "lists/edit.html", context, status=422 if form.errors else 200)
    form.save()
    messages.success(request, _("The list is saved."))
    return see_other(list_.get_absolute_url())


@FORM
@members_only
@ratelimit(key="user", rate=OFTEN, method="POST", block=True)
def delete(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """It is asked for once more before, for this cannot be undone."""
    list_ = _own(request, username, slug)
    if request.method != "POST":
        return render(request, "lists/delete.html", {"list": list_})
    making.delete(list_)
    messages.success(request, _("“%(list)s” is deleted.") % {"list": list_})
    return see_other(reverse("lists:mine"))


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def change_link(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    list_ = _own(request, username, slug)
    making.change_link(list_)
    messages.success(request, _("The list has a new link; the old one opens nothing any more."))
    return elsewhere(request, reverse("lists:edit", args=[username, slug]))


@require_POST
@members_only
@ratelimit(key="user", rate="60/h", block=True)
def clone(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    owners = User.objects.named(username).order_by().values("pk")
    lists = List.objects.visible_to(request.user).filter(owner__in=owners, slug=slug)
    return _cloned(request, get_object_or_404(lists.select_related("owner")))


@require_POST
@members_only
@ratelimit(key="user", rate="60/h", block=True)
def clone_linked(request: MemberRequest, key: str) -> HttpResponse:
    lists = List.objects.linked(key, request.user).select_related("owner")
    return _cloned(request, get_object_or_404(lists))


def _cloned(request: MemberRequest, list_: List) -> HttpResponse:
    try:
        made = making.clone(list_, by=request.user)
    except making.TooMany:
        return refused(request, str(TOO_MANY), back=list_.get_absolute_url())
    except making.OutOfSight:
        return refused(request, str(NO_SOURCE), back=list_.get_absolute_url())
    messages.success(request, _("This is your own copy; change it as you like."))
    return elsewhere(request, made.get_absolute_url())


def _own(request: MemberRequest, username: str, slug: str) -> List:
    owner = Q(owner__username__iexact=username)
    return get_object_or_404(request.user.lists.select_related("owner"), owner, slug=slug)


def _asked(request: MemberRequest) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "") for name in ("query", "scope", "source")}
    return asked | {"of_kind": request.GET.get("kind", "")}


def _chips(request: MemberRequest) -> list[Chip]:
    """What the filter says, in words."""
    sent = request.POST if request.method == "POST" else request.GET
    kind = sent.get("of_kind", sent.get("kind", ""))
    asked = QueryDict(sent.get("query", ""))
    return Discover.read(kind if kind in Kind.values else "", asked, reader(request)).chips
