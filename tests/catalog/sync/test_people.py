"""People: named by every title they worked on, told in full by themselves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from catalog.models import Credit, Person
from catalog.sync.ages import PERSON_DAYS
from catalog.sync.people import hide_person, store_people
from catalog.sync.titles import store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import film, person, show
from tests.make import make_person

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def store_film(**changes: Any) -> None:
    store_titles([shapes.movie(film(7, **changes))])


def test_whoever_is_credited_gets_a_row() -> None:
    store_film()
    ada = Person.objects.get(pk=61)
    assert (ada.name, ada.gender, ada.known_for) == ("Ada Kessel", 1, "Acting")
    assert (ada.profile_path, ada.popularity) == ("/person-61.jpg", 4.5)
    assert ada.details_at is None
    assert ada.fetched_at is not None
    assert ada.refresh_at == ada.fetched_at + timedelta(days=150)


def test_guests_of_episodes_get_a_row_too() -> None:
    store_titles([shapes.tv(show(8))])
    assert Person.objects.filter(name="Eli Storm").exists()


def test_a_person_is_told_in_full() -> None:
    store_people([shapes.person(person())])
    ada = Person.objects.get(pk=61)
    assert ada.also_known_as == ["A. Kessel", "Ада Кессель"]
    assert (ada.birthday, ada.deathday) == (date(1970, 2, 3), None)
    assert (ada.place_of_birth, ada.biography) == ("Borkum", "She grew up on a lightship.")
    assert (ada.imdb_id, ada.wikidata_id) == ("nm0000061", "Q61")


def test_a_title_brings_the_name_up_to_date_and_leaves_the_biography() -> None:
    store_people([shapes.person(person(name="Ada Old"))])
    before = Person.objects.get(pk=61)
    store_film()
    after = Person.objects.get(pk=61)
    assert (before.name, after.name) == ("Ada Old", "Ada Kessel")
    assert (after.biography, after.refresh_at) == (before.biography, before.refresh_at)


def test_a_title_that_tells_less_of_a_creator_takes_nothing_away() -> None:
    store_people([shapes.person(person(64, name="Dee Nolan", popularity=9.5, adult=True))])
    store_titles([shapes.tv(show(8))])
    dee = Person.objects.get(pk=64)
    assert (dee.popularity, dee.known_for, dee.adult) == (9.5, "Acting", True)


def test_who_is_both_creator_and_cast_is_known_by_the_cast_entry() -> None:
    creator = {"id": 61, "credit_id": "made61", "name": "Ada Kessel"}
    store_titles([shapes.tv(show(8, created_by=[creator]))])
    assert Person.objects.get(pk=61).known_for == "Acting"
    assert Credit.objects.filter(person=61).count() == 3


def test_a_person_is_asked_about_again_before_tmdbs_half_year_is_over() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        store_people([shapes.person(person())])
        clock.shift(timedelta(days=10))
        store_people([shapes.person(person())])
    ada = Person.objects.get(pk=61)
    assert ada.details_at == NOON
    assert ada.refresh_at == NOON + timedelta(days=10 + PERSON_DAYS)


def test_a_dropped_person_is_hidden_and_comes_back() -> None:
    store_film()
    assert [hide_person(61), hide_person(61)] == [1, 0]
    assert not Person.objects.visible().filter(pk=61).exists()
    assert Credit.objects.filter(person=61).exists()
    store_people([shapes.person(person())])
    assert Person.objects.visible().filter(pk=61).exists()


def test_nobody_is_hidden_by_a_number_that_nobody_has() -> None:
    make_person()
    assert hide_person(999_999) == 0
