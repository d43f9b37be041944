"""What hangs on a title: each table has the rows that TMDB's answer calls for, and no others."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    AlternativeTitle,
    Certification,
    Credit,
    Image,
    Link,
    Offer,
    ReleaseDate,
    Title,
    Translation,
    Video,
)
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import film, listed, show

pytestmark = pytest.mark.django_db

WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "catalog_(\w+)"')


def store(*answers: dict[str, Any]) -> None:
    store_titles([shapes.movie(told) if "title" in told else shapes.tv(told) for told in answers])


def held(name: str, **which: Any) -> Title:
    return Title.objects.get(name=name, **which)


def rows() -> dict[str, int]:
    return {
        model._meta.model_name or "": model._default_manager.count()
        for model in apps.get_app_config("catalog").get_models(include_auto_created=True)
    }


def written(call: Callable[[], None]) -> set[str]:
    """The tables that the call wrote to."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return {match[1] for query in captured if (match := WRITE.search(query["sql"]))}


def test_a_film_brings_a_row_for_every_part() -> None:
    store(film(7))
    title = held("Harbour 7")
    assert set(title.genres.values_list("name", flat=True)) == {"Drama", "Mystery"}
    assert set(title.keywords.values_list("name", flat=True)) == {"ferry", "fog"}
    assert list(title.companies.values_list("name", "country")) == [("Quay Films", "DE")]
    assert list(title.countries.values_list("code", "name")) == [("DE", "Germany")]
    assert list(title.languages.values_list("name", "native_name")) == [("German", "Deutsch")]
    assert set(Translation.objects.values_list("title", "language", "country", "name")) == {
        (title.pk, "en", "GB", "Port")
    }
    assert set(AlternativeTitle.objects.values_list("country", "name")) == {("FR", "Le Port")}
    assert set(ReleaseDate.objects.values_list("country", "type", "date", "certification")) == {
        ("DE", 1, date(2001, 4, 1), ""),
        ("DE", 3, date(2001, 4, 5), "12"),
    }
    assert set(Certification.objects.values_list("country", "code")) == {("DE", "12")}


def test_a_film_brings_its_pictures_and_videos() -> None:
    store(film(7))
    assert set(Image.objects.values_list("kind", "path", "language", "width")) == {
        ("poster", "/harbour.jpg", "en", 1000),
        ("backdrop", "/harbour-wide.jpg", "", 1000),
        ("logo", "/harbour-logo.png", "de", 1000),
    }
    assert set(Video.objects.values_list("site", "key", "official", "published_at")) == {
        ("YouTube", "abc", True, datetime(2001, 3, 1, 12, tzinfo=UTC))
    }


def test_a_film_brings_its_cast_and_crew_in_order() -> None:
    store(film(7))
    cast = Credit.objects.cast().values_list("person__name", "character", "position")
    crew = Credit.objects.crew().values_list("person__name", "department", "job")
    assert list(cast) == [("Ada Kessel", "Captain", 0), ("Bo Lind", "Pilot", 1)]
    assert list(crew) == [("Cy Marsh", "Directing", "Director")]


def test_a_film_brings_its_offers_and_links() -> None:
    store(film(7))
    assert set(Offer.objects.values_list("provider__name", "country", "kind")) == {
        ("Wave", "DE", "flatrate"),
        ("Wave", "DE", "rent"),
    }
    assert set(Link.objects.values_list("kind", "rank", "to__tmdb_id")) == {
        ("recommended", 1, 71),
        ("recommended", 2, 81),
        ("similar", 1, 71),
    }


def test_a_show_brings_what_only_shows_have() -> None:
    store(show(8))
    title = held("Nightboat 8")
    assert list(title.networks.values_list("name", flat=True)) == ["Channel Sea"]
    assert set(Certification.objects.values_list("code", flat=True)) == {"16"}
    assert set(Credit.objects.values_list("person__name", "job", "character", "episode_count")) == {
        ("Dee Nolan", "Creator", "", None),
        ("Ada Kessel", "", "Mate", 2),
        ("Ada Kessel", "", "Twin", 1),
        ("Cy Marsh", "Writer", "", 2),
    }
    assert set(Link.objects.values_list("to__kind", flat=True)) == {"tv"}


@pytest.mark.parametrize("told", [film, show])
def test_storing_twice_adds_no_row(told: Callable[[int], Any]) -> None:
    store(told(7))
    before = rows()
    store(told(7))
    assert rows() == before
    assert all(before[name] for name in ("credit", "image", "video", "offer", "link", "keyword"))


@pytest.mark.parametrize(
    ("told", "tables"), [(film, {"title"}), (show, {"title", "season", "episode"})]
)
def test_storing_twice_writes_nothing_but_the_age(
    told: Callable[[int], Any], tables: set[str]
) -> None:
    store(told(7))
    assert written(lambda: store(told(7))) == tables


@pytest.mark.parametrize(
    ("changes", "tables"),
    [
        ({"keywords": {"keywords": [{"id": 51, "name": "ferry"}]}}, {"title_keywords"}),
        ({"genres": []}, {"title_genres"}),
        ({"credits": {}}, {"credit"}),
        ({"videos": None}, {"video"}),
        ({"watch/providers": {"results": {}}}, {"offer"}),
        ({"similar": {"results": []}}, {"link"}),
        ({"translations": {"translations": []}}, {"translation", "name"}),
        ({"release_dates": {"results": []}}, {"releasedate", "certification"}),
    ],
)
def test_what_is_gone_from_the_answer_goes_from_its_table_alone(
    changes: dict[str, Any], tables: set[str]
) -> None:
    store(film(7))
    assert written(lambda: store(film(7, **changes))) == {"title", *tables}
    before = rows()
    store(film(7, **changes))
    assert rows() == before


def test_a_changed_answer_changes_adds_and_removes() -> None:
    store(film(7))
    kept = Credit.objects.get(tmdb_id="cast61").pk
    told = film(7)
    ada, bo = told["credits"]["cast"]
    new = {**bo, "id": 66, "name": "Gil Fender", "credit_id": "cast66"}
    store(film(7, credits={"cast": [{**ada, "character": "Admiral"}, new]}))
    assert Credit.objects.get(character="Admiral").pk == kept
    assert set(Credit.objects.values_list("person__name", flat=True)) == {
        "Ada Kessel",
        "Gil Fender",
    }


def test_links_change_places_without_tripping_over_each_other() -> None:
    store(film(7))
    store(film(7, recommendations={"results": [listed(81), listed(71)]}))
    ranks = Link.objects.filter(kind="recommended").order_by("rank")
    assert [link.to.tmdb_id for link in ranks.select_related("to")] == [81, 71]


def test_a_title_does_not_lose_what_belongs_to_another() -> None:
    store(film(7), film(9))
    store(film(7, credits={}, images={}, genres=[]))
    other = held("Harbour 9")
    assert other.credits.count() == 3
    assert other.images.count() == 3
    assert other.genres.count() == 2


def test_what_two_titles_of_a_batch_share_is_held_once() -> None:
    store(film(7), film(9), show(8))
    assert rows()["person"] == 5
    assert rows()["provider"] == 1
    assert Title.objects.get(name="Nightboat 8").credits.count() == 4
