"""Lists are made, described, copied, shared by a link and deleted."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.scopes import LISTS
from catalog.models import Title
from cinehub.kit.api import Endpoint, Problem, Who, paged
from cinehub.kit.api.limits import spare
from lists import making
from lists.api import finding
from lists.api.asking import Keyed
from lists.api.shapes import ListChanges, ListLink, MemberList, NewList, WholeList
from lists.covers import covers, numbered
from lists.forms.keeping import NO_SOURCE, TOO_LONG, TOO_MANY
from lists.models import List
from lists.models.lists import ListQuerySet
from lists.question import kept_query
from lists.shown import Shown

OFTEN = "300/h"


class Telling(Endpoint):
    """Tells of lists."""

    writes = LISTS
    limit = "lists"

    def page_of_lists(self, lists: ListQuerySet) -> Response:
        """The last changed first."""
        in_order = numbered(lists.select_related("owner")).newest()
        return self.page(in_order, MemberList, ready=lambda page: covers(page, self.reader))

    def show_list(self, list_: List, status: int = 200, **headers: str) -> Response:
        (told,) = covers(list(numbered(List.objects.filter(pk=list_.pk))), self.reader)
        told.of = list_
        shown = Shown(list_, self.request.user, self.request.query_params, self.reader, "")
        whole: Any = told
        whole.role = "owner" if shown.is_own else shown.role or None
        whole.progress = shown.progress
        return self.show(whole, WholeList, status, **headers)


class Lists(Telling):
    @extend_schema(
        summary="Your lists, and those that are shared with you", responses=paged(MemberList)
    )
    def get(self, request: Request) -> Response:
        return self.page_of_lists(List.objects.open_to(request.user))

    @extend_schema(
        summary="Make a list",
        description="With `smart`, one on which a filter says what is.",
        request=NewList,
        responses={201: WholeList},
    )
    def post(self, request: Request) -> Response:
        told = self.read(NewList)
        spare(request, "list", OFTEN)
        told.setdefault("visibility", request.user.default_audience)
        told["name"] = _name(told["name"])
        told |= self._smart(told.pop("smart", None))
        made = make(request.user, **told)
        return self.show_list(made, 201, Location=f"/api/v1/lists/{made.pk}/")

    def _smart(self, told: dict[str, Any] | None) -> dict[str, Any]:
        if told is None:
            return {}
        query = kept_query(told["query"])
        if query is None:
            raise ValidationError({"smart": {"query": [TOO_LONG]}})
        source = None
        if told["scope"] == List.Scope.LIST:
            lists = List.objects.visible_to(self.request.user).exclude(kind=List.Kind.SMART)
            source = lists.filter(pk=told["source"]).first()
            if source is None:
                raise ValidationError({"smart": {"source": [NO_SOURCE]}})
        return told | {"kind": List.Kind.SMART, "query": query, "source": source}


class OneList(Telling):
    who = Who.READERS

    @extend_schema(summary="A list", parameters=[Keyed], responses=WholeList)
    def get(self, request: Request, pk: int) -> Response:
        return self.show_list(finding.readable(request, pk))

    @extend_schema(
        summary="Describe a list of yours otherwise", request=ListChanges, responses=WholeList
    )
    def patch(self, request: Request, pk: int) -> Response:
        list_ = finding.own(request.user, pk)
        told = self.read(ListChanges)
        spare(request, "list", OFTEN)
        if "name" in told:
            told["name"] = _new_name(list_, told["name"])
        if "cover" in told:
            told["cover"] = _cover(list_, told["cover"])
        if told:
            making.describe(list_, **told)
        return self.show_list(finding.own(request.user, pk))

    @extend_schema(
        summary="Delete a list of yours",
        description="This can't be undone.",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        making.delete(finding.own(request.user, pk))
        return Response(status=204)


class Clone(Telling):
    @extend_schema(
        summary="Copy a list", parameters=[Keyed], request=None, responses={201: WholeList}
    )
    def post(self, request: Request, pk: int) -> Response:
        source = finding.readable(request, pk)
        spare(request, "clone", "60/h")
        try:
            made = making.clone(source, by=request.user)
        except making.TooMany:
            raise Problem(422, "unprocessable", TOO_MANY) from None
        except making.OutOfSight:
            raise Problem(422, "unprocessable", NO_SOURCE) from None
        return self.show_list(made, 201, Location=f"/api/v1/lists/{made.pk}/")


class Link(Endpoint):
    """Whoever has it sees the list, so who may only read is not told it."""

    reads = writes = LISTS
    limit = "lists"

    @extend_schema(summary="The link that opens a list of yours", responses=ListLink)
    def get(self, request: Request, pk: int) -> Response:
        return self._shown(finding.own(request.user, pk))

    @extend_schema(
        summary="Give a list of yours a new link; the old one opens nothing any more",
        request=None,
        responses=ListLink,
    )
    def post(self, request: Request, pk: int) -> Response:
        making.change_link(finding.own(request.user, pk))
        return self._shown(finding.own(request.user, pk))

    def _shown(self, list_: List) -> Response:
        url = f"{settings.SITE_URL}{list_.get_link()}"
        return self.show({"key": list_.key, "url": url}, ListLink)


def make(owner: User, **told: Any) -> List:
    """As `making.make`. Raises Problem."""
    try:
        made = making.make(owner, **told)
    except making.TooMany:
        raise Problem(422, "unprocessable", TOO_MANY) from None
    made.owner = owner
    return made


def _name(words: str) -> str:
    return " ".join(words.split())


def _new_name(list_: List, words: str) -> str:
    if not list_.is_custom:
        raise Problem(422, "unprocessable", _("This list is called alike for everybody."))
    return _name(words)


def _cover(list_: List, ref: dict[str, Any] | None) -> Title | None:
    if ref is None:
        return None
    on_it = Title.objects.filter(pk__in=list_.items.accepted().values("title"))
    kind, tmdb_id = finding.ref_of(ref)
    found = on_it.filter(kind=kind, tmdb_id=tmdb_id).first()
    if found is None:
        raise ValidationError({"cover": [_("This title is not on the list.")]})
    return found
