"""Whom a page is for, read from what a browser sends; nonsense falls back and never raises."""

from typing import Any

import pytest
from django.test import RequestFactory

from cinehub.kit.web import (
    Reader,
    Wishes,
    clean_words,
    interface,
    reader,
    remember,
    theme,
)

HOME = "US"

LANGUAGES = [
    ("de", Reader("de", HOME)),
    ("de-AT", Reader("de-AT", "AT")),
    ("de-at", Reader("de-AT", "AT")),
    ("pt-BR,pt;q=0.9,en;q=0.8", Reader("pt-BR", "BR")),
    ("en;q=0.2,fr-FR;q=0.9", Reader("fr-FR", "FR")),
    ("zh-Hant-TW", Reader("zh-TW", "TW")),
    ("es-419", Reader("es", HOME)),
    ("*,nl-BE;q=0.5", Reader("nl-BE", "BE")),
]

NONSENSE = ["", "*", ";;;q=,", "de;q=high", "\u2603", "🎬", "=" * 10_000, "en" * 5_000]


@pytest.mark.parametrize(("header", "expected"), LANGUAGES)
def test_the_reader_is_who_the_browser_says(
    rf: RequestFactory, header: str, expected: Reader
) -> None:
    assert reader(rf.get("/", headers={"accept-language": header})) == expected


@pytest.mark.parametrize("header", NONSENSE)
def test_a_browser_that_says_nothing_of_use_has_the_site_s_reader(
    rf: RequestFactory, header: str
) -> None:
    who = reader(rf.get("/", headers={"accept-language": header}))

    assert (who.language.lower(), who.country) == ("en-us", HOME)


def test_a_request_without_languages_has_the_site_s_reader(
    rf: RequestFactory, settings: Any
) -> None:
    settings.TMDB_LANGUAGE = "pt-BR"

    assert reader(rf.get("/")) == Reader("pt-BR", "BR")


@pytest.mark.parametrize("header", ["en-12", "de-4x", "x-y", "english-uk", "a-b-c-d-e"])
def test_a_strange_tag_still_gives_a_reader_of_letters(rf: RequestFactory, header: str) -> None:
    who = reader(rf.get("/", headers={"accept-language": header}))

    assert who.country.isalpha()
    assert len(who.country) == 2


@pytest.mark.parametrize("chosen", ["dark", "light", "system"])
def test_a_theme_that_was_chosen_is_kept(rf: RequestFactory, chosen: str) -> None:
    rf.cookies["theme"] = chosen

    assert theme(rf.get("/")) == chosen


@pytest.mark.parametrize("cookie", ["", "DARK", "blue", '"><script>', "dark light"])
def test_a_theme_that_does_not_exist_is_the_system_s(rf: RequestFactory, cookie: str) -> None:
    rf.cookies["theme"] = cookie

    assert theme(rf.get("/")) == "system"


def test_words_lose_what_no_database_takes_and_nobody_means() -> None:
    assert clean_words("  the\x00 \t\n matrix ") == "the matrix"


def test_words_have_an_end() -> None:
    assert len(clean_words("a" * 10_000)) == 200


# --- What was chosen here ------------------------------------------------------------------------
def wishing(rf: RequestFactory, header: str = "de-AT", **wishes: Any) -> Any:
    request = rf.get("/", headers={"accept-language": header})
    remember(request, Wishes(**wishes))
    return request


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, Reader("de-AT", "AT")),
        ({"country": "CH"}, Reader("de-AT", "CH")),
        ({"language": "ru"}, Reader("ru", "AT")),
        ({"language": "pt-br", "country": "PT"}, Reader("pt-BR", "PT")),
        # The browser knows better which German.
        ({"language": "de"}, Reader("de-AT", "AT")),
        ({"first_weekday": 6, "adult": True}, Reader("de-AT", "AT", 6, adult=True)),
    ],
)
def test_what_was_chosen_comes_before_the_browser(
    rf: RequestFactory, wishes: dict[str, Any], expected: Reader
) -> None:
    assert reader(wishing(rf, **wishes)) == expected


def test_a_visitor_s_language_is_in_a_cookie(rf: RequestFactory, settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    rf.cookies["django_language"] = "de"
    request = rf.get("/", headers={"accept-language": "en-GB"})

    assert (reader(request), interface(request)) == (Reader("de", "GB"), "de")


def test_a_cookie_of_a_language_that_is_not_here_counts_for_nothing(rf: RequestFactory) -> None:
    rf.cookies["django_language"] = "xx"
    request = rf.get("/", headers={"accept-language": "en-GB"})

    assert (reader(request), interface(request)) == (Reader("en-GB", "GB"), "en")


@pytest.mark.parametrize(
    ("wished", "cookie", "expected"),
    [
        ("dark", "light", "dark"),
        ("system", "light", "light"),
        ("system", "", "system"),
        ("", "light", "light"),
        ("blue", "", "system"),
    ],
)
def test_a_theme_for_all_devices_comes_before_that_of_this_one(
    rf: RequestFactory, wished: str, cookie: str, expected: str
) -> None:
    rf.cookies["theme"] = cookie

    assert theme(wishing(rf, theme=wished)) == expected
