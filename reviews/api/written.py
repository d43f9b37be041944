"""Reviews: of a title, of a member, mine, and one by itself."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.members import named
from accounts.models import User
from accounts.scopes import REVIEWS
from catalog.api.titles import EXPANDS
from catalog.models import Episode, Kind, Title
from catalog.models.title import fitting
from cinehub.kit.api import Endpoint, Problem, Who, paged
from cinehub.kit.api.limits import spare
from cinehub.kit.api.paging import asked
from reviews import markdown, writing
from reviews.api import shapes, telling
from reviews.api.shapes import (
    EditedReview,
    NewReview,
    ReviewWords,
    UndoKey,
)
from reviews.finding import review_of
from reviews.mentioning import names_for
from reviews.models import Order, Review
from reviews.models.reviews import ReviewQuerySet
from reviews.saying import say
from reviews.writing import Written, covered

AN_HOUR = "30/h"


class AskedOrder(serializers.Serializer):
    order = serializers.ChoiceField(
        Order.values, required=False, help_text="Else friends' first, or what is liked most."
    )


class AskedKind(serializers.Serializer):
    media_type = serializers.ChoiceField(Kind.values, required=False)


def _page(view: Endpoint, rows: ReviewQuerySet) -> Response:
    return view.page(rows, shapes.Review, ready=partial(telling.reviews, view))


class OfTitle(Endpoint):
    who = Who.READERS
    expands = EXPANDS

    @extend_schema(summary="Reviews of it", parameters=[AskedOrder], responses=paged(shapes.Review))
    def get(self, request: Request, media_type: str, tmdb_id: int) -> Response:
        usual = Order.FRIENDS if request.user.is_authenticated else Order.LIKED
        order = Order(asked(request, AskedOrder).get("order", usual))
        title = telling.title_of(self, media_type, tmdb_id)
        seen = Review.objects.about(title).visible_to(request.user).told_to(request.user)
        return _page(self, seen.in_order(order))


class OfMember(Endpoint):
    who = Who.READERS
    limit = "user"
    expands = EXPANDS

    @extend_schema(
        summary="What a member has reviewed, the latest first",
        parameters=[AskedKind],
        responses=paged(shapes.Review),
    )
    def get(self, request: Request, username: str) -> Response:
        member = named(request, username, User.objects.visible_to(request.user))
        fit = fitting(adult=member == request.user or self.reader.adult)
        seen = Review.objects.filter(fit, author=member).visible_to(request.user)
        return _page(self, _of_kind(request, seen).told_to(request.user).newest())


class Mine(Endpoint):
    writes = REVIEWS
    expands = EXPANDS

    @extend_schema(
        summary="What I have reviewed, the latest first",
        parameters=[AskedKind],
        responses=paged(shapes.Review),
    )
    def get(self, request: Request) -> Response:
        own = _of_kind(request, request.user.reviews.all())
        return _page(self, own.told_to(request.user).newest())

    @extend_schema(
        summary="Review a film or a show", request=NewReview, responses={201: shapes.Review}
    )
    def post(self, request: Request) -> Response:
        said = self.read(NewReview)
        spare(request, "reviews", AN_HOUR)
        title = telling.title_of(self, said.pop("media_type"), said.pop("id"))
        usual = {"has_spoilers": False, "audience": request.user.default_audience, "covers": None}
        said = usual | said | {"covers": _covers(title, said.get("covers"))}
        said.setdefault("value", _given(request.user, title))
        try:
            made = say(request.user, title, is_first=True, **said)
        except Written:
            raise _is_there(request.user, title) from None
        return _shown(self, made.pk, 201, Location=reverse("api:review", args=[made.pk]))


class One(Endpoint):
    who = Who.READERS
    writes = REVIEWS
    expands = EXPANDS

    @extend_schema(summary="A review", responses=shapes.Review)
    def get(self, request: Request, pk: int) -> Response:
        return _shown(self, pk)

    @extend_schema(summary="Change a review of mine", request=EditedReview, responses=shapes.Review)
    def patch(self, request: Request, pk: int) -> Response:
        review = self._own(pk)
        said = self.read(EditedReview)
        spare(request, "reviews", AN_HOUR)
        title = review.title
        if "covers" in said:
            said["covers"] = _covers(title, said["covers"])
        fields = ("text", "has_spoilers", "covers", "audience")
        as_it_is = {name: getattr(review, name) for name in fields}
        as_it_is["value"] = _given(request.user, title)
        say(request.user, title, **(as_it_is | said))
        return _shown(self, pk)

    @extend_schema(summary="Delete a review of mine, with its comments", responses={200: UndoKey})
    def delete(self, request: Request, pk: int) -> Response:
        review = self._own(pk)
        spare(request, "reviews", AN_HOUR)
        return self.show({"undo": writing.withdraw(review)}, UndoKey)

    def _own(self, pk: int) -> Review:
        own = self.request.user.reviews.select_related("author", "title", "covers")
        return get_object_or_404(own, pk=pk)


class History(Endpoint):
    who = Who.READERS

    @extend_schema(summary="What a review said before", responses=paged(shapes.Edition))
    def get(self, request: Request, pk: int) -> Response:
        before = review_of(request.user, pk).editions.order_by("-written_at", "-pk")
        return self.page(before, shapes.Edition, ready=partial(telling.editions, request.user))


class PreviewedWords(serializers.Serializer):
    html = serializers.CharField()


class Preview(Endpoint):
    """Of words of which nothing is kept."""

    writes = REVIEWS

    @extend_schema(
        summary="How a review would look", request=ReviewWords, responses={200: PreviewedWords}
    )
    def post(self, request: Request) -> Response:
        text = self.read(ReviewWords)["text"]
        names = names_for(request.user, [text])
        return self.show(
            {"html": markdown.html(text, below=telling.BELOW, names=names)}, PreviewedWords
        )


def _shown(view: Endpoint, pk: int, status: int = 200, **headers: str) -> Response:
    return view.show(telling.review(view, pk), shapes.Review, status, **headers)


def _of_kind(request: Request, reviews: ReviewQuerySet) -> ReviewQuerySet:
    kind = asked(request, AskedKind).get("media_type")
    return reviews.filter(title__kind=kind) if kind else reviews


def _given(member: User, title: Title) -> Any:
    return member.ratings.of_titles().filter(title=title).values_list("value", flat=True).first()


def _covers(title: Title, numbers: Mapping[str, Any] | None) -> Episode | None:
    if numbers is None:
        return None
    if title.is_movie:
        raise Problem(422, "unprocessable", _("A film has no episodes."))
    found = covered(title, numbers["season_number"], numbers["episode_number"])
    if found is None:
        raise NotFound(_("There is no such episode."))
    return found


def _is_there(member: User, title: Title) -> Problem:
    pk = member.reviews.values_list("pk", flat=True).get(title=title)
    return Problem(
        409,
        "duplicate",
        _("You have reviewed this already: change your review."),
        headers={"Location": reverse("api:review", args=[pk])},
        more={"review_id": pk},
    )
