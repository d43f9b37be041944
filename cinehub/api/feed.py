"""What the members whom one follows watch, rate, write and put on lists."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import Person
from catalog.api.expanding import EXPANDS
from catalog.api.titles import Brief, titles_of
from catalog.models import Title
from cinehub.feed import sources
from cinehub.feed.circle import Circle, proposed
from cinehub.feed.entries import Entry, entries
from cinehub.feed.sources import Place
from cinehub.feed.views import ALL, SHOWN
from cinehub.kit.api import Endpoint, Sparse, after, cursored, listed
from reviews.api.shapes import Review
from reviews.api.telling import ToldReview, reviews

KINDS = [source.kind for source in sources.SOURCES]
OF_TITLE = (sources.WATCHED, sources.RATED)


class InFeed(serializers.Serializer):
    """A list; whose it is may be another one than who put something on it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="shown_name")
    owner = Person()
    url = serializers.SerializerMethodField()

    def get_url(self, told: Any) -> str:
        return f"{settings.SITE_URL}{told.get_absolute_url()}"


class FeedEntry(Sparse):
    id = serializers.CharField(help_text="Of this entry, as long as it is the latest of its day.")
    kind = serializers.ChoiceField(KINDS)
    at = serializers.DateTimeField()
    member = Person()
    count = serializers.IntegerField(
        help_text="Episodes of a show, or titles of a list, that it stands for."
    )
    titles = Brief(many=True, help_text="Of a list some of them.")
    season_number = serializers.IntegerField(
        allow_null=True, help_text="Of what was watched or rated, where it is a part of a show."
    )
    episode_number = serializers.IntegerField(allow_null=True)
    value = serializers.FloatField(allow_null=True, help_text="What they rated it.")
    is_rewatch = serializers.BooleanField()
    review = Review(allow_null=True)
    list = InFeed(allow_null=True)


class Asked(serializers.Serializer):
    show = serializers.ChoiceField(list(SHOWN), default=ALL, help_text="Only these.")


class Feed(Endpoint):
    expands = EXPANDS

    @extend_schema(
        summary="What those whom you follow did, the latest first",
        parameters=[Asked],
        responses=cursored(FeedEntry),
    )
    def get(self, request: Request) -> Response:
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        place, size = after(Place.read, self.asked_after["cursor"]), self.asked_after["page_size"]
        circle, adult = Circle.of(request.user), self.reader.adult
        _name, kinds = SHOWN[asked.validated_data["show"]]
        found = sources.places(circle, kinds, adult=adult, after=place, number=size + 1)
        shown = entries(circle, found[:size], adult=adult, language=self.reader.language)
        rest = str(found[size - 1]) if found[size:] else None
        return self.cursor_page(_told(self, shown), FeedEntry, following=rest)


class Proposed(Endpoint):
    @extend_schema(summary="Whom you might follow", responses=listed(Person))
    def get(self, request: Request) -> Response:
        """Whom others follow most, of those whose profile is for everybody."""
        return self.show_all(proposed(request.user), Person)


def _told(view: Endpoint, shown: list[Entry]) -> list[dict[str, Any]]:
    titles = titles_of(view, (title.pk for entry in shown for title in entry.titles))
    written = [entry.row for entry in shown if entry.kind == sources.REVIEWED]
    told = {one.review.pk: one for one in reviews(view, written)}
    return [_entry(entry, titles, told) for entry in shown]


def _entry(
    entry: Entry, titles: dict[int, Title], written: dict[int, ToldReview]
) -> dict[str, Any]:
    row, kind = entry.row, entry.kind
    season, episode = _part(entry)
    return {
        "id": str(entry.place),
        "kind": kind,
        "at": entry.at,
        "member": entry.member,
        "count": entry.count,
        "titles": [titles[title.pk] for title in entry.titles],
        "season_number": season,
        "episode_number": episode,
        "value": row.value if kind == sources.RATED and entry.count == 1 else None,
        "is_rewatch": kind == sources.WATCHED and bool(row.rewatch),
        "review": written.get(row.pk) if kind == sources.REVIEWED else None,
        "list": {sources.MADE: row, sources.ADDED: getattr(row, "list", None)}.get(kind),
    }


def _part(entry: Entry) -> tuple[int | None, int | None]:
    """Of several episodes none is told."""
    if entry.kind not in OF_TITLE or entry.count > 1:
        return None, None
    episode = entry.row.episode
    season = episode.season if episode else getattr(entry.row, "season", None)
    return season and season.number, episode and episode.number
