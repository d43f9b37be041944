"""What members think."""

from reviews.models.ratings import Rating, Tally
from reviews.models.reports import Decision, Report
from reviews.models.reviews import Comment, Edition, Like, Order, Review

__all__ = [
    "Comment",
    "Decision",
    "Edition",
    "Like",
    "Order",
    "Rating",
    "Report",
    "Review",
    "Tally",
]
