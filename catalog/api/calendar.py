"""What comes out when, for everybody."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.about.days import FIRST, LAST
from catalog.about.schedule import Among, Event, lines_of, told
from catalog.api.browsing import Browsing
from catalog.api.shapes import MediaType, Told
from catalog.api.titles import EXPANDS, Brief, brief, of_members, with_me
from catalog.models import Title
from cinehub.kit.api import paged

USUAL_DAYS, MOST_DAYS = 7, 31


class CalendarEvent(Told):
    date = serializers.DateField()
    what = serializers.CharField(help_text="In words: a kind of release, which episodes.")
    title = Brief()


class Days(MediaType):
    to = serializers.DateField(
        required=False, help_text=f"At most {MOST_DAYS} days from the first; else a week."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is a word of Python's own."""
        first = serializers.DateField(required=False, help_text="Today, if it is not said.")
        return super().get_fields() | {"from": first}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first = attrs.get("from") or timezone.localdate()
        if not FIRST <= first <= LAST - timedelta(days=MOST_DAYS):
            raise serializers.ValidationError({"from": [_("There is no calendar of that year.")]})
        last = attrs.get("to") or first + timedelta(days=USUAL_DAYS - 1)
        if not first <= last < first + timedelta(days=MOST_DAYS):
            said = _("At most %(days)s days from the first on.") % {"days": MOST_DAYS}
            raise serializers.ValidationError({"to": [said]})
        return attrs | {"from": first, "to": last}


class Calendar(Browsing):
    expands = EXPANDS

    @extend_schema(
        summary="What comes out, day by day, in the region; the best known first",
        parameters=[Days],
        responses=paged(CalendarEvent),
    )
    def get(self, request: Request) -> Response:
        asked = Days(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        days: tuple[date, date] = wanted["from"], wanted["to"]
        lines = lines_of(
            days,
            kind=wanted.get("media_type", ""),
            country=self.reader.country,
            among=self.among(),
        )
        return self.page(lines, CalendarEvent, self._events)

    def among(self) -> Among:
        """Whose calendar it is says of what it tells."""
        return None

    def _events(self, rows: list[Any]) -> list[dict[str, Any]]:
        events = told(rows, of_members(Title.objects.all(), self.reader.language))
        with_me(self, [event.title for event in events])
        return [_event(event) for event in events]


def _event(event: Event) -> dict[str, Any]:
    return {"date": event.day, "what": event.words, "title": brief(event.title)}
