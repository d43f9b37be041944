"""Lists, history and progress; below /api/v1/."""

from typing import Any

from django.urls import path

from cinehub.kit import addresses as addresses  # <kind:…>, <tmdb:…>, <key:…>
from cinehub.kit.api import Who
from lists.api import (
    arranging,
    calendars,
    history,
    items,
    lists,
    members,
    people,
    progress,
    titles,
    watched,
)
from lists.models import List

WATCHLIST: dict[str, Any] = {"of": List.Kind.WATCHLIST, "limit": "watchlist"}
FAVORITES: dict[str, Any] = {"of": List.Kind.FAVORITES, "limit": "watchlist"}
READ: dict[str, Any] = {"who": Who.READERS}
LIST = "lists/<key:pk>"
ONE = "<kind:media_type>/<tmdb:tmdb_id>"
FILM, SHOW = {"media_type": "movie"}, {"media_type": "tv"}

_of_lists = [
    path("watchlist/", items.Items.as_view(**WATCHLIST), name="watchlist"),
    path("watchlist/remove/", items.Removal.as_view(**WATCHLIST), name="watchlist-remove"),
    path(f"watchlist/{ONE}/", items.OneTitle.as_view(**WATCHLIST), name="watchlist-title"),
    path("favorites/", items.Items.as_view(**FAVORITES), name="favorites"),
    path("favorites/remove/", items.Removal.as_view(**FAVORITES), name="favorites-remove"),
    path(f"favorites/{ONE}/", items.OneTitle.as_view(**FAVORITES), name="favorites-title"),
    path("lists/", lists.Lists.as_view(), name="lists"),
    path(f"{LIST}/", lists.OneList.as_view(), name="list"),
    path(f"{LIST}/clone/", lists.Clone.as_view(), name="list-clone"),
    path(f"{LIST}/link/", lists.Link.as_view(), name="list-link"),
    path(f"{LIST}/items/", items.Items.as_view(**READ), name="list-items"),
    path(f"{LIST}/items/remove/", items.Removal.as_view(), name="list-remove"),
    path(f"{LIST}/items/<key:item>/", arranging.OneItem.as_view(), name="list-item"),
    path(f"{LIST}/items/{ONE}/", items.OneTitle.as_view(**READ), name="list-title"),
    path(f"{LIST}/order/", arranging.Ordering.as_view(), name="list-order"),
    path(f"{LIST}/transfer/", arranging.Transfer.as_view(), name="list-transfer"),
    path(f"{LIST}/proposals/", arranging.Proposals.as_view(), name="list-proposals"),
    path(f"{LIST}/proposals/<key:item>/", arranging.OneProposal.as_view(), name="list-proposal"),
    path(f"{LIST}/collaborators/", people.People.as_view(), name="list-people"),
    path(
        f"{LIST}/collaborators/<username:username>/",
        people.OnePerson.as_view(),
        name="list-person",
    ),
    path("movies/<tmdb:tmdb_id>/lists/", titles.TitleLists.as_view(), FILM, name="movie-lists"),
    path("tv/<tmdb:tmdb_id>/lists/", titles.TitleLists.as_view(), SHOW, name="tv-lists"),
]
EPISODE = "tv/<tmdb:tmdb_id>/seasons/<number:season_number>/episodes/<number:episode_number>"
FILM_SEEN = watched.SeenTitle.as_view(media_type="movie")
SHOW_SEEN = watched.SeenTitle.as_view(media_type="tv")

_of_history = [
    path("history/", history.History.as_view(), name="history"),
    path("history/remove/", history.Removal.as_view(), name="history-remove"),
    path("history/<key:pk>/", history.OneViewing.as_view(), name="viewing"),
    path("history/<key:pk>/again/", history.Again.as_view(), name="viewing-again"),
    path("movies/<tmdb:tmdb_id>/watched/", FILM_SEEN, name="movie-watched"),
    path("tv/<tmdb:tmdb_id>/watched/", SHOW_SEEN, name="tv-watched"),
    path(
        "tv/<tmdb:tmdb_id>/seasons/<number:season_number>/watched/",
        watched.SeenSeason.as_view(),
        name="season-watched",
    ),
    path(f"{EPISODE}/watched/", watched.SeenEpisode.as_view(), name="episode-watched"),
    path("tv/<tmdb:tmdb_id>/state/", progress.StateOfShow.as_view(), name="tv-state"),
    path("tv/<tmdb:tmdb_id>/progress/", progress.OneShow.as_view(), name="tv-progress"),
    path("progress/", progress.Progress.as_view(), name="progress"),
    path("progress/statuses/", progress.Statuses.as_view(), name="progress-statuses"),
    path("up-next/", progress.UpNext.as_view(), name="up-next"),
    path("seen/", progress.Seen.as_view(), name="seen"),
    path("calendar/mine/", calendars.MyCalendar.as_view(), name="my-calendar"),
    path("calendar/mine/link/", calendars.CalendarLinkOfMine.as_view(), name="calendar-link"),
]
MEMBER = "users/<username:username>"

_of_members = [
    path(f"{MEMBER}/lists/", members.MemberLists.as_view(), name="member-lists"),
    path(f"{MEMBER}/lists/<slug:slug>/", members.MemberListBySlug.as_view(), name="member-list"),
    path(f"{MEMBER}/history/", members.MemberHistory.as_view(), name="member-history"),
]
urlpatterns = [*_of_lists, *_of_history, *_of_members]
