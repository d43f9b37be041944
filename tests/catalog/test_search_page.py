"""The page of a search: what is found, under which tab, and what is said when nothing is."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.about import found as finding
from catalog.views import search
from tests.make import (
    make_collection,
    make_genre,
    make_person,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
FAMOUS: dict[str, Any] = {"vote_count": 20_000, "vote_average": 8, "popularity": 90}


def shown(client: Client, query: dict[str, Any] | None = None, **headers: str) -> str:
    page = client.get("/search", query, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def context(client: Client, words: str, **asked: Any) -> Any:
    call_command("reindex", verbosity=0)
    page = client.get("/search", {"q": words} | asked)
    assert page.status_code == 200
    return page.context


def found(client: Client, words: str, **asked: Any) -> list[str]:
    """Names of everything that a search shows, from the top."""
    told = context(client, words, **asked)
    sections = [*([told["top"]] if told["top"] else []), *told["sections"]]
    return [thing.name for section in sections for thing in section.things]


def tabs(client: Client, words: str, **asked: Any) -> dict[str, int]:
    return {tab.name: tab.count for tab in context(client, words, **asked)["tabs"]}


# --- What is found -------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["The Matrix", "matrix", "MATR", "  the   matrix ", "mat\x00rix"])
def test_a_title_is_found_by_a_part_of_its_name(client: Client, words: str) -> None:
    make_title(name="The Matrix")
    make_title(name="Heat")

    assert found(client, words) == ["The Matrix"]


def test_a_title_is_found_by_its_original_name(client: Client) -> None:
    make_title(name="Spirited Away", original_name="千と千尋の神隠し")

    assert found(client, "千尋") == ["Spirited Away"]


def test_shows_people_and_collections_are_found_beside_films(client: Client) -> None:
    make_title(name="Dark City")
    make_show(name="Dark")
    make_person(name="Dark Helmet")
    make_collection(name="Dark Knights")

    assert set(found(client, "dark")) == {"Dark City", "Dark", "Dark Helmet", "Dark Knights"}


def test_what_is_hidden_is_not_found(client: Client) -> None:
    make_title(name="Dark City", hidden_at=PAST)
    make_person(name="Dark Helmet", hidden_at=PAST)

    assert found(client, "dark") == []


def test_what_many_have_voted_on_comes_first(client: Client) -> None:
    for votes in (10, 1000, 100):
        make_title(name=f"Film with {votes} votes", vote_count=votes)

    assert found(client, "film with") == [f"Film with {n} votes" for n in (1000, 100, 10)]


def test_what_is_clearly_meant_stands_on_top(client: Client) -> None:
    make_title(name="Heat", overview="Cops and robbers.", **FAMOUS)
    make_title(name="Heat Wave")

    told = context(client, "heat")

    assert [title.name for title in told["top"].things] == ["Heat"]
    assert [title.name for title in told["sections"][0].things] == ["Heat Wave"]


def test_of_what_is_clearly_meant_more_is_told(client: Client) -> None:
    make_title(name="Heat", overview="Cops and robbers.", **FAMOUS)
    call_command("reindex", verbosity=0)

    assert "Cops and robbers." in shown(client, {"q": "heat"})


def test_a_person_may_be_what_is_clearly_meant(client: Client) -> None:
    make_person(name="Keanu Reeves", popularity=90)

    assert context(client, "keanu reeves")["top"].of == "person"


def test_what_fits_best_stands_before_what_fits_less(client: Client) -> None:
    make_title(name="A film about Keanu")
    make_person(name="Keanu")

    assert found(client, "keanu")[0] == "Keanu"


def test_names_found_are_in_the_reader_s_language(client: Client) -> None:
    make_translation(make_title(name="Jaws"), "de-DE", name="Der weiße Hai")
    call_command("reindex", verbosity=0)

    assert "Der weiße Hai" in shown(client, {"q": "jaws"}, accept_language="de")


# --- Tabs, filters, pages ------------------------------------------------------------------------
def test_every_kind_that_was_found_has_a_tab_with_its_count(client: Client) -> None:
    make_title(name="Dark City")
    make_title(name="Dark Star")
    make_show(name="Dark")
    make_person(name="Dark Helmet")

    assert tabs(client, "dark") == {"All": 4, "Films": 2, "TV": 1, "People": 1}


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("movie", ["Dark City"]),
        ("tv", ["Dark"]),
        ("person", ["Dark Helmet"]),
        ("collection", ["Dark Knights"]),
    ],
)
def test_a_tab_shows_its_kind_alone(client: Client, tab: str, names: list[str]) -> None:
    make_title(name="Dark City")
    make_show(name="Dark")
    make_person(name="Dark Helmet")
    make_collection(name="Dark Knights")

    assert found(client, "dark", type=tab) == names


def test_the_tab_that_is_open_is_marked(client: Client) -> None:
    make_show(name="Dark")
    call_command("reindex", verbosity=0)

    page = shown(client, {"q": "dark", "type": "tv"})

    assert re.findall(r'aria-current="page">(\w+)', page)[0] == "TV"


def test_titles_can_be_narrowed_to_a_genre_and_years(client: Client) -> None:
    crime = make_genre(for_movies=True)
    for year in (1985, 1995, 2005):
        make_title(name=f"Heat {year}", year=year).genres.add(crime)
    make_title(name="Heat 1996", year=1996)

    asked = {"genre": crime.pk, "from": 1990, "to": 2000}

    assert found(client, "heat", **asked) == ["Heat 1995"]


def test_from_tab_to_tab_of_titles_the_filters_stay(client: Client) -> None:
    make_title(name="Heat", year=1995)

    told = context(client, "heat", **{"from": 1990})

    assert [tab.url for tab in told["tabs"]] == [
        "/search?q=heat&from=1990",
        "/search?q=heat&type=movie&from=1990",
    ]


def test_people_have_neither_genre_nor_year(client: Client) -> None:
    make_person(name="Heather")

    assert found(client, "heather", type="person", genre=make_genre().pk) == ["Heather"]


def test_filters_that_nothing_fits_can_be_cleared(client: Client) -> None:
    make_title(name="Heat", year=1995)

    page = shown(client, {"q": "heat", "from": 2020})

    assert "not of this genre and these years" in page
    assert 'href="/search?q=heat">Clear the filters' in page


def test_no_title_is_lost_or_repeated_between_pages(client: Client) -> None:
    for n in range(finding.PER_PAGE + 5):
        make_title(name=f"Film {n} of many")

    pages = [found(client, "of many", page=n) for n in (1, 2)]

    assert len(pages[0]) == finding.PER_PAGE
    assert len(set(pages[0] + pages[1])) == finding.PER_PAGE + 5


def test_people_stand_on_the_first_page_only(client: Client) -> None:
    for n in range(finding.PER_PAGE + 5):
        make_title(name=f"Dark {n}")
    make_person(name="Dark Helmet")

    assert "Dark Helmet" in found(client, "dark")
    assert "Dark Helmet" not in found(client, "dark", page=2)


def test_of_many_titles_the_best_stand_before_the_people_and_the_rest_after(
    client: Client,
) -> None:
    for n in range(finding.ON_TOP + 1):
        make_title(name=f"Dark {n}", vote_count=1000)
    make_person(name="Dark Helmet")

    sections = context(client, "dark")["sections"]

    assert [(s.of, len(s.things)) for s in sections] == [
        ("title", finding.ON_TOP),
        ("person", 1),
        ("rest", 1),
    ]


def test_of_many_people_a_few_stand_beside_the_titles(client: Client) -> None:
    for n in range(finding.IN_A_ROW["person"] + 1):
        make_person(name=f"Anna {n}")
    make_title(name="Anna")

    section = next(s for s in context(client, "anna")["sections"] if s.of == "person")

    assert len(section.things) == finding.IN_A_ROW["person"]
    assert section.url == "/search?q=anna&type=person"


# --- Pasted addresses ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "tt0113277",
        "https://www.imdb.com/title/tt0113277/?ref_=nv_sr",
        "https://www.themoviedb.org/movie/949-heat",
        "/movie/949",
    ],
)
def test_a_pasted_address_leads_to_what_it_is_of(client: Client, words: str) -> None:
    make_title(tmdb_id=949, name="Heat", imdb_id="tt0113277")

    page = client.get("/search", {"q": words})

    assert (page.status_code, page["Location"]) == (302, "/movie/949-heat")


@pytest.mark.parametrize("words", ["tt0113277", "https://www.themoviedb.org/person/1158"])
def test_an_address_of_what_is_not_here_can_be_asked_for(client: Client, words: str) -> None:
    page = shown(client, {"q": words})

    assert "That one has not come here yet" in page
    assert 'action="/search/further"' in page


# --- Nothing, and nonsense -----------------------------------------------------------------------
@pytest.mark.parametrize("words", ["", "   ", "\x00", "\t\n"])
def test_who_looks_for_nothing_is_told_where_to_begin(client: Client, words: str) -> None:
    make_title(name="Heat", poster_path="/heat.jpg")

    page = shown(client, {"q": words})

    assert "Popular films" in page
    assert "Heat" in page


def test_what_there_is_to_begin_with_is_in_the_reader_s_language(client: Client) -> None:
    film = make_title(name="Jaws", poster_path="/a.jpg")
    make_translation(film, "de-DE", name="Der weiße Hai")

    assert "Der weiße Hai" in shown(client, accept_language="de")


@pytest.mark.parametrize(
    "words", ["nothing of that name", "a" * 10_000, "%" * 10_000, "🎬", "%", "\ufffd", "!!!"]
)
def test_who_finds_nothing_can_look_further(client: Client, words: str) -> None:
    make_title(name="M")
    call_command("reindex", verbosity=0)

    page = shown(client, {"q": words})

    assert "Nothing here has that name" in page
    assert 'action="/search/further"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"type": "x"}, "There is no such kind of result; these are all."),
        ({"genre": "abc"}, "There is no such genre."),
        ({"genre": "999999"}, "There is no such genre."),
        ({"from": "abc"}, "A year has four digits."),
        ({"to": "9" * 5000}, "A year has four digits."),
        ({"page": "-1"}, "There is no such page; this is page 1."),
        ({"page": str(10**9)}, "There is no such page; this is page 1."),
        ({"page": "x\x00"}, "There is no such page; this is page 1."),
        ({"q": "heat" + "t" * 10_000}, "Only the first 200 letters were looked for."),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(
    client: Client, asked: dict[str, str], said: str
) -> None:
    make_title(name="Heat")
    call_command("reindex", verbosity=0)

    assert said in shown(client, {"q": "heat"} | asked)


@pytest.mark.parametrize(
    "asked",
    [
        "q=heat&q=dark&page=x&unknown=1",
        "q=%ff%fe%00",
        "q=%ed%a0%80",
        "q=heat%ed%a0%80&looked=%ed%a0%80",
        "q=heat&looked=movie-999999999999999.person-0.tv-1",
        "q=heat&looked=" + "movie-1." * 1200,
        "q=tt" + "9" * 12,
        "q=themoviedb.org/movie/" + "9" * 15,
        "q=themoviedb.org/movie/" + "9" * 40,
        "q=%27%3B+DROP+TABLE+catalog_title%3B+--",
        "q=heat&from=2000&to=1990",
    ],
)
def test_whatever_is_asked_is_answered_with_a_page(client: Client, asked: str) -> None:
    make_title(name="Heat")

    assert client.get(f"/search?{asked}").status_code == 200


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("100%", {"100% Wolf"}),
        ("%", set()),
        ("snake_", {"Snake_Eyes"}),
        ("_", set()),
        ("l'été", {"L'été dernier"}),
        ("'", set()),
        ('"great"', {'The "Great" One'}),
        ("back\\", {"Back\\slash"}),
        ("<b>bold", {"<b>Bold</b>"}),
    ],
)
def test_signs_do_no_harm(client: Client, words: str, names: set[str]) -> None:
    for name in ("100% Wolf", "Snake_Eyes", "L'été dernier", 'The "Great" One', "Back\\slash"):
        make_title(name=name)
    make_title(name="<b>Bold</b>")
    make_title(name="Heat")

    assert set(found(client, words)) == names


def test_what_was_typed_is_text_and_nothing_else(client: Client) -> None:
    page = client.get("/search", {"q": '"><script>alert(1)</script>'})

    assert b"<script>alert" not in page.content


def test_search_engines_keep_no_results(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in shown(client, {"q": "heat"})


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("most", [5, 60])
def test_a_search_costs_the_same_however_much_it_finds(
    client: Client, django_assert_max_num_queries: Any, language: str, most: int
) -> None:
    for n in range(most):
        make_translation(make_title(name=f"Film {n}"), "de-DE", name=f"Streifen {n}")
        make_person(name=f"Film maker {n}")
        make_collection(name=f"Film collection {n}")
    call_command("reindex", verbosity=0)
    looked = ".".join(f"movie-{n}" for n in range(most))

    with django_assert_max_num_queries(15):
        shown(client, {"q": "film", "looked": looked}, accept_language=language)


def test_there_are_as_many_to_begin_with_as_two_rows_hold(client: Client) -> None:
    for _ in range(search.SUGGESTED + 1):
        make_title(poster_path="/a.jpg")

    assert len(client.get("/search").context["suggested"]) == search.SUGGESTED
