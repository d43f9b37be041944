"""Lists and history of a member, as far as they are for who asks."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.members import named
from accounts.models import User, shows_additions
from catalog.models.title import fitting
from cinehub.kit.api import Who, cursored, paged
from lists.api import history, lists
from lists.api.asking import HistoryFilters
from lists.api.moments import PublicViewing
from lists.api.shapes import MemberList, WholeList
from lists.models import List, Viewing


class MemberLists(lists.Telling):
    who = Who.READERS
    limit = "user"

    @extend_schema(summary="A member's lists that you may see", responses=paged(MemberList))
    def get(self, request: Request, username: str) -> Response:
        member = named(request, username, User.objects.visible_to(request.user))
        return self.page_of_lists(List.objects.visible_to(request.user).filter(owner=member))


class MemberListBySlug(lists.Telling):
    who = Who.READERS
    limit = "user"

    @extend_schema(summary="A member's list, by what its address says", responses=WholeList)
    def get(self, request: Request, username: str, slug: str) -> Response:
        """A collaborator sees it who sees nothing else of its owner."""
        owner = named(request, username, User.objects.reachable_by(request.user))
        visible = List.objects.visible_to(request.user).select_related("owner")
        return self.show_list(get_object_or_404(visible, owner=owner, slug=slug))


class MemberHistory(history.Telling):
    who = Who.READERS
    limit = "user"

    @extend_schema(
        summary="A member's history", parameters=[HistoryFilters], responses=cursored(PublicViewing)
    )
    def get(self, request: Request, username: str) -> Response:
        viewer: Any = request.user
        member = named(request, username, User.objects.reachable_by(viewer))
        if not shows_additions(member, viewer):
            raise Http404
        adult = self.reader.adult or viewer.pk == member.pk
        viewings = Viewing.objects.filter(fitting(adult=adult), user=member)
        return self.part_of(viewings.visible_to(viewer), PublicViewing)
