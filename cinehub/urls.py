"""The site on one screen."""

from django.contrib import admin
from django.urls import include, path, register_converter

from cinehub import pages
from cinehub.kit.web import TmdbId

register_converter(TmdbId, "tmdb")

urlpatterns = [
    path("", pages.home, name="home"),
    path("movie/<tmdb:tmdb_id>", pages.title, {"kind": "movie"}, name="movie"),
    path("movie/<tmdb:tmdb_id>-<slug:slug>", pages.title, {"kind": "movie"}, name="movie"),
    path("tv/<tmdb:tmdb_id>", pages.title, {"kind": "tv"}, name="tv"),
    path("tv/<tmdb:tmdb_id>-<slug:slug>", pages.title, {"kind": "tv"}, name="tv"),
    path("theme", pages.choose_theme, name="theme"),
    path("", include("catalog.urls")),
    path("admin/", admin.site.urls),
]
