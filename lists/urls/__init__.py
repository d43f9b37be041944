"""Lists and history: one name space, two rooms and the calendar of both."""

from lists.urls import calendars, keeping, watching

app_name = "lists"
urlpatterns = [*keeping.urlpatterns, *watching.urlpatterns, *calendars.urlpatterns]
