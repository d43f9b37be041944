"""What discover finds titles by follows what TMDB says of them."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Facets, Genre, Title
from catalog.models.facets import Of, facet, offer, worded
from catalog.sync.facets import file_titles, some_are_unfiled
from catalog.sync.titles import hide_title, store_stubs, store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import film, listed, page
from tests.make import make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def store(*films: dict[str, Any]) -> None:
    store_titles([shapes.movie(answer) for answer in films])


def numbers(tmdb_id: int = 7) -> set[int]:
    return set(Facets.objects.get(title__tmdb_id=tmdb_id).numbers)


def versions() -> dict[int, str]:
    """Which writing of each row this is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title_id, ctid::text FROM catalog_facets")
        return dict(cursor.fetchall())


def test_a_film_is_filed_under_what_it_is() -> None:
    store(film(7))

    assert numbers() >= {
        worded(Of.KIND, "movie"),
        worded(Of.LANGUAGE, "de"),
        worded(Of.COUNTRY, "DE"),
        worded(Of.CERTIFICATION, "DE", "12"),
        worded(Of.STATUS, "Released"),
        facet(Of.GENRE, 18),
        facet(Of.KEYWORD, 52),
        facet(Of.COMPANY, 41),
        facet(Of.PERSON, 63),
        facet(Of.YEAR, 2001),
        facet(Of.DECADE, 200),
        facet(Of.RUNTIME, 10),
        facet(Of.SCORE, 14),
        facet(Of.VOTES, 200),
    }
    assert facet(Of.VOTES, 500) not in numbers()


def test_facets_follow_what_is_told_anew() -> None:
    store(film(7))

    store(film(7, genres=[{"id": 35, "name": "Comedy"}], original_language="fr", runtime=95))

    assert numbers() >= {facet(Of.GENRE, 35), worded(Of.LANGUAGE, "fr"), facet(Of.RUNTIME, 9)}
    assert not numbers() & {facet(Of.GENRE, 18), worded(Of.LANGUAGE, "de"), facet(Of.RUNTIME, 10)}


def test_an_offer_counts_for_its_country_its_provider_and_its_kind() -> None:
    store(film(7))
    hulu = {"provider_id": 15, "provider_name": "Hulu", "logo_path": "/h.png"}

    store(film(7, **{"watch/providers": {"results": {"US": {"rent": [hulu]}}}}))

    assert {n for n in numbers() if n >> 56 == Of.OFFER} == {
        offer("US"),
        offer("US", 15),
        offer("US", 0, "rent"),
        offer("US", 15, "rent"),
    }


def test_what_is_hidden_is_filed_under_nothing_until_it_is_back() -> None:
    store(film(7))
    filed = numbers()

    hide_title("movie", 7)
    assert numbers() == set()

    store(film(7))
    assert numbers() == filed


def test_what_is_adult_is_filed_under_nothing() -> None:
    store(film(7, adult=True))

    assert numbers() == set()


def test_titles_that_are_only_mentioned_are_filed() -> None:
    Genre.objects.create(tmdb_id=18, name="Drama")
    store_stubs(shapes.page(page(listed(90)), "movie").titles)

    assert numbers(90) >= {worded(Of.KIND, "movie"), facet(Of.GENRE, 18), facet(Of.YEAR, 1999)}


def test_facets_follow_when_a_list_tells_more_of_a_bare_name() -> None:
    make_title(tmdb_id=90, details_at=None, original_language=None)
    call_command("reindex", verbosity=0)

    store_stubs(shapes.page(page(listed(90)), "movie").titles)

    assert worded(Of.LANGUAGE, "de") in numbers(90)


def test_nothing_is_written_when_nothing_has_changed() -> None:
    store(film(7))
    before = versions()

    store(film(7))

    assert versions() == before


def test_a_popularity_alone_leaves_the_index_alone() -> None:
    """PostgreSQL writes the row beside itself, and tells no index, but of a step."""
    title = make_title(popularity=65)
    file_titles([title.pk])
    Title.objects.update(popularity=99)
    file_titles([title.pk])

    assert Facets.objects.get(pk=title.pk).popularity == 99
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_tuples_hot_updated('catalog_facets'::regclass)")
        assert cursor.fetchone()[0] >= 1


def test_to_file_many_is_one_question() -> None:
    ids = [make_title().pk for _ in range(5)]
    with CaptureQueriesContext(connection) as queries:
        file_titles(ids)

    assert len(queries) == 1
    assert Facets.objects.count() == 5


def test_reindex_files_what_was_here_before_there_were_facets() -> None:
    make_title()
    assert some_are_unfiled()

    call_command("reindex", verbosity=0)

    assert not some_are_unfiled()
