"""Who likes which reviews and comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import Person
from accounts.models import User
from accounts.scopes import REVIEWS
from catalog.api.titles import EXPANDS
from cinehub.kit.api import Endpoint, Who, paged
from cinehub.kit.api.limits import spare
from reviews import liking
from reviews.api import telling
from reviews.api.shapes import GivenLike, LikeState
from reviews.cases import REVIEW
from reviews.finding import comment_of, review_of
from reviews.models import Comment, Like, Review
from reviews.reporting import Said

AN_HOUR = "600/h"


@dataclass(frozen=True, slots=True)
class ToldLike:
    like: Like
    review: telling.ToldReview | None
    comment: telling.ToldComment | None


class One(Endpoint):
    """Of a review or a comment."""

    writes = REVIEWS

    @extend_schema(summary="Like it", request=None, responses=LikeState)
    def put(self, request: Request, of: str, pk: int) -> Response:
        liked = _said(request, of, pk)
        spare(request, "likes", AN_HOUR)
        liking.like(request.user, liked)
        return self._state(liked)

    @extend_schema(summary="Like it no longer", responses={200: LikeState})
    def delete(self, request: Request, of: str, pk: int) -> Response:
        liked = _said(request, of, pk)
        spare(request, "likes", AN_HOUR)
        liking.unlike(request.user, liked)
        return self._state(liked)

    def _state(self, liked: Said) -> Response:
        """As it is now."""
        rows: Any = type(liked)._default_manager
        return self.show(get_object_or_404(rows.told_to(self.request.user), pk=liked.pk), LikeState)


class Likers(Endpoint):
    who = Who.READERS

    @extend_schema(summary="Who likes it, of those whose profile you see", responses=paged(Person))
    def get(self, request: Request, of: str, pk: int) -> Response:
        liked = _said(request, of, pk)
        seen = User.objects.visible_to(request.user).filter(**{f"likes__{of}": liked})
        return self.page(seen.order_by("-likes__created_at", "-likes__pk"), Person)


class Mine(Endpoint):
    expands = EXPANDS

    @extend_schema(summary="What I like, the latest first", responses=paged(GivenLike))
    def get(self, request: Request) -> Response:
        seen = Review.objects.visible_to(request.user).order_by().values("pk")
        comments = Comment.objects.visible_to(request.user).filter(review__in=seen)
        there = Q(review__in=seen) | Q(comment__in=comments.order_by().values("pk"))
        likes = request.user.likes.filter(there).order_by("-created_at", "-pk")
        return self.page(likes, GivenLike, ready=self._told)

    def _told(self, likes: Sequence[Like]) -> list[ToldLike]:
        viewer = self.request.user
        liked = Review.objects.filter(pk__in=[one.review_id for one in likes if one.review_id])
        on = Comment.objects.filter(pk__in=[one.comment_id for one in likes if one.comment_id])
        on = on.select_related("author", "review__author")
        reviews = telling.reviews(self, list(liked.told_to(viewer)))
        comments = telling.comments(viewer, list(on.told_to(viewer)))
        of_reviews: dict[int | None, telling.ToldReview] = {one.review.pk: one for one in reviews}
        of_comments: dict[int | None, telling.ToldComment] = {
            one.comment.pk: one for one in comments
        }
        return [
            ToldLike(one, of_reviews.get(one.review_id), of_comments.get(one.comment_id))
            for one in likes
        ]


def _said(request: Request, of: str, pk: int) -> Said:
    return review_of(request.user, pk) if of == REVIEW else comment_of(request.user, pk)
