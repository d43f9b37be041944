"""What is said about reviews."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import REVIEWS
from cinehub.kit.api import Endpoint, Who, after, cursored
from cinehub.kit.api.limits import spare
from reviews import commenting
from reviews.api import shapes, telling
from reviews.api.shapes import EditedComment, NewComment, UndoKey
from reviews.finding import comment_of, own_comment_seen, own_comments, review_of
from reviews.models import Comment, Review

AN_HOUR = "120/h"
PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Place = tuple[datetime, int]


class OnReview(Endpoint):
    who = Who.READERS
    writes = REVIEWS

    @extend_schema(
        summary="What is said about a review, from the first", responses=cursored(shapes.Comment)
    )
    def get(self, request: Request, pk: int) -> Response:
        review = review_of(request.user, pk)
        size = self.asked_after["page_size"]
        said = review.comments.visible_to(request.user).told_to(request.user).in_order()
        begin = after(_place, self.asked_after["cursor"])
        found = list((said.filter(_beyond(*begin)) if begin else said)[: size + 1])
        shown = found[:size]
        for comment in shown:
            comment.review = review
        told = telling.comments(request.user, shown)
        following = _written(shown[-1]) if len(found) > size else None
        return self.cursor_page(told, shapes.Comment, following=following)

    @extend_schema(
        summary="Comment on a review", request=NewComment, responses={201: shapes.Comment}
    )
    def post(self, request: Request, pk: int) -> Response:
        sent = self.read(NewComment)
        spare(request, "comments", AN_HOUR)
        review = review_of(request.user, pk)
        parent = _parent(request, review, sent["parent_id"])
        made = commenting.comment(
            review, request.user, text=sent["text"], key=uuid4(), parent=parent
        )
        where = reverse("api:comment", args=[made.pk])
        return self.show(telling.comment(self, made.pk), shapes.Comment, 201, Location=where)


class One(Endpoint):
    who = Who.READERS
    writes = REVIEWS

    @extend_schema(summary="A comment", responses=shapes.Comment)
    def get(self, request: Request, pk: int) -> Response:
        return self.show(telling.comment(self, pk), shapes.Comment)

    @extend_schema(
        summary="Change a comment of mine", request=EditedComment, responses=shapes.Comment
    )
    def patch(self, request: Request, pk: int) -> Response:
        said = own_comment_seen(request.user, pk)
        text = self.read(EditedComment)["text"]
        spare(request, "comments", AN_HOUR)
        commenting.edit(said, text=text)
        return self.get(request, pk)

    @extend_schema(summary="Delete a comment of mine", responses={200: UndoKey})
    def delete(self, request: Request, pk: int) -> Response:
        said = get_object_or_404(own_comments(request.user), pk=pk)
        spare(request, "comments", AN_HOUR)
        return self.show({"undo": commenting.remove(said)}, UndoKey)


def _parent(request: Request, review: Review, pk: int | None) -> Comment | None:
    if pk is None:
        return None
    try:
        found = comment_of(request.user, pk)
    except Http404:
        found = None
    if found is None or found.review_id != review.pk:
        raise NotFound(_("There is no such comment on this review."))
    return found


def _beyond(when: datetime, pk: int) -> Q:
    return Q(created_at__gt=when) | Q(created_at=when, pk__gt=pk)


def _written(comment: Comment) -> str:
    """To the microsecond."""
    return f"{(comment.created_at - EPOCH) // timedelta(microseconds=1)}-{comment.pk}"


def _place(text: str) -> Place | None:
    found = PLACE.fullmatch(text)
    return found and (EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
