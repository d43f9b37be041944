"""What members give titles, seasons and episodes."""

from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.members import named
from accounts.models import User
from accounts.scopes import REVIEWS
from catalog.api.titles import EXPANDS, with_me
from catalog.models import Episode, Season, Title
from catalog.models.title import fitting
from cinehub.kit.api import Endpoint, Who, paged
from cinehub.kit.api.limits import spare
from cinehub.kit.api.paging import asked
from reviews.api.shapes import GivenRating, GivenValue, SetRating, UndoKey, Value
from reviews.api.telling import title_of, titled
from reviews.finding import episode_of, season_of
from reviews.given import Of, Query, Sort
from reviews.models import Rating
from reviews.models.ratings import RatingQuerySet
from reviews.rating import rate_undoably

Rated = tuple[Title, Season | None, Episode | None]
AN_HOUR = "2000/h"


class AskedRatings(serializers.Serializer):
    """Which of them, and in which order."""

    type = serializers.ChoiceField(Of.values, required=False, help_text="What was rated.")
    min_value = Value(required=False, help_text="Rated so high, or higher.")
    max_value = Value(required=False, help_text="Rated so high, or lower.")
    order = serializers.ChoiceField(Sort.values, default=Sort.NEWEST.value)


def page_of(view: Endpoint, ratings: RatingQuerySet) -> Response:
    wanted = asked(view.request, AskedRatings)
    query = Query(
        of=wanted.get("type", ""),
        sort=wanted["order"],
        least=wanted.get("min_value"),
        most=wanted.get("max_value"),
    )
    told = query.among(ratings).select_related("season", "episode__season")
    return view.page(told, GivenRating, ready=partial(titled, view))


class OfMember(Endpoint):
    who = Who.READERS
    limit = "user"
    expands = EXPANDS

    @extend_schema(
        summary="What a member has rated",
        parameters=[AskedRatings],
        responses=paged(GivenRating),
    )
    def get(self, request: Request, username: str) -> Response:
        member = named(request, username, User.objects.visible_to(request.user))
        fit = fitting(adult=member == request.user or self.reader.adult)
        return page_of(self, Rating.objects.filter(fit, user=member).visible_to(request.user))


class One(Endpoint):
    """Of a title; with numbers, of a season or an episode of a show."""

    writes = REVIEWS
    expands = EXPANDS

    @extend_schema(summary="What I give it", responses=GivenRating)
    def get(self, request: Request, media_type: str, tmdb_id: int, **numbers: int) -> Response:
        return self.show(self._given(self._meant(media_type, tmdb_id, **numbers)), GivenRating)

    @extend_schema(summary="Rate it, or rate it anew", request=GivenValue, responses=SetRating)
    def put(self, request: Request, media_type: str, tmdb_id: int, **numbers: int) -> Response:
        value = self.read(GivenValue)["value"]
        rated = self._meant(media_type, tmdb_id, **numbers)
        undo = self._rate(rated, value)
        given: Any = self._given(rated)
        given.undo = undo
        return self.show(given, SetRating)

    @extend_schema(summary="Take my rating back", responses={200: UndoKey})
    def delete(self, request: Request, media_type: str, tmdb_id: int, **numbers: int) -> Response:
        rated = self._meant(media_type, tmdb_id, **numbers)
        self._given(rated)
        return self.show({"undo": self._rate(rated, None)}, UndoKey)

    def _meant(
        self,
        media_type: str,
        tmdb_id: int,
        season_number: int | None = None,
        episode_number: int | None = None,
    ) -> Rated:
        title = title_of(self, media_type, tmdb_id)
        if season_number is None:
            return title, None, None
        if episode_number is None:
            return title, season_of(title, season_number), None
        return title, None, episode_of(title, season_number, episode_number)

    def _rate(self, rated: Rated, value: Any) -> Any:
        spare(self.request, "ratings", AN_HOUR)
        title, season, episode = rated
        return rate_undoably(
            self.request.user, title=title, season=season, episode=episode, value=value
        )

    def _given(self, rated: Rated) -> Rating:
        title, season, episode = rated
        own = self.request.user.ratings
        given = get_object_or_404(own, title=title, season=season, episode=episode)
        given.title, given.season, given.episode = with_me(self, [title])[0], season, episode
        return given
