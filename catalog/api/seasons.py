"""Seasons and episodes of shows."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.about.episodes import episode_of
from catalog.api import pictures
from catalog.api.finding import OfTitle, aged
from catalog.api.parts import CastMember, CrewMember
from catalog.api.shapes import AGES, PATH, Aged, Told, person_name
from catalog.models import Credit, EpisodeCredit, Kind, Title
from catalog.models import Episode as EpisodeRow
from catalog.models import Season as SeasonRow
from catalog.refreshing import Age
from cinehub.kit.addresses import below
from cinehub.kit.api import listed, paged
from cinehub.kit.written import Given

SEASON = (
    "tmdb_id",
    "number",
    "name",
    "overview",
    "poster_path",
    "air_date",
    "episode_count",
    "vote_average",
)
EPISODE = (
    "tmdb_id",
    "season__number",
    "number",
    "name",
    "overview",
    "air_date",
    "runtime",
    "type",
    "still_path",
    "vote_average",
    "vote_count",
)


class Season(Told):
    id = serializers.IntegerField(help_text="TMDB's.")
    season_number = serializers.IntegerField(help_text="0 are the specials.")
    name = serializers.CharField(allow_blank=True)
    overview = serializers.CharField(allow_blank=True)
    poster_path = serializers.CharField(allow_null=True, help_text=PATH)
    poster_url = serializers.URLField(allow_null=True)
    air_date = serializers.DateField(allow_null=True)
    episode_count = serializers.IntegerField()
    vote_average = serializers.FloatField()
    url = serializers.URLField(help_text="Its page.")


class Episode(Told):
    id = serializers.IntegerField(help_text="TMDB's, which stays when numbers change.")
    season_number = serializers.IntegerField()
    episode_number = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    overview = serializers.CharField(allow_blank=True)
    air_date = serializers.DateField(allow_null=True)
    runtime = serializers.IntegerField(allow_null=True, help_text="Minutes.")
    episode_type = serializers.CharField(allow_blank=True)
    still_path = serializers.CharField(allow_null=True, help_text=PATH)
    still_url = serializers.URLField(allow_null=True)
    vote_average = serializers.FloatField()
    vote_count = serializers.IntegerField()
    url = serializers.URLField(help_text="Its page.")


class EpisodeNumber(Told):
    season_number = serializers.IntegerField()
    episode_number = serializers.IntegerField()


class SeasonDetails(Aged, Season):
    show_id = serializers.IntegerField()
    episodes = Episode(many=True)


class EpisodeDetails(Aged, Episode):
    show_id = serializers.IntegerField()
    guest_stars = CastMember(many=True)
    crew = CrewMember(many=True)
    previous = EpisodeNumber(allow_null=True)
    next = EpisodeNumber(allow_null=True)


class OfShow(OfTitle):
    kind = Kind.TV

    def season(self, show: Title, number: int) -> dict[str, Any]:
        rows = season_rows(show).filter(number=number)
        found = next(iter(rows), None)
        if found is None:
            raise Http404
        return season_told(show, found)


class Seasons(OfShow):
    @extend_schema(summary="A show's seasons", responses=listed(Season))
    def get(self, request: Request, tmdb_id: int) -> Response:
        show, age = self.find(tmdb_id)
        told = [season_told(show, row) for row in season_rows(show)]
        return aged(self.show_all(told, Season), show, age)


class OneSeason(OfShow):
    expands = frozenset({"episodes"})

    @extend_schema(summary="A season", responses=SeasonDetails)
    def get(self, request: Request, tmdb_id: int, season_number: int) -> Response:
        show, age = self.find(tmdb_id)
        told = self.season(show, season_number) | _of_show(show, age)
        if self.expanded:
            rows = _episodes(show, season_number)
            told["episodes"] = [episode_told(show, row) for row in rows]
        return aged(self.show(told, SeasonDetails), show, age)


class Episodes(OfShow):
    @extend_schema(summary="A season's episodes", responses=paged(Episode))
    def get(self, request: Request, tmdb_id: int, season_number: int) -> Response:
        show, age = self.find(tmdb_id)
        self.season(show, season_number)

        def told(rows: list[Any]) -> list[dict[str, Any]]:
            return [episode_told(show, row) for row in rows]

        return aged(self.page(_episodes(show, season_number), Episode, told), show, age)


class OneEpisode(OfShow):
    @extend_schema(summary="An episode", responses=EpisodeDetails)
    def get(
        self, request: Request, tmdb_id: int, season_number: int, episode_number: int
    ) -> Response:
        show, age = self.find(tmdb_id)
        episode = episode_of(show, season_number, episode_number)
        if episode is None:
            raise Http404
        row = (episode.pk, season_number, *(getattr(episode, name) for name in EPISODE[2:]))
        told = episode_told(show, row) | _of_show(show, age) | _credits(episode) | _around(episode)
        return aged(self.show(told, EpisodeDetails), show, age)


def season_rows(show: Title | Given) -> QuerySet[SeasonRow, Any]:
    return SeasonRow.objects.visible().filter(title=show).in_order().values_list(*SEASON)


def next_rows(show: Given, today: Given) -> QuerySet[EpisodeRow, Any]:
    """The next episode to air, if one is known."""
    coming = EpisodeRow.objects.visible().filter(season__title=show, air_date__gte=today)
    return coming.order_by("air_date", "number", "pk").values_list(*EPISODE)[:1]


def season_told(show: Title, row: Sequence[Any]) -> dict[str, Any]:
    key, number, name, overview, poster, day, episodes, average = row
    return {
        "id": key,
        "season_number": number,
        "name": name,
        "overview": overview,
        "poster_path": poster or None,
        "poster_url": pictures.poster_url(poster),
        "air_date": day,
        "episode_count": episodes,
        "vote_average": average,
        "url": f"{settings.SITE_URL}{below('catalog:season', show.ref, number)}",
    }


def episode_told(show: Title, row: Sequence[Any]) -> dict[str, Any]:
    key, season, number, name, overview, day, runtime, type_, still, average, count = row
    return {
        "id": key,
        "season_number": season,
        "episode_number": number,
        "name": name,
        "overview": overview,
        "air_date": day,
        "runtime": runtime,
        "episode_type": type_,
        "still_path": still or None,
        "still_url": pictures.still_url(still),
        "vote_average": average,
        "vote_count": count,
        "url": f"{settings.SITE_URL}{below('catalog:episode', show.ref, season, number)}",
    }


def _episodes(show: Title, season: int) -> QuerySet[EpisodeRow, Any]:
    found = EpisodeRow.objects.listed().filter(Q(season__title=show, season__number=season))
    return found.in_order().values_list(*EPISODE)


def _of_show(show: Title, age: Age) -> dict[str, Any]:
    return {"show_id": show.tmdb_id, "as_of": show.fetched_at, "data_age": AGES[age]}


def _credits(episode: EpisodeRow) -> dict[str, Any]:
    """Those of the episode alone; the regular cast is the show's."""
    known = EpisodeCredit.objects.filter(episode=episode, person__hidden_at=None)
    rows = known.order_by("position", "pk").values_list(
        *("person_id", "person__name", "person__profile_path"),
        *("department", "job", "character", "tmdb_id"),
    )
    stars: list[dict[str, Any]] = []
    crew: list[dict[str, Any]] = []
    for key, name, path, department, job, character, credit in rows:
        person = person_name(key, name, path) | {"episode_count": None, "credit_id": credit}
        if department == Credit.ACTING:
            stars.append(person | {"character": character, "order": len(stars)})
        else:
            crew.append(person | {"department": department, "job": job})
    return {"guest_stars": stars, "crew": crew}


def _around(episode: EpisodeRow) -> dict[str, Any]:
    before, after = EpisodeRow.objects.around(episode)
    return {"previous": _number(before), "next": _number(after)}


def _number(episode: EpisodeRow | None) -> dict[str, int] | None:
    if episode is None:
        return None
    return {"season_number": episode.season.number, "episode_number": episode.number}
