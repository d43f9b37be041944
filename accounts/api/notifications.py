"""What a member was told, and how they want to be told."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import Person
from accounts.choosing import FIXED, Way, choose, ways
from accounts.models import Kind, Mail, Notification, User
from accounts.notifying import mark_read
from accounts.scopes import PROFILE
from cinehub.kit.api import Endpoint, Problem, Sparse, after, cursored, listed
from cinehub.kit.places import place, place_of


class Notice(Sparse):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    text = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="What it is about, on the site.")
    actor = Person(allow_null=True, help_text="Who did it; null where the site did.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, told: Notification) -> str:
        return f"{settings.SITE_URL}{told.url}"


class Unread(serializers.Serializer):
    unread = serializers.IntegerField()


class WayChosen(serializers.Serializer):
    kind = serializers.ChoiceField(Kind.choices)
    site = serializers.BooleanField(source="is_on_site")
    mail = serializers.ChoiceField(Mail.choices)


class WayOfKind(WayChosen):
    name = serializers.CharField()
    is_fixed = serializers.BooleanField(help_text="Of this one hears in any case.")


class WaysChosen(serializers.Serializer):
    items = WayChosen(many=True, max_length=len(Kind))


class Notifications(Endpoint):
    writes = PROFILE

    @extend_schema(summary="What you were told, the latest first", responses=cursored(Notice))
    def get(self, request: Request) -> Response:
        last = after(place_of, self.asked_after["cursor"])
        told = request.user.notifications.on_site().select_related("actor")
        size = self.asked_after["page_size"]
        found = list((told.before(*last) if last else told).newest()[: size + 1])
        shown = found[:size]
        for one in shown:
            one.actor = one.actor if _is_here(one.actor) else None
        rest = place(shown[-1].created_at, shown[-1].pk) if found[size:] else None
        return self.cursor_page(shown, Notice, following=rest)


class UnreadCount(Endpoint):
    @extend_schema(summary="How much of it is new to you", responses=Unread)
    def get(self, request: Request) -> Response:
        unread = request.user.notifications.on_site().unread().count()
        return self.show({"unread": unread}, Unread)


class ReadAll(Endpoint):
    writes = PROFILE

    @extend_schema(summary="Have read all of it", request=None, responses={204: None})
    def put(self, request: Request) -> Response:
        mark_read(Notification.objects.on_site(), request.user)
        return Response(status=204)


class ReadOne(Endpoint):
    writes = PROFILE

    @extend_schema(summary="Have read this", request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        told = get_object_or_404(request.user.notifications, pk=pk)
        mark_read(Notification.objects.filter(pk=told.pk), request.user)
        return Response(status=204)


class NotificationSettings(Endpoint):
    reads = writes = PROFILE
    limit = "user"

    @extend_schema(summary="How you hear of what", responses=listed(WayOfKind))
    def get(self, request: Request) -> Response:
        return self.show_all(_choices(request.user), WayOfKind)

    @extend_schema(
        summary="Hear of some kinds another way", request=WaysChosen, responses=listed(WayOfKind)
    )
    def patch(self, request: Request) -> Response:
        sent = self.read(WaysChosen)["items"]
        wanted = {Kind(one["kind"]): Way(one["is_on_site"], Mail(one["mail"])) for one in sent}
        if FIXED & wanted.keys():
            raise Problem(422, "unprocessable", _("Of what happens to your account you hear."))
        choose(request.user, wanted)
        return self.show_all(_choices(request.user), WayOfKind)


def _choices(member: User) -> list[dict[str, object]]:
    return [
        {
            "kind": kind,
            "name": kind.label,
            "is_on_site": way.is_on_site,
            "mail": way.mail,
            "is_fixed": kind in FIXED,
        }
        for kind, way in ways(member).items()
    ]


def _is_here(actor: User | None) -> bool:
    return actor is not None and actor.is_active and actor.leaves_at is None
