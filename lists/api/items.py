"""What is on lists: the watchlist, the favourites and members' own."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.scopes import LISTS
from catalog.api.titles import EXPANDS, titles_of
from catalog.models import Title
from cinehub.kit.api import Endpoint, Problem, paged
from lists import arranging, collaborating, keeping
from lists.api import finding
from lists.api.asking import OF_ITEMS, filters, keyed, understood
from lists.api.shapes import (
    ListItem,
    ListItemKept,
    TitlesKept,
    TitlesRemoved,
    TitlesToKeep,
    TitlesToRemove,
    TitleToKeep,
    Undoable,
)
from lists.models import List
from lists.models import ListItem as Item
from lists.shelf import Row, asked_of_catalogue, is_of_catalogue, on_list, rows

ONE_OR_MANY = PolymorphicProxySerializer(
    component_name="OneOrManyTitlesToKeep",
    serializers=[TitleToKeep, TitlesToKeep],
    resource_type_field_name=None,
)


class OnList(Endpoint):
    """`of` is the one of a member's lists that everybody has; without it a key names the list."""

    of: List.Kind | None = None
    writes = LISTS
    limit = "lists"
    expands = EXPANDS

    def get_list(self, pk: int | None) -> List:
        """As it is looked at."""
        if self.of:
            # Nobody needs a key to their own, and what is no key is an error here, too.
            keyed(self.request)
            return finding.looked_at(self.request.user, self.of)
        return finding.readable(self.request, pk or 0)

    def open_list(self, pk: int | None) -> List:
        """To which the member may add."""
        if self.of:
            return finding.used(self.request.user, self.of)
        return finding.by_hand(List.objects.open_to(self.request.user), pk or 0)

    def rows(self, items: list[Item], list_: List) -> list[Row]:
        return rows(items, list_, self.request.user, partial(titles_of, self))

    def show_item(self, item: Item, status: int = 200, **more: Any) -> Response:
        (row,) = self.rows([item], item.list)
        shown = ListItem(row, context=self.get_shape_context() | {"is_whole": True}).data
        return Response(shown | more, status)


class Items(OnList):
    @extend_schema(
        summary="What is on it, in its own order or another, and narrowed",
        parameters=OF_ITEMS,
        responses=paged(ListItem),
    )
    def get(self, request: Request, pk: int | None = None) -> Response:
        list_, data = self.get_list(pk), filters(request)
        if is_of_catalogue(list_):
            return self._found(list_)
        found = on_list(list_, request.user, data, self.reader)
        understood(found.asked)
        titles = partial(titles_of, self)
        return self.page(found.rows, ListItem, ready=lambda page: found.ready(page, titles))

    @extend_schema(
        summary="Put a title on it, or many",
        description="Who may only propose titles for the list proposes them.",
        request=ONE_OR_MANY,
        responses={200: TitlesKept, 201: ListItemKept},
    )
    def post(self, request: Request, pk: int | None = None) -> Response:
        list_ = self.open_list(pk)
        if isinstance(request.data, dict) and "items" in request.data:
            return self._put_all(list_, self.read(TitlesToKeep)["items"])
        told = self.read(TitleToKeep)
        title = finding.wanted_title(self, told["media_type"], told["id"])
        item, undo = put(list_, title, by=request.user, note=told["note"])
        if not undo:
            raise Problem(409, "duplicate", _("It is on the list already."))
        return self.show_item(item, 201, undo=undo)

    def _found(self, list_: List) -> Response:
        """By a filter, from the whole catalogue."""
        asked = asked_of_catalogue(list_, filters(self.request), self.reader)
        understood(asked)
        page, size = self.asked_page["page"], self.asked_page["page_size"]
        count = asked.count
        if page > max(1, -(-count.number // size)):
            raise Http404
        titles = titles_of(self, keys := asked.keys(page, size)[:size])
        found = [Row(titles[key]) for key in keys]
        return self.page_of(found, ListItem, count=count.number, is_exact=count.is_exact)

    def _put_all(self, list_: List, told: list[dict[str, Any]]) -> Response:
        known, unknown = finding.titles_of(told, Title.objects.all())
        notes = {finding.ref_of(each): each["note"] for each in told}
        wanted = {title: notes[ref] for ref, title in known.items()}
        with transaction.atomic():
            done = put_all(list_, wanted, by=self.request.user)
        added = {item.title_id for item in done.items}
        kept = {
            "added": finding.refs(ref for ref, title in known.items() if title.pk in added),
            "existing": finding.refs(ref for ref, title in known.items() if title.pk not in added),
            "not_found": finding.refs(unknown),
            "undo": done.undo,
        }
        return self.show(kept, TitlesKept)


class Removal(OnList):
    @extend_schema(
        summary="Take titles off it", request=TitlesToRemove, responses={200: TitlesRemoved}
    )
    def post(self, request: Request, pk: int | None = None) -> Response:
        list_, told = self.open_list(pk), self.read(TitlesToRemove)["items"]
        on_it = keeping.theirs(list_, request.user).values("title")
        known, unknown = finding.titles_of(told, Title.objects.filter(pk__in=on_it))
        undo = keeping.remove(list_, list(known.values()), by=request.user)
        removed = {
            "removed": len(known),
            "not_found": finding.refs(unknown),
            "undo": undo,
        }
        return self.show(removed, TitlesRemoved)


class OneTitle(OnList):
    """A title on it, by what TMDB calls it."""

    @extend_schema(summary="A title on it, if it is there", responses=ListItem)
    def get(
        self, request: Request, media_type: str, tmdb_id: int, pk: int | None = None
    ) -> Response:
        list_ = self.get_list(pk)
        title = finding.title_of(self, media_type, tmdb_id)
        item = _items_of(list_, request.user).filter(title=title).first()
        if item is None:
            raise Http404
        item.list = list_
        (row,) = self.rows([item], list_)
        return self.show(row, ListItem)

    @extend_schema(summary="See that a title is on it", request=None, responses=ListItemKept)
    def put(
        self, request: Request, media_type: str, tmdb_id: int, pk: int | None = None
    ) -> Response:
        title = finding.wanted_title(self, media_type, tmdb_id)
        item, undo = put(self.open_list(pk), title, by=request.user)
        return self.show_item(item, undo=undo)

    @extend_schema(summary="See that a title is not on it", request=None, responses=Undoable)
    def delete(
        self, request: Request, media_type: str, tmdb_id: int, pk: int | None = None
    ) -> Response:
        """Who may only propose titles takes back what they have proposed."""
        title = finding.title_of(self, media_type, tmdb_id)
        list_ = self.open_list(pk)
        undo = keeping.remove(list_, [title], by=request.user)
        if list_.items.filter(title=title).exists():
            raise Problem(403, "forbidden", _("Only who edits the list takes titles off it."))
        return self.show({"undo": undo}, Undoable)


def put(list_: List, title: Title, *, by: User, note: str = "") -> tuple[Item, Any]:
    """As `keeping.put`; who has to answer a proposal hears of it. Raises Problem."""
    words = note if note and keeping.may_edit(list_, by) else ""
    try:
        item, undo = keeping.put(list_, title, by=by, note=words)
    except keeping.Full:
        raise full(list_) from None
    item.list = list_
    if undo and not item.is_accepted:
        collaborating.tell_of_proposal(item, by)
    return item, undo


def put_all(list_: List, notes: dict[Title, str], *, by: User) -> arranging.Added:
    """As `arranging.add_all`; of many proposals one notice is enough. Raises Problem."""
    may_note = keeping.may_edit(list_, by)
    try:
        done = arranging.add_all(
            list_, {title: note if may_note else "" for title, note in notes.items()}, by=by
        )
    except keeping.Full:
        raise full(list_) from None
    for item in done.items[:1]:
        item.list = list_
        if not item.is_accepted:
            collaborating.tell_of_proposal(item, by)
    return done


def full(list_: List) -> Problem:
    return Problem(422, "unprocessable", _("“%(list)s” is full.") % {"list": list_.shown_name})


def _items_of(list_: List, viewer: Any) -> Any:
    """What is on it, and what the viewer may take back besides."""
    if not list_.pk:
        return Item.objects.none()
    if not viewer.is_authenticated:
        return list_.items.accepted()
    return list_.items.accepted() | keeping.theirs(list_, viewer)
