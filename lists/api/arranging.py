"""Single items of a list, their order, what goes to another list, and what is proposed."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import LISTS
from catalog.api.titles import titles_of
from catalog.models import Title
from cinehub.kit.api import Endpoint, Who, listed
from cinehub.kit.api.limits import spare
from cinehub.kit.web import clean_words
from lists import arranging, collaborating, keeping
from lists.api import finding
from lists.api.asking import Keyed
from lists.api.items import OnList, full
from lists.api.shapes import (
    ItemChanges,
    ListItem,
    NewTransfer,
    Order,
    Transferred,
    Undoable,
)
from lists.models import List
from lists.models import ListItem as Item
from lists.models.lists import LONGEST_NOTE
from lists.shelf import items_of, proposals


class OneItem(OnList):
    who = Who.READERS

    @extend_schema(summary="An item", parameters=[Keyed], responses=ListItem)
    def get(self, request: Request, pk: int, item: int) -> Response:
        list_ = finding.readable(request, pk)
        return self._shown(get_object_or_404(items_of(list_), pk=item), list_)

    @extend_schema(
        summary="Note something beside an item, or move it", request=ItemChanges, responses=ListItem
    )
    def patch(self, request: Request, pk: int, item: int) -> Response:
        list_ = _editable(request, pk)
        found = _item(list_, item)
        told = self.read(ItemChanges)
        if "note" in told:
            found.note = clean_words(told["note"], LONGEST_NOTE)
            keeping.write_note(found, found.note)
        if "position" in told:
            arranging.move(found, told["position"])
        return self._shown(found, list_)

    @extend_schema(summary="Take an item off its list", request=None, responses=Undoable)
    def delete(self, request: Request, pk: int, item: int) -> Response:
        list_ = _editable(request, pk)
        found = _item(list_, item)
        undo = keeping.remove(list_, [found.title], by=request.user)
        return self.show({"undo": undo}, Undoable)

    def _shown(self, item: Item, list_: List) -> Response:
        item.list = list_
        (row,) = self.rows([item], list_)
        return self.show(row, ListItem)


class Ordering(Endpoint):
    writes = LISTS
    limit = "lists"

    @extend_schema(summary="The order of a list that you edit", responses=Order)
    def get(self, request: Request, pk: int) -> Response:
        return self._shown(_editable(request, pk))

    @extend_schema(
        summary="Put a list that you edit in another order", request=Order, responses=Order
    )
    def put(self, request: Request, pk: int) -> Response:
        list_ = _editable(request, pk)
        keys = self.read(Order)["items"]
        if len(set(keys)) < len(keys):
            raise ValidationError({"items": [_("Each may be named once.")]})
        arranging.arrange(list_, keys)
        return self._shown(list_)

    def _shown(self, list_: List) -> Response:
        keys = items_of(list_).in_order().values_list("pk", flat=True)
        return self.show({"items": list(keys)}, Order)


class Transfer(Endpoint):
    writes = LISTS
    limit = "lists"

    @extend_schema(
        summary="Copy or move titles to another list",
        parameters=[Keyed],
        request=NewTransfer,
        responses={200: Transferred},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Only who edits a list takes something off it."""
        told = self.read(NewTransfer)
        list_ = finding.readable(request, pk) if told["stay"] else _editable(request, pk)
        others = List.objects.open_to(request.user).exclude(pk=list_.pk)
        to = finding.by_hand(others, told["to"])
        spare(request, "transfer", "300/h")
        titles, _unknown = finding.titles_of(told["items"], Title.objects.all())
        try:
            done = arranging.transfer(
                list_, list(titles.values()), to, by=request.user, stay=told["stay"]
            )
        except keeping.Full:
            raise full(to) from None
        return self.show({"added": done.number, "undo": done.undo}, Transferred)


class Proposals(OnList):
    @extend_schema(
        summary="What waits for an answer: all of it for who edits the list, else your own",
        responses=listed(ListItem),
    )
    def get(self, request: Request, pk: int) -> Response:
        list_ = finding.by_hand(List.objects.open_to(request.user), pk)
        only_own = not keeping.may_edit(list_, request.user)
        titles = partial(titles_of, self)
        return self.show_all(proposals(list_, request.user, titles, only_own=only_own), ListItem)


class OneProposal(OnList):
    @extend_schema(summary="Take what was proposed onto the list", request=None, responses=ListItem)
    def put(self, request: Request, pk: int, item: int) -> Response:
        list_ = _editable(request, pk)
        found = _item(list_, item, is_accepted=False)
        keeping.accept(found)
        collaborating.tell_of_answer(found, request.user)
        (row,) = self.rows([_item(list_, item)], list_)
        return self.show(row, ListItem)

    @extend_schema(
        summary="Decline what was proposed, or take back what you have",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, pk: int, item: int) -> Response:
        list_ = finding.by_hand(List.objects.open_to(request.user), pk)
        theirs = keeping.theirs(list_, request.user).proposed()
        found = get_object_or_404(theirs, pk=item)
        found.list = list_
        keeping.decline(found)
        return Response(status=204)


def _editable(request: Request, pk: int) -> List:
    return finding.by_hand(List.objects.editable_by(request.user), pk)


def _item(list_: List, pk: int, *, is_accepted: bool = True) -> Item:
    items = list_.items.filter(is_accepted=is_accepted).select_related("title", "added_by")
    found = get_object_or_404(items, pk=pk)
    found.list = list_
    return found
