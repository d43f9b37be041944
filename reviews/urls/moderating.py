"""Reports, and what moderators do about them."""

from django.urls import path

from reviews.cases import COMMENT, REVIEW
from reviews.views import moderating

urlpatterns = [
    path("review/<int:pk>/report", moderating.report, {"of": REVIEW}, name="report-review"),
    path("comment/<int:pk>/report", moderating.report, {"of": COMMENT}, name="report-comment"),
    path("moderation", moderating.queue, name="moderation"),
    path("moderation/decisions", moderating.trail, name="decisions"),
    path("moderation/review/<int:pk>", moderating.case, {"of": REVIEW}, name="case-review"),
    path("moderation/comment/<int:pk>", moderating.case, {"of": COMMENT}, name="case-comment"),
]
