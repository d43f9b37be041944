"""What is known here by the ids of others: IMDb, TVDB."""

import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.finding import unreachable
from catalog.api.people import Person
from catalog.api.searching import Thing, found, key_of
from catalog.api.shapes import Told
from catalog.api.titles import EXPANDS, Listed
from catalog.looking import look_further
from catalog.models import Title
from catalog.search import addresses
from cinehub.kit.api import Endpoint, Who

IMDB = re.compile("(tt|nm)[0-9]{5,12}")


class FoundElsewhere(Told):
    movie_results = Listed(many=True)
    tv_results = Listed(many=True)
    person_results = Person(many=True)


class Source(serializers.Serializer):
    source = serializers.ChoiceField(["imdb_id", "tvdb_id"], required=False)


class Find(Endpoint):
    who = Who.READERS
    limit = "search"
    expands = EXPANDS

    @extend_schema(
        summary="What has this id at IMDb (`tt0133093`, `nm0000206`) or TVDB (`81189`)",
        parameters=[Source],
        responses=FoundElsewhere,
    )
    def get(self, request: Request, external_id: str) -> Response:
        asked = Source(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        usual = "tvdb_id" if external_id.isdigit() else "imdb_id"
        source = asked.validated_data.get("source", usual)
        return self.show(self._results(self._things(source, external_id)), FoundElsewhere)

    def _things(self, source: str, key: str) -> list[Thing]:
        """Only by IMDb's is TMDB asked for what is not here."""
        if (source == "imdb_id") is not bool(IMDB.fullmatch(key)):
            raise ValidationError({"source": [_("It has no such ids.")]})
        if source == "tvdb_id":
            return list(Title.objects.visible().filter(tvdb_id=int(key)).order_by("pk")[:2])
        if thing := addresses.meant(key):
            return [thing]
        looked = look_further(key)
        if looked.is_away:
            raise unreachable()
        return list(looked.things(self.reader.language))

    def _results(self, things: list[Thing]) -> dict[str, Any]:
        told = found(self, [key_of(thing) for thing in things])
        return {
            "movie_results": [each["title"] for each in told if each["media_type"] == "movie"],
            "tv_results": [each["title"] for each in told if each["media_type"] == "tv"],
            "person_results": [each["person"] for each in told if each["person"]],
        }
