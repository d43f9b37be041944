"""Ratings, reviews, comments, likes."""

from django.urls import path

from accounts.urls.members import AT
from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>
from reviews.views import commenting, given, liking, rating, reading, writing

SEASON = "tv/<ref:ref>/season/<number:number>"
EPISODE = "tv/<ref:ref>/season/<number:season>/episode/<number:number>"

urlpatterns = [
    path("<kind:kind>/<ref:ref>/rating", rating.rate, name="rate"),
    path(f"{SEASON}/rating", rating.rate_season, name="rate-season"),
    path(f"{EPISODE}/rating", rating.rate_episode, name="rate-episode"),
    path("<kind:kind>/<ref:ref>/review", writing.write, name="write"),
    path("<kind:kind>/<ref:ref>/reviews", reading.about, name="about"),
    path("review/<int:pk>/delete", writing.withdraw, name="withdraw"),
    path(f"{AT}/reviews", reading.of_member, name="of-member"),
    path(f"{AT}/ratings", given.ratings, name="ratings"),
    path(f"{AT}/review/<int:pk>", reading.review, name="review"),
    path(f"{AT}/review/<int:pk>/history", reading.editions, name="editions"),
    path(f"{AT}/review/<int:pk>/like", liking.like_review, name="like"),
    path(f"{AT}/review/<int:pk>/comment", commenting.comment, name="comment"),
    path("comment/<int:pk>/like", liking.like_comment, name="like-comment"),
    path("comment/<int:pk>/edit", commenting.edit, name="edit-comment"),
    path("comment/<int:pk>/delete", commenting.remove, name="remove-comment"),
]
