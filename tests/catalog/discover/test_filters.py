"""Each filter alone, and together."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Offer, Provider
from tests.catalog.discover.asking import (
    ask,
    found,
    make_company,
    make_country,
    make_keyword,
    make_language,
    make_network,
    rate,
)
from tests.make import make_credit, make_genre, make_person, make_show, make_title

pytestmark = pytest.mark.django_db


def test_without_a_filter_all_films_are_found() -> None:
    make_title(name="Alien")
    make_title(name="Heat")
    make_show(name="Dark")

    assert found() == ["Alien", "Heat"]


def test_shows_are_found_apart_from_films() -> None:
    make_title(name="Alien")
    make_show(name="Dark")

    assert found(kind="tv") == ["Dark"]


@pytest.mark.parametrize(
    "hidden", [{"hidden_at": datetime(2020, 1, 1, tzinfo=UTC)}, {"adult": True}]
)
def test_what_is_not_for_everybody_is_left_out(hidden: dict[str, object]) -> None:
    make_title(**hidden)

    assert found() == []


# --- Genres --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("genre=28", ["Alien", "Heat"]),
        ("genre=28&genre=27", ["Alien"]),
        ("genre=28&genre=27&genres=all", ["Alien"]),
        ("genre=28&genre=27&genres=any", ["Alien", "Heat", "Scream"]),
        ("genre=28&genres=any", ["Alien", "Heat"]),
        ("without=28", ["Amélie", "Scream"]),
        ("without=28&without=27", ["Amélie"]),
        ("genre=28&without=27", ["Heat"]),
        ("genre=28&genre=27&genres=any&without=28", ["Scream"]),
        ("genre=28&without=28", []),
    ],
)
def test_genres_all_any_or_without(query: str, names: list[str]) -> None:
    action, horror = make_genre(tmdb_id=28), make_genre(tmdb_id=27)
    make_title(name="Alien").genres.set([action, horror])
    make_title(name="Heat").genres.set([action])
    make_title(name="Scream").genres.set([horror])
    make_title(name="Amélie")

    assert found(query) == names


# --- Columns -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from=1999", ["First", "Last", "Next"]),
        ("to=1999", ["Before", "First", "Last"]),
        ("from=1999&to=1999", ["First", "Last"]),
        ("from=1999-01-02", ["Last", "Next"]),
        ("to=1999-12-30", ["Before", "First"]),
        ("from=1999-12-31&to=2000-01-01", ["Last", "Next"]),
        ("from=2001", []),
        ("from=2000&to=1998", ["Next"]),
    ],
)
def test_years_and_days_include_both_ends(query: str, names: list[str]) -> None:
    make_title(name="Before", release_date=date(1998, 12, 31))
    make_title(name="First", release_date=date(1999, 1, 1))
    make_title(name="Last", release_date=date(1999, 12, 31))
    make_title(name="Next", release_date=date(2000, 1, 1))
    make_title(name="Some day", release_date=None)

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("runtime_min=90", ["Long", "Middling"]),
        ("runtime_max=90", ["Middling", "Short"]),
        ("runtime_min=90&runtime_max=90", ["Middling"]),
        ("runtime_min=0", ["Long", "Middling", "Short"]),
    ],
)
def test_runtimes_include_both_ends(query: str, names: list[str]) -> None:
    make_title(name="Short", runtime=89)
    make_title(name="Middling", runtime=90)
    make_title(name="Long", runtime=91)
    make_title(name="Unknown", runtime=None)

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("score_min=7.5", ["Good", "Great"]),
        ("score_max=7.5", ["Good", "Poor"]),
        ("score_min=8", ["Great"]),
        ("votes_min=100", ["Good", "Great"]),
        ("votes_min=101", ["Great"]),
        ("score_max=8&votes_min=100", ["Good"]),
    ],
)
def test_scores_and_votes_include_both_ends(query: str, names: list[str]) -> None:
    make_title(name="Poor", vote_average=4.2, vote_count=99)
    make_title(name="Good", vote_average=7.5, vote_count=100)
    make_title(name="Great", vote_average=9, vote_count=101)

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("language=de", ["Das Boot"]),
        ("language=de&language=fr", ["Amélie", "Das Boot"]),
    ],
)
def test_the_original_language_is_any_of(query: str, names: list[str]) -> None:
    for code, name in (("de", "Das Boot"), ("fr", "Amélie"), ("en", "Heat")):
        make_title(name=name, original_language=make_language(code))

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("spoken=fr", ["Heat", "Ronin"]),
        ("spoken=de&spoken=fr", ["Das Boot", "Heat", "Ronin"]),
        ("spoken=fr&language=de", ["Heat"]),
    ],
)
def test_spoken_languages_are_any_of(query: str, names: list[str]) -> None:
    german, french, english = (make_language(code) for code in ("de", "fr", "en"))
    make_title(name="Das Boot").languages.set([german])
    make_title(name="Heat", original_language=german).languages.set([french])
    make_title(name="Ronin").languages.set([english, french])
    make_title(name="Casablanca").languages.set([english])

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=Ended", ["Friends"]),
        ("status=Ended&status=Returning+Series", ["Dark", "Friends"]),
        ("type=Miniseries", ["Dark"]),
        ("type=Miniseries&status=Ended", []),
    ],
)
def test_shows_have_a_status_and_a_type(query: str, names: list[str]) -> None:
    make_show(name="Dark", status="Returning Series", type="Miniseries")
    make_show(name="Friends", status="Ended", type="Scripted")
    make_show(name="Some day", status="Planned")

    assert found(query, "tv") == names


# --- Terms ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=DE", ["Both", "German"]),
        ("country=de", ["Both", "German"]),
        ("country=DE&country=FR", ["Both", "French", "German"]),
    ],
)
def test_the_country_is_any_of(query: str, names: list[str]) -> None:
    de, fr = make_country("DE"), make_country("FR")
    make_title(name="German").countries.set([de])
    make_title(name="French").countries.set([fr])
    make_title(name="Both").countries.set([de, fr])
    make_title(name="Neither")

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("keyword=9882", ["Alien", "Solaris"]),
        ("keyword=space", ["Alien", "Solaris"]),
        ("keyword=SPACE", ["Alien", "Solaris"]),
        ("keyword=9882&keyword=monster", ["Alien"]),
        ("keyword=1984", ["Brazil"]),
    ],
)
def test_keywords_are_all_of_by_id_or_by_name(query: str, names: list[str]) -> None:
    space, monster = make_keyword(9882, "space"), make_keyword(2, "Monster")
    make_title(name="Alien").keywords.set([space, monster])
    make_title(name="Solaris").keywords.set([space])
    make_title(name="Brazil").keywords.set([make_keyword(3, "1984")])

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("company=1", ["Both", "One"]),
        ("company=a24&company=BBC+Film", ["Both"]),
    ],
)
def test_companies_are_all_of(query: str, names: list[str]) -> None:
    one, other = make_company(1, "A24"), make_company(2, "BBC Film")
    make_title(name="One").companies.set([one])
    make_title(name="Both").companies.set([one, other])

    assert found(query) == names


def test_shows_are_found_by_their_network() -> None:
    make_show(name="The Wire").networks.set([make_network(49, "HBO")])
    make_show(name="Dark").networks.set([make_network(213, "Netflix")])

    assert found("network=hbo", "tv") == ["The Wire"]


def test_people_are_all_of_whatever_they_did() -> None:
    keanu, lana = make_person(tmdb_id=1, name="Keanu Reeves"), make_person(tmdb_id=2)
    matrix, speed = make_title(name="The Matrix"), make_title(name="Speed")
    make_credit(matrix, keanu)
    make_credit(matrix, lana, department="Directing", job="Director")
    make_credit(matrix, lana, department="Writing", job="Writer")
    make_credit(speed, keanu)

    assert found("person=keanu+reeves") == ["Speed", "The Matrix"]
    assert found("person=1&person=2") == ["The Matrix"]


def test_of_namesakes_the_best_known_is_meant() -> None:
    known = make_person(tmdb_id=9, name="Chris Evans", popularity=50)
    make_credit(make_title(name="Avengers"), known)
    make_credit(make_title(name="Radio"), make_person(tmdb_id=1, name="Chris Evans", popularity=1))

    assert found("person=Chris+Evans") == ["Avengers"]


# --- Of a region ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("certification=PG-13", ["Teen"]),
        ("certification=PG-13&certification=R", ["Grown", "Teen"]),
        ("certification_min=PG-13", ["Grown", "Teen"]),
        ("certification_max=PG-13", ["All", "Teen"]),
        ("certification_min=PG&certification_max=PG-13", ["Teen"]),
        ("certification_min=R&certification_max=PG", ["Grown"]),
        ("certification=NR", ["Unrated"]),
        ("region=DE&certification=16", ["Teen"]),
        ("region=DE&certification_min=12", ["Teen"]),
        ("region=de&certification_max=12", ["Grown"]),
    ],
)
def test_certifications_are_those_of_the_region(query: str, names: list[str]) -> None:
    make_country("DE")
    everybody, teen, grown = (make_title(name=name) for name in ("All", "Teen", "Grown"))
    rate(everybody, "G")
    rate(teen, "PG-13")
    rate(grown, "R")
    rate(make_title(name="Unrated"), "NR")
    rate(teen, "16", "DE")
    rate(grown, "6", "DE")

    assert found(query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("provider=8", ["Free", "Streamed"]),
        ("provider=8&provider=9", ["Bought", "Free", "Streamed"]),
        ("provider=8&offer=flatrate", ["Streamed"]),
        ("offer=buy", ["Bought"]),
        ("offer=buy&offer=free", ["Bought", "Free"]),
        ("provider=9&offer=flatrate", []),
        ("provider=8&region=DE", ["Abroad"]),
        ("offer=rent&region=DE", ["Abroad"]),
    ],
)
def test_offers_are_those_of_the_region(query: str, names: list[str]) -> None:
    make_country("DE")
    netflix, amazon = (Provider.objects.create(tmdb_id=pk, name=f"P{pk}") for pk in (8, 9))
    for name, provider, kind, country in (
        ("Streamed", netflix, "flatrate", "US"),
        ("Free", netflix, "free", "US"),
        ("Bought", amazon, "buy", "US"),
        ("Abroad", netflix, "rent", "DE"),
    ):
        title = make_title(name=name)
        Offer.objects.create(title=title, provider=provider, kind=kind, country=country)

    assert found(query) == names


# --- Together ------------------------------------------------------------------------------------
def test_filters_narrow_each_other() -> None:
    action = make_genre(tmdb_id=28)
    for name, year, runtime in (("Heat", 1995, 170), ("Speed", 1994, 116), ("Old", 1960, 116)):
        film = make_title(name=name, release_date=date(year, 6, 1), runtime=runtime)
        film.genres.set([action])
    make_title(name="No genre", release_date=date(1995, 1, 1), runtime=100)

    assert found("genre=28&from=1990&runtime_max=120") == ["Speed"]


def test_a_title_with_many_rows_of_everything_is_found_and_counted_once() -> None:
    film = make_title(name="Heat")
    film.genres.set([make_genre(tmdb_id=28), make_genre(tmdb_id=80)])
    person = make_person(tmdb_id=1)
    for job in ("Director", "Writer", "Producer"):
        make_credit(film, person, department="Crew", job=job)
    asked = ask("genre=28&genre=80&genres=any&person=1")

    assert [title.name for title in asked.results] == ["Heat"]
    assert str(asked.count) == "1"


def test_a_pages_own_filters_hold_whatever_else_is_asked() -> None:
    for pk in (28, 35, 27):
        make_genre(tmdb_id=pk)
    for name, genres in (("Both", [28, 35]), ("Action", [28]), ("Funny", [35])):
        make_title(name=name).genres.set(genres)
    asked = ask("genre=35&genre=27&genres=any", genre=[28])

    assert [title.name for title in asked.results] == ["Both"]
    assert [chip.query for chip in asked.chips] == ["genre=27", "genre=35"]


def test_questions_to_the_database_do_not_grow_with_rows_or_values() -> None:
    genres = [make_genre(tmdb_id=n) for n in range(1, 9)]
    keywords = [make_keyword(n, f"word {n}") for n in range(1, 9)]

    def asked(genre_count: int) -> int:
        query = "&".join(f"genre={n}&keyword=word+{n}" for n in range(1, genre_count + 1))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            discover = ask(query)
            assert discover.page("de").titles
            assert len(discover.chips) == 2 * genre_count
        return len(queries)

    make_full(genres, keywords)
    # The first one learns which genres there are.
    asked(1)
    few = asked(1)
    for _ in range(5):
        make_full(genres, keywords)

    assert asked(8) == few


def make_full(genres: list[object], keywords: list[object]) -> None:
    film = make_title()
    film.genres.set(genres)
    film.keywords.set(keywords)
