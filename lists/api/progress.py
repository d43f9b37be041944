"""Shows that members watch: how far they are with each, and what is next."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.scopes import HISTORY
from catalog.api.titles import EXPANDS, OF_BRIEF, Brief, titles_of, with_me
from catalog.models import Kind, Title
from cinehub.kit.api import Endpoint, Sparse, listed, paged
from lists import tracking
from lists.api import finding
from lists.api.asking import OF_SEEN_TITLES, filters, read, understood
from lists.api.moments import EpisodeBrief
from lists.api.shapes import Undoable
from lists.models import State, Tracking
from lists.models.tracking import TrackingQuerySet
from lists.own.standing import AGAIN, ONCE, history_of
from lists.progress import (
    ORDERS,
    Line,
    Mark,
    Part,
    Status,
    how_many,
    line_of,
    marks,
    shows,
    status_of,
)
from lists.shelf import seen_by
from lists.when import today

NEVER = Mark()
STATES = ["none", *(state.value for state in State if state), AGAIN, ONCE]


class AskedProgress(serializers.Serializer):
    status = serializers.ChoiceField(
        Status.values, required=False, help_text="Watching, unless another one is asked for."
    )
    sort = serializers.ChoiceField(list(ORDERS), required=False)


class ShowProgress(Sparse):
    title = Brief()
    status = serializers.SerializerMethodField(
        help_text="What was said of it, or what the viewings come to; null without any."
    )
    seen = serializers.IntegerField(help_text="Episodes, without specials.")
    left = serializers.IntegerField(help_text="Episodes that have aired and were not seen.")
    minutes_left = serializers.IntegerField()
    round = serializers.IntegerField(
        source="rewatch", help_text="Which time it is watched anew; 0 is the first."
    )
    next_episode = EpisodeBrief(allow_null=True, help_text="It may be to come.")
    last_watched_at = serializers.DateTimeField(allow_null=True)
    changed_at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(Status.values, allow_null=True))
    def get_status(self, told: Tracking) -> str | None:
        return status_of(told)


class ShowProgressSaid(ShowProgress, Undoable):
    pass


class Said(serializers.Serializer):
    state = serializers.ChoiceField(
        STATES,
        help_text="`none` takes back what was said, `again` begins it anew, `once` ends that.",
    )


class EpisodeProgress(serializers.Serializer):
    episode_number = serializers.IntegerField()
    has_aired = serializers.BooleanField()
    is_seen = serializers.BooleanField(help_text="In the round that counts.")
    plays = serializers.IntegerField(help_text="In all rounds.")
    last_watched_on = serializers.DateField(allow_null=True)


class SeasonProgress(serializers.Serializer):
    season_number = serializers.IntegerField()
    aired = serializers.IntegerField()
    seen = serializers.IntegerField()
    episodes = EpisodeProgress(many=True)


class WholeProgress(ShowProgress):
    seasons = SeasonProgress(many=True)


class StatusCount(serializers.Serializer):
    status = serializers.ChoiceField(Status.values)
    shows = serializers.IntegerField()


class SeenTitle(Sparse):
    title = Brief()
    plays = serializers.IntegerField(help_text="Viewings; of a show, of its episodes.")
    last_watched_on = serializers.DateField(allow_null=True)


class Telling(Endpoint):
    """Tells how far somebody is with shows."""

    writes = HISTORY
    limit = "history"
    expands = EXPANDS

    def page_of_shows(self, rows: TrackingQuerySet) -> Response:
        known = self._known(rows)

        def ready(found: list[Tracking]) -> list[Tracking]:
            with_me(self, [each.title for each in found])
            return found

        return self.page(known, ShowProgress, ready)

    def find(self, title: Title) -> Tracking:
        """Of one that they have nothing to do with, nothing is seen."""
        member: User = self.request.user
        there = self._known(Tracking.objects.filter(user=member, title=title)).first()
        found: Tracking = there or _begun(member, title)
        with_me(self, [found.title])
        return found

    def _known(self, rows: TrackingQuerySet) -> TrackingQuerySet:
        titles = Title.objects.in_language(self.reader.language).only(*OF_BRIEF, "status")
        with_next = rows.select_related("next_episode__season")
        return with_next.prefetch_related(Prefetch("title", titles))


class Progress(Telling):
    @extend_schema(
        summary="Shows of one status", parameters=[AskedProgress], responses=paged(ShowProgress)
    )
    def get(self, request: Request) -> Response:
        asked: dict[str, Any] = read(request, AskedProgress)
        status = Status(asked.get("status", Status.WATCHING))
        _label, order = ORDERS[asked.get("sort", "recent")]
        return self.page_of_shows(shows(request.user, status).order_by(*order))


class Statuses(Endpoint):
    limit = "history"

    @extend_schema(summary="How many shows there are of each status", responses=listed(StatusCount))
    def get(self, request: Request) -> Response:
        counts = how_many(request.user)
        rows = [{"status": status, "shows": count} for status, count in counts.items()]
        return self.show_all(rows, StatusCount)


class UpNext(Telling):
    @extend_schema(
        summary="Shows that go on with an episode that can be watched",
        responses=paged(ShowProgress),
    )
    def get(self, request: Request) -> Response:
        mine = Tracking.objects.filter(user=request.user)
        return self.page_of_shows(mine.up_next(today(request.user)))


class OneShow(Telling):
    @extend_schema(summary="How far you are with a show", responses=WholeProgress)
    def get(self, request: Request, tmdb_id: int) -> Response:
        show = finding.watched_title(self, Kind.TV, tmdb_id)
        found: Any = self.find(show)
        line = line_of(show)
        found.seasons = _seasons(
            line, today(request.user), marks(request.user, show, found.rewatch)
        )
        return self.show(found, WholeProgress)


class StateOfShow(Telling):
    @extend_schema(summary="How you are with a show", responses=ShowProgress)
    def get(self, request: Request, tmdb_id: int) -> Response:
        show = finding.watched_title(self, Kind.TV, tmdb_id)
        return self.show(self.find(show), ShowProgress)

    @extend_schema(summary="Say how you are with a show", request=Said, responses=ShowProgressSaid)
    def put(self, request: Request, tmdb_id: int) -> Response:
        show = finding.watched_title(self, Kind.TV, tmdb_id)
        undo = tracking.choose(request.user, show, self.read(Said)["state"])
        found: Any = self.find(show)
        found.undo = undo
        return self.show(found, ShowProgressSaid)


class Seen(Endpoint):
    limit = "history"
    expands = EXPANDS

    @extend_schema(
        summary="All that you have watched anything of, each title once",
        parameters=OF_SEEN_TITLES,
        responses=paged(SeenTitle),
    )
    def get(self, request: Request) -> Response:
        found = seen_by(request.user, filters(request), self.reader)
        understood(found.asked)
        return self.page(found.rows, SeenTitle, self._told)

    def _told(self, keys: list[int]) -> list[dict[str, Any]]:
        titles, known = titles_of(self, keys), history_of(self.request.user, keys)
        return [
            {"title": titles[key], "plays": known[key][0], "last_watched_on": known[key][1]}
            for key in keys
            if key in known
        ]


def _begun(member: User, show: Title) -> Tracking:
    """Not to be saved."""
    numbers = line_of(show).numbers({}, today(member))
    return Tracking(user=member, title=show, left=numbers.left, minutes_left=numbers.minutes_left)


def _seasons(line: Line, day: date, known: dict[int, Mark]) -> list[dict[str, Any]]:
    aired = line.aired(day)
    return [
        _season(number, list(parts), aired, known)
        for number, parts in groupby(line.parts, lambda part: part.season)
    ]


def _season(
    number: int, parts: Sequence[Part], aired: set[int], known: dict[int, Mark]
) -> dict[str, Any]:
    episodes = [_episode(part, part.pk in aired, known.get(part.pk, NEVER)) for part in parts]
    return {
        "season_number": number,
        "aired": sum(one["has_aired"] for one in episodes),
        "seen": sum(one["has_aired"] and one["is_seen"] for one in episodes),
        "episodes": episodes,
    }


def _episode(part: Part, has_aired: bool, mark: Mark) -> dict[str, Any]:
    return {
        "episode_number": part.number,
        "has_aired": has_aired,
        "is_seen": mark.is_counted,
        "plays": mark.times,
        "last_watched_on": mark.on,
    }
