"""A title is put on lists and taken off them, from wherever it is shown."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.models import Title
from catalog.views.finding import title_of
from cinehub.kit.acting import acted, refused
from cinehub.kit.addresses import Ref, address
from cinehub.kit.web import key_of
from lists import collaborating, keeping
from lists.forms.keeping import OnListsForm
from lists.models import List
from lists.own import parts

# Of each member; who goes through a catalogue with a finger on the button stays below it.
OFTEN = "2000/h"


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def watchlist(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    return _put(request, keeping.watchlist(request.user), title_of(request, kind, ref))


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def favorite(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    return _put(request, keeping.favorites(request.user), title_of(request, kind, ref))


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def on_list(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    """Its key is the value of the button that was pressed, which is called on or off."""
    title = title_of(request, kind, ref)
    pk = key_of(request.POST.get("on") or request.POST.get("off"))
    list_ = get_object_or_404(_open(request.user), pk=pk)
    return _put(request, list_, title, on="on" in request.POST)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@ratelimit(key="user", rate=OFTEN, method="POST", block=True)
def of_title(request: MemberRequest, kind: str, ref: Ref) -> HttpResponse:
    """All lists at once, each with a box to tick."""
    title = title_of(request, kind, ref)
    form = OnListsForm(request.POST or None, member=request.user, title=title)
    if request.method != "POST" or not (form.is_valid() and form.save()):
        context = {"form": form, "title": title}
        return render(request, "lists/of_title.html", context, status=422 if form.errors else 200)
    return acted(request, _("Your lists are saved."), parts=parts(title), back=_page(title))


def _put(
    request: MemberRequest, list_: List, title: Title, *, on: bool | None = None
) -> HttpResponse:
    """On the list, or off it: as the button says."""
    if not (request.POST.get("on") == "1" if on is None else on):
        return _take_off(request, list_, title)
    named = {"title": title.shown_name.name, "list": list_.shown_name}
    try:
        item, key = keeping.put(list_, title, by=request.user)
    except keeping.Full:
        return refused(request, _("“%(list)s” is full.") % named, back=_page(title))
    if not item.is_accepted:
        collaborating.tell_of_proposal(item, request.user)
        said = _("You have proposed %(title)s for “%(list)s”.") % named
    else:
        said = _("%(title)s is on your list “%(list)s”.") % named
    return acted(request, said, parts=parts(title), back=_page(title), undo=key)


def _take_off(request: MemberRequest, list_: List, title: Title) -> HttpResponse:
    named = {"title": title.shown_name.name, "list": list_.shown_name}
    key = keeping.remove(list_, [title], by=request.user)
    if list_.items.filter(title=title).exists():
        said = _("Only who edits “%(list)s” takes titles off it.") % named
        return refused(request, said, back=_page(title))
    said = _("%(title)s is off your list “%(list)s”.") % named
    return acted(request, said, parts=parts(title), back=_page(title), undo=key)


def _open(member: User) -> QuerySet[List]:
    return List.objects.open_to(member).exclude(kind=List.Kind.SMART).select_related("owner")


def _page(title: Title) -> str:
    return address("title", title.ref, title.kind)
