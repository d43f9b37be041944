"""A member's ratings: all of them, and many at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import REVIEWS
from catalog.api.titles import EXPANDS
from catalog.models import Episode, Kind, Season, Title
from cinehub.kit.api import Endpoint, paged
from cinehub.kit.api.limits import spare
from reviews.api.ratings import AN_HOUR, AskedRatings, Rated, page_of
from reviews.api.shapes import MOST_NUMBER, GivenRating, NamedTitle, Value
from reviews.rating import rate

MOST = 100
RATED, CLEARED, NOT_FOUND = "rated", "cleared", "not_found"
Item = dict[str, Any]


class RatedItem(NamedTitle):
    season_number = serializers.IntegerField(
        min_value=0, max_value=MOST_NUMBER, allow_null=True, default=None
    )
    episode_number = serializers.IntegerField(
        min_value=0, max_value=MOST_NUMBER, allow_null=True, default=None
    )
    value = Value(allow_null=True, help_text="Null takes the rating back.")

    def validate(self, item: Item) -> Item:
        season, episode = item["season_number"], item["episode_number"]
        if episode is not None and season is None:
            raise serializers.ValidationError(
                {"episode_number": _("Of which season is this episode?")}
            )
        if season is not None and item["media_type"] != Kind.TV:
            raise serializers.ValidationError({"season_number": _("A film has no seasons.")})
        return item


class ManyRatings(serializers.Serializer):
    items = RatedItem(many=True, allow_empty=False, max_length=MOST)


class RatedItemResult(RatedItem):
    value = serializers.FloatField(allow_null=True)
    outcome = serializers.ChoiceField([RATED, CLEARED, NOT_FOUND])


class RatingResults(serializers.Serializer):
    """Of each item, in their order, what became of it; and how many there are of each."""

    rated = serializers.IntegerField()
    cleared = serializers.IntegerField()
    not_found = serializers.IntegerField()
    results = RatedItemResult(many=True)


class Mine(Endpoint):
    writes = REVIEWS
    expands = EXPANDS

    @extend_schema(
        summary="What I have rated", parameters=[AskedRatings], responses=paged(GivenRating)
    )
    def get(self, request: Request) -> Response:
        return page_of(self, request.user.ratings.all())

    @extend_schema(
        summary="Rate many things at once", request=ManyRatings, responses={200: RatingResults}
    )
    def post(self, request: Request) -> Response:
        items: list[Item] = self.read(ManyRatings)["items"]
        spare(request, "ratings", AN_HOUR)
        for item, meant in zip(items, found(items), strict=True):
            item["outcome"] = self._do(meant, item["value"])
        counts = dict.fromkeys((RATED, CLEARED, NOT_FOUND), 0)
        for item in items:
            counts[item["outcome"]] += 1
        return self.show(counts | {"results": items}, RatingResults)

    def _do(self, meant: Rated | None, value: Any) -> str:
        if meant is None:
            return NOT_FOUND
        title, season, episode = meant
        rate(self.request.user, title=title, season=season, episode=episode, value=value)
        return CLEARED if value is None else RATED


def found(items: Sequence[Item]) -> list[Rated | None]:
    """What each item means, in four questions; None for what there is not."""
    titles = {(title.kind, title.tmdb_id): title for title in _titles(items)}
    seasons = {(one.title_id, one.number): one for one in _seasons(items)}
    episodes = {(one.season.title_id, one.season.number, one.number): one for one in _of(items)}

    def meant(item: Item) -> Rated | None:
        season, episode = item["season_number"], item["episode_number"]
        title = titles.get((item["media_type"], item["id"]))
        if title is None:
            return None
        if season is None:
            return title, None, None
        if episode is None:
            whole = seasons.get((title.pk, season))
            return (title, whole, None) if whole else None
        one = episodes.get((title.pk, season, episode))
        return (title, None, one) if one else None

    return [meant(item) for item in items]


def _titles(items: Iterable[Item]) -> Iterable[Title]:
    asked = Q(pk=None)
    for kind in Kind.values:
        asked |= Q(kind=kind, tmdb_id__in={x["id"] for x in items if x["media_type"] == kind})
    return Title.objects.filter(asked).order_by("pk")


def _seasons(items: Iterable[Item]) -> Iterable[Season]:
    asked = Q(pk=None)
    for item in items:
        if item["season_number"] is not None and item["episode_number"] is None:
            asked |= Q(title__tmdb_id=item["id"], number=item["season_number"])
    return Season.objects.filter(asked, title__kind=Kind.TV).order_by("pk")


def _of(items: Iterable[Item]) -> Iterable[Episode]:
    asked = Q(pk=None)
    for item in items:
        if item["episode_number"] is not None:
            asked |= Q(
                season__title__tmdb_id=item["id"],
                season__number=item["season_number"],
                number=item["episode_number"],
            )
    listed = Episode.objects.listed().filter(asked, season__title__kind=Kind.TV)
    return listed.select_related("season").order_by("pk")
