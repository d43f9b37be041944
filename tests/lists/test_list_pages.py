"""Lists, as they are looked at."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.models import Title
from catalog.sync.facets import file_titles
from lists import keeping
from tests.lists.keep import make_list, make_smart_list, share, titles
from tests.make import make_genre, make_show, make_title, make_user
from tests.read import shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann")
    client.force_login(ann)
    return ann


def test_a_list_shows_what_is_on_it_in_its_order(client: Client, ann: User) -> None:
    make_list(ann, make_title(name="Second"), make_title(name="Alien"))

    page = shown(client, "/@ann/list/rainy-sundays")

    assert "Rainy Sundays" in page
    assert page.index(">Second</a>") < page.index(">Alien</a>")


@pytest.mark.parametrize("address", ["/watchlist", "/favorites", "/seen", "/lists", "/lists/new"])
def test_pages_of_ones_own_are_there_before_anything_is_on_them(
    client: Client, ann: User, address: str
) -> None:
    assert client.get(address).status_code == 200
    assert not ann.lists.exists()


@pytest.mark.parametrize("address", ["/watchlist", "/favorites", "/seen", "/lists", "/lists/new"])
def test_passers_by_are_led_to_the_door_of_pages_of_ones_own(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 303
    assert answer["Location"].startswith("/sign-in?next=")


def test_the_watchlist_shows_what_waits(client: Client, ann: User) -> None:
    keeping.add(keeping.watchlist(ann), make_title(name="Alien"), by=ann)

    assert ">Alien</a>" in shown(client, "/watchlist")


def test_a_list_in_rows_tells_notes_and_what_can_be_done(client: Client, ann: User) -> None:
    made = make_list(ann, make_title(name="Alien"))
    keeping.write_note(made.items.get(), "With the lights on")

    page = shown(client, "/@ann/list/rainy-sundays?view=table")

    assert "With the lights on" in page
    assert "Alien: up" in page


def test_who_only_looks_is_offered_nothing_to_change(client: Client) -> None:
    make_list(make_user(username="ann"), make_title(name="Alien"))

    page = shown(client, "/@ann/list/rainy-sundays?view=table")

    assert "Alien" in page
    assert "Alien: up" not in page


@pytest.mark.parametrize("view", ["", "view=table"])
def test_a_title_that_tmdb_dropped_stays_and_says_so(client: Client, ann: User, view: str) -> None:
    gone = make_title(name="Lost", hidden_at="2026-01-01T00:00Z")
    made = make_list(ann, gone)

    page = shown(client, f"/@ann/list/rainy-sundays?{view}")

    assert "Lost" in page
    assert "No longer at TMDB" in page
    assert gone.get_absolute_url() not in page
    assert made.items.count() == 1


def test_a_list_is_narrowed_by_discovers_filters(client: Client, ann: User) -> None:
    genre = make_genre(tmdb_id=18, name="Drama")
    drama = make_title(name="Tears")
    drama.genres.add(genre)
    make_list(ann, drama, make_title(name="Laughs"))

    page = shown(client, "/@ann/list/rainy-sundays?genre=18")

    assert "Tears" in page
    assert "Laughs" not in page
    assert "1 title" in text(page)


def test_films_and_shows_of_a_list_can_be_looked_at_apart(client: Client, ann: User) -> None:
    make_list(ann, make_title(name="A film"), make_show(name="A series"))

    films = shown(client, "/@ann/list/rainy-sundays?kind=movie")
    shows = shown(client, "/@ann/list/rainy-sundays?kind=tv")

    assert ">A film</a>" in films
    assert ">A series</a>" not in films
    assert ">A series</a>" in shows


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("place", "Beta"),
        ("added", "Gamma"),
        ("name", "Alpha"),
        ("newest", "Gamma"),
        ("oldest", "Beta"),
        ("score", "Alpha"),
        ("popularity", "Beta"),
        ("runtime", "Alpha"),
    ],
)
def test_a_list_has_orders(client: Client, ann: User, sort: str, first: str) -> None:
    make_list(
        ann,
        make_title(name="Beta", release_date="1980-01-01", score=5, popularity=9, runtime=None),
        make_title(name="Alpha", release_date="1990-01-01", score=9, popularity=5, runtime=80),
        make_title(name="Gamma", release_date="2000-01-01", score=7, popularity=7, runtime=90),
    )

    page = shown(client, f"/@ann/list/rainy-sundays?sort={sort}")

    assert min(("Alpha", "Beta", "Gamma"), key=lambda name: page.index(f">{name}</a>")) == first


def test_no_row_is_lost_or_shown_twice_from_page_to_page(client: Client, ann: User) -> None:
    all_of = titles(130, popularity=1)
    make_list(ann, *all_of)

    found = []
    for page in (1, 2, 3, 4):
        rows = client.get(f"/@ann/list/rainy-sundays?sort=popularity&page={page}").context["shelf"]
        found += [row.title.pk for row in rows.rows]

    assert sorted(found) == sorted(title.pk for title in all_of)


def test_ranks_are_those_of_the_whole_list(client: Client, ann: User) -> None:
    make_list(ann, *titles(3), make_title(name="Alien", kind="tv"), is_ranked=True)

    page = client.get("/@ann/list/rainy-sundays?kind=tv")

    assert [row.rank for row in page.context["shelf"].rows] == [4]


def test_a_list_asks_no_more_with_many_titles_than_with_one(client: Client, ann: User) -> None:
    made = make_list(ann, *titles(1), is_ranked=True)
    address = "/@ann/list/rainy-sundays?view=table"
    client.get(address)
    one = _queries(client, address)
    for title in titles(30):
        keeping.add(made, title, by=ann)

    assert _queries(client, address) == one <= 20


def test_overviews_ask_no_more_with_many_lists_than_with_one(client: Client, ann: User) -> None:
    make_list(ann, *titles(2, poster_path="/a.jpg"))
    for address in ("/lists", "/@ann/lists"):
        client.get(address)
    one = [_queries(client, address) for address in ("/lists", "/@ann/lists")]
    for _n in range(8):
        make_list(ann, *titles(3, poster_path="/a.jpg"))

    assert [_queries(client, address) for address in ("/lists", "/@ann/lists")] == one


def test_htmx_gets_the_results_alone(client: Client, ann: User) -> None:
    make_list(ann, make_title(name="Alien"))

    part = shown(client, "/@ann/list/rainy-sundays", **{"HX-Request": "true"})

    assert "Alien" in part
    assert "<h1" not in part
    assert 'id="show"' in part


def test_another_spelling_of_the_name_leads_to_the_right_one(client: Client) -> None:
    make_list(make_user(username="ann"))

    assert client.get("/@ANN/list/rainy-sundays")["Location"] == "/@ann/list/rainy-sundays"
    assert client.get("/@ANN/lists")["Location"] == "/@ann/lists"


def test_lists_shared_with_me_are_among_mine(client: Client, ann: User) -> None:
    bob = make_user(username="bob")
    share(make_list(bob, name="Of bob", visibility="private"), ann)

    assert "Of bob" in shown(client, "/lists")


def test_a_smart_list_is_what_fits_its_filter_just_now(client: Client, ann: User) -> None:
    make_smart_list(ann, "from=1990&to=1999")
    make_title(name="Too old", release_date="1980-01-01", year=1980)
    make_title(name="Right", release_date="1995-01-01", year=1995)
    file_titles(Title.objects.values_list("pk", flat=True))

    page = shown(client, "/@ann/list/smart")

    assert ">Right</a>" in page
    assert ">Too old</a>" not in page


def test_a_smart_list_can_be_narrowed_further(client: Client, ann: User) -> None:
    make_smart_list(ann, "from=1990&to=1999")
    for name, minutes in (("Short", 80), ("Long", 200)):
        make_title(name=name, release_date="1995-01-01", year=1995, runtime=minutes)
    file_titles(Title.objects.values_list("pk", flat=True))

    page = shown(client, "/@ann/list/smart?runtime_max=90")

    assert ">Short</a>" in page
    assert ">Long</a>" not in page


def orders(page: str) -> list[str]:
    """What its menu of orders says."""
    menu = page.partition('id="sort"')[2].partition("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]+)", menu)


def test_the_orders_of_a_smart_list_are_its_own_and_discover_has_its_own(
    client: Client, ann: User
) -> None:
    """Whichever of them was shown first, and kept its menu near."""
    source = make_list(ann, make_title(release_date="1995-01-01"))
    make_smart_list(ann, "from=1990", scope="list", source=source)
    pages = ["/@ann/list/smart", "/discover/movie"]

    shown_first = {page: orders(shown(client, page)) for page in pages}
    caches["near"].clear()
    shown_last = {page: orders(shown(client, page)) for page in reversed(pages)}

    assert shown_first == shown_last
    assert [len(shown_first[page]) for page in pages] == [6, 7]


def test_a_smart_list_may_be_a_choice_of_a_list(client: Client, ann: User) -> None:
    source = make_list(ann, make_title(name="On it", release_date="1995-01-01"))
    make_title(name="Not on it", release_date="1995-01-01")
    make_smart_list(ann, "from=1990", scope="list", source=source)

    page = shown(client, "/@ann/list/smart")

    assert ">On it</a>" in page
    assert ">Not on it</a>" not in page


def test_nobody_sees_a_private_list_through_a_smart_one(client: Client) -> None:
    ann = make_user(username="ann")
    source = make_list(ann, make_title(name="Secret"), visibility="private")
    make_smart_list(ann, scope="list", source=source)

    assert "Secret" not in shown(client, "/@ann/list/smart")


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
