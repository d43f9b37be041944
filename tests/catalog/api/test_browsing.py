"""Lists of films and shows: filters, orders, charts, and the way through them."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.make import make_chart, make_genre, make_show, make_title, make_translation

pytestmark = pytest.mark.django_db

MOVIES = "/api/v1/movies/"


def _next(answer: Any) -> str:
    """Where the next page is; empty on the last."""
    found = re.search('<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
    return found[1] if found else ""


def _names(answer: Any) -> list[str]:
    return [each["title"] for each in answer.json()["results"]]


def test_titles_are_narrowed_by_the_filters_of_the_site(client: Client) -> None:
    genre = make_genre()
    make_title(name="Another")
    make_title(name="Heat").genres.add(genre)

    answer = client.get(MOVIES, {"genre": genre.pk})

    assert _names(answer) == ["Heat"]
    assert answer.json()["total_results"] == 1


def test_a_filter_that_makes_no_sense_is_refused_by_its_name(client: Client) -> None:
    answer = client.get(MOVIES, {"genre": "nonsense", "from": "yesterday", "sort": "beauty"})

    assert answer.status_code == 400
    assert {each["field"] for each in answer.json()["errors"]} == {"genre", "from", "sort"}


def test_language_is_what_answers_are_in_and_not_a_filter(client: Client) -> None:
    title = make_title(name="Heat", original_language_id=None)
    make_translation(title, "de", name="Hitze")

    assert _names(client.get(MOVIES, {"language": "de"})) == ["Hitze"]


def test_the_language_of_titles_has_a_name_of_its_own(client: Client) -> None:
    answer = client.get(MOVIES, {"original_language": "xx"})

    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == ["original_language"]


def test_films_have_no_networks(client: Client) -> None:
    answer = client.get(MOVIES, {"network": "AMC"})

    assert [each["field"] for each in answer.json()["errors"]] == ["network"]


@pytest.mark.parametrize("sort", ["popularity", "newest", "name"])
def test_who_follows_the_links_sees_each_title_once(client: Client, sort: str) -> None:
    for n in range(7):
        make_title(name=f"Film {n}", popularity=n % 2, release_date="2026-01-01")
    seen, address = [], f"{MOVIES}?page_size=3&sort={sort}"

    while address:
        answer = client.get(address)
        seen += [each["id"] for each in answer.json()["results"]]
        address = _next(answer)

    assert len(seen) == len(set(seen)) == 7


def test_links_lead_on_where_numbers_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.discover.discovering.COUNTED", 4)
    monkeypatch.setattr("catalog.discover.discovering.FEW", 3)
    for _ in range(6):
        make_title()

    second = client.get(f"{MOVIES}?page_size=2&page=2")
    third = client.get(f"{MOVIES}?page_size=2&page=3")
    followed = client.get(_next(second))

    assert second.json()["total_results"] == 4
    assert second.json()["total_is_exact"] is False
    assert third.status_code == 404
    assert len(followed.json()["results"]) == 2


def test_there_is_no_page_beyond_the_last(client: Client) -> None:
    make_title()

    assert client.get(MOVIES, {"page": 2}).status_code == 404


def test_a_cursor_that_is_none_is_refused(client: Client) -> None:
    answer = client.get(MOVIES, {"after": "nonsense"})

    assert [each["field"] for each in answer.json()["errors"]] == ["after"]


def test_titles_for_adults_are_in_no_list(client: Client) -> None:
    make_title(adult=True)

    assert _names(client.get(MOVIES)) == []


def test_a_hundred_titles_cost_six_questions_at_most(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    genre = make_genre()
    for _ in range(100):
        make_title().genres.add(genre)

    with django_assert_max_num_queries(6):
        answer = client.get(MOVIES, {"page_size": 100, "language": "de"})

    assert len(answer.json()["results"]) == 100


def test_a_chart_is_in_its_order(client: Client) -> None:
    second, first = make_title(name="Second"), make_title(name="First")
    make_chart(first, second, name="top_rated")

    assert _names(client.get(f"{MOVIES}top-rated/")) == ["First", "Second"]
    assert _names(client.get("/api/v1/charts/movie/top-rated/")) == ["First", "Second"]


def test_a_chart_that_is_not_here_yet_is_empty(client: Client) -> None:
    assert client.get(f"{MOVIES}popular/").json()["total_results"] == 0


def test_a_chart_that_nobody_has_is_nowhere(client: Client) -> None:
    assert client.get("/api/v1/charts/movie/worst/").status_code == 404


def test_shows_to_come_are_those_that_have_not_begun(client: Client) -> None:
    make_show(name="Running", release_date="2020-01-01")
    make_show(name="To come", release_date="2099-01-01")
    make_show(name="Before it", release_date="2098-01-01")

    assert _names(client.get("/api/v1/tv/upcoming/")) == ["Before it", "To come"]


def test_a_list_that_is_known_is_not_made_again(
    client: Client, keeping: None, django_assert_num_queries: Any
) -> None:
    make_title()
    etag = client.get(MOVIES)["ETag"]

    with django_assert_num_queries(0):
        again = client.get(MOVIES, headers={"If-None-Match": etag})

    assert again.status_code == 304
