"""What is said where nothing is found, and where one can go from there."""

import re
from html import unescape

import pytest
from django.test import Client

from catalog.models import Company
from tests.catalog.discover.asking import make_company
from tests.make import make_genre, make_title
from tests.read import shown, text

pytestmark = pytest.mark.django_db

FILMS = "/discover/movie"


def empty(page: str) -> str:
    """What stands there instead of titles."""
    found = re.search(r'<div class="empty">.*', page, re.DOTALL)
    assert found
    return found[0]


def buttons(page: str) -> list[tuple[str, str]]:
    """The query of each, and its words."""
    chip = re.compile(r'<a class="chip" href="[^"?]*\??([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
    chips = chip.findall(empty(page))
    return [(query, text(words)) for query, words in chips]


def test_a_value_of_two_filters_is_named_with_its_filter(client: Client) -> None:
    make_genre(tmdb_id=18, name="Drama")

    page = shown(client, f"{FILMS}?genre=18&without=18")

    assert buttons(page) == [
        ("without=18", "Take off: Genre: Drama"),
        ("genre=18", "Take off: Without: Drama"),
    ]


def test_each_of_eight_that_are_chosen_can_be_taken_off_but_no_ninth(client: Client) -> None:
    for number in range(1, 10):
        make_genre(tmdb_id=number, name=f"Genre {number}")
    asked = "&".join(f"genre={number}" for number in range(1, 10))

    page = shown(client, f"{FILMS}?{asked}")

    assert len(buttons(page)) == 8


@pytest.fixture
def lucasfilm() -> Company:
    """A company that has made films only."""
    company = make_company(1, "Lucasfilm & Co")
    make_title(name="Willow").companies.add(company)
    return company


def test_a_term_without_shows_says_so_and_leads_to_its_films(
    client: Client, lucasfilm: Company
) -> None:
    here = lucasfilm.get_absolute_url()

    page = empty(shown(client, f"{here}?kind=tv"))

    assert "No show in the catalogue is filed under “Lucasfilm & Co”." in text(page)
    assert "Titles come from TMDB" not in page
    address = re.search(r'class="button first" href="([^"]*)"[^>]*>Look among the films<', page)
    assert address
    assert "Willow" in shown(client, unescape(address[1]))


def test_a_term_without_films_leads_to_its_shows(client: Client) -> None:
    here = make_company(1, "HBO").get_absolute_url()

    page = empty(shown(client, f"{here}?kind=movie"))

    assert "No film in the catalogue is filed under “HBO”." in text(page)
    assert f'href="{here}?kind=tv">Look among the shows<' in page


def test_filters_of_a_term_are_still_what_can_be_taken_off(
    client: Client, lucasfilm: Company
) -> None:
    page = shown(client, f"{lucasfilm.get_absolute_url()}?kind=tv&from=2050")

    assert [words for _, words in buttons(page)] == ["Take off: From: 2050"]
