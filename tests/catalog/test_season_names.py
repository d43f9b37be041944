"""What seasons are called: as TMDB names them, or in the reader's language where it counts them."""

import pytest
from django.test import Client
from django.utils import translation

from catalog.models import Season, Title
from tests.make import make_season
from tests.read import part, shown

pytestmark = pytest.mark.django_db

SHOW = "/tv/1396-breaking-bad"


@pytest.mark.parametrize(
    ("number", "name", "called"),
    [
        (2, "Season 2", "Сезон 2"),
        (0, "Specials", "Спецвыпуски"),
        (2, "", "Сезон 2"),
        (2, "Book Two: Earth", "Book Two: Earth"),
        (2, "Season 1", "Season 1"),
        (2, "Specials", "Specials"),
    ],
)
def test_only_a_name_that_does_no_more_than_count_is_translated(
    number: int, name: str, called: str
) -> None:
    with translation.override("ru"):
        assert Season(number=number, name=name).full_name == called


def test_in_english_they_are_called_as_before() -> None:
    names = [Season(number=n, name=name) for n, name in ((1, "Season 1"), (0, "Specials"))]

    assert [str(season) for season in names] == ["Season 1", "Specials"]


def test_a_season_s_page_calls_it_as_its_tabs_do(client: Client, show: Title) -> None:
    for number in (1, 2):
        make_season(show, number=number, name=f"Season {number}")

    page = shown(client, f"{SHOW}/season/1", accept_language="ru")

    assert part(page, r'<nav class="tabs".*?</nav>') == "Сезон 1 Сезон 2"
    assert part(page, r"<h1.*?</h1>") == "Сезон 1"
    assert part(page, r'rel="next".*?</a>').endswith("Сезон 2")
    assert "Season" not in part(page, r"<title>.*?</title>")


def test_a_show_s_page_lists_them_in_the_reader_s_language(client: Client, show: Title) -> None:
    for number, name in ((1, "Season 1"), (2, "Full Measures"), (0, "Specials")):
        make_season(show, number=number, name=name)

    page = shown(client, SHOW, accept_language="ru")

    seasons = part(page, r'<ul class="seasons">.*?</ul>')
    for name in ("Сезон 1", "Full Measures", "Спецвыпуски"):
        assert name in seasons
    assert "Season 1" not in seasons
