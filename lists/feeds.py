"""Members' calendars for their own programs, which read them by a key, without signing in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django_ratelimit.decorators import ratelimit

from accounts.models import User
from accounts.preferring import as_for
from catalog.about.schedule import Event
from catalog.feeds import Item, Titles, Told
from lists.calendars import fed
from lists.ical import written
from lists.models import CalendarLink

Writer = Callable[[HttpRequest, User], HttpResponse]

# Programs put entries of a calendar where they belong; readers of feeds show what is new as news.
AHEAD_IN_CALENDAR, AHEAD_IN_FEED = timedelta(days=365), timedelta(days=7)
KEPT_SECONDS = 15 * 60
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class CalendarFeed(Titles):
    def get_object(self, request: HttpRequest, events: list[Event]) -> Told:
        return Told(
            name=_("My calendar"),
            address=reverse("lists:my-calendar"),
            feed_address=request.path,
            items=[Item(e.title, e.day.isoformat(), _when(e)) for e in reversed(events)],
            since=max((e.title.fetched_at for e in events if e.title.fetched_at), default=LONG_AGO),
        )


FEED = CalendarFeed()


def _by_key(write: Writer) -> Callable[..., HttpResponse]:
    """For whoever has the key, as its member would have it; no search engine is to list it."""

    def answer(request: HttpRequest, key: str) -> HttpResponse:
        links = CalendarLink.objects.filter(user__in=User.objects.present())
        member = get_object_or_404(links.select_related("user"), key=key).user
        response = write(request, member)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    limited = ratelimit(group="calendar", key=_path, rate="60/h", block=True)
    kept = cache_control(private=True, max_age=KEPT_SECONDS)
    return require_safe(limited(kept(conditional_page(answer))))


def _write_ical(request: HttpRequest, member: User) -> HttpResponse:
    with as_for(member) as who:
        calendar = written(_("My calendar"), fed(member, who, ahead=AHEAD_IN_CALENDAR))
    headers = {"Content-Disposition": 'inline; filename="cinehub.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


def _write_rss(request: HttpRequest, member: User) -> HttpResponse:
    with as_for(member) as who:
        return FEED(request, events=fed(member, who, ahead=AHEAD_IN_FEED))


def _path(group: str, request: HttpRequest) -> str:
    """Programs of many members may ask from one address: each calendar has its own limit."""
    return request.path


def _when(event: Event) -> str:
    return f"{date_format(event.day)}: {event.words}"


ical, rss = _by_key(_write_ical), _by_key(_write_rss)
