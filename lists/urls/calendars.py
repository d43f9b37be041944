"""Members' own calendars."""

from django.urls import path

from lists import feeds
from lists.views import calendars

urlpatterns = [
    path("calendar/mine", calendars.calendar, name="my-calendar"),
    path("calendar/mine/address", calendars.change_link, name="calendar-link"),
    path("calendar/feed/<slug:key>.ics", feeds.ical, name="calendar-ical"),
    path("calendar/feed/<slug:key>.rss", feeds.rss, name="calendar-rss"),
]
