"""What members give something on average, beside what TMDB's voters do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.models import Episode, Season, Title
from cinehub.kit.addresses import Ref, address_of
from cinehub.kit.api import Endpoint, Sparse, Who
from reviews.api.telling import title_of
from reviews.finding import episode_of, season_of
from reviews.models import Rating, Tally
from reviews.rating import NOBODY
from reviews.scales import HALVES


class RatingStep(serializers.Serializer):
    value = serializers.FloatField()
    count = serializers.IntegerField()


class MembersRatings(serializers.Serializer):
    average = serializers.FloatField(allow_null=True, help_text="Null where nobody has rated it.")
    count = serializers.IntegerField()
    histogram = RatingStep(many=True, help_text="How many gave 0.5, 1, … 10.")


class OwnRating(serializers.Serializer):
    value = serializers.FloatField()
    rated_at = serializers.DateTimeField()


class RatingTally(Sparse):
    vote_average = serializers.FloatField(help_text="TMDB's voters'.")
    vote_count = serializers.IntegerField(
        allow_null=True, help_text="Null of seasons, whose votes TMDB does not count."
    )
    members = MembersRatings(help_text="This site's.")
    me = OwnRating(allow_null=True, help_text="With `expand=me`: what you give it.")


class Ratings(Endpoint):
    """Of a title; with numbers, of a season or an episode of a show."""

    who = Who.READERS
    limit = "details"
    expands = frozenset({"me"})

    def about(self) -> tuple[str, ...] | None:
        kind, tmdb_id = self.kwargs["media_type"], self.kwargs["tmdb_id"]
        return None if self.expanded else (address_of(kind, Ref(tmdb_id)),)

    @extend_schema(summary="How it is rated", responses=RatingTally)
    def get(
        self,
        request: Request,
        media_type: str,
        tmdb_id: int,
        season_number: int | None = None,
        episode_number: int | None = None,
    ) -> Response:
        title = title_of(self, media_type, tmdb_id)
        rated: Title | Season | Episode = title
        season = episode = None
        if episode_number is not None and season_number is not None:
            rated = episode = episode_of(title, season_number, episode_number)
        elif season_number is not None:
            rated = season = season_of(title, season_number)
        columns = {"title": title, "season": season, "episode": episode}
        return self.show(self._told(rated, columns), RatingTally)

    def _told(self, rated: Any, columns: dict[str, Any]) -> dict[str, Any]:
        tally = Tally.objects.filter(**columns).first()
        histogram = tally.histogram if tally else NOBODY
        counted = zip(HALVES, histogram, strict=True)
        return {
            "vote_average": rated.vote_average,
            "vote_count": getattr(rated, "vote_count", None),
            "members": {
                "average": tally and tally.average,
                "count": tally.count if tally else 0,
                "histogram": [{"value": value, "count": count} for value, count in counted],
            },
            "me": self._own(columns),
        }

    def _own(self, columns: dict[str, Any]) -> Rating | None:
        member = self.request.user
        if "me" not in self.expanded or not member.is_authenticated:
            return None
        own: Rating | None = member.ratings.filter(**columns).first()
        return own
