"""What a query string means, how it is written, and what is said of the rest."""

from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils.translation import override

from catalog.discover import Chip
from catalog.discover.reading import MOST_VALUES
from catalog.models import Provider
from tests.catalog.discover.asking import (
    ask,
    found,
    make_company,
    make_country,
    make_keyword,
    make_language,
    make_network,
)
from tests.make import make_genre, make_person, make_title

pytestmark = pytest.mark.django_db

FILTERS = (
    "genre",
    "genres",
    "without",
    "from",
    "to",
    "runtime_min",
    "runtime_max",
    "language",
    "spoken",
    "country",
    "certification",
    "certification_min",
    "certification_max",
    "region",
    "keyword",
    "company",
    "person",
    "provider",
    "offer",
    "score_min",
    "score_max",
    "votes_min",
    "sort",
    "view",
    "page",
    "after",
)
NONSENSE = (
    "x\x00y",
    "x" * 10_000,
    str(10**30),
    "-1",
    "١٩٩٩",
    "²",
    "1e3",
    "nan",
    "1.5.2",
    "1999-02-30",
    "'; DROP TABLE catalog_title; --",
    "%",
    "<b>",
    "[1]",
    "None",
    "\ud7ff",
)


# --- Nonsense ------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", FILTERS)
def test_nonsense_is_said_and_left_out(name: str) -> None:
    make_title(name="Heat")

    for value in NONSENSE:
        asked = ask(urlencode({name: value}))

        assert [title.name for title in asked.page("en-US").titles] == ["Heat"], value
        assert len(asked.ignored) == 1, value
        assert asked.query_for() == "", value


@pytest.mark.parametrize("value", ["", "  ", "\x00", "\t\n"])
def test_an_untouched_field_asks_for_nothing(value: str) -> None:
    asked = ask(urlencode({name: value for name in FILTERS if name != "after"}))

    assert asked.ignored == []
    assert asked.chips == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("genre=999", "Genre: “999” is not known here."),
        ("keyword=no+such+word", "Keyword: “no such word” is not known here."),
        ("country=ZZ", "Country: “ZZ” is not known here."),
        ("region=ZZ", "Region: “ZZ” is not known here."),
        ("from=0000", "From: “0000” is not known here."),
        ("from=soon", "From: “soon” is not known here."),
        ("score_min=11", "Score, at least: “11” is not known here."),
        ("sort=random", "Order: “random” is not known here."),
        ("certification=FSK+16", "Certification: “FSK 16” is not known here."),
        ("page=0", "Page: “0” is not known here."),
        ("page=3", "There is no page 3 here; this is the last that has a number."),
        ("person=" + "x" * 50, "Person: “" + "x" * 40 + "…” is not known here."),
        ("status=Ended", "Status: only shows can be narrowed by this."),
        ("network=49", "Network: only shows can be narrowed by this."),
    ],
)
def test_what_was_left_out_is_said_in_a_sentence(query: str, said: str) -> None:
    asked = ask(query)
    asked.page("en-US")

    assert asked.ignored == [said]


def test_what_makes_sense_is_kept_beside_what_does_not() -> None:
    make_genre(tmdb_id=28)
    asked = ask("genre=28&genre=x&genre=999")

    assert asked.values.genre == (28,)
    assert len(asked.ignored) == 2


def test_words_that_nobody_sends_are_none_of_ours() -> None:
    assert ask("utm_source=mail&x[]=1&=2").ignored == []


def test_of_too_many_values_the_first_are_used() -> None:
    for n in range(1, 31):
        make_keyword(n, f"word {n}")
    asked = ask("&".join(f"keyword={n}" for n in range(1, 31)))

    assert len(asked.values.keyword) == MOST_VALUES
    assert asked.ignored == ["Keyword: only the first 20 are used."]
    assert asked.page("en-US").titles == []


def test_a_hidden_person_is_not_known() -> None:
    make_person(tmdb_id=1, name="Gone", hidden_at="2020-01-01T00:00Z")

    assert len(ask("person=1&person=Gone").ignored) == 2


def test_the_last_of_what_can_only_be_one_counts() -> None:
    assert ask("from=1990&from=2000").values.since.text == "2000"


def test_an_order_without_some_titles_says_so() -> None:
    make_title(name="Some day", release_date=None)
    make_title(name="Heat", release_date="1995-12-15")

    assert found("sort=newest") == ["Heat"]
    assert ask("sort=newest").count.number == 1
    assert ask("sort=newest").note == "Films without a release date are left out of this order."
    assert ask("sort=popularity").note == ""


# --- Addresses -----------------------------------------------------------------------------------
def make_terms() -> None:
    for pk in (18, 28):
        make_genre(tmdb_id=pk, name=f"Genre {pk}")
    make_keyword(9882, "space travel")
    make_company(1, "A24")
    make_network(49, "HBO")
    make_person(tmdb_id=6384, name="Keanu Reeves")
    make_country("DE", "Germany")
    make_country("US", "United States")
    make_language("fr")
    Provider.objects.create(tmdb_id=8, name="Netflix")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("sort=popularity&view=grid&genres=all", ""),
        ("region=US", ""),
        ("region=DE", "region=DE"),
        ("page=1&after=", ""),
        ("view=table&genre=28", "genre=28&view=table"),
        ("genre=28&genres=any", "genre=28"),
        ("genre=28&genre=18&genre=28&genres=any", "genre=28&genre=18&genres=any"),
        ("keyword=Space++Travel&keyword=9882", "keyword=9882"),
        ("person=keanu+reeves&company=a24", "company=1&person=6384"),
        ("country=de&spoken=fr&language=fr", "language=fr&spoken=fr&country=DE"),
        ("score_min=7.0&score_max=9.50", "score_min=7&score_max=9.5"),
        ("runtime_min=007", "runtime_min=7"),
        ("to=2005&from=1999-05-17", "from=1999-05-17&to=2005"),
        ("provider=8", "provider=8&region=US"),
        ("offer=rent&offer=buy&region=DE", "offer=rent&offer=buy&region=DE"),
        ("certification_max=PG-13", "certification_max=PG-13&region=US"),
        ("genre=999&votes_min=-1&x=y", ""),
    ],
)
def test_one_state_has_one_address(query: str, canonical: str) -> None:
    make_terms()

    assert ask(query).query_for() == canonical
    assert ask(canonical).query_for() == canonical
    assert list(ask(canonical).values.pairs()) == list(ask(query).values.pairs())


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({}, "genre=28&sort=name"),
        ({"sort": "score"}, "genre=28&sort=score"),
        ({"sort": "popularity"}, "genre=28"),
        ({"view": "table"}, "genre=28&sort=name&view=table"),
        ({"genre": None}, "sort=name"),
        ({"genre": [28, 18]}, "genre=28&genre=18&sort=name"),
        ({"from": 1999}, "genre=28&from=1999&sort=name"),
        ({"provider": 8}, "genre=28&provider=8&region=US&sort=name"),
        ({"region": "DE"}, "genre=28&region=DE&sort=name"),
    ],
)
def test_a_change_begins_on_the_first_page(changes: dict[str, object], query: str) -> None:
    make_terms()

    assert ask("sort=name&genre=28&page=3&after=9_Heat").query_for(**changes) == query


def test_a_link_means_the_same_in_another_country() -> None:
    make_terms()

    assert QueryDict(ask("provider=8").query_for())["region"] == "US"


def test_a_page_for_both_kinds_keeps_the_kind_in_its_address() -> None:
    make_terms()

    assert ask("kind=tv", "tv", genre=[18]).query_for(sort="name") == "kind=tv&sort=name"
    assert ask("", "tv", genre=[18]).query_for() == ""
    assert ask("kind=tv", "tv").query_for() == ""


# --- Chips ---------------------------------------------------------------------------------------
def test_each_value_has_a_chip_with_the_address_without_it() -> None:
    make_terms()
    asked = ask("genre=28&genre=18&keyword=9882&from=1999&offer=ads&sort=name&page=2")

    assert asked.chips == [
        Chip(
            "Genre",
            "Genre 28",
            "genre=18&from=1999&keyword=9882&offer=ads&region=US&sort=name",
        ),
        Chip(
            "Genre",
            "Genre 18",
            "genre=28&from=1999&keyword=9882&offer=ads&region=US&sort=name",
        ),
        Chip(
            "From",
            "1999",
            "genre=28&genre=18&keyword=9882&offer=ads&region=US&sort=name",
        ),
        Chip(
            "Keyword",
            "space travel",
            "genre=28&genre=18&from=1999&offer=ads&region=US&sort=name",
        ),
        Chip("Offer", "With ads", "genre=28&genre=18&from=1999&keyword=9882&sort=name"),
    ]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("country=DE", "Germany"),
        ("language=fr", "Language fr"),
        ("spoken=fr", "Language fr"),
        ("company=1", "A24"),
        ("person=6384", "Keanu Reeves"),
        ("provider=8", "Netflix"),
        ("without=18", "Genre 18"),
        ("score_min=7.5", "7.5"),
        ("certification=R", "R"),
    ],
)
def test_a_chip_says_names_rather_than_numbers(query: str, value: str) -> None:
    make_terms()

    assert [chip.value for chip in ask(query).chips] == [value]


@pytest.mark.parametrize("typed", ["alfonso cuaron", "ALFONSO CUARÓN", "Alfonso-Cuaron"])
def test_a_person_is_meant_however_the_name_is_written(typed: str) -> None:
    make_person(name="Alfonso Cuarón", popularity=5)
    best_known = make_person(name="Alfonso Cuarón", popularity=50)
    call_command("reindex", verbosity=0)

    assert ask(f"person={typed}").values.person == (best_known.pk,)


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("from=2020&to=1990", "to", "Until: “1990” is left out, for the range begins with “2020”."),
        ("runtime_min=200&runtime_max=100", "runtime_max", "“100” is left out"),
        ("score_min=7.5&score_max=7", "score_max", "“7” is left out"),
        ("certification_min=R&certification_max=G", "certification_max", "“G” is left out"),
    ],
)
def test_a_range_that_ends_before_it_begins_has_no_end(
    query: str, name: str, sentence: str
) -> None:
    asked = ask(query)

    assert sentence in asked.wrong[name][0]
    assert asked.query_for() == query.split("&")[0] + ("&region=US" if "certif" in query else "")


def test_a_score_may_be_written_as_the_reader_writes_numbers() -> None:
    with override("ru"):
        assert ask("score_min=7,5&score_max=9.5").query_for() == "score_min=7.5&score_max=9.5"

    assert ask("score_min=7,5").ignored


def test_a_shows_chips_say_what_tmdb_means() -> None:
    make_terms()
    asked = ask("network=hbo&status=Canceled&type=Talk+Show", "tv")

    assert [chip.value for chip in asked.chips] == ["HBO", "Cancelled", "Talk show"]
