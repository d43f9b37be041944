"""A member's own apps, the apps they have let in, and their tokens: for clients that sign in as
members, and for no app."""

from typing import Any

from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError as ModelError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import consenting, issuing, registering, scopes
from accounts.api.going import check_it_is_them
from accounts.registering import App
from cinehub.kit.api import Endpoint, Problem, Sparse, listed
from cinehub.kit.api.limits import spare

ONCE = "It is told once."


class Mine(Endpoint):
    reads = writes = ""
    limit = "user"


# --- Apps that one makes -------------------------------------------------------------------------
class AppShape(Sparse):
    id = serializers.CharField(help_text="The client id.")
    name = serializers.CharField()
    description = serializers.CharField()
    homepage = serializers.CharField()
    redirect_uris = serializers.ListField(child=serializers.CharField())
    is_confidential = serializers.BooleanField(help_text="Whether it has a secret.")
    created_at = serializers.DateTimeField()


class AppWithSecret(AppShape):
    client_secret = serializers.CharField(help_text=f"Empty if it has none. {ONCE}")


class ClientSecret(serializers.Serializer):
    client_secret = serializers.CharField(help_text=ONCE)


class AppChange(serializers.Serializer):
    name = serializers.CharField(max_length=registering.LONGEST_NAME)
    description = serializers.CharField(
        max_length=registering.LONGEST_TEXT, required=False, allow_blank=True, default=""
    )
    homepage = serializers.URLField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        validators=[registering.is_web],
        help_text="https://…",
    )
    redirect_uris = serializers.ListField(
        child=serializers.CharField(max_length=registering.LONGEST_ADDRESS),
        max_length=registering.ADDRESSES_AT_MOST,
        required=False,
        default=list,
        help_text="https://…, this machine's own, or of a scheme of the app's (com.example:/…).",
    )

    def validate_redirect_uris(self, given: list[str]) -> list[str]:
        for address in given:
            try:
                registering.check_address(address)
            except ModelError as error:
                raise ValidationError(error.messages) from None
        return list(dict.fromkeys(given))


class AppNaming(AppChange):
    is_confidential = serializers.BooleanField(
        required=False, default=True, help_text="False where it can keep no secret: on TVs, phones."
    )

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        if told["is_confidential"] and not told["redirect_uris"]:
            raise ValidationError({"redirect_uris": [_("An app on a server needs one.")]})
        return told


class Apps(Mine):
    @extend_schema(summary="Your apps", responses=listed(AppShape))
    def get(self, request: Request) -> Response:
        found = [App.of(client) for client in registering.apps(request.user)]
        return self.show_all(found, AppShape)

    @extend_schema(summary="Register an app", request=AppNaming, responses={201: AppWithSecret})
    def post(self, request: Request) -> Response:
        check_it_is_them(request)
        told = self.read(AppNaming)
        spare(request, "app", "30/h")
        try:
            client, secret = registering.register(request.user, **told)
        except registering.TooMany:
            raise _too_many() from None
        return self.show(vars(App.of(client)) | {"client_secret": secret}, AppWithSecret, 201)


class OneApp(Mine):
    @extend_schema(summary="An app of yours", responses=AppShape)
    def get(self, request: Request, key: str) -> Response:
        return self.show(App.of(_client(request, key)), AppShape)

    @extend_schema(summary="Change an app", request=AppChange, responses=AppShape)
    def patch(self, request: Request, key: str) -> Response:
        client = _client(request, key)
        check_it_is_them(request)
        told = self.read(AppChange, partial=True)
        now = App.of(client)
        known = {name: getattr(now, name) for name in AppChange().fields}
        registering.change(client, **known | told)
        return self.show(App.of(client), AppShape)

    @extend_schema(summary="Delete an app", request=None, responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        client = _client(request, key)
        check_it_is_them(request)
        registering.remove(client)
        return Response(status=204)


class NewSecret(Mine):
    @extend_schema(summary="A new secret for an app", request=None, responses=ClientSecret)
    def post(self, request: Request, key: str) -> Response:
        client = _client(request, key)
        if client.type != Client.Type.CONFIDENTIAL:
            raise Problem(422, "unprocessable", _("This app has no secret."))
        check_it_is_them(request)
        spare(request, "app", "30/h")
        return self.show({"client_secret": registering.renew_secret(client)}, ClientSecret)


# --- Apps that one lets in -----------------------------------------------------------------------
class AllowedApp(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    homepage = serializers.CharField()


class Allowance(Sparse):
    id = serializers.IntegerField(source="pk")
    app = AllowedApp(source="shown")
    scopes = serializers.ListField(child=serializers.ChoiceField(list(scopes.ALL)))
    created_at = serializers.DateTimeField(help_text="Since when it is in.")
    last_used_at = serializers.DateTimeField(allow_null=True)


class Authorizations(Mine):
    @extend_schema(summary="The apps that you have let in", responses=listed(Allowance))
    def get(self, request: Request) -> Response:
        found = request.user.authorizations.newest().select_related("client__owner")
        return self.show_all([_shown(row) for row in found], Allowance)


class OneAuthorization(Mine):
    @extend_schema(summary="An app that you have let in", responses=Allowance)
    def get(self, request: Request, pk: int) -> Response:
        found = request.user.authorizations.select_related("client__owner")
        return self.show(_shown(get_object_or_404(found, pk=pk)), Allowance)

    @extend_schema(summary="Show an app out", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        consenting.revoke(get_object_or_404(request.user.authorizations, pk=pk))
        return Response(status=204)


# --- Tokens --------------------------------------------------------------------------------------
class TokenShape(Sparse):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(list(scopes.TOLD)))
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)


class TokenWithValue(TokenShape):
    token = serializers.CharField(help_text=ONCE)


class TokenNaming(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(list(scopes.TOLD)),
        allow_empty=False,
        max_length=len(scopes.TOLD),
    )
    expires_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Within a year; null until you take it away.",
    )

    def validate_expires_at(self, ends: Any) -> Any:
        if ends and not timezone.now() < ends <= issuing.latest_end():
            raise ValidationError(_("That is not within a year from now."))
        return ends


class Tokens(Mine):
    @extend_schema(summary="Your personal tokens", responses=listed(TokenShape))
    def get(self, request: Request) -> Response:
        return self.show_all([_listed(token) for token in request.user.tokens.newest()], TokenShape)

    @extend_schema(
        summary="Make a personal token", request=TokenNaming, responses={201: TokenWithValue}
    )
    def post(self, request: Request) -> Response:
        check_it_is_them(request)
        told = self.read(TokenNaming)
        spare(request, "token", "30/h")
        reach, ends = told["scopes"], told["expires_at"]
        try:
            made, value = issuing.issue(
                request.user, name=told["name"], reach=reach, expires_at=ends
            )
        except issuing.TooMany:
            raise _too_many() from None
        shown = _listed(made)
        shown.token = value
        return self.show(shown, TokenWithValue, 201)


class OneToken(Mine):
    @extend_schema(summary="A personal token", responses=TokenShape)
    def get(self, request: Request, pk: int) -> Response:
        return self.show(_listed(get_object_or_404(request.user.tokens, pk=pk)), TokenShape)

    @extend_schema(summary="Take a personal token away", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        issuing.revoke(get_object_or_404(request.user.tokens, pk=pk))
        return Response(status=204)


def _client(request: Request, key: str) -> Client:
    return get_object_or_404(registering.apps(request.user), pk=key)


def _shown(row: Any) -> Any:
    row.shown, row.scopes = App.of(row.client), row.scopes.split()
    return row


def _listed(token: Any) -> Any:
    token.scopes = token.scopes.split()
    return token


def _too_many() -> Problem:
    return Problem(422, "unprocessable", _("You have as many as anybody may have."))
