"""What a form offers."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.discover import certifications, choices, names
from catalog.models import Company, Keyword, Kind, Network, Person
from tests.catalog.discover.asking import (
    make_company,
    make_country,
    make_keyword,
    make_language,
    rate,
)
from tests.make import make_genre, make_offer, make_release, make_title

pytestmark = pytest.mark.django_db


def labels(options: list[tuple[object, str]]) -> list[str]:
    return [label for _value, label in options]


def test_genres_are_those_of_the_kind() -> None:
    make_genre(name="War", for_movies=True)
    make_genre(name="Action", for_movies=True, for_tv=True)
    make_genre(name="Soap", for_tv=True)

    assert labels(choices("movie", "US").genres) == ["Action", "War"]
    assert labels(choices("tv", "US").genres) == ["Action", "Soap"]


def test_languages_are_those_of_titles_the_most_common_first() -> None:
    english, german, _unused = (make_language(code) for code in ("en", "de", "fr"))
    make_title(original_language=german)
    make_title(original_language=english)
    make_title(original_language=english)
    make_title(original_language=None)

    assert labels(choices("movie", "US").languages) == ["Language en", "Language de"]


def test_countries_are_those_of_titles_by_name() -> None:
    peru, chad, _unused = (make_country(code) for code in ("PE", "TD", "US"))
    make_title().countries.set([chad, peru])

    assert choices("movie", "US").countries == [("PE", "Country PE"), ("TD", "Country TD")]


def test_spoken_languages_are_those_of_any_title_by_name() -> None:
    german, chechen, _unused = (make_language(code) for code in ("de", "ce", "fr"))
    make_title().languages.set([german, chechen])

    assert choices("tv", "US").spoken == [("ce", "Language ce"), ("de", "Language de")]


def test_the_reader_s_own_country_is_a_region_even_if_nothing_is_known_of_it() -> None:
    for code in ("DE", "AQ", "FR"):
        make_country(code)
    rate(make_title(), "16", "DE")

    offered = choices("movie", "FR", "AQ").regions

    assert offered == [("AQ", "Country AQ"), ("DE", "Country DE"), ("FR", "Country FR")]


def test_providers_are_those_of_the_region() -> None:
    title = make_title()
    make_offer(title, name="Hulu", country="US")
    make_offer(title, name="WOW", country="DE")

    assert labels(choices("movie", "DE").providers) == ["WOW"]


def test_certifications_stand_in_the_order_of_their_board() -> None:
    offered = choices("movie", "US")

    assert labels(offered.certifications) == ["G", "PG", "PG-13", "R", "NC-17"]
    assert offered.ranked_certifications == offered.certifications


def test_where_no_order_is_known_the_codes_in_use_are_offered() -> None:
    rate(make_title(), "Z", "LU")
    rate(make_title(), "B", "LU")
    rate(make_title(), "B", "LU")
    offered = choices("movie", "LU")

    assert labels(offered.certifications) == ["B", "Z"]
    assert offered.ranked_certifications == []


def test_regions_are_those_that_rate_titles() -> None:
    make_country("DE")
    make_country("AQ")
    rate(make_title(), "16", "DE")

    assert [value for value, _label in choices("movie", "US").regions] == ["DE"]


def test_only_shows_have_a_status_and_a_type() -> None:
    assert choices("movie", "US").statuses == choices("movie", "US").types == []
    assert "Ended" in labels(choices("tv", "US").statuses)
    assert "Miniseries" in labels(choices("tv", "US").types)


def test_what_there_is_is_asked_for_once_an_hour() -> None:
    choices("movie", "US")
    with CaptureQueriesContext(connection) as queries:
        choices("movie", "US")

    assert len(queries) == 0


def test_countries_that_name_a_day_are_regions_too() -> None:
    make_country("FR")
    make_release(make_title(), "2020-01-01", country="FR")

    assert [value for value, _label in choices("movie", "US").regions] == ["FR"]
    assert choices("movie", "US").countries == []


@pytest.mark.parametrize(("region", "questions"), [("US", 6), ("LU", 7)])
def test_few_questions_are_asked_and_codes_only_where_no_order_is_known(
    region: str, questions: int
) -> None:
    with CaptureQueriesContext(connection) as queries:
        choices("movie", region)

    assert len(queries) == questions


def test_the_questions_do_not_grow_with_rows() -> None:
    def asked(region: str) -> int:
        title = make_title(original_language=make_language(region.lower()))
        rate(title, "16", region)
        # What is kept, here and for both kinds, is asked each time, too.
        for each in caches.all():
            each.clear()
        with CaptureQueriesContext(connection) as queries:
            choices("tv" if region == "DE" else "movie", region)
        return len(queries)

    assert asked("DE") == asked("FR")


# --- Certifications ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "country", "least", "most", "codes"),
    [
        (Kind.MOVIE, "US", "PG", "R", ("PG", "PG-13", "R")),
        (Kind.MOVIE, "US", "", "PG", ("G", "PG")),
        (Kind.MOVIE, "US", "R", "", ("R", "NC-17")),
        (Kind.MOVIE, "US", "R", "G", ()),
        (Kind.TV, "US", "TV-14", "", ("TV-14", "TV-MA")),
        (Kind.MOVIE, "DE", "12", "16", ("12", "16")),
    ],
)
def test_a_range_of_certifications_includes_both_ends(
    kind: str, country: str, least: str, most: str, codes: tuple[str, ...]
) -> None:
    assert certifications.between(kind, country, least, most) == codes


# --- As one types --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("spa", ["space", "space travel"]),
        ("SPACE ", ["space", "space travel"]),
        ("travel", []),
        ("%", []),
        ("", []),
        ("\x00", []),
        ("x" * 10_000, []),
    ],
)
def test_names_are_found_by_how_they_begin(words: str, shown: list[str]) -> None:
    make_keyword(1, "space travel")
    make_keyword(2, "space")
    make_keyword(3, "time travel")

    assert labels(names("keyword", words)) == shown


@pytest.mark.parametrize("model", [Keyword, Company, Network, Person])
@pytest.mark.parametrize("way", ["istartswith", "iexact"])
def test_an_index_finds_names_whatever_their_case(model: Any, way: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Among no names at all, to read them all is quickest.
            cursor.execute("SET LOCAL enable_seqscan = off")
    found = model.objects.filter(**{f"name__{way}": "spa"}).order_by().values_list("pk")

    assert f"{model._meta.model_name}_begins" in found.explain()


def test_ten_names_are_enough() -> None:
    for n in range(12):
        make_company(n, f"Company {n}")

    assert len(names("company", "c")) == 10


def test_a_field_that_has_no_names_has_none() -> None:
    assert names("popularity", "x") == []
