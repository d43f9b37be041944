"""The catalogue's own pages: search and charts."""

import html
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import Chart
from catalog.views import charts
from tests.make import make_chart, make_person, make_show, make_title, make_translation

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def shown(client: Client, url: str, query: dict[str, Any] | None = None, **headers: str) -> str:
    page = client.get(url, query, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def found(client: Client, words: str) -> set[str]:
    """Names of the titles and people that a search shows."""
    call_command("reindex", verbosity=0)
    context = client.get("/search", {"q": words}).context
    return {t.name for t in context["titles"]} | {p.name for p in context["people"]}


# --- Search --------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["The Matrix", "matrix", "MATR", "  the   matrix ", "mat\x00rix"])
def test_a_title_is_found_by_a_part_of_its_name(client: Client, words: str) -> None:
    make_title(name="The Matrix")
    make_title(name="Heat")

    assert found(client, words) == {"The Matrix"}


def test_a_title_is_found_by_its_original_name(client: Client) -> None:
    make_title(name="Spirited Away", original_name="千と千尋の神隠し")

    assert found(client, "千尋") == {"Spirited Away"}


def test_shows_and_people_are_found_beside_films(client: Client) -> None:
    make_title(name="Dark City")
    make_show(name="Dark")
    make_person(name="Dark Helmet")

    assert found(client, "dark") == {"Dark City", "Dark", "Dark Helmet"}


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
        ("'; DROP TABLE catalog_title; --", set()),
    ],
)
def test_signs_do_no_harm(client: Client, words: str, names: set[str]) -> None:
    for name in ("100% Wolf", "Snake_Eyes", "L'été dernier", 'The "Great" One', "Back\\slash"):
        make_title(name=name)
    make_title(name="<b>Bold</b>")
    make_title(name="Heat")

    assert found(client, words) == names


@pytest.mark.parametrize("words", ["", "   ", "\x00", "\t\n"])
def test_who_looks_for_nothing_is_told_where_to_begin(client: Client, words: str) -> None:
    make_title(name="Heat")

    page = client.get("/search", {"q": words})

    assert page.status_code == 200
    assert page.context["titles"] == page.context["people"] == []
    assert "Popular films" in page.content.decode()


def test_a_search_without_a_question_is_a_page(client: Client) -> None:
    assert "Search" in shown(client, "/search")


@pytest.mark.parametrize("words", ["nothing of that name", "a" * 10_000, "%" * 10_000, "🎬"])
def test_who_finds_nothing_is_told_what_to_try(client: Client, words: str) -> None:
    make_title(name="Heat")

    assert "Nothing here has that name" in shown(client, "/search", {"q": words})


def test_of_several_questions_one_is_answered(client: Client) -> None:
    assert client.get("/search?q=heat&q=dark&page=x&unknown=1").status_code == 200


def test_bytes_that_are_no_letters_find_nothing(client: Client) -> None:
    assert client.get("/search?q=%ff%fe%00").status_code == 200


def test_what_was_typed_is_text_and_nothing_else(client: Client) -> None:
    page = client.get("/search", {"q": '"><script>alert(1)</script>'})

    assert b"<script>alert" not in page.content


def test_what_is_hidden_is_not_found(client: Client) -> None:
    make_title(name="Dark City", hidden_at=PAST)
    make_person(name="Dark Helmet", hidden_at=PAST)

    assert found(client, "dark") == set()


def test_what_many_have_voted_on_comes_first(client: Client) -> None:
    for votes in (10, 1000, 100):
        make_title(name=f"Film with {votes} votes", vote_count=votes)

    call_command("reindex")
    titles = client.get("/search", {"q": "film"}).context["titles"]

    assert [title.vote_count for title in titles] == [1000, 100, 10]


def test_names_found_are_in_the_reader_s_language(client: Client) -> None:
    make_translation(make_title(name="Jaws"), "de-DE", name="Der weiße Hai")
    call_command("reindex")

    assert "Der weiße Hai" in shown(client, "/search", {"q": "jaws"}, accept_language="de")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_search_costs_the_same_however_much_it_finds(
    client: Client, django_assert_max_num_queries: Any, language: str
) -> None:
    for n in range(40):
        make_translation(make_title(name=f"Film {n}"), "de-DE", name=f"Streifen {n}")
        make_person(name=f"Film maker {n}")
    call_command("reindex")

    with django_assert_max_num_queries(7):
        shown(client, "/search", {"q": "film"}, accept_language=language)


def test_what_is_suggested_is_in_the_reader_s_language(client: Client) -> None:
    film = make_title(name="Jaws", poster_path="/a.jpg", vote_count=10, vote_average=8, score=8)
    make_translation(film, "de-DE", name="Der weiße Hai")

    assert "Der weiße Hai" in shown(client, "/search", accept_language="de")


# --- Charts --------------------------------------------------------------------------------------
def test_a_chart_is_in_its_order(client: Client) -> None:
    titles = [make_title(name=name) for name in ("Third", "First", "Second")]
    make_chart(titles[1], titles[2], titles[0])

    page = client.get("/charts/movie/popular").context["page"]

    assert [title.name for title in page] == ["First", "Second", "Third"]


def test_a_title_on_two_charts_stands_once_on_each(client: Client) -> None:
    first, second = make_title(), make_title()
    make_chart(first, second, name=Chart.Name.POPULAR)
    make_chart(second, first, name=Chart.Name.TOP_RATED)

    popular = client.get("/charts/movie/popular").context["page"]
    rated = client.get("/charts/movie/top-rated").context["page"]

    assert (list(popular), list(rated)) == ([first, second], [second, first])


def test_a_chart_leaves_out_what_is_hidden(client: Client) -> None:
    make_chart(make_title(name="Gone", hidden_at=PAST), make_title(name="Here"))

    assert "Gone" not in shown(client, "/charts/movie/popular")


def test_no_title_is_lost_or_repeated_between_pages(client: Client) -> None:
    titles = [make_title() for _ in range(charts.PER_PAGE * 2 + 1)]
    make_chart(*titles)

    pages = [client.get(f"/charts/movie/popular?page={n}").context["page"] for n in (1, 2, 3)]

    assert [title for page in pages for title in page] == titles


@pytest.mark.parametrize(("asked", "given"), [("x", 1), ("0", 3), ("-1", 3), ("99999", 3), ("", 1)])
def test_a_page_that_does_not_exist_is_the_nearest(client: Client, asked: str, given: int) -> None:
    make_chart(*[make_title() for _ in range(charts.PER_PAGE * 2 + 1)])

    page = client.get("/charts/movie/popular", {"page": asked}).context["page"]

    assert page.number == given


def test_an_empty_chart_says_that_it_is_empty(client: Client) -> None:
    make_chart()

    assert "Nothing is on this chart yet" in shown(client, "/charts/movie/popular")


@pytest.mark.parametrize(
    "address", ["movie/nonsense", "person/popular", "tv/popular", "movie/", "movie/popular/2"]
)
def test_a_chart_that_does_not_exist_is_not_found(client: Client, address: str) -> None:
    make_chart(make_title())

    assert client.get(f"/charts/{address}").status_code == 404


def test_names_on_a_chart_are_in_the_reader_s_language(client: Client) -> None:
    film = make_title(name="Jaws")
    make_translation(film, "de-DE", name="Der weiße Hai")
    make_chart(film)

    assert "Der weiße Hai" in shown(client, "/charts/movie/popular", accept_language="de-AT")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_chart_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any, language: str
) -> None:
    make_chart(*[make_title() for _ in range(60)])

    with django_assert_max_num_queries(6):
        shown(client, "/charts/movie/popular", accept_language=language)
