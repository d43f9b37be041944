"""Lists and history: one name space, two rooms."""

from lists.urls import keeping, watching

app_name = "lists"
urlpatterns = [*keeping.urlpatterns, *watching.urlpatterns]
