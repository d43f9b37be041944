"""How much is expected to match decides where it is looked for, and never what is found."""

import pytest
from django.core.cache import caches
from django.db import connection

from catalog.discover import discovering, facets
from catalog.discover.shares import Shares, shares
from catalog.models.facets import Of, facet, worded
from tests.catalog.discover.asking import ask, file_everything, make_keyword, make_language
from tests.make import make_genre, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FILMS, ENGLISH, DRAMA, COMEDY = (
    worded(Of.KIND, "movie"),
    worded(Of.LANGUAGE, "en"),
    facet(Of.GENRE, 18),
    facet(Of.GENRE, 35),
)
KNOWN = Shares(1_000_000, {FILMS: 0.9, ENGLISH: 0.6, DRAMA: 0.02, COMEDY: 0.25})


@pytest.fixture
def back_end() -> None:
    """Only facets have shares."""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "shares", lambda: KNOWN)
    for genre in (18, 35):
        make_genre(tmdb_id=genre)
    make_keyword(7, "heist")
    make_language("en")


def file_thirty() -> list[int]:
    """The best known first."""
    made = [make_title(runtime=100, vote_count=9, popularity=30 - n).pk for n in range(30)]
    file_everything()
    return made


def plan(query: str) -> str:
    with connection.cursor() as cursor:
        # Among no titles at all, to read them all is quickest.
        cursor.execute("SET LOCAL enable_seqscan = off")
    return ask(query)._narrowed(2_000).explain()


# --- What PostgreSQL knows -----------------------------------------------------------------------
def test_shares_are_those_that_were_counted_last() -> None:
    for n in range(20):
        make_title(runtime=100 if n < 5 else 61)
    file_everything()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_facets")
    caches["near"].clear()
    counted = shares()

    assert counted.titles == 20
    assert counted.of_any([FILMS]) == pytest.approx(1)
    assert counted.of_any([facet(Of.RUNTIME, 10)]) == pytest.approx(0.25)
    assert counted.of_any([facet(Of.RUNTIME, 10), facet(Of.RUNTIME, 6)]) == pytest.approx(1)
    assert counted.of_any([DRAMA]) == 0


def test_before_anything_was_counted_nothing_is_expected() -> None:
    assert facets.expected(*ask("genre=18")._asked) == 0


# --- What is expected ----------------------------------------------------------------------------
@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 900_000),
        ("genre=18", 18_000),
        ("genre=18&genre=35", 4_500),
        ("genre=18&genre=35&genres=any", 243_000),
        ("genre=18&without=35", 13_500),
        ("genre=18&keyword=7", 0),
    ],
)
def test_as_many_are_expected_as_share_everything(query: str, number: int) -> None:
    assert facets.expected(*ask(query)._asked) == pytest.approx(number)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("query", "is_sorted"),
    # Of a million, one in 222 and one in 56: a page of 42 is full after 9,300 or 2,300.
    [("genre=18&genre=35", True), ("genre=18", False), ("genre=18&keyword=7", True)],
)
def test_titles_are_sorted_where_to_walk_to_a_page_is_longer(query: str, is_sorted: bool) -> None:
    assert facets.is_sooner_sorted(*ask(query)._asked, 42) is is_sorted


# --- Where it is looked for ----------------------------------------------------------------------
@pytest.mark.usefixtures("known")
def test_the_index_is_asked_for_what_is_rare() -> None:
    told = plan("genre=18&language=en")

    assert "facets_numbers" in told
    in_index = next(line for line in told.splitlines() if "Index Cond" in line)
    assert str(DRAMA) in in_index
    assert str(FILMS) not in in_index
    assert str(ENGLISH) not in in_index
    # They are looked up in the rows.
    assert str(FILMS) in told
    assert str(ENGLISH) in told


@pytest.mark.usefixtures("known")
def test_where_titles_are_met_at_every_turn_no_index_is_asked() -> None:
    assert "facets_numbers" not in plan("language=en")


@pytest.mark.parametrize(("few", "is_sorted"), [(6, True), (5, False)])
def test_a_little_more_than_few_are_sorted_too(
    monkeypatch: pytest.MonkeyPatch, few: int, is_sorted: bool
) -> None:
    monkeypatch.setattr(discovering, "FEW", few)
    # Of a catalogue that is known to be large; what has been counted here changes by itself.
    monkeypatch.setattr(facets, "shares", lambda: Shares(1000, {}))
    made = file_thirty()
    asked = ask("runtime_min=1&votes_min=1")

    assert [title.pk for title in asked.page("en-US").titles] == made
    assert str(asked.count) == f"{few}+"
    assert (asked._few is not None) is is_sorted
