"""The catalogue's addresses within /api/v1."""

from typing import Any

from django.urls import URLPattern, path

from catalog.api import below, browsing, details, seasons
from cinehub.kit import addresses as addresses  # <tmdb:…>, <number:…>, <kind:kind>

CHARTS = {
    "popular": "popular",
    "trending/day": "trending_day",
    "trending/week": "trending_week",
    "top-rated": "top_rated",
}
FILM_CHARTS = {"now-playing": "now_playing", "upcoming": "upcoming"}
SHOW_CHARTS = {"on-the-air": "on_the_air", "airing-today": "airing_today"}
BELOW: dict[str, Any] = {
    "credits": below.Credits,
    "images": below.Images,
    "videos": below.Videos,
    "watch-providers": below.WatchProviders,
    "recommendations": below.Recommendations,
    "similar": below.Similar,
    "translations": below.Translations,
}


def _titles(room: str, kind: str, charts: dict[str, str], one: Any) -> list[URLPattern]:
    """What films and shows have alike; `room` is what their addresses begin with."""
    view = browsing.OnChart.as_view
    return [
        path(f"{room}/", browsing.Discovering.as_view(kind=kind), name=f"{room}-list"),
        *(
            path(f"{room}/{slug}/", view(kind=kind, chart=chart), name=f"{room}-{chart}")
            for slug, chart in (CHARTS | charts).items()
        ),
        path(f"{room}/<tmdb:tmdb_id>/", one.as_view(), name=f"{room}-details"),
        *(
            path(f"{room}/<tmdb:tmdb_id>/{slug}/", part.as_view(kind=kind), name=f"{room}-{slug}")
            for slug, part in BELOW.items()
        ),
    ]


SEASON = "tv/<tmdb:tmdb_id>/seasons/<number:season_number>"

urlpatterns = [
    *_titles("movies", "movie", FILM_CHARTS, details.MovieDetails),
    *_titles("tv", "tv", SHOW_CHARTS, details.ShowDetails),
    path(
        "movies/<tmdb:tmdb_id>/release-dates/",
        below.ReleaseDates.as_view(kind="movie"),
        name="movies-release-dates",
    ),
    path("tv/upcoming/", browsing.ComingShows.as_view(), name="tv-upcoming"),
    path("tv/<tmdb:tmdb_id>/seasons/", seasons.Seasons.as_view(), name="seasons"),
    path(f"{SEASON}/", seasons.OneSeason.as_view(), name="season"),
    path(f"{SEASON}/episodes/", seasons.Episodes.as_view(), name="episodes"),
    path(
        f"{SEASON}/episodes/<number:episode_number>/",
        seasons.OneEpisode.as_view(),
        name="episode",
    ),
    path("charts/", browsing.Charts.as_view(), name="charts"),
    path("charts/<kind:kind>/<slug:slug>/", browsing.OneChart.as_view(), name="chart"),
]
