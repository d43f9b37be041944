"""Every language is complete, and says what the code says."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from tests import messages
from tests.make import make_show

Key = tuple[str | None, str]

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[ds]|%%|\{\w*\}")
TAG = re.compile(r"<[^>]+>")

every_language = pytest.mark.parametrize(
    "path", messages.catalogues(), ids=lambda path: path.parts[-3]
)


@cache
def said() -> dict[Key, polib.POEntry]:
    """In the code."""
    return {(entry.msgctxt, entry.msgid): entry for entry in messages.extracted()}


def written(path: Path) -> dict[Key, polib.POEntry]:
    """In the catalogue."""
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}


def forms(entry: polib.POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def test_russian_is_one_of_the_languages() -> None:
    assert ("ru", "Русский") in settings.LANGUAGES


@every_language
def test_it_has_what_the_code_says_and_nothing_else(path: Path) -> None:
    """`make messages` merges what is new, and takes out what is gone."""
    assert written(path).keys() == said().keys()


@every_language
def test_all_of_it_is_translated_in_all_forms(path: Path) -> None:
    lacking = [key for key, entry in written(path).items() if not all(forms(entry))]

    assert not lacking


@every_language
def test_plurals_have_as_many_forms_as_the_language(path: Path) -> None:
    many = re.search(r"nplurals=(\d)", polib.pofile(str(path)).metadata["Plural-Forms"])

    assert many
    for entry in written(path).values():
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == int(many[1]), entry.msgid
            assert entry.msgid_plural == said()[entry.msgctxt, entry.msgid].msgid_plural


@every_language
def test_nothing_is_a_guess(path: Path) -> None:
    assert not [entry.msgid for entry in polib.pofile(str(path)) if entry.fuzzy or entry.obsolete]


@every_language
@pytest.mark.parametrize("mark", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_what_stands_in_the_words_for_something_else_is_there(path: Path, mark: re.Pattern) -> None:
    for entry in written(path).values():
        # One thing may be said with its number, or without.
        wanted = [sorted(mark.findall(said)) for said in (entry.msgid, entry.msgid_plural) if said]
        for form in filter(None, forms(entry)):
            assert sorted(mark.findall(form)) in wanted, entry.msgid


@every_language
def test_what_begins_or_ends_with_a_space_still_does(path: Path) -> None:
    for entry in written(path).values():
        for form in forms(entry):
            assert (form[:1] == " ", form[-1:] == " ") == (
                entry.msgid[:1] == " ",
                entry.msgid[-1:] == " ",
            ), entry.msgid


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 серия"), (3, "3 серии"), (5, "5 серий"), (21, "21 серия")]
)
def test_russian_counts_as_russians_do(count: int, words: str) -> None:
    with translation.override("ru"):
        assert (
            ngettext("%(count)d episode", "%(count)d episodes", count) % {"count": count} == words
        )


def test_russian_days_are_written_as_russians_write_them() -> None:
    with translation.override("ru"):
        assert date_format(date(2026, 11, 21), "MONTH_DAY_FORMAT") == "21 ноября"


@pytest.mark.django_db
def test_what_tmdb_says_of_a_show_is_said_in_russian(client: Client) -> None:
    show = make_show(status="Ended", type="Never heard of")

    page = client.get(show.get_absolute_url(), headers={"accept-language": "ru"}).content.decode()

    assert ">Завершён</a>" in page
    assert ">Never heard of</a>" in page


@pytest.mark.django_db
def test_who_reads_russian_is_answered_in_russian(client: Client) -> None:
    page = client.get("/discover/movie", headers={"accept-language": "ru"})

    assert page.headers["Content-Language"] == "ru"
    assert '<html lang="ru"' in page.content.decode()
    assert "Подбор фильмов" in page.content.decode()


@pytest.mark.django_db
def test_a_language_that_is_not_here_is_answered_in_english(client: Client) -> None:
    assert '<html lang="en"' in client.get("/", headers={"accept-language": "tlh"}).content.decode()


def test_pages_for_when_something_broke_are_translated_too() -> None:
    with translation.override("ru"):
        assert "Плёнка порвалась" in render_to_string("500.html")
