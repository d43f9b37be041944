"""TMDB's charts, each replaced as a whole."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalog.models import Chart, ChartEntry, Kind
from catalog.sync.ages import CHART_HOURS
from catalog.sync.telling import tell
from catalog.sync.titles import store_stubs
from catalog.tmdb import TMDB
from catalog.tmdb.shapes import TitleStub

ChartRef = tuple[str, str]

PATHS: dict[ChartRef, str] = {
    (Chart.Name.TRENDING_DAY, Kind.MOVIE): "trending/movie/day",
    (Chart.Name.TRENDING_DAY, Kind.TV): "trending/tv/day",
    (Chart.Name.TRENDING_WEEK, Kind.MOVIE): "trending/movie/week",
    (Chart.Name.TRENDING_WEEK, Kind.TV): "trending/tv/week",
    (Chart.Name.POPULAR, Kind.MOVIE): "movie/popular",
    (Chart.Name.POPULAR, Kind.TV): "tv/popular",
    (Chart.Name.TOP_RATED, Kind.MOVIE): "movie/top_rated",
    (Chart.Name.TOP_RATED, Kind.TV): "tv/top_rated",
    (Chart.Name.NOW_PLAYING, Kind.MOVIE): "movie/now_playing",
    (Chart.Name.UPCOMING, Kind.MOVIE): "movie/upcoming",
    (Chart.Name.AIRING_TODAY, Kind.TV): "tv/airing_today",
    (Chart.Name.ON_THE_AIR, Kind.TV): "tv/on_the_air",
}


def read_chart(tmdb: TMDB, ref: ChartRef, pages: int) -> list[TitleStub]:
    """The first pages of a chart; each title once, where it stands highest."""
    found: dict[int, TitleStub] = {}
    for number in range(1, pages + 1):
        page = tmdb.chart(PATHS[ref], number)
        for stub in page.titles:
            found.setdefault(stub.tmdb_id, stub)
        if number >= page.last:
            break
    return list(found.values())


def store_chart(ref: ChartRef, stubs: list[TitleStub]) -> None:
    name, kind = ref
    now = timezone.now()
    with transaction.atomic():
        ids = store_stubs(stubs)
        chart, _ = Chart.objects.select_for_update(no_key=True).update_or_create(
            name=name,
            kind=kind,
            defaults={"fetched_at": now, "refresh_at": now + timedelta(hours=CHART_HOURS)},
        )
        chart.entries.all().delete()
        tell()
        ChartEntry.objects.bulk_create(
            ChartEntry(chart=chart, title_id=ids[stub.kind, stub.tmdb_id], rank=rank)
            for rank, stub in enumerate(stubs, start=1)
        )
