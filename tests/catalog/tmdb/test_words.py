"""What a title is called on a site whose language TMDB may not know it in."""

import pytest

from tests.catalog.tmdb.answers import film
from tests.catalog.tmdb.answers.served import Served, client

KOREAN = {"original_language": "ko", "original_title": "기생충"}


def named(language: str, title: str, **names: str) -> str:
    """What a film is called on a site of this language, where TMDB has these translations."""
    translations = [
        {"iso_639_1": tongue, "iso_3166_1": "XX", "data": {"title": name, "overview": "Told."}}
        for tongue, name in names.items()
    ]
    told = film(7, title=title, translations={"translations": translations}, **KOREAN)
    return client(Served({"movie/7": told}), language=language).movie(7).name


def test_a_name_in_the_sites_language_is_taken() -> None:
    assert named("de-DE", "Der Parasit", de="Der Parasit", en="Parasite") == "Der Parasit"


def test_without_one_the_english_name_comes_before_the_original() -> None:
    assert named("de-DE", "기생충", de="", en="Parasite") == "Parasite"


def test_the_original_name_is_what_is_left() -> None:
    assert named("de-DE", "기생충") == "기생충"


@pytest.mark.parametrize("language", ["ko-KR", "de-DE"])
def test_a_name_that_is_meant_to_be_the_original_one_stays(language: str) -> None:
    assert named(language, "기생충", de="기생충", en="Parasite") == "기생충"
