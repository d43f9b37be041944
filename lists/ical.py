"""A calendar as other programs read it: iCalendar (RFC 5545), with days and no times."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from icalendar import Calendar
from icalendar import Event as Entry

from catalog.about.schedule import Event
from catalog.templatetags.catalog import site_address

# Programs that ask by themselves how often they should.
AGAIN = timedelta(hours=6)
# Of a title that was never asked about: entries have to say when they were made.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def written(name: str, events: Iterable[Event]) -> bytes:
    """The same bytes for the same events, so that it is seen when nothing has changed."""
    calendar = Calendar()
    calendar.add("prodid", f"-//CineHub//{_host()}//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # The one is RFC 7986's, the others are what programs read.
    calendar.add("name", name, parameters={"LANGUAGE": get_language()})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def _entry(event: Event) -> Entry:
    """All day, and nobody is busy by it."""
    title = event.title
    entry = Entry()
    # However it is called: a title has one for each of its days.
    entry.add("uid", f"{title.kind}-{title.tmdb_id}-{event.day}@{_host()}")
    entry.add("dtstamp", title.fetched_at or LONG_AGO)
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", f"{title.shown_name.name} · {event.words}")
    entry.add("url", site_address(title.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry


def _host() -> str:
    return str(urlsplit(settings.SITE_URL).hostname)
