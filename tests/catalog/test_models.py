"""What the rows promise: whose words, one claim at a time, and rules the database keeps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from catalog.models import Chart, Link, Season, Title
from cinehub.work.models import Claim
from tests.make import (
    make_chart,
    make_credit,
    make_link,
    make_offer,
    make_season,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def in_language(title: Title, language: str) -> Title:
    return Title.objects.in_language(language).get(pk=title.pk)


# --- Words ---------------------------------------------------------------------------------------
def test_a_reader_of_the_site_s_language_reads_the_row_s_own_words() -> None:
    title = make_title(name="The Matrix", overview="A hacker.", tagline="Free your mind.")
    make_translation(title, "en-GB", name="Not this one")

    words = in_language(title, "en-GB").words

    assert (words.name, words.overview, words.language) == ("The Matrix", "A hacker.", "en")
    assert words.tagline == "Free your mind."


def test_a_reader_of_another_language_reads_its_translation() -> None:
    title = make_title(name="The Matrix", overview="A hacker.", tagline="Free your mind.")
    make_translation(title, "de-DE", name="Matrix", overview="Ein Hacker.", tagline="Wach auf.")

    words = in_language(title, "de").words

    assert (words.name, words.overview, words.tagline) == ("Matrix", "Ein Hacker.", "Wach auf.")
    assert words.language == "de"


@pytest.mark.parametrize(("tag", "name"), [("pt-BR", "Brasil"), ("pt-PT", "Portugal")])
def test_a_reader_s_own_country_comes_first(tag: str, name: str) -> None:
    title = make_title()
    make_translation(title, "pt-PT", name="Portugal")
    make_translation(title, "pt-BR", name="Brasil")

    assert in_language(title, tag).words.name == name


def test_what_the_own_country_leaves_out_another_one_says() -> None:
    title = make_title(name="Site", overview="Site's")
    make_translation(title, "pt-BR", name="Brasil")
    make_translation(title, "pt-PT", name="Portugal", overview="De Portugal")

    words = in_language(title, "pt-BR").words

    assert (words.name, words.overview) == ("Brasil", "De Portugal")


def test_what_is_not_translated_is_said_in_the_site_s_language() -> None:
    title = make_title(name="The Matrix", overview="A hacker.")
    make_translation(title, "de-DE", name="Matrix")

    words = in_language(title, "de").words

    assert (words.name, words.overview, words.language) == ("Matrix", "A hacker.", "en")


def test_what_the_site_s_language_lacks_is_said_in_english(settings: Any) -> None:
    settings.TMDB_LANGUAGE = "de-DE"
    title = make_title(name="La jetée", original_name="La jetée", overview="")
    make_translation(title, "en-US", name="The Pier", overview="A man is sent back.")

    for reader in ("de", "fr"):
        words = in_language(title, reader).words

        assert (words.name, words.overview) == ("La jetée", "A man is sent back.")
        assert words.language == "en"


def test_a_title_that_nobody_asked_a_language_for_has_its_own_words() -> None:
    assert make_title(name="The Matrix").words.name == "The Matrix"


def test_a_language_costs_one_query_however_many_titles_there_are(
    django_assert_num_queries: Any,
) -> None:
    for n in range(30):
        make_translation(make_title(), "de-DE", name=f"Film {n}")

    with django_assert_num_queries(2):
        names = [title.words.name for title in Title.objects.in_language("de")]

    assert len(names) == 30


# --- Addresses -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("names", "address"),
    [
        ({"name": "The Matrix"}, "/movie/603-the-matrix"),
        ({"name": "Amélie & co."}, "/movie/603-amelie-co"),
        ({"name": "千と千尋", "original_name": "Sen to Chihiro"}, "/movie/603-sen-to-chihiro"),
        ({"name": "千と千尋"}, "/movie/603"),
        ({"kind": "tv", "name": "Dark"}, "/tv/603-dark"),
    ],
)
def test_a_title_s_address_is_its_number_and_its_name(names: dict[str, str], address: str) -> None:
    assert make_title(tmdb_id=603, **names).get_absolute_url() == address


# --- Age and order -------------------------------------------------------------------------------
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("refresh_at", "stale"),
    [(None, True), (NOW, True), (NOW - timedelta(1), True), (NOW + timedelta(1), False)],
)
def test_a_row_is_stale_from_the_moment_it_is_to_be_asked_about(
    refresh_at: datetime | None, stale: bool
) -> None:
    assert make_title(refresh_at=refresh_at).is_stale is stale


def test_the_longest_overdue_comes_first_and_the_hidden_never() -> None:
    old, older = (make_title(refresh_at=NOW - timedelta(days)) for days in (1, 2))
    make_title(refresh_at=NOW - timedelta(3), hidden_at=NOW)
    make_title(refresh_at=NOW + timedelta(days=365 * 50))
    make_title(refresh_at=None)

    with time_machine.travel(NOW):
        assert list(Title.objects.due()) == [older, old]


def test_specials_come_after_the_seasons() -> None:
    show = make_show()
    for number in (0, 2, 1):
        make_season(show, number=number)

    assert [season.number for season in Season.objects.in_order()] == [1, 2, 0]


# --- Rules that the database keeps ---------------------------------------------------------------
TWICE: list[Callable[[], Any]] = [
    lambda: [make_title(kind="movie", tmdb_id=603) for _ in range(2)],
    lambda: [make_title(kind="game")],
    lambda: [make_title(vote_average=10.1)],
    lambda: [make_title(vote_average=-0.1)],
    lambda: [make_season(show, number=1) for show in [make_show()] for _ in range(2)],
    lambda: [make_credit(film, tmdb_id="c") for film in [make_title()] for _ in range(2)],
    lambda: [make_translation(film, "de-DE") for film in [make_title()] for _ in range(2)],
    lambda: [make_chart() for _ in range(2)],
    lambda: [make_chart(film, film) for film in [make_title()]],
    lambda: [make_link(film, film) for film in [make_title()]],
    lambda: [make_link(a, b, rank=n) for a, b in [(make_title(), make_title())] for n in (1, 2)],
    lambda: [Claim.objects.create(name="one", until=NOW) for _ in range(2)],
]


@pytest.mark.parametrize("against_the_rules", TWICE)
def test_the_database_refuses_what_cannot_be(against_the_rules: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        against_the_rules()


def test_a_film_and_a_show_may_share_a_number() -> None:
    assert make_title(tmdb_id=603) != make_show(tmdb_id=603)


def test_one_title_may_be_both_recommended_and_similar() -> None:
    title, other = make_title(), make_title()
    make_link(title, other, kind=Link.Kind.RECOMMENDED)
    make_link(title, other, kind=Link.Kind.SIMILAR)

    assert title.links.count() == 2


@pytest.mark.parametrize(("name", "kind"), [(n, k) for n in ("popular",) for k in ("movie", "tv")])
def test_every_row_can_be_named(name: str, kind: str) -> None:
    title = make_title(name="Heat", year=1995, kind=kind)
    offer = make_offer(title, name="Filmhaus")
    credit = make_credit(title, character="Neil")

    assert str(title) == "Heat (1995)"
    assert str(offer) == "Filmhaus US flatrate"
    assert str(credit).endswith(": Neil")
    assert str(Chart(name=name, kind=kind))
