"""What a title is to a member: where they keep it, how often they saw it, what they give it.

It is told of one title at its `me/`, and of all titles of an answer by `expand=me`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from cinehub.kit.api import Endpoint, Sparse
from lists.api.finding import wanted_title
from lists.api.moments import EpisodeBrief
from lists.models import List, ListItem
from lists.own.standing import Standing, history_of, standings
from lists.progress import Status
from reviews.models import Rating, Review
from reviews.models.ratings import OF_TITLE

KEPT = (List.Kind.WATCHLIST, List.Kind.FAVORITES)


class MyProgress(serializers.Serializer):
    """Of a show."""

    status = serializers.ChoiceField(Status.values, allow_null=True)
    seen = serializers.IntegerField(help_text="Episodes, without specials.")
    left = serializers.IntegerField(help_text="Episodes that have aired and were not seen.")
    round = serializers.IntegerField(
        source="tracking.rewatch", help_text="Which time it is watched anew; 0 is the first."
    )
    next_episode = EpisodeBrief(source="next", allow_null=True)
    last_watched_at = serializers.DateTimeField(source="tracking.last_watched_at", allow_null=True)


class Mine(Sparse):
    is_on_watchlist = serializers.BooleanField()
    is_favorite = serializers.BooleanField()
    lists = serializers.ListField(
        child=serializers.IntegerField(), help_text="Ids of other lists that you keep it on."
    )
    is_seen = serializers.BooleanField(help_text="A film once; a show as far as it has aired.")
    plays = serializers.IntegerField(help_text="Viewings; of a show, of its episodes.")
    last_watched_on = serializers.DateField(allow_null=True)
    progress = MyProgress(allow_null=True, help_text="Of a show that you have to do with.")
    rating = serializers.FloatField(allow_null=True)
    review = serializers.IntegerField(allow_null=True, help_text="Its id.")


class TitleOfMine(Endpoint):
    limit = "details"
    media_type = ""

    @extend_schema(summary="What it is to you", responses=Mine)
    def get(self, request: Request, tmdb_id: int) -> Response:
        title = wanted_title(self, self.media_type, tmdb_id)
        return self.show(_told(request.user, [title.pk])[title.pk], Mine)


def titles(request: Request, keys: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """For `settings.API_EXPANSIONS`."""
    whole = {"is_whole": True}
    return {key: Mine(told, context=whole).data for key, told in _told(request.user, keys).items()}


def _told(member: User, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    """In five questions, however many titles."""
    kept, seen = _kept(member, keys), history_of(member, keys)
    shows = standings(member, keys)
    ratings = dict(
        Rating.objects.filter(OF_TITLE, user=member, title__in=keys).values_list("title", "value")
    )
    reviews = dict(Review.objects.filter(author=member, title__in=keys).values_list("title", "pk"))
    return {
        key: {
            **_lists(kept[key]),
            **_seen(shows.get(key), *seen.get(key, (0, None))),
            "rating": ratings.get(key),
            "review": reviews.get(key),
        }
        for key in keys
    }


def _kept(member: User, keys: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """The kinds and keys of the lists that each is on, in their order."""
    lists = List.objects.open_to(member).order_by().values("pk")
    items = ListItem.objects.accepted().filter(title__in=keys, list__in=lists)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for title, kind, list_, owner in items.order_by("list").values_list(
        "title", "list__kind", "list", "list__owner"
    ):
        is_own = owner == member.pk
        found[title].append((kind if is_own else List.Kind.CUSTOM, list_))
    return found


def _lists(kept: list[tuple[str, int]]) -> dict[str, Any]:
    kinds = {kind for kind, _list in kept}
    return {
        "is_on_watchlist": List.Kind.WATCHLIST in kinds,
        "is_favorite": List.Kind.FAVORITES in kinds,
        "lists": [list_ for kind, list_ in kept if kind not in KEPT],
    }


def _seen(show: Standing | None, plays: int, last: Any) -> dict[str, Any]:
    return {
        "is_seen": plays > 0 and not (show and show.left),
        "plays": plays,
        "last_watched_on": last,
        "progress": show,
    }
