"""What is done on a list's own page with what is on it."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.models import Title
from cinehub.kit.acting import acted, refused
from cinehub.kit.own import own
from cinehub.kit.web import clean_words, key_of
from lists import arranging, collaborating, keeping
from lists.models import List, ListItem
from lists.models.lists import LONGEST_NOTE

OFTEN = "2000/h"


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def remove(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    list_ = _editable(request.user, username, slug)
    titles = _chosen(request.POST, list_)
    if not titles:
        return _none_chosen(request, list_)
    key = keeping.remove(list_, titles, by=request.user)
    said = ngettext("%(number)s title is removed.", "%(number)s titles are removed.", len(titles))
    parts = keeping.told(list_, [title.pk for title in titles])
    said %= {"number": len(titles)}
    return acted(request, said, parts=parts, back=list_.get_absolute_url(), undo=key)


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def arrange(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """One title up or down, or each to the number that was typed beside it."""
    list_ = _editable(request.user, username, slug)
    with transaction.atomic():
        for button, by in (("up", -1), ("down", 1)):
            for item in _items(list_, request.POST.getlist(button)):
                arranging.step(item, by)
        if not {"up", "down"} & request.POST.keys():
            _to_their_places(list_, request.POST)
    parts = [own("list", list_.pk)]
    return acted(request, _("The order is saved."), parts=parts, back=list_.get_absolute_url())


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def note(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """Of the item whose button was pressed."""
    list_ = _editable(request.user, username, slug)
    for item in _items(list_, request.POST.getlist("note")):
        words = clean_words(request.POST.get(f"note-{item.pk}", ""), LONGEST_NOTE)
        keeping.write_note(item, words)
    parts = [own("list", list_.pk)]
    return acted(request, _("Your note is saved."), parts=parts, back=list_.get_absolute_url())


@require_POST
@members_only
@ratelimit(key="user", rate="300/h", block=True)
def transfer(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """To another list; they stay on this one if the button says copy."""
    stay = request.POST.get("deed") != "move"
    source = List.objects.visible_to if stay else List.objects.editable_by
    list_ = _found(source(request.user), username, slug)
    open_ones = List.objects.open_to(request.user).exclude(kind=List.Kind.SMART)
    to = get_object_or_404(open_ones.exclude(pk=list_.pk), pk=key_of(request.POST.get("to")))
    titles, back = _chosen(request.POST, list_), list_.get_absolute_url()
    if not titles:
        return _none_chosen(request, list_)
    try:
        done = arranging.transfer(list_, titles, to, by=request.user, stay=stay)
    except keeping.Full:
        return refused(request, _("“%(list)s” is full.") % {"list": to}, back=back)
    named = {"number": done.number, "list": to.shown_name}
    said = ngettext(
        "%(number)s title is new on “%(list)s”.",
        "%(number)s titles are new on “%(list)s”.",
        done.number,
    )
    parts = keeping.told(list_, [title.pk for title in titles])
    return acted(request, said % named, parts=parts, back=back, undo=done.undo)


@require_POST
@members_only
@ratelimit(key="user", rate=OFTEN, block=True)
def answer(request: MemberRequest, username: str, slug: str) -> HttpResponse:
    """To what was proposed: accept, or decline."""
    list_ = _editable(request.user, username, slug)
    back = list_.get_absolute_url()
    accepted = _items(list_, request.POST.getlist("accept"), is_accepted=False)
    declined = _items(list_, request.POST.getlist("decline"), is_accepted=False)
    for item in accepted:
        keeping.accept(item)
        collaborating.tell_of_answer(item, request.user)
    for item in declined:
        keeping.decline(item)
    said = _("It is on the list now.") if accepted else _("You have declined it.")
    return acted(request, said, parts=[own("list", list_.pk)], back=back)


def _to_their_places(list_: List, sent: QueryDict) -> None:
    """Fields are named by item and place; who left one as it was means nothing by it."""
    wanted: dict[int, int] = {}
    for name in sent:
        field = re.fullmatch("to-([0-9]{1,18})-([0-9]{1,9})", name)
        to = re.fullmatch("[0-9]{1,9}", str(sent[name]))
        if field and to and int(to[0]) != int(field[2]):
            wanted[int(field[1])] = int(to[0])
    places = sorted((to, pk) for pk, to in wanted.items())
    for item in _items(list_, [pk for _to, pk in places]):
        arranging.move(item, wanted[item.pk])


def _items(list_: List, keys: Iterable[object], *, is_accepted: bool = True) -> list[ListItem]:
    """Those of the list, in the order of the keys."""
    wanted = [key for key in map(key_of, keys) if key]
    items = list_.items.filter(is_accepted=is_accepted).select_related("added_by")
    found = items.in_bulk(wanted)
    for item in found.values():
        item.list = list_
    return [found[key] for key in wanted if key in found]


def _chosen(sent: QueryDict, list_: List) -> list[Title]:
    keys = [item.title_id for item in _items(list_, sent.getlist("items"))]
    return list(Title.objects.filter(pk__in=keys).order_by("pk"))


def _none_chosen(request: MemberRequest, list_: List) -> HttpResponse:
    return refused(request, _("Tick some titles first."), back=list_.get_absolute_url())


def _editable(member: User, username: str, slug: str) -> List:
    lists = List.objects.editable_by(member).exclude(kind=List.Kind.SMART)
    return _found(lists, username, slug)


def _found(lists: QuerySet[List], username: str, slug: str) -> List:
    owners = User.objects.named(username).order_by().values("pk")
    return get_object_or_404(lists.select_related("owner"), owner__in=owners, slug=slug)
