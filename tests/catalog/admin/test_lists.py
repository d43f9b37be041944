"""Every list page: few questions, however many rows."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Errand, Genre, Keyword, Network, Picture, SyncRun, Title
from cinehub.kit import estimating
from cinehub.kit.estimating import EstimatedPaginator
from cinehub.work import schedule
from cinehub.work.models import DeadLetter
from tests.make import make_collection, make_genre, make_person, make_title

pytestmark = pytest.mark.django_db

LISTS = sorted(
    f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry
)


def fill(first: int) -> None:
    """A few of everything that comes in great numbers."""
    now = timezone.now()
    for number in range(first, first + 5):
        make_title(tmdb_id=number)
        make_person(tmdb_id=number)
        make_collection(tmdb_id=number)
        make_genre(tmdb_id=number)
        Keyword.objects.create(tmdb_id=number, name="k")
        Network.objects.create(tmdb_id=number, name="n")
        Picture.objects.create(path=f"/{number}.jpg")
        SyncRun.objects.create(kind=f"kind {number}")
        Errand.objects.create(kind="movie", tmdb_id=number, urgency=0, due_at=now)
        DeadLetter.objects.create(task_id=str(number), task="t", queue="bulk", died_at=now)


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_at_most_fifteen_times_and_no_more_for_more_rows(
    as_superuser: Client, address: str
) -> None:
    schedule.set_up()
    fill(1000)
    few = len(asked(as_superuser, address))
    fill(2000)

    assert len(asked(as_superuser, address)) <= min(few, 15)


@pytest.mark.parametrize("query", ["?q=film", "?state=hidden", "?state=locked", "?o=-3"])
def test_so_does_whatever_titles_are_narrowed_down_to(as_editor: Client, query: str) -> None:
    fill(1000)

    assert len(asked(as_editor, f"/admin/catalog/title/{query}")) <= 15


def test_the_form_of_a_title_asks_no_more_for_more_credits(as_editor: Client) -> None:
    title = make_title()

    assert len(asked(as_editor, f"/admin/catalog/title/{title.pk}/change/")) <= 15


# --- Counting -----------------------------------------------------------------------------------
@pytest.fixture
def counting_few(monkeypatch: Any) -> None:
    monkeypatch.setattr(estimating, "COUNTED", 3)


def pages(rows: Any) -> EstimatedPaginator:
    return EstimatedPaginator(rows, 1)


def test_few_rows_are_counted(counting_few: None) -> None:
    for _ in range(3):
        make_title()

    found = pages(Title.objects.order_by("pk"))

    assert (found.count, found.is_estimate, found.num_pages) == (3, False, 3)


@pytest.mark.postgres
def test_of_more_it_is_said_about_how_many_there_are(counting_few: None) -> None:
    Genre.objects.bulk_create(Genre(tmdb_id=number, name="g") for number in range(1234))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_genre")

    found = pages(Genre.objects.order_by("pk"))

    assert (found.count, found.is_estimate) == (1200, True)


@pytest.mark.postgres
def test_an_estimate_is_not_less_than_what_was_counted(counting_few: None) -> None:
    Genre.objects.bulk_create(Genre(tmdb_id=number, name="g") for number in range(4))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_genre")

    assert pages(Genre.objects.filter(name="g", for_tv=False).order_by("pk")).count >= 4


def test_nobody_leafs_through_more_than_a_hundred_pages() -> None:
    Genre.objects.bulk_create(Genre(tmdb_id=number, name="g") for number in range(120))

    assert pages(Genre.objects.order_by("pk")).num_pages == 100
