"""What stands below a title's address."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import parts
from catalog.api.finding import OfTitle, aged
from catalog.api.titles import EXPANDS, Listed
from catalog.api.titles import listed as titles_listed
from catalog.models import Link
from cinehub.kit.api import listed, paged


class Credits(OfTitle):
    @extend_schema(summary="Its cast and crew, credit by credit", responses=parts.Credits)
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        return aged(self.show(parts.credits(title), parts.Credits), title, age)


class Images(OfTitle):
    @extend_schema(summary="Its posters, backdrops and logos", responses=parts.Images)
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        return aged(self.show(parts.images(title), parts.Images), title, age)


class Videos(OfTitle):
    @extend_schema(summary="Its trailers and other videos", responses=listed(parts.Video))
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        return aged(self.show_all(parts.videos(title), parts.Video), title, age)


class WatchProviders(OfTitle):
    @extend_schema(
        summary="Where it can be watched, in all countries or in the region asked for",
        responses=parts.WatchProviders,
    )
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        region = self.reader.country if "region" in request.query_params else ""
        told = parts.watch_providers(title, region)
        return aged(self.show(told, parts.WatchProviders), title, age)


class ReleaseDates(OfTitle):
    @extend_schema(
        summary="When it came out where, and for whom; the reader's country first",
        responses=listed(parts.CountryReleases),
    )
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        told = parts.release_dates(title, self.reader.country)
        return aged(self.show_all(told, parts.CountryReleases), title, age)


class Translations(OfTitle):
    @extend_schema(summary="Its words in other languages, its names elsewhere")
    @extend_schema(responses=parts.Translations)
    def get(self, request: Request, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        return aged(self.show(parts.translations(title), parts.Translations), title, age)


class _Links(OfTitle):
    expands = EXPANDS
    link = Link.Kind.RECOMMENDED

    def told(self, tmdb_id: int) -> Response:
        title, age = self.find(tmdb_id)
        keys = parts.linked_keys(title, self.link)
        found = self.page(keys, Listed, lambda wanted: titles_listed(self, wanted))
        return aged(found, title, age)


class Recommendations(_Links):
    @extend_schema(summary="What TMDB recommends after it", responses=paged(Listed))
    def get(self, request: Request, tmdb_id: int) -> Response:
        return self.told(tmdb_id)


class Similar(_Links):
    link = Link.Kind.SIMILAR

    @extend_schema(summary="What TMDB finds similar", responses=paged(Listed))
    def get(self, request: Request, tmdb_id: int) -> Response:
        return self.told(tmdb_id)
