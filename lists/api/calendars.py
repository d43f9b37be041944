"""A member's own calendar, and the address at which their programs read it."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import LISTS
from catalog.about.schedule import Among
from catalog.api.calendar import Calendar
from cinehub.kit.api import Endpoint, Who
from cinehub.kit.api.limits import spare
from lists import subscribing
from lists.calendars import on_calendar
from lists.models import CalendarLink


class MyCalendar(Calendar):
    who = Who.MEMBERS

    def about(self) -> None:
        """It is one reader's own."""

    def among(self) -> Among:
        return on_calendar(self.request.user)


class CalendarAddress(serializers.Serializer):
    ical = serializers.URLField()
    rss = serializers.URLField()
    created_at = serializers.DateTimeField()


class CalendarLinkOfMine(Endpoint):
    """Whoever has the address reads the calendar, so who may only read is not told it."""

    reads = writes = LISTS

    @extend_schema(
        summary="The address of your calendar, if you have opened one", responses=CalendarAddress
    )
    def get(self, request: Request) -> Response:
        return self._shown(get_object_or_404(CalendarLink, user=request.user))

    @extend_schema(
        summary="Open an address of your calendar; what had an older one reads no more",
        request=None,
        responses={201: CalendarAddress},
    )
    def post(self, request: Request) -> Response:
        spare(request, "calendar-link", "30/h")
        return self._shown(subscribing.open_link(request.user), 201)

    @extend_schema(
        summary="Have no address of your calendar any more", request=None, responses={204: None}
    )
    def delete(self, request: Request) -> Response:
        subscribing.close_link(request.user)
        return Response(status=204)

    def _shown(self, link: CalendarLink, status: int = 200) -> Response:
        address = {
            form: f"{settings.SITE_URL}{reverse(f'lists:calendar-{form}', args=[link.key])}"
            for form in ("ical", "rss")
        }
        return self.show(address | {"created_at": link.created_at}, CalendarAddress, status)
