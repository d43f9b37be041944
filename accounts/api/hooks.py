"""Members' webhooks, for the programs that set them up: none but those that sign in as members."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.going import check_it_is_them
from accounts.hooks import addresses, listening
from accounts.models import Delivery, User, Webhook
from accounts.models.hooks import LONGEST_URL, SUBJECTS
from cinehub.kit.api import Endpoint, Problem, Sparse, after, cursored, listed
from cinehub.kit.api.limits import spare
from cinehub.kit.places import place, place_of


def _some_of(choices: type[TextChoices]) -> serializers.Field:
    """One of these, or null where they say nothing."""
    return serializers.ChoiceField([value for value in choices.values if value], allow_null=True)


class Hook(Sparse):
    id = serializers.IntegerField()
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.ChoiceField(list(SUBJECTS)), source="subjects")
    app = serializers.CharField(
        source="app_id", allow_null=True, help_text="Of an app, its client id."
    )
    is_on = serializers.BooleanField()
    stopped = serializers.SerializerMethodField(
        help_text="Why it is off, if it was not you who turned it off."
    )
    failing_since = serializers.DateTimeField(
        allow_null=True, help_text="Since when nothing is taken; null if all is well."
    )
    created_at = serializers.DateTimeField()

    @extend_schema_field(_some_of(Webhook.Stopped))
    def get_stopped(self, webhook: Webhook) -> str | None:
        return webhook.stopped or None


class Secret(serializers.Serializer):
    secret = serializers.CharField(help_text="What deliveries are signed with. It is told once.")


class HookWithSecret(Hook):
    secret = serializers.CharField(help_text="What deliveries are signed with. It is told once.")


class Naming(serializers.Serializer):
    url = serializers.CharField(max_length=LONGEST_URL, help_text="It begins with https://.")
    events = serializers.ListField(
        child=serializers.ChoiceField(list(SUBJECTS)),
        allow_empty=False,
        max_length=len(SUBJECTS),
        help_text="What it hears of.",
    )
    app = serializers.CharField(
        max_length=100,
        required=False,
        allow_null=True,
        help_text="The client id of an app of yours: it hears what members do who let it read.",
    )


class Changing(Naming):
    is_on = serializers.BooleanField(required=False)


class Delivered(Sparse):
    id = serializers.UUIDField(source="key")
    event = serializers.CharField()
    status = serializers.ChoiceField(Delivery.Status.choices)
    attempts = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    tried_at = serializers.DateTimeField(allow_null=True)
    next_at = serializers.SerializerMethodField(help_text="When it is tried next.")
    response_status = serializers.IntegerField(source="code", allow_null=True)
    response_body = serializers.CharField(source="answer", help_text="The first 1,024 bytes.")
    error = serializers.SerializerMethodField(help_text="Why there was no answer.")
    payload = serializers.SerializerMethodField(help_text="What was sent.")

    def get_next_at(self, delivery: Delivery) -> datetime | None:
        return delivery.next_at if delivery.status == Delivery.Status.WAITING else None

    @extend_schema_field(_some_of(Delivery.Trouble))
    def get_error(self, delivery: Delivery) -> str | None:
        return delivery.trouble or None

    def get_payload(self, delivery: Delivery) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(delivery.body)
        return told


class Mine(Endpoint):
    """Of what is the member's own, and no app's to change: whoever could would hear everything."""

    reads = writes = ""

    def hook(self, request: Request) -> Webhook:
        found: Webhook = get_object_or_404(request.user.webhooks, pk=self.kwargs["pk"])
        return found


class Webhooks(Mine):
    @extend_schema(summary="Your webhooks", responses=listed(Hook))
    def get(self, request: Request) -> Response:
        return self.show_all(list(request.user.webhooks.oldest()), Hook)

    @extend_schema(summary="Add a webhook", request=Naming, responses={201: HookWithSecret})
    def post(self, request: Request) -> Response:
        check_it_is_them(request)
        wanted = _wanted(request.user, self.read(Naming))
        spare(request, "webhook", "30/h")
        try:
            made, secret = listening.add(request.user, **wanted)
        except listening.TooMany:
            text = _("You have as many webhooks as anybody may have.")
            raise Problem(422, "unprocessable", text) from None
        made.secret = secret
        return self.show(made, HookWithSecret, status=201)


class OneWebhook(Mine):
    @extend_schema(summary="A webhook", responses=Hook)
    def get(self, request: Request, pk: int) -> Response:
        return self.show(self.hook(request), Hook)

    @extend_schema(
        summary="Change a webhook, or turn it on or off", request=Changing, responses=Hook
    )
    def patch(self, request: Request, pk: int) -> Response:
        found, said = self.hook(request), self.read(Changing, partial=True)
        is_on = said.pop("is_on", None)
        if said:
            known = {"url": found.url, "events": found.subjects, "app": found.app_id}
            if said.get("url", found.url) != found.url:
                check_it_is_them(request)
            listening.change(found, **_wanted(request.user, known | said))
        if is_on is not None and is_on != found.is_on:
            (listening.turn_on if is_on else listening.turn_off)(found)
        return self.show(found, Hook)

    @extend_schema(summary="Remove a webhook", request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        listening.remove(self.hook(request))
        return Response(status=204)


class NewSecret(Mine):
    @extend_schema(summary="Give a webhook a new secret", request=None, responses=Secret)
    def post(self, request: Request, pk: int) -> Response:
        check_it_is_them(request)
        spare(request, "webhook", "30/h")
        return self.show({"secret": listening.change_secret(self.hook(request))}, Secret)


class Test(Mine):
    @extend_schema(summary="Send a test event", request=None, responses={202: Delivered})
    def post(self, request: Request, pk: int) -> Response:
        found = self.hook(request)
        spare(request, "webhook-test", "60/h")
        try:
            return self.show(listening.try_out(found), Delivered, status=202)
        except listening.Off:
            raise _off() from None


class Deliveries(Mine):
    @extend_schema(summary="What was sent, the latest first", responses=cursored(Delivered))
    def get(self, request: Request, pk: int) -> Response:
        told = self.hook(request).deliveries.newest()
        last = after(place_of, self.asked_after["cursor"])
        size = self.asked_after["page_size"]
        found = list((told.before(*last) if last else told)[: size + 1])
        shown = found[:size]
        rest = place(shown[-1].created_at, shown[-1].pk) if found[size:] else None
        return self.cursor_page(shown, Delivered, following=rest)


class Replay(Mine):
    @extend_schema(summary="Send what was sent once more", request=None, responses={202: Delivered})
    def post(self, request: Request, pk: int, key: UUID) -> Response:
        sent = get_object_or_404(self.hook(request).deliveries, key=key)
        spare(request, "webhook-replay", "120/h")
        try:
            listening.replay(sent)
        except listening.Off:
            raise _off() from None
        sent.refresh_from_db()
        return self.show(sent, Delivered, status=202)


def _wanted(owner: User, said: dict[str, Any]) -> dict[str, Any]:
    """As `listening` takes it. Raises ValidationError."""
    app = said.get("app")
    found = listening.apps_of(owner).filter(pk=app).first() if app else None
    if app and found is None:
        raise ValidationError({"app": [_("You have no such app.")]})
    try:
        addresses.read(said["url"])
    except addresses.Refused as error:
        raise ValidationError({"url": [error.args[0]]}) from None
    return {"url": said["url"], "subjects": said["events"], "app": found}


def _off() -> Problem:
    text = _("Turn it on first: nothing is sent while it is off.")
    return Problem(422, "unprocessable", text)
