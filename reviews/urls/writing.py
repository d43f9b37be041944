"""Ratings, reviews, comments, likes."""

from django.urls import path

from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>
from reviews.views import rating

SEASON = "tv/<ref:ref>/season/<number:number>"
EPISODE = "tv/<ref:ref>/season/<number:season>/episode/<number:number>"

urlpatterns = [
    path("<kind:kind>/<ref:ref>/rating", rating.rate, name="rate"),
    path(f"{SEASON}/rating", rating.rate_season, name="rate-season"),
    path(f"{EPISODE}/rating", rating.rate_episode, name="rate-episode"),
]
