"""The whole of /api/v1 on one screen."""

from django.urls import include, path, re_path

from cinehub.api import (
    about,
    docs,
    feed,
    health,
    mine,
    recommending,
    stats,
    taking,
    undoing,
    usage,
)
from cinehub.kit.api import NotHere

urlpatterns = [
    path("", about.Root.as_view(), name="root"),
    path("docs/", docs.docs, name="docs"),
    path("docs/redoc/", docs.redoc, name="redoc"),
    path("schema/", about.Schema.as_view(), name="schema"),
    path("health/", health.Everything.as_view(), name="health"),
    path("health/<slug:name>/", health.One.as_view(), name="health-one"),
    path("users/me/export/", taking.Export.as_view(), name="me-export"),
    path("", include("accounts.api.urls.auth")),
    path("", include("accounts.api.urls.members")),
    path("", include("accounts.api.urls.apps")),
    path("", include("reviews.api.urls")),
    path("", include("catalog.api.urls")),
    path("", include("lists.api.urls")),
    path("", include("accounts.api.urls.hooks")),
    path("feed/", feed.Feed.as_view(), name="feed"),
    path("feed/people/", feed.Proposed.as_view(), name="feed-people"),
    path("recommendations/", recommending.Recommendations.as_view(), name="recommendations"),
    path("stats/", stats.Mine.as_view(), name="stats"),
    path("stats/<number:year>/", stats.MyYear.as_view(), name="stats-year"),
    path("users/<username:username>/stats/", stats.Theirs.as_view(), name="user-stats"),
    path(
        "users/<username:username>/year/<number:year>/",
        stats.TheirYear.as_view(),
        name="user-year",
    ),
    path(
        "movies/<tmdb:tmdb_id>/me/", mine.TitleOfMine.as_view(media_type="movie"), name="movie-mine"
    ),
    path("tv/<tmdb:tmdb_id>/me/", mine.TitleOfMine.as_view(media_type="tv"), name="tv-mine"),
    path("undo/<uuid:key>/", undoing.Undo.as_view(), name="undo"),
    path("usage/", usage.Usage.as_view(), name="usage"),
    path("problems/<slug:kind>/", about.Problems.as_view(), name="problem"),
    re_path("", NotHere.as_view(), name="not-here"),
]
