"""Where things can be watched: the services, and the countries they are in."""

from typing import Any

from django.db.models import Exists, OuterRef
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.browsing import Browsing
from catalog.api.parts import Provider, provider
from catalog.api.shapes import Country
from catalog.discover.choices import streaming_regions
from catalog.models import Offer
from catalog.models import Provider as ProviderRow
from cinehub.kit.api import listed


class ListedProvider(Provider):
    display_priority = serializers.IntegerField()


class Providers(Browsing):
    expands = frozenset()

    @extend_schema(
        summary="Watch providers, of all countries or of the region asked for",
        responses=listed(ListedProvider),
    )
    def get(self, request: Request) -> Response:
        rows = ProviderRow.objects.order_by("priority", "pk")
        if "region" in request.query_params:
            there = Offer.objects.filter(provider=OuterRef("pk"), country=self.reader.country)
            rows = rows.filter(Exists(there))
        return self.show_all([_provider(row) for row in rows], ListedProvider)


class Regions(Browsing):
    expands = frozenset()

    @extend_schema(
        summary="Countries of which it is known where to watch", responses=listed(Country)
    )
    def get(self, request: Request) -> Response:
        told = [
            {"iso_3166_1": option.value, "name": option.label} for option in streaming_regions()
        ]
        return self.show_all(told, Country)


def _provider(row: ProviderRow) -> dict[str, Any]:
    return provider(row.pk, row.name, row.logo_path) | {"display_priority": row.priority}
