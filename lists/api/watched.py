"""One touch: seen, seen up to here, and how somebody is with a show."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import HISTORY
from catalog.models import Episode, Kind, Season, Title
from cinehub.kit.api import Endpoint
from lists import watching
from lists.api import finding
from lists.api.history import not_aired
from lists.api.moments import Moment, when_of
from lists.api.shapes import Undoable
from lists.watching import Marked, NotAired, Removed, When


class MarkedSeen(Undoable):
    added = serializers.IntegerField(help_text="Viewings; what had been seen stays as it was.")


class MarkedUnseen(Undoable):
    removed = serializers.IntegerField(help_text="Viewings: it may have been seen more than once.")


class EpisodeMoment(Moment):
    up_to = serializers.BooleanField(default=False, help_text="And all that lies before it.")


class Marking(Endpoint):
    writes = HISTORY
    limit = "history"

    def when(self, shape: type[Moment] = Moment) -> tuple[When, dict[str, Any]]:
        told = self.read(shape)
        return when_of(told, self.request.user), told

    def marked(self, done: Marked) -> Response:
        return self.show({"added": len(done.viewings), "undo": done.undo}, MarkedSeen)

    def removed(self, done: Removed) -> Response:
        return self.show({"removed": len(done.episodes), "undo": done.undo}, MarkedUnseen)


class SeenTitle(Marking):
    media_type = ""

    @extend_schema(
        summary="I have seen it; of a show all that has aired", request=Moment, responses=MarkedSeen
    )
    def put(self, request: Request, tmdb_id: int) -> Response:
        title, (when, _told) = self._title(tmdb_id), self.when()
        mark = watching.see if title.is_movie else watching.watch_show
        return self.marked(mark(request.user, title, when=when))

    @extend_schema(
        summary="I have not seen it, however often", request=None, responses=MarkedUnseen
    )
    def delete(self, request: Request, tmdb_id: int) -> Response:
        return self.removed(watching.unwatch(request.user, self._title(tmdb_id)))

    def _title(self, tmdb_id: int) -> Title:
        return finding.watched_title(self, self.media_type, tmdb_id)


class SeenSeason(Marking):
    @extend_schema(summary="I have seen what has aired of it", request=Moment, responses=MarkedSeen)
    def put(self, request: Request, tmdb_id: int, season_number: int) -> Response:
        season, (when, _told) = self._season(tmdb_id, season_number), self.when()
        return self.marked(watching.watch_season(request.user, season, when=when))

    @extend_schema(summary="I have not seen it", request=None, responses=MarkedUnseen)
    def delete(self, request: Request, tmdb_id: int, season_number: int) -> Response:
        season = self._season(tmdb_id, season_number)
        return self.removed(watching.unwatch_season(request.user, season))

    def _season(self, tmdb_id: int, number: int) -> Season:
        show = finding.watched_title(self, Kind.TV, tmdb_id)
        season: Season = get_object_or_404(show.seasons.visible(), number=number)
        season.title = show
        return season


class SeenEpisode(Marking):
    @extend_schema(
        summary="I have seen it, or all up to it", request=EpisodeMoment, responses=MarkedSeen
    )
    def put(
        self, request: Request, tmdb_id: int, season_number: int, episode_number: int
    ) -> Response:
        show, episode = self._episode(tmdb_id, season_number, episode_number)
        when, told = self.when(EpisodeMoment)
        try:
            if told["up_to"]:
                return self.marked(watching.watch_up_to(request.user, episode, when=when))
            return self.marked(watching.see(request.user, show, episode=episode, when=when))
        except NotAired:
            raise not_aired() from None

    @extend_schema(summary="I have not seen it", request=None, responses=MarkedUnseen)
    def delete(
        self, request: Request, tmdb_id: int, season_number: int, episode_number: int
    ) -> Response:
        show, episode = self._episode(tmdb_id, season_number, episode_number)
        return self.removed(watching.unwatch(request.user, show, episode=episode))

    def _episode(self, tmdb_id: int, season: int, number: int) -> tuple[Title, Episode]:
        show = finding.watched_title(self, Kind.TV, tmdb_id)
        return show, finding.episode(show, season, number)
