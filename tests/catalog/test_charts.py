"""Charts: a page for each of TMDB's lists that move."""

import html
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from catalog.models import Chart
from catalog.views import charts
from tests.make import make_chart, make_title, make_translation

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def shown(client: Client, url: str, query: dict[str, Any] | None = None, **headers: str) -> str:
    page = client.get(url, query, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


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
