"""Charts: in TMDB's order, each replaced as a whole."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError

from catalog.models import Chart, ChartEntry, Title
from catalog.sync import charts
from catalog.sync.charts import read_chart, store_chart
from catalog.tmdb.shapes import TitleStub
from catalog.tmdb.shapes.lists import page as read_page
from tests.catalog.tmdb.answers import listed, page
from tests.catalog.tmdb.answers.served import Served, Turns, client
from tests.make import make_title

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
POPULAR = (Chart.Name.POPULAR, "movie")


def stubs(*ids: int) -> list[TitleStub]:
    return list(read_page(page(*(listed(n) for n in ids)), "movie").titles)


def ranked(name: str = "popular", kind: str = "movie") -> list[tuple[int, int]]:
    entries = ChartEntry.objects.filter(chart__name=name, chart__kind=kind).order_by("rank")
    return list(entries.values_list("rank", "title__tmdb_id"))


def test_a_chart_keeps_the_order_it_was_told_in() -> None:
    store_chart(POPULAR, stubs(5, 3, 9))
    assert ranked() == [(1, 5), (2, 3), (3, 9)]


def test_a_chart_replaces_itself() -> None:
    store_chart(POPULAR, stubs(5, 3, 9))
    store_chart(POPULAR, stubs(9, 4))
    assert ranked() == [(1, 9), (2, 4)]
    assert Chart.objects.count() == 1
    assert Title.objects.count() == 4


def test_a_chart_leaves_the_others_alone() -> None:
    store_chart(POPULAR, stubs(5))
    store_chart((Chart.Name.UPCOMING, "movie"), stubs(3, 5))
    assert (ranked(), ranked("upcoming")) == ([(1, 5)], [(1, 3), (2, 5)])


def test_a_chart_is_good_for_an_hour() -> None:
    with time_machine.travel(NOON, tick=False):
        store_chart(POPULAR, stubs(5))
    assert Chart.objects.get().refresh_at == NOON + timedelta(hours=1)


def test_a_chart_overwrites_no_title_that_is_held() -> None:
    make_title(tmdb_id=5, name="Known by heart")
    store_chart(POPULAR, stubs(5))
    assert Title.objects.get(tmdb_id=5).name == "Known by heart"


def test_a_chart_that_is_refused_leaves_the_old_one() -> None:
    store_chart(POPULAR, stubs(5, 3))
    with pytest.raises(IntegrityError):
        store_chart(POPULAR, stubs(9, 9)[:1] * 2)
    assert ranked() == [(1, 5), (2, 3)]


def test_the_pages_of_a_chart_are_read_as_one_each_title_where_it_stands_highest() -> None:
    pages = Turns(page(listed(1), listed(2), last=9), page(listed(2), listed(3), last=9))
    served = Served({"movie/popular": pages})
    read = read_chart(client(served), POPULAR, 2)
    assert [stub.tmdb_id for stub in read] == [1, 2, 3]
    assert [asked.params["page"] for asked in served.asked] == ["1", "2"]


def test_no_page_is_asked_beyond_the_last() -> None:
    served = Served({"movie/popular": page(listed(1), last=1)})
    read_chart(client(served), POPULAR, 5)
    assert served.times == {"movie/popular": 1}


@pytest.mark.parametrize("ref", charts.PATHS)
def test_every_chart_has_a_path_that_names_its_kind(ref: charts.ChartRef) -> None:
    name, kind = ref
    assert kind in charts.PATHS[ref].split("/")
    assert name in Chart.Name.values
