"""Ratings, reviews and what is said about them; moderators' pages."""

from reviews.urls import moderating, writing

app_name = "reviews"
urlpatterns = [*writing.urlpatterns, *moderating.urlpatterns]
