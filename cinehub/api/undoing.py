"""Undo: what deeds answer as `undo`."""

from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import undoing
from accounts.api.permissions import check_scope
from accounts.scopes import HISTORY, LISTS, READ, REVIEWS
from cinehub.kit.api import Endpoint, Problem
from cinehub.undo import DEEDS, TOO_LATE

OF_HISTORY = ("lists.marked", "lists.removed-viewings", "lists.said")


class Undo(Endpoint):
    # And that of the deed, which only its key tells.
    writes = READ

    @extend_schema(
        summary="Take back what was just done, once and within a day",
        description="It takes the scope that the deed took.",
        request=None,
        responses={204: None},
    )
    @transaction.atomic
    def post(self, request: Request, key: UUID) -> Response:
        found = undoing.take(request.user, key)
        if found is None:
            raise Problem(404, "not-found", TOO_LATE)
        check_scope(request, scope_of(found.deed))
        DEEDS[found.deed](request.user, found.data)
        return Response(status=204)


def scope_of(deed: str) -> str:
    if deed in OF_HISTORY:
        return HISTORY
    return LISTS if deed.startswith("lists.") else REVIEWS
