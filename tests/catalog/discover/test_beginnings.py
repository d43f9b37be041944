"""The first of an order are found among few titles, and they are the first of all."""

from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.discover import Discover, beginnings, discovering, facets
from catalog.discover.orders import Order
from catalog.discover.shares import Shares
from catalog.models import Facets, Title
from catalog.models.facets import LOTS, NAMES, POPULARITIES, WEIGHTED, Of, facet, worded, years
from tests.catalog.discover.asking import ask, file_everything, page
from tests.catalog.discover.everything import TITLES, make_catalogue, make_question
from tests.make import make_genre, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

QUESTIONS, TRIED = 120, 3
FILMS, DRAMA = worded(Of.KIND, "movie"), facet(Of.GENRE, 18)
# Of a million films one in fifty is a drama.
STEPS = {facet(Of.POPULARITY, n): share for n, share in ((1, 0.001), (2, 0.01), (3, 0.1))}
RUNTIMES = {facet(Of.RUNTIME, 8): 0.02, facet(Of.RUNTIME, 9): 0.2, facet(Of.RUNTIME, 10): 0.3}
RECENT = {facet(Of.YEAR, 2024): 0.01, facet(Of.YEAR, 2025): 0.005}
VOTED = {facet(Of.VOTES, 100): 0.1, facet(Of.VOTES, 5000): 0.002}
KNOWN = Shares(1_000_000, {FILMS: 1, DRAMA: 0.02, **STEPS, **RUNTIMES, **RECENT, **VOTED})


@pytest.fixture
def back_end() -> None:
    """Only facets have beginnings."""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (facets, beginnings):
        monkeypatch.setattr(module, "shares", lambda: KNOWN)
    make_genre(tmdb_id=18)


def numbers_of(of: Of, **columns: Any) -> list[int]:
    """Those a title with such columns is under."""
    title = make_title(**columns)
    file_everything()
    return [number - facet(of, 0) for number in title.facets.numbers if number >> 56 == of]


def tried(query: str, most: int = 2_000) -> list[list[int]]:
    asked = ask(query)
    return [*beginnings.beginnings(*asked._asked, asked.order, 43, most)]


# --- Numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("popularity", "step"), [(512, 1), (511.9, 2), (2, 9), (1.9, 10), (1, 10), (0.99, 11)]
)
def test_a_title_is_under_each_popularity_that_it_has(popularity: float, step: int) -> None:
    under = numbers_of(Of.POPULARITY, popularity=popularity)

    assert under == [*range(step, len(POPULARITIES) + 1)]


@pytest.mark.parametrize(("score", "step"), [(8, 1), (7.99, 2), (6.25, 8), (6.21, 10), (6.2, 11)])
def test_a_title_is_under_each_score_that_it_has(score: float, step: int) -> None:
    assert numbers_of(Of.WEIGHTED, score=score) == [*range(step, len(WEIGHTED) + 1)]


@pytest.mark.parametrize(
    ("name", "step"), [("#", 1), ("1", 2), ("9 Songs", 2), ("A", 3), ("Am", 4), ("D", 6), ("E", 7)]
)
def test_a_title_is_under_each_name_that_comes_after_its_own(name: str, step: int) -> None:
    assert numbers_of(Of.NAME, name=name) == [*range(step, len(NAMES) + 1)]


def test_some_titles_are_drawn_whatever_they_are_like() -> None:
    for _ in range(320):
        make_title()
    file_everything()
    drawn = [
        {
            *Facets.objects.filter(numbers__contains=[facet(Of.LOT, lot)]).values_list(
                "pk", flat=True
            )
        }
        for lot in LOTS
    ]

    assert 3 < len(drawn[0]) < 50
    assert drawn[1] < drawn[0]


# --- What comes first ----------------------------------------------------------------------------
def test_what_an_order_begins_with_is_the_first_of_all() -> None:
    random = Random(5)
    make_catalogue(random)
    file_everything()
    compared = 0
    for _ in range(QUESTIONS):
        asked = ask(make_question(random), random.choice(["movie", "tv"]))
        everything = asked.order.keys(asked._narrowed(TITLES), TITLES)
        begins = [*beginnings._beginnings(asked.order, asked._asked[1])[0]]
        for begun in random.sample(begins, min(TRIED, len(begins))):
            first = asked.order.keys(asked._narrowed(TITLES, begun), TITLES)
            assert first == everything[: len(first)]
            compared += 0 < len(first) < len(everything)

    assert compared > QUESTIONS / 4


# --- What is tried -------------------------------------------------------------------------------
@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("query", "begins"),
    [
        # Of 20,000 dramas twenty, 200 and 2,000 are as popular as that.
        ("genre=18", [[facet(Of.POPULARITY, 2)], [facet(Of.POPULARITY, 3)]]),
        # Of 400 that are no longer than that, all.
        ("genre=18&runtime_max=89&sort=runtime", []),
        ("genre=18&sort=runtime", [[facet(Of.RUNTIME, ten) for ten in range(9)]]),
        ("genre=18&runtime_min=80&sort=runtime", [[facet(Of.RUNTIME, 8)]]),
        ("genre=18&sort=newest", [[*years(2024, 2040)]]),
        # Of 20,000 dramas forty have more votes than 5,000, and 2,000 more than a hundred.
        ("genre=18&sort=votes", [[facet(Of.VOTES, 100)]]),
        ("genre=18&votes_min=100&sort=votes", []),
        # All that are popular are among the 2,000.
        ("genre=18&votes_min=100", [[facet(Of.POPULARITY, 2)], [facet(Of.POPULARITY, 3)]]),
    ],
)
def test_so_many_are_looked_for_as_fill_a_page(query: str, begins: list[list[int]]) -> None:
    assert tried(query) == begins


@pytest.mark.usefixtures("known")
def test_what_is_met_at_every_turn_is_walked_to() -> None:
    assert tried("") == []


@pytest.mark.usefixtures("known")
def test_no_more_are_looked_for_than_are_sorted() -> None:
    assert tried("genre=18", most=1_000) == [[facet(Of.POPULARITY, 2)]]


# --- Pages ---------------------------------------------------------------------------------------
@pytest.fixture
def dramas(known: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sixty that are taken for twenty thousand, ten of them popular, the most popular first."""
    made = [make_title(popularity=300 - n if n < 10 else 1) for n in range(60)]
    for title in made:
        title.genres.add(18)
    monkeypatch.setattr(Discover, "_are_many", True)
    return [title.pk for title in made]


def walks(queries: CaptureQueriesContext) -> int:
    return sum('"catalog_title"."popularity" DESC' in query["sql"] for query in queries)


def first_page() -> tuple[list[int], int]:
    """And how often it was walked to."""
    file_everything()
    with CaptureQueriesContext(connection) as queries:
        shown = page("genre=18")
    return [title.pk for title in shown.titles], walks(queries)


def test_a_page_is_what_an_order_begins_with(
    dramas: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovering, "PER_PAGE", 7)

    assert first_page() == (dramas[:7], 0)


def test_what_the_beginning_has_too_few_of_is_walked_to(
    dramas: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovering, "PER_PAGE", 12)

    assert first_page() == (dramas[:12], 1)


def test_of_what_the_beginning_has_too_many_of_is_walked_to(
    dramas: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovering, "PER_PAGE", 7)
    keys = Order.keys
    monkeypatch.setattr(Order, "keys", lambda order, rows, most: keys(order, rows, 9))

    assert first_page() == (dramas[:7], 1)


# --- How many there are --------------------------------------------------------------------------
def draw(lot: int, many: int) -> None:
    """As if so many titles had been drawn, and nothing else."""
    for n, row in enumerate(Facets.objects.order_by("pk")):
        kept = [number for number in row.numbers if number >> 56 != Of.LOT]
        row.numbers = [*kept, facet(Of.LOT, lot)] if n < many else kept
        row.save()


def counted(monkeypatch: pytest.MonkeyPatch, drawn: int) -> str:
    """Of thirty that are taken for twenty thousand; three of the lot of sixty-four are enough."""
    monkeypatch.setattr(discovering, "SAMPLES", ((8_000, 64, 3), (4_000, 16, 200)))
    for _ in range(30):
        make_title(vote_count=9).genres.add(18)
    file_everything()
    draw(64, drawn)
    return str(ask("genre=18&votes_min=1").count)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("drawn", "said"), [(3, "2,000+"), (2, "30")])
def test_a_sample_tells_whether_there_are_more_than_few(
    monkeypatch: pytest.MonkeyPatch, drawn: int, said: str
) -> None:
    known = Shares(1_000_000, KNOWN.common | {facet(Of.VOTES, 1): 0.9})
    monkeypatch.setattr(facets, "shares", lambda: known)

    assert counted(monkeypatch, drawn) == said


def test_where_few_are_expected_no_sample_is_asked() -> None:
    make_title()
    file_everything()
    with CaptureQueriesContext(connection) as queries:
        page("votes_min=0&score_min=0")

    assert Title.objects.count() == 1
    assert not [query for query in queries if str(facet(Of.LOT, 64)) in query["sql"]]
