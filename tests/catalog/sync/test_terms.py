"""What titles are filed under: every name held once, the better name kept."""

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog.models import (
    Collection,
    Company,
    Country,
    Genre,
    Keyword,
    Language,
    Network,
    Provider,
)
from catalog.sync.terms import hold_countries, hold_languages, sync_terms
from catalog.sync.titles import store_titles
from catalog.tmdb import NotFound, shapes
from catalog.tmdb.shapes import CountryFacts, LanguageFacts
from tests.catalog.tmdb.answers import film
from tests.catalog.tmdb.answers.served import Served, client

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
REFERENCE: dict[str, Any] = {
    "genre/movie/list": {"genres": [{"id": 18, "name": "Drama"}, {"id": 1, "name": "Sea"}]},
    "genre/tv/list": {"genres": [{"id": 18, "name": "Drama"}, {"id": 2, "name": "Soap"}]},
    "configuration/countries": [{"iso_3166_1": "DE", "english_name": "Germany"}],
    "configuration/languages": [
        {"iso_639_1": "de", "english_name": "German", "name": "Deutsch"},
        {"iso_639_1": "xx", "english_name": "No Language", "name": ""},
    ],
    "watch/providers/movie": {"results": [{"provider_id": 81, "provider_name": "Wave"}]},
    "watch/providers/tv": {"results": [{"provider_id": 82, "provider_name": "Tide"}]},
}


def store(*answers: dict[str, Any]) -> None:
    store_titles([shapes.movie(told) for told in answers])


def test_all_that_titles_may_be_filed_under_is_fetched_and_counted() -> None:
    served = Served(REFERENCE)
    assert sync_terms(client(served)) == 8
    assert set(served.times) == set(REFERENCE)
    assert set(Language.objects.values_list("pk", "native_name")) == {("de", "Deutsch"), ("xx", "")}
    assert set(Provider.objects.values_list("name", flat=True)) == {"Wave", "Tide"}
    assert set(Genre.objects.values_list("name", "for_movies", "for_tv")) == {
        ("Drama", True, True),
        ("Sea", True, False),
        ("Soap", False, True),
    }


def test_a_failure_in_the_middle_leaves_everything_as_it_was() -> None:
    with pytest.raises(NotFound):
        sync_terms(client(Served(REFERENCE | {"watch/providers/tv": 404})))
    assert not Genre.objects.exists()


def test_a_name_that_tmdb_changes_is_changed() -> None:
    store(film(7))
    store(film(9, keywords={"keywords": [{"id": 51, "name": "car ferry"}]}))
    assert Keyword.objects.get(pk=51).name == "car ferry"


def test_a_country_known_by_its_code_alone_gets_its_name_when_it_is_told() -> None:
    hold_countries((), NOW, {"DE", None})
    assert Country.objects.get(pk="DE").name == "DE"
    hold_countries([CountryFacts("DE", "Germany")], NOW)
    assert Country.objects.get(pk="DE").name == "Germany"


def test_a_bare_code_never_takes_the_name_from_a_country_or_a_language() -> None:
    hold_countries([CountryFacts("DE", "Germany")], NOW)
    hold_languages([LanguageFacts("de", "German", "Deutsch")], NOW)
    hold_countries([CountryFacts("DE", "DE")], NOW, {"DE"})
    hold_languages((), NOW, {"de"})
    assert Country.objects.get(pk="DE").name == "Germany"
    assert Language.objects.get(pk="de").native_name == "Deutsch"


def test_a_name_wins_over_a_bare_code_in_the_same_call() -> None:
    hold_countries([CountryFacts("DE", "DE"), CountryFacts("DE", "Germany")], NOW, {"DE"})
    assert Country.objects.get(pk="DE").name == "Germany"


def test_a_company_brings_the_country_it_comes_from() -> None:
    store(film(7, production_companies=[{"id": 41, "name": "Quay", "origin_country": "IS"}]))
    company = Company.objects.select_related("country").get()
    assert (company.name, company.country and company.country.pk) == ("Quay", "IS")


def test_a_film_brings_the_headline_of_its_collection_to_be_asked_about_later() -> None:
    store(film(7))
    collection = Collection.objects.get(pk=31)
    assert (collection.name, collection.poster_path) == ("The Harbours", "/harbours.jpg")
    assert collection.refresh_at is None


def test_a_film_leaves_its_collections_own_words_alone() -> None:
    Collection.objects.create(tmdb_id=31, name="The Harbours", overview="Told.", refresh_at=NOW)
    store(film(7))
    collection = Collection.objects.get(pk=31)
    assert (collection.overview, collection.refresh_at) == ("Told.", NOW)


def test_a_company_and_a_network_may_have_the_same_number() -> None:
    store(film(7))
    Network.objects.create(tmdb_id=41, name="Channel Quay")
    assert Company.objects.get(pk=41).name == "Quay Films"
