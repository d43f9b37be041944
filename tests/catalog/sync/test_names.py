"""What things are found by follows what TMDB says of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import Name, Person, Title
from catalog.search import Query
from catalog.sync.collections import hide_collection, store_collections
from catalog.sync.names import KNOWN_FROM, person_fame, title_fame
from catalog.sync.people import hide_person, store_people
from catalog.sync.titles import hide_title, store_stubs, store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import collection, film, listed, person, show
from tests.make import make_person, make_title, make_translation

pytestmark = pytest.mark.django_db

WRITE = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "catalog_name"')


def store(*films: dict[str, Any]) -> None:
    store_titles([shapes.movie(answer) for answer in films])


def forms(**of: Any) -> set[str]:
    return set(Name.objects.filter(**of).values_list("form", flat=True))


def writes(call: Callable[[], object]) -> int:
    """How often the call writes to the index."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(WRITE.match(query["sql"]) is not None for query in captured)


def test_a_film_is_found_by_all_its_names() -> None:
    store(film(7))

    names = Name.objects.filter(title__tmdb_id=7).order_by("form")

    assert list(names.values_list("form", "is_main", "of", "year")) == [
        ("hafen 7", True, "movie", 2001),
        ("harbour 7", True, "movie", 2001),
        ("le port", False, "movie", 2001),
        ("port", False, "movie", 2001),
    ]


def test_a_name_is_kept_joined_too() -> None:
    store(film(7, title="The War Games"))

    name = Name.objects.get(form="the war games")

    assert (name.joined, name.length) == ("wargames", 8)


def test_a_show_is_named_as_one() -> None:
    store_titles([shapes.tv(show(8))])

    assert set(Name.objects.filter(title__tmdb_id=8).values_list("of", flat=True)) == {"tv"}


def test_everybody_who_is_credited_can_be_found() -> None:
    store(film(7))

    assert forms(of="person") == {"ada kessel", "bo lind", "cy marsh"}


def test_titles_that_are_only_mentioned_can_be_found() -> None:
    store(film(7))

    assert {"listed 71", "liste 71"} <= forms(of="movie")


def test_a_collection_can_be_found_as_soon_as_one_film_is_in_it() -> None:
    store(film(7))

    assert forms(of="collection") == {"the harbours"}


def test_who_is_renamed_is_found_by_the_new_name_alone() -> None:
    store(film(7))
    store(film(7, title="Haven 7"))

    assert forms(title__tmdb_id=7) == {"haven 7", "hafen 7", "le port", "port"}


def test_new_translations_are_found_and_old_ones_are_not() -> None:
    store(film(7))
    data = {"title": "Hamn", "overview": ""}
    told = {"translations": [{"iso_639_1": "sv", "iso_3166_1": "SE", "data": data}]}

    store(film(7, translations=told))

    assert forms(title__tmdb_id=7) == {"harbour 7", "hafen 7", "le port", "hamn"}


@pytest.mark.parametrize("again", [film, lambda pk: film(pk, popularity=12.6, vote_count=303)])
def test_nothing_is_written_when_nothing_much_has_changed(again: Callable[[int], Any]) -> None:
    store(film(7))

    assert writes(lambda: store(again(7))) == 0


def test_fame_follows_the_votes() -> None:
    store(film(7, vote_count=0, popularity=0))
    assert not Name.objects.filter(title__tmdb_id=7, is_known=True).exists()

    store(film(7, vote_count=5000))

    assert not Name.objects.filter(title__tmdb_id=7, is_known=False).exists()


def test_biographies_bring_other_names_and_credits_leave_them() -> None:
    store_people([shapes.person(person())])
    store(film(7))

    assert forms(person=61) == {"ada kessel", "a kessel", "ада кессель"}


def test_a_stored_person_is_named_once() -> None:
    store_people([shapes.person(person())])

    assert writes(lambda: store_people([shapes.person(person())])) == 0


def test_what_is_hidden_loses_its_names_and_has_them_again_when_it_is_back() -> None:
    store(film(7))
    store_people([shapes.person(person())])
    store_collections([shapes.collection(collection())])

    hide_title("movie", 7)
    hide_person(61)
    hide_collection(31)
    assert forms(title__tmdb_id=7) | forms(person=61) | forms(collection=31) == set()

    store(film(7))
    store_people([shapes.person(person())])
    store_collections([shapes.collection(collection())])
    assert all((forms(title__tmdb_id=7), forms(person=61), forms(collection=31)))


def test_stubs_are_named_when_they_are_new() -> None:
    stubs = [shapes.page({"results": [listed(17)]}, "movie").titles[0]]
    store_stubs(stubs)

    assert forms(title__tmdb_id=17) == {"listed 17", "liste 17"}
    assert writes(lambda: store_stubs(stubs)) == 0


@pytest.mark.parametrize(("votes", "popularity"), [(10, 0.1), (0, 3)])
def test_a_few_votes_or_readers_make_a_title_known(votes: int, popularity: float) -> None:
    assert title_fame(votes, popularity) >= KNOWN_FROM > title_fame(0, 0.6)


def test_people_are_known_by_their_popularity() -> None:
    assert person_fame(30) > person_fame(2) >= KNOWN_FROM > person_fame(0.6)


# --- reindex -------------------------------------------------------------------------------------
def test_reindex_names_everything() -> None:
    make_translation(make_title(name="Jaws"), "de-DE", name="Der weiße Hai")
    make_person(name="Roy Scheider", also_known_as=["Roy R. Scheider"])

    call_command("reindex")

    assert forms() == {"jaws", "der weisse hai", "roy scheider", "roy r scheider"}


def test_reindex_mends_what_is_wrong() -> None:
    film = make_title(name="Jaws")
    call_command("reindex")
    Title.objects.filter(pk=film.pk).update(name="Heat")
    Person.objects.all().delete()

    call_command("reindex")

    assert [match.pk for match in Query("heat").matches] == [film.pk]
    assert forms() == {"heat"}


def test_reindex_writes_nothing_twice() -> None:
    make_title()
    make_person()
    call_command("reindex")

    assert writes(lambda: call_command("reindex")) == 0


def test_reindex_says_how_much_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    make_title()

    call_command("reindex")

    assert capsys.readouterr().out == "titles: 1\npeople: 0\ncollections: 0\n"


# --- What the database holds to -------------------------------------------------------------------
def test_a_name_is_of_one_thing() -> None:
    values = {
        "form": "x",
        "joined": "x",
        "length": 1,
        "is_main": True,
        "fame": 0,
        "is_known": False,
    }
    for of in ({}, {"title": make_title(), "person": make_person()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Name.objects.create(of="movie", **of, **values)
