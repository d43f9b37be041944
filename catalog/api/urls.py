"""The catalogue's addresses within /api/v1."""

from typing import Any

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from catalog.api import (
    below,
    browsing,
    calendar,
    collections,
    details,
    elsewhere,
    people,
    searching,
    seasons,
    streaming,
    syncing,
    terms,
)
from catalog.models import Company, Network
from cinehub.kit import addresses as addresses  # <tmdb:…>, <number:…>, <kind:kind>


class ExternalConverter(StringConverter):
    """An id of IMDb's, or a number."""

    regex = "(?:(?:tt|nm)[0-9]{5,12}|[0-9]{1,12})"


register_converter(ExternalConverter, "external")

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


def _titles(room: str, kind: str, charts: dict[str, str], all_: Any, one: Any) -> list[URLPattern]:
    """What films and shows have alike; `room` is what their addresses begin with."""
    view = browsing.OnChart.as_view
    return [
        path(f"{room}/", all_.as_view(), name=f"{room}-list"),
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


def _houses(room: str, field: str, model: Any) -> list[URLPattern]:
    told = {"model": model, "field": field}
    return [
        path(f"{room}/", terms.Houses.as_view(**told), name=room),
        path(f"{room}/<tmdb:tmdb_id>/", terms.OneHouse.as_view(**told), name=field),
    ]


SEASON = "tv/<tmdb:tmdb_id>/seasons/<number:season_number>"

urlpatterns = [
    *_titles("movies", "movie", FILM_CHARTS, browsing.Movies, details.MovieDetails),
    *_titles("tv", "tv", SHOW_CHARTS, browsing.Shows, details.ShowDetails),
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
    path("movies/search/", searching.Titles.as_view(tab="movie"), name="movies-search"),
    path("tv/search/", searching.Titles.as_view(tab="tv"), name="tv-search"),
    path("people/", people.People.as_view(), name="people"),
    path("people/search/", searching.People.as_view(), name="people-search"),
    path("people/<tmdb:tmdb_id>/", people.OnePerson.as_view(), name="person"),
    path("people/<tmdb:tmdb_id>/credits/", people.PersonCredits.as_view(), name="person-credits"),
    path("people/<tmdb:tmdb_id>/images/", people.PersonImages.as_view(), name="person-images"),
    path("collections/", collections.Collections.as_view(), name="collections"),
    path("collections/<tmdb:tmdb_id>/", collections.OneCollection.as_view(), name="collection"),
    path("genres/", terms.Genres.as_view(), name="genres"),
    path("genres/<tmdb:tmdb_id>/", terms.OneGenre.as_view(), name="genre"),
    path("keywords/", terms.Keywords.as_view(), name="keywords"),
    path("keywords/<tmdb:tmdb_id>/", terms.OneKeyword.as_view(), name="keyword"),
    *_houses("companies", "company", Company),
    *_houses("networks", "network", Network),
    path("countries/", terms.Countries.as_view(), name="countries"),
    path("languages/", terms.Languages.as_view(), name="languages"),
    path("streaming/providers/", streaming.Providers.as_view(), name="providers"),
    path("streaming/regions/", streaming.Regions.as_view(), name="regions"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    path("search/", searching.Multi.as_view(), name="search"),
    path("search/movies/", searching.Titles.as_view(tab="movie"), name="search-movies"),
    path("search/tv/", searching.Titles.as_view(tab="tv"), name="search-tv"),
    path("search/people/", searching.People.as_view(), name="search-people"),
    path("search/collections/", searching.Collections.as_view(), name="search-collections"),
    path("search/further/", searching.Further.as_view(), name="search-further"),
    path("find/<external:external_id>/", elsewhere.Find.as_view(), name="find"),
    path("sync/", syncing.Runs.as_view(), name="sync"),
    path("sync/<key:pk>/", syncing.OneRun.as_view(), name="sync-run"),
    path("movies/sync/", syncing.Fetching.as_view(kind="movie"), name="movies-sync"),
    path("tv/sync/", syncing.Fetching.as_view(kind="tv"), name="tv-sync"),
    path("cache/", syncing.Keeping.as_view(), name="cache"),
]
