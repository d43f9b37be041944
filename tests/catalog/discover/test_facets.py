"""By facets the same titles are found as by the tables, whatever is asked."""

from random import Random

import pytest
from django.db import connection

from catalog.discover import filtering
from catalog.models.facets import Of, facet, offer, worded, years
from tests.catalog.discover.asking import ask, file_everything
from tests.catalog.discover.everything import (
    LANDS,
    OFFERS,
    TITLES,
    make_catalogue,
    make_question,
)

QUESTIONS = 150


@pytest.fixture
def back_end() -> None:
    """Each test here asks both by itself."""


# --- Numbers -------------------------------------------------------------------------------------
def test_years_are_decades_where_they_are_whole() -> None:
    decade = facet(Of.DECADE, 199)

    assert list(years(1990, 1999)) == [decade]
    assert list(years(1989, 2000)) == [facet(Of.YEAR, 1989), decade, facet(Of.YEAR, 2000)]
    assert decade not in years(1991, 1999)
    assert list(years(2000, 1999)) == []


@pytest.mark.parametrize(("first", "last"), [(0, 1870), (1, 5), (2040, 9999), (2041, 2050)])
def test_years_beyond_all_films_are_one(first: int, last: int) -> None:
    assert len(list(years(first, last))) == 1


def test_every_number_says_what_it_tells_of() -> None:
    numbers = {
        facet(Of.KEYWORD, 8),
        facet(Of.COMPANY, 8),
        worded(Of.COUNTRY, "US"),
        worded(Of.LANGUAGE, "US"),
        worded(Of.CERTIFICATION, "US", "8"),
        *(offer(land, pk, way) for land in LANDS for pk in (0, 8, 9) for way in ("", *OFFERS)),
    }

    assert len(numbers) == 5 + 3 * 3 * 6
    assert max(numbers) < 2**63


# --- Both back ends ------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db
def test_both_back_ends_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(3)
    make_catalogue(random)
    file_everything()
    questions = [(make_question(random), random.choice(["movie", "tv"])) for _ in range(QUESTIONS)]

    by_facets = [answer(*question) for question in questions]
    monkeypatch.setattr(filtering, "are_kept", lambda: False)
    by_tables = [answer(*question) for question in questions]

    assert dict(zip(questions, by_facets, strict=True)) == dict(
        zip(questions, by_tables, strict=True)
    )
    # Or nothing was compared.
    assert sum(bool(found) for found, _walked in by_tables) > QUESTIONS / 2


def answer(query: str, kind: str) -> tuple[list[int], list[int]]:
    """All keys in order: as few are found, and as many are walked through."""
    asked = ask(query, kind)
    few = asked.order.keys(asked._narrowed(TITLES), TITLES)
    walked = asked.order.of(
        asked.order.placed(filtering.in_turn(*asked._asked, asked.order.column))
    )
    return few, list(walked.values_list("pk", flat=True))


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_index_is_what_finds_them() -> None:
    with connection.cursor() as cursor:
        # Among no titles at all, to read them all is quickest.
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = ask("genre=1&language=en&from=2020&offer=rent")._narrowed(TITLES).explain()

    assert plan.count("facets_numbers") == 1
