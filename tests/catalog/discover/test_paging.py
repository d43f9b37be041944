"""Every order from its first row to its last, by number and by cursor, and how many there are."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode

import pytest

from catalog.discover import PER_PAGE, Count, Page, discovering, paging
from catalog.discover.orders import ORDERS
from catalog.models import Title
from tests.catalog.discover.asking import ask, page
from tests.make import make_show, make_title

pytestmark = pytest.mark.django_db

TITLES = 30
# As (column, from its greatest value, through the key downwards, too).
SORTED_BY = {
    "popularity": ("popularity", True, False),
    "score": ("score", True, False),
    "newest": ("release_date", True, True),
    "oldest": ("release_date", False, False),
    "name": ("name", False, False),
    "runtime": ("runtime", False, False),
    "votes": ("vote_count", True, False),
}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovering, "PER_PAGE", 7)
    monkeypatch.setattr(paging, "PER_PAGE", 7)


@pytest.fixture(params=["few", "many"])
def however_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows, taken for few and for many: they are read in two ways."""
    if request.param == "many":
        monkeypatch.setattr(discovering, "FEW", 5)


def make_titles() -> None:
    """Each value three times, so that every page ends amid equals."""
    for n in range(TITLES):
        make_title(
            name=f"Film {n // 3:02}  of {n // 3}",
            popularity=n // 3 + 0.1,
            score=n // 3 / 7,
            vote_count=n // 3,
            runtime=60 + n // 3,
            release_date=date(2000, 1, 1) + timedelta(days=n // 3),
        )


def in_order(sort: str) -> list[int]:
    column, falling, backwards = SORTED_BY[sort]
    titles = sorted(Title.objects.all(), key=lambda title: title.pk, reverse=backwards)
    titles.sort(key=lambda title: getattr(title, column), reverse=falling)
    return [title.pk for title in titles]


def pages_by_cursor(query: str) -> list[Page]:
    pages = [page(query)]
    while pages[-1].next_query:
        assert len(pages) < TITLES
        pages.append(page(pages[-1].next_query))
    return pages


def keys(pages: list[Page]) -> list[int]:
    return [title.pk for each in pages for title in each.titles]


# --- Orders --------------------------------------------------------------------------------------
def test_every_order_is_tested() -> None:
    assert set(SORTED_BY) == set(ORDERS)


@pytest.mark.usefixtures("small_pages", "however_many")
@pytest.mark.parametrize("sort", ORDERS)
def test_an_order_is_whole_from_cursor_to_cursor(sort: str) -> None:
    make_titles()

    assert keys(pages_by_cursor(f"sort={sort}")) == in_order(sort)


@pytest.mark.usefixtures("small_pages", "however_many")
@pytest.mark.parametrize("sort", ORDERS)
def test_an_order_is_whole_from_number_to_number(sort: str) -> None:
    make_titles()
    pages = [page(f"sort={sort}&page={n}") for n in range(1, 6)]

    assert keys(pages) == in_order(sort)
    assert [each.number for each in pages] == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("small_pages", "however_many")
def test_a_row_that_comes_before_pushes_none_onto_the_next_page_again() -> None:
    make_titles()
    first = page("sort=votes")
    make_title(vote_count=99)
    second = page(first.next_query or "")

    assert keys([first, second]) == in_order("votes")[1:15]


@pytest.mark.usefixtures("small_pages", "however_many")
def test_a_row_that_goes_takes_none_with_it() -> None:
    make_titles()
    everything = in_order("newest")
    first = page("sort=newest")
    first.titles[-1].delete()
    second = page(first.next_query or "")

    assert keys([second]) == everything[7:14]


@pytest.mark.parametrize("name", ["Æon Flux", "100% Wolf & Co", "a_b", "千と千尋", "A  B", " x"])
@pytest.mark.usefixtures("small_pages")
def test_a_list_goes_on_after_any_name(name: str) -> None:
    for _ in range(8):
        make_title(name=name)

    assert len(set(keys(pages_by_cursor("sort=name")))) == 8


# --- Cursors -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ("popularity", "x"),
        ("popularity", "_"),
        ("popularity", "1_"),
        ("popularity", "1_nan"),
        ("popularity", "1_inf"),
        ("popularity", "-1_5"),
        ("popularity", "9" * 25 + "_5"),
        ("votes", "1_5.5"),
        ("votes", "1_" + "9" * 20),
        ("newest", "1_2000-02-31"),
        ("newest", "1_soon"),
        ("runtime", "1_-5"),
        ("name", "1_a\x00"),
        ("name", "1_" + "x" * 501),
    ],
)
def test_a_cursor_that_is_none_of_ours_leaves_the_number(sort: str, after: str) -> None:
    make_titles()
    asked = ask(urlencode({"sort": sort, "page": 3, "after": after}))
    shown = asked.page("en-US")

    assert keys([shown]) == in_order(sort)[14:21]
    assert len(asked.ignored) == 1


@pytest.mark.usefixtures("small_pages")
def test_after_the_last_row_stands_the_last_page() -> None:
    make_titles()
    last = Title.objects.get(pk=in_order("votes")[-1])
    shown = page(f"sort=votes&page=6&after={last.pk}_{last.vote_count}")

    assert shown.number == 5
    assert keys([shown]) == in_order("votes")[28:]


@pytest.mark.usefixtures("small_pages")
def test_the_page_after_the_first_is_the_second_whatever_it_says() -> None:
    make_titles()
    query = parse_qs(page("sort=votes").next_query or "")

    assert page(urlencode({"sort": "votes", "after": query["after"][0]})).number == 2
    assert page(urlencode({"sort": "votes", "after": query["after"][0], "page": 99})).number == 5


# --- Links to other pages ------------------------------------------------------------------------
@pytest.mark.usefixtures("small_pages")
def test_pages_lead_to_their_neighbours() -> None:
    make_titles()
    first, second, last = page(), page("page=2"), page("page=5")

    assert (first.previous_query, second.previous_query, last.previous_query) == (
        None,
        "",
        "page=4",
    )
    assert first.next_query == f"page=2&after={first.titles[-1].pk}_{first.titles[-1].popularity}"
    assert last.next_query is None


def test_the_first_page_has_none_before_it() -> None:
    make_title()

    assert page().previous_query is None


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
        (300, 239, [1, None, 239]),
    ],
)
def test_the_numbers_around_a_page_and_at_the_ends_are_shown(
    number: int, last: int, shown: list[int | None]
) -> None:
    assert paging.window(number, last) == shown


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(("query", "number"), [("page=99", 5), ("page=6", 5), ("page=1000000", 5)])
def test_a_page_beyond_the_end_is_the_last(query: str, number: int) -> None:
    make_titles()
    asked = ask(query)

    assert asked.page("en-US").number == number
    assert len(asked.ignored) == 1


@pytest.mark.usefixtures("small_pages")
def test_a_list_too_long_for_numbers_goes_on_by_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovering, "FEW", 5)
    monkeypatch.setattr(discovering, "COUNTED", 10)
    make_titles()
    pages = pages_by_cursor("sort=votes")

    assert keys(pages) == in_order("votes")
    assert [each.number for each in pages] == [1, 2, 3, 4, 5]
    assert str(pages[0].count) == "10+"
    assert page("sort=votes&page=3").number == 2


# --- Counting ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (Count(0), "0"),
        (Count(999), "999"),
        (Count(1234), "1,234"),
        (Count(10_000), "10,000"),
        (Count(10_000, is_exact=False), "10,000+"),
    ],
)
def test_a_count_is_shown_as_far_as_it_is_known(count: Count, shown: str) -> None:
    assert str(count) == shown


@pytest.mark.parametrize(
    ("counted", "shown"), [(TITLES + 1, "30"), (TITLES, "30"), (TITLES - 1, "29+")]
)
def test_so_many_are_counted_and_no_more(
    monkeypatch: pytest.MonkeyPatch, counted: int, shown: str
) -> None:
    monkeypatch.setattr(discovering, "FEW", 5)
    monkeypatch.setattr(discovering, "COUNTED", counted)
    make_titles()

    assert str(ask().count) == shown


def test_what_several_filters_leave_is_counted_less_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovering, "FEW", 5)
    make_titles()

    assert str(ask("votes_min=1").count) == "27"
    assert str(ask("votes_min=1&runtime_min=1").count) == "5+"


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (Count(0), 1),
        (Count(42), 1),
        (Count(43), 2),
        (Count(2_000, is_exact=False), 48),
        (Count(10_000, is_exact=False), 239),
    ],
)
def test_the_last_page_with_a_number(count: Count, last: int) -> None:
    assert count.last_page == last


def test_nothing_found_is_a_page_too() -> None:
    make_show()
    shown = page()

    assert (shown.titles, shown.number, shown.next_query, str(shown.count)) == ([], 1, None, "0")


def test_a_page_has_whole_rows() -> None:
    for _ in range(PER_PAGE + 1):
        make_title()

    assert len(page().titles) == 42
    assert page("page=2").first_row == 43
