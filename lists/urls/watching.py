"""Viewings, progress, and what is next."""

from django.urls import path

from accounts.urls.members import AT
from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>
from lists.views import history, progress, viewings, watching

TITLE = "<kind:kind>/<ref:ref>"
SHOW = "tv/<ref:ref>"
EPISODE = f"{SHOW}/season/<number:season>/episode/<number:number>"

urlpatterns = [
    path(f"{TITLE}/seen", watching.seen, name="seen"),
    path(f"{SHOW}/season/<number:number>/seen", watching.seen_season, name="seen-season"),
    path(f"{EPISODE}/seen", watching.seen_episode, name="seen-episode"),
    path(f"{SHOW}/state", watching.state, name="state"),
    path(f"{TITLE}/viewings", viewings.of_title, name="viewings"),
    path(f"{EPISODE}/viewings", viewings.of_episode, name="viewings-episode"),
    path("viewing/<int:pk>", viewings.viewing, name="viewing"),
    path("viewing/<int:pk>/again", viewings.again, name="viewing-again"),
    path("viewing/<int:pk>/delete", viewings.delete, name="viewing-delete"),
    path("history", history.history, name="history"),
    path(f"{AT}/history", history.of_member, name="member-history"),
    path("progress", progress.progress, name="progress"),
    path("up-next", progress.up_next, name="up-next"),
]
