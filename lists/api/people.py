"""With whom a list is shared."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import LISTS
from cinehub.kit.api import Endpoint, Problem, listed
from cinehub.kit.api.limits import spare
from lists import collaborating
from lists.api import finding
from lists.api.shapes import Invitation, ListPerson, Role
from lists.forms.keeping import NOBODY, TOO_MANY_PEOPLE
from lists.models import Collaborator, List
from lists.models.lists import ListQuerySet

# Each one invited gets a mail.
INVITATIONS = "60/h"
CHANGES = "300/h"


class People(Endpoint):
    writes = LISTS
    limit = "lists"

    @extend_schema(summary="With whom a list is shared", responses=listed(ListPerson))
    def get(self, request: Request, pk: int) -> Response:
        list_ = _shared(List.objects.open_to(request.user), pk)
        return self.show_all(list(collaborating.seen_by(request.user, list_)), ListPerson)

    @extend_schema(
        summary="Share a list of yours with a member",
        description="Who is with it already gets this role.",
        request=Invitation,
        responses={201: ListPerson},
    )
    def post(self, request: Request, pk: int) -> Response:
        list_ = _shared(request.user.lists.all(), pk)
        told = self.read(Invitation)
        spare(request, "list-invitation", INVITATIONS)
        try:
            shared = collaborating.invite(list_, told["username"], told["role"])
        except collaborating.Unreachable:
            raise ValidationError({"username": [NOBODY]}) from None
        except collaborating.TooMany:
            raise Problem(422, "unprocessable", TOO_MANY_PEOPLE) from None
        return self.show(shared, ListPerson, 201)


class OnePerson(Endpoint):
    writes = LISTS
    limit = "lists"

    @extend_schema(summary="What somebody may do with a list", responses=ListPerson)
    def get(self, request: Request, pk: int, username: str) -> Response:
        list_ = _shared(List.objects.open_to(request.user), pk)
        seen = collaborating.seen_by(request.user, list_)
        return self.show(get_object_or_404(seen, user__username__iexact=username), ListPerson)

    @extend_schema(
        summary="Say what somebody may do with a list of yours", request=Role, responses=ListPerson
    )
    def patch(self, request: Request, pk: int, username: str) -> Response:
        found = _of_own(request, pk, username)
        role = self.read(Role)["role"]
        spare(request, "list-people", CHANGES)
        collaborating.change_role(found, role)
        return self.show(_of_own(request, pk, username), ListPerson)

    @extend_schema(
        summary="Share a list of yours with somebody no longer, or leave one yourself",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, pk: int, username: str) -> Response:
        spare(request, "list-people", CHANGES)
        if username.lower() == request.user.username.lower():
            mine = request.user.collaborations.select_related("list__owner", "user")
            found = get_object_or_404(mine, list=pk)
        else:
            found = _of_own(request, pk, username)
        collaborating.part(found)
        return Response(status=204)


def _shared(lists: ListQuerySet, pk: int) -> List:
    """The watchlist and the favourites are everybody's own."""
    return finding.by_hand(lists.custom(), pk)


def _of_own(request: Request, pk: int, username: str) -> Collaborator:
    list_ = finding.own(request.user, pk)
    people = list_.collaborators.select_related("user")
    found = get_object_or_404(people, user__username__iexact=username)
    found.list = list_
    return found
