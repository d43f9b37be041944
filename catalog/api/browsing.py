"""Films and shows by every filter that the site has, and TMDB's charts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.expanding import ME
from catalog.api.filters import SPAN, Filters, ShowFilters, written
from catalog.api.shapes import Told
from catalog.api.titles import EXPANDS, Listed
from catalog.api.titles import listed as titles_listed
from catalog.discover import Discover
from catalog.models import Chart, Kind, Title
from catalog.models.title import TitleQuerySet
from cinehub.kit.api import Endpoint, Who, listed, paged
from cinehub.kit.api.paging import links
from cinehub.kit.kept import CATALOGUE


class Browsing(Endpoint):
    """What lists the catalogue."""

    who = Who.READERS
    expands = EXPANDS
    kind = ""

    def about(self) -> tuple[str, ...] | None:
        return None if ME in self.expanded else (CATALOGUE,)


class _Discovering(Browsing):
    def told(self) -> Response:
        found = Discover.read(self.kind, written(self.request.query_params), self.reader)
        if found.wrong:
            raise ValidationError({_name(name): said for name, said in found.wrong.items()})
        number, size = self.asked_page["page"], self.asked_page["page_size"]
        keys = found.keys_after(size) or _numbered(found, number, size)
        shown = titles_listed(self, keys[:size])
        response = self.page_of(
            shown, Listed, count=found.count.number, is_exact=found.count.is_exact
        )
        last = shown[-1] if len(keys) > size and shown else None
        if last or found.cursor:
            response.headers["Link"] = self._onwards(found, last)
        return response

    def _onwards(self, found: Discover, last: Title | None) -> str:
        """Row after row, which costs the same however deep; numbers end where counting does."""
        number, size = self.asked_page["page"], self.asked_page["page_size"]
        has_number = number > 1 and (number - 2) * size < found.count.number
        following = {"page": number + 1, "after": found.order.cursor(last)} if last else None
        return links(
            self.request,
            first={"page": 1, "after": ""},
            prev={"page": number - 1, "after": ""} if has_number else None,
            next=following,
        )


class Movies(_Discovering):
    kind = Kind.MOVIE

    @extend_schema(
        summary="All films, by every filter",
        parameters=[Filters, *SPAN],
        responses=paged(Listed),
    )
    def get(self, request: Request) -> Response:
        return self.told()


class Shows(_Discovering):
    kind = Kind.TV

    @extend_schema(
        summary="All shows, by every filter",
        parameters=[ShowFilters, *SPAN],
        responses=paged(Listed),
    )
    def get(self, request: Request) -> Response:
        return self.told()


class Charted(Browsing):
    """A chart that is not here yet is empty."""

    def told(self, kind: str, name: str) -> Response:
        titles = Title.objects.visible().filter(
            chart_entries__chart__name=name, chart_entries__chart__kind=kind
        )
        return self.titles(titles.order_by("chart_entries__rank", "pk"))

    def titles(self, rows: TitleQuerySet) -> Response:
        keys = rows.values_list("pk", flat=True)
        return self.page(keys, Listed, lambda wanted: titles_listed(self, wanted))


class OnChart(Charted):
    chart = ""

    @extend_schema(summary="A chart of TMDB's", responses=paged(Listed))
    def get(self, request: Request) -> Response:
        return self.told(self.kind, self.chart)


class ComingShows(OnChart):
    """TMDB has no such chart of shows: it is those of which the first episode is to come."""

    @extend_schema(summary="Shows that are about to begin", responses=paged(Listed))
    def get(self, request: Request) -> Response:
        coming = Title.objects.for_everybody().of_kind(Kind.TV)
        coming = coming.filter(release_date__gt=timezone.localdate())
        return self.titles(coming.order_by("release_date", "pk"))


class ChartName(Told):
    media_type = serializers.ChoiceField(Kind.values)
    slug = serializers.CharField()
    name = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)


class Charts(Browsing):
    expands = frozenset()

    @extend_schema(summary="The charts that there are", responses=listed(ChartName))
    def get(self, request: Request) -> Response:
        return self.show_all([_chart(chart) for chart in Chart.objects.order_by("pk")], ChartName)


class OneChart(Charted):
    @extend_schema(summary="The titles of a chart", responses=paged(Listed))
    def get(self, request: Request, kind: str, slug: str) -> Response:
        name = slug.replace("-", "_")
        if name not in Chart.Name.values:
            raise NotFound
        return self.told(kind, name)


def _numbered(found: Discover, number: int, size: int) -> list[int]:
    if found.cursor is None and number > 1 and (number - 1) * size >= found.count.number:
        said = _("There is no page %(page)s with a number; follow the links from page to page.")
        raise NotFound(said % {"page": number})
    return [] if found.cursor else found.keys(number, size)


def _name(parameter: str) -> str:
    """`language` is what answers are in; the one a title is in has TMDB's name."""
    return "original_language" if parameter == "language" else parameter


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "media_type": chart.kind,
        "slug": chart.slug,
        "name": str(chart),
        "as_of": chart.fetched_at,
    }
