"""A member's own calendar, on a page and for their own programs."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.request import MemberRequest, members_only
from catalog.about.days import Asked, frame, weeks
from catalog.about.schedule import Day
from catalog.templatetags.catalog import site_address
from cinehub.kit.acting import acted
from cinehub.kit.web import reader
from lists import subscribing
from lists.calendars import days_of, on_calendar
from lists.models import CalendarLink

# Of each day of a month; an agenda, and the day itself, have room for all that is somebody's.
MOST_IN_MONTH, MOST = 6, 200


class Mine(Asked):
    page: ClassVar[str] = "lists:my-calendar"


@require_safe
@members_only
def calendar(request: MemberRequest) -> HttpResponse:
    who, today = reader(request), timezone.localdate()
    asked = Mine.read(request.GET, today)
    days = days_of(
        request.user,
        who,
        (asked.day, asked.day) if asked.day else asked.days,
        kind=asked.kind,
        most=MOST_IN_MONTH if asked.view == "month" and not asked.day else MOST,
    )
    context = frame(asked, today) | _shown(asked, days) | _link(request.user)
    if not days:
        context["has_any"] = on_calendar(request.user).exists()
    if not asked.day:
        context["weeks"] = weeks(asked, who, days)
    return render(request, "calendar_mine/calendar.html", context)


@require_POST
@members_only
@ratelimit(key="user", rate="30/h", block=True)
def change_link(request: MemberRequest) -> HttpResponse:
    """A new address, or none any more; the old one is void in either case."""
    if request.POST.get("on") == "1":
        subscribing.open_link(request.user)
        said = _("This is the address of your calendar. What had an older one reads no more.")
    else:
        subscribing.close_link(request.user)
        said = _("Your calendar has no address any more.")
    address = render_to_string("calendar_mine/_address.html", _link(request.user), request)
    back = f"{reverse('lists:my-calendar')}#address"
    return acted(request, said, back=back, parts=[address])


def _shown(asked: Asked, days: list[Day]) -> dict[str, Any]:
    """With the address of each day."""
    return {"days": [(day, asked.address(day=day.date)) for day in days]}


def _link(member: User) -> dict[str, Any]:
    link = CalendarLink.objects.filter(user=member).first()
    host = site_address("").partition("://")[2]
    ical = reverse("lists:calendar-ical", args=[link.key]) if link else ""
    # By which the calendar that somebody has on this device opens it.
    return {"link": link, "ical": ical, "webcal": f"webcal://{host}{ical}"}
