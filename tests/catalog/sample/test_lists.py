"""Charts, search, lists that answer a page at a time."""

from datetime import date
from pathlib import Path

import pytest

from catalog.tmdb.sample import SampleAdapter, holdings
from tests.catalog.sample.asking import LISTS, MOVIE_PARTS, Get, get_from, getter, session_on

# Comes out on 18 December 2026.
DUNE = 1170608


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_tmdbs_shape(get: Get, path: str) -> None:
    told = get(path)
    assert {"page", "results", "total_pages", "total_results"} <= set(told)
    assert told["results"]
    assert all(set(row) == set(LISTS[path].split()) for row in told["results"])


def test_a_film_is_announced_then_in_cinemas_then_neither() -> None:
    def lists(today: date) -> tuple[bool, bool]:
        ask = getter(session_on(SampleAdapter(today=today)))
        charts = (ask("movie/upcoming"), ask("movie/now_playing"))
        return tuple(DUNE in {row["id"] for row in chart["results"]} for chart in charts)

    assert lists(date(2026, 12, 17)) == (True, False)
    assert lists(date(2026, 12, 18)) == (False, True)
    assert lists(date(2027, 3, 1)) == (False, False)


def test_pages_join_without_gap_or_repetition(get: Get, bundled: holdings.Holdings) -> None:
    first = get("movie/popular")
    pages = [get("movie/popular", page=turn + 1) for turn in range(first["total_pages"])]
    found = [row["id"] for page in pages for row in page["results"]]
    assert len(pages[0]["results"]) == 20
    assert sorted(found) == sorted(bundled.films)
    assert get("movie/popular", page=first["total_pages"] + 1)["results"] == []


@pytest.mark.parametrize("page", ["0", "501", "-1", "first"])
def test_a_page_tmdb_refuses_is_refused(get: Get, page: str) -> None:
    assert get("movie/popular", status=400, page=page)["status_code"] == 22


def test_search_takes_no_notice_of_accents_and_capitals(get: Get, tiny: Path) -> None:
    for query in ("kuche", "KÜCHE", "bouilloire", "kettle"):
        found = get_from(tiny)("search/movie", query=query)["results"]
        assert [row["id"] for row in found] == [7]
    assert get("search/movie", query="qqqq")["total_results"] == 0
    assert get("search/movie", status=422)["status_code"] == 5


def test_search_finds_every_kind_by_its_name(get: Get, bundled: holdings.Holdings) -> None:
    film = next(iter(bundled.films.values()))
    show = next(iter(bundled.shows.values()))
    person = next(iter(bundled.people.values()))
    collection = next(iter(bundled.collections.values()))
    for kind, record in (
        ("movie", film),
        ("tv", show),
        ("person", person),
        ("collection", collection),
    ):
        found = get(f"search/{kind}", query=record.name)["results"]
        assert record.id in {row["id"] for row in found}
    kinds = {row["media_type"] for row in get("search/multi", query="an")["results"]}
    assert kinds == {"movie", "tv", "person"}


def test_a_title_is_found_by_somebody_elses_id(get: Get, bundled: holdings.Holdings) -> None:
    for film in (film for film in bundled.films.values() if film.imdb_id):
        found = get(f"find/{film.imdb_id}", external_source="imdb_id")
        assert [row["id"] for row in found["movie_results"]] == [film.id]
    for show in (show for show in bundled.shows.values() if show.tvdb_id):
        found = get(f"find/{show.tvdb_id}", external_source="tvdb_id")
        assert [row["id"] for row in found["tv_results"]] == [show.id]


@pytest.mark.parametrize(
    "path", ["genre/movie/list", "genre/tv/list", "certification/tv/list", "watch/providers/tv"]
)
def test_reference_lists_are_filled(get: Get, path: str) -> None:
    assert all(get(path).values())


def test_nothing_ever_changes_in_the_sample(get: Get) -> None:
    assert get("movie/changes")["results"] == get("person/changes")["results"] == []


@pytest.mark.parametrize(
    ("language", "title", "overview"),
    [
        (None, "The Kettle", "A kettle boils."),
        ("en-GB", "The Kettle", "A kettle boils."),
        ("fr-FR", "La Bouilloire", "Elle bout."),
        ("de-DE", "Die Küche", ""),
        ("ja", "Die Küche", ""),
    ],
)
def test_a_title_falls_back_where_an_overview_does_not(
    tiny: Path, language: str | None, title: str, overview: str
) -> None:
    told = get_from(tiny)("movie/7", language=language)
    assert (told["title"], told["overview"]) == (title, overview)
    assert told["original_title"] == "Die Küche"


def test_facts_may_leave_out_everything_but_the_id(tiny: Path) -> None:
    told = get_from(tiny)("movie/8", append_to_response=MOVIE_PARTS.replace(" ", ","))
    assert told["title"] == ""
    assert told["release_date"] == ""
