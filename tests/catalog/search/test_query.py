"""The query string of a search: what is understood, and what is said about the rest."""

from typing import Any

import pytest
from django.http import QueryDict

from catalog.models import Collection
from catalog.search import Query
from tests.make import make_person, make_show, make_title


def read(text: str) -> Query:
    return Query.read(QueryDict(text))


def test_all_of_it_is_understood() -> None:
    query = read("q=dark&type=tv&genre=18&from=1990&to=2000")

    assert query == Query("dark", "tv", 18, 1990, 2000)


def test_nothing_asked_is_nothing_ignored() -> None:
    assert read("") == read("q=&type=&genre=&from=&to=") == Query("")


@pytest.mark.parametrize("text", ["type=nonsense", "type=movie%00", "type=MOVIE"])
def test_an_unknown_tab_is_all_of_them(text: str) -> None:
    query = read(f"q=dark&{text}")

    assert (query.tab, len(query.ignored)) == ("", 1)


@pytest.mark.parametrize("value", ["x", "-1", "0", "1.5", "9" * 30, "%00", "²", "٣"])
@pytest.mark.parametrize("name", ["genre", "from", "to"])
def test_what_is_no_number_is_left_out_and_said(name: str, value: str) -> None:
    query = read(f"q=dark&{name}={value}")

    assert (query.genre, query.year_from, query.year_to) == (None, None, None)
    assert len(query.ignored) == 1


@pytest.mark.parametrize("year", ["1", "1869", "2101", "19999"])
def test_a_year_of_no_film_is_left_out(year: str) -> None:
    assert read(f"from={year}").year_from is None


def test_years_that_end_before_they_begin_are_turned_round() -> None:
    query = read("from=2000&to=1990")

    assert (query.year_from, query.year_to) == (1990, 2000)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a%00b", "ab"),
        ("  two   words ", "two words"),
        ("%ff", "\ufffd"),
        ("x" * 10_000, "x" * 200),
    ],
)
def test_words_are_what_can_be_looked_for(typed: str, words: str) -> None:
    assert read(f"q={typed}").words == words


def test_of_very_many_words_it_is_said_that_not_all_count() -> None:
    assert (len(read("q=" + "x" * 201).ignored), len(read("q=" + "x" * 200).ignored)) == (1, 0)


# --- Addresses -----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("tt0133093", "The Matrix"),
        ("TT0133093", "The Matrix"),
        ("https://www.imdb.com/title/tt0133093/", "The Matrix"),
        ("https://m.imdb.com/de/title/tt0133093/?ref_=nv", "The Matrix"),
        ("imdb.com/title/tt0133093", "The Matrix"),
        ("nm0000206", "Keanu Reeves"),
        ("https://www.imdb.com/name/nm0000206/", "Keanu Reeves"),
        ("https://www.themoviedb.org/movie/603-the-matrix", "The Matrix"),
        ("https://www.themoviedb.org/movie/603-the-matrix?language=de-DE", "The Matrix"),
        ("themoviedb.org/tv/1396/season/1", "Breaking Bad"),
        ("https://www.themoviedb.org/person/6384-keanu-reeves", "Keanu Reeves"),
        ("https://www.themoviedb.org/collection/2344", "The Matrix Collection"),
        ("http://testserver/movie/603-the-matrix", "The Matrix"),
        ("/tv/1396-breaking-bad", "Breaking Bad"),
    ],
)
def test_an_address_that_is_pasted_in_means_what_it_is_of(words: str, name: str) -> None:
    make_title(tmdb_id=603, name="The Matrix", imdb_id="tt0133093")
    make_show(tmdb_id=1396, name="Breaking Bad")
    make_person(tmdb_id=6384, name="Keanu Reeves", imdb_id="nm0000206")
    Collection.objects.create(pk=2344, name="The Matrix Collection")

    assert getattr(read_words(words).address(), "name", None) == name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "",
        "matrix",
        "tt",
        "tt1",
        "tt0133093 matrix",
        "tt9999999",
        "movie 603",
        "https://example.org/movie/",
        "https://www.themoviedb.org/movie/" + "9" * 40,
        "https://www.themoviedb.org/movie/" + "9" * 15,
        "https://www.themoviedb.org/network/603",
        "https://www.imdb.com/title/nonsense",
    ],
)
def test_what_is_no_address_of_anything_here_means_nothing(words: str) -> None:
    make_title(tmdb_id=603, imdb_id="tt0133093")

    assert read_words(words).address() is None


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["tt0133093", "/movie/603"])
def test_what_is_hidden_has_no_address(words: str) -> None:
    make_title(tmdb_id=603, imdb_id="tt0133093", hidden_at="2020-01-01T00:00Z")

    assert read_words(words).address() is None


@pytest.mark.django_db
def test_words_that_are_no_address_cost_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        read_words("the matrix").address()


def read_words(words: str) -> Query:
    data = QueryDict(mutable=True)
    data["q"] = words
    return Query.read(data)
