"""What members think."""

from reviews.models.ratings import Rating, Tally
from reviews.models.reports import Decision, Report
from reviews.models.reviews import Comment, Edition, Like, Review

__all__ = [
    "Comment",
    "Decision",
    "Edition",
    "Like",
    "Rating",
    "Report",
    "Review",
    "Tally",
]
