"""Ratings, reviews, comments, likes and reports; below /api/v1/."""

from typing import Any

from django.urls import URLPattern, path

from cinehub.kit import addresses as addresses  # <key:pk>, <kind:media_type>, <tmdb:tmdb_id>
from cinehub.kit.api import Endpoint
from reviews.api import commenting, liking, many, moderating, ratings, tallies, written
from reviews.cases import COMMENT, REVIEW

MOVIE, TV = {"media_type": "movie"}, {"media_type": "tv"}
FILM_AT, SHOW_AT = "movies/<tmdb:tmdb_id>", "tv/<tmdb:tmdb_id>"
RATED_SHOW = "ratings/tv/<tmdb:tmdb_id>"
SEASON = "seasons/<number:season_number>"
EPISODE = f"{SEASON}/episodes/<number:episode_number>"
USER = "users/<username:username>"


def at(address: str, endpoint: type[Endpoint], name: str, **fixed: Any) -> URLPattern:
    return path(f"{address}/", endpoint.as_view(), fixed, name=name)


urlpatterns = [
    at("ratings", many.Mine, "ratings"),
    at("ratings/<kind:media_type>/<tmdb:tmdb_id>", ratings.One, "rating"),
    at(f"{RATED_SHOW}/{SEASON}", ratings.One, "rating-of-season", **TV),
    at(f"{RATED_SHOW}/{EPISODE}", ratings.One, "rating-of-episode", **TV),
    at(f"{FILM_AT}/ratings", tallies.Ratings, "movie-ratings", **MOVIE),
    at(f"{SHOW_AT}/ratings", tallies.Ratings, "tv-ratings", **TV),
    at(f"{SHOW_AT}/{SEASON}/ratings", tallies.Ratings, "season-ratings", **TV),
    at(f"{SHOW_AT}/{EPISODE}/ratings", tallies.Ratings, "episode-ratings", **TV),
    at(f"{USER}/ratings", ratings.OfMember, "user-ratings"),
    # Reviews.
    at("reviews", written.Mine, "reviews"),
    at("reviews/preview", written.Preview, "review-preview"),
    at("reviews/<key:pk>", written.One, "review"),
    at("reviews/<key:pk>/history", written.History, "review-history"),
    at(f"{FILM_AT}/reviews", written.OfTitle, "movie-reviews", **MOVIE),
    at(f"{SHOW_AT}/reviews", written.OfTitle, "tv-reviews", **TV),
    at(f"{USER}/reviews", written.OfMember, "user-reviews"),
    # Comments and likes.
    at("reviews/<key:pk>/comments", commenting.OnReview, "comments"),
    at("comments/<key:pk>", commenting.One, "comment"),
    at("reviews/<key:pk>/like", liking.One, "review-like", of=REVIEW),
    at("comments/<key:pk>/like", liking.One, "comment-like", of=COMMENT),
    at("reviews/<key:pk>/likes", liking.Likers, "review-likes", of=REVIEW),
    at("comments/<key:pk>/likes", liking.Likers, "comment-likes", of=COMMENT),
    at("likes", liking.Mine, "likes"),
    # Reports.
    at("reports", moderating.Reports, "reports"),
    at("moderation", moderating.Queue, "moderation"),
    at("moderation/decisions", moderating.Decisions, "decisions"),
    at("moderation/review/<key:pk>", moderating.Case, "case-review", of=REVIEW),
    at("moderation/comment/<key:pk>", moderating.Case, "case-comment", of=COMMENT),
]
