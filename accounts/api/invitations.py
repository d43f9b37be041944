"""Asking people in."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import inviting
from accounts.models import Invitation
from cinehub.kit.api import Endpoint, Problem, Sparse, paged
from cinehub.kit.api.limits import spare


class Invited(Sparse):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    sent_at = serializers.DateTimeField()
    good_until = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    is_open = serializers.BooleanField()


class Inviting(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class Invitations(Endpoint):
    """Of mail to others: for nobody but the member."""

    reads = writes = ""
    limit = "user"

    @extend_schema(summary="Whom you have invited", responses=paged(Invited))
    def get(self, request: Request) -> Response:
        return self.page(request.user.invitations.newest(), Invited)

    @extend_schema(
        summary="Invite somebody by mail", request=Inviting, responses={201: Invited, 200: Invited}
    )
    def post(self, request: Request) -> Response:
        email = self.read(Inviting)["email"].lower()
        is_known = request.user.invitations.filter(email__iexact=email).exists()
        _invite(request, email)
        sent = get_object_or_404(request.user.invitations, email__iexact=email)
        return self.show(sent, Invited, status=200 if is_known else 201)


class OneInvitation(Endpoint):
    writes = ""
    limit = "user"

    @extend_schema(summary="Withdraw an invitation", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        inviting.withdraw(get_object_or_404(request.user.invitations, pk=pk))
        return Response(status=204)


class Resend(Endpoint):
    writes = ""
    limit = "user"

    @extend_schema(summary="Send an invitation again", request=None, responses=Invited)
    def post(self, request: Request, pk: int) -> Response:
        sent: Invitation = get_object_or_404(request.user.invitations, pk=pk)
        _invite(request, sent.email)
        sent.refresh_from_db()
        return self.show(sent, Invited)


def _invite(request: Request, email: str) -> None:
    spare(request, "invitation", "30/h")
    try:
        inviting.invite(request.user, email)
    except inviting.Spent:
        text = _("You have sent as many as a day has. Try again tomorrow.")
        raise Problem(422, "unprocessable", text) from None
