"""Questions that are written once: each part's rows, whatever is given, on either database."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, When
from pytest_django import DjangoAssertNumQueries

from catalog.models import Genre, Title
from cinehub.kit.written import Given, Parts, Written, WrittenRows, WrittenThings
from tests.make import make_collection, make_genre, make_title

pytestmark = pytest.mark.django_db


def names(**parts: QuerySet[Any, Any]) -> Written:
    return Written(lambda: {name: rows.values_list("name") for name, rows in parts.items()})


def test_every_part_has_its_rows() -> None:
    make_title(name="Heat", kind="movie")
    make_genre(name="Crime")
    both = names(titles=Title.objects.all(), genres=Genre.objects.all())

    assert both.ask() == {"titles": [["Heat"]], "genres": [["Crime"]]}


def test_a_part_without_rows_is_empty() -> None:
    assert names(titles=Title.objects.all()).ask() == {"titles": []}


def test_rows_keep_their_order_and_their_end() -> None:
    for name in "bdac":
        make_title(name=name)

    assert names(titles=Title.objects.order_by("-name")[:3]).ask()["titles"] == [
        ["d"],
        ["c"],
        ["b"],
    ]


def test_what_is_given_may_differ_each_time() -> None:
    for name, year in (("Alien", 1979), ("Heat", 1995)):
        make_title(name=name, year=year)
    question = names(titles=Title.objects.filter(year=Given("year")))

    assert [question.ask(year=year)["titles"] for year in (1995, 1979, 1900, None)] == [
        [["Heat"]],
        [["Alien"]],
        [],
        [],
    ]


def test_what_is_given_stands_where_it_belongs() -> None:
    for name in "abc":
        make_title(name=name, year=2000)
    later = Case(When(name=Given("last"), then=1), default=0)
    others = Title.objects.filter(~Q(name=Given("not")), year=Given("year"))
    question = names(ordered=others.order_by(later, "name"), given=others.filter(name="a"))

    answer = question.ask(**{"year": 2000, "last": "a", "not": "b"})

    assert answer == {"ordered": [["c"], ["a"]], "given": [["a"]]}


def test_given_words_are_never_taken_for_sql() -> None:
    make_title(name="x' OR 1 = 1 --")
    question = names(titles=Title.objects.filter(name=Given("name")))

    assert question.ask(name="' OR 1 = 1 --")["titles"] == []
    assert len(question.ask(name="x' OR 1 = 1 --")["titles"]) == 1


def test_values_are_those_that_json_has() -> None:
    make_title(name='"Ça\\va"', year=None, vote_average=7.3, release_date=date(2026, 11, 20))
    fields = ("name", "year", "vote_average", "release_date", "kind")
    question = Written(lambda: {"titles": Title.objects.values_list(*fields)})

    assert question.ask()["titles"] == [['"Ça\\va"', None, 7.3, "2026-11-20", "movie"]]


def test_it_is_written_once_and_asked_in_one_query(django_assert_num_queries: Any) -> None:
    written = []

    def parts() -> Parts:
        written.append(1)
        return {name: Title.objects.values_list("pk") for name in "abc"}

    question = Written(parts)

    with django_assert_num_queries(2):
        question.ask()
        question.ask()
    assert written == [1]


def test_something_that_is_not_given_is_missed() -> None:
    with pytest.raises(KeyError):
        names(titles=Title.objects.filter(year=Given("year"))).ask()


# --- Whole things --------------------------------------------------------------------------------
def test_things_are_as_a_queryset_has_them() -> None:
    collection = make_collection(name="Alien")
    title = make_title(name="Alien", collection=collection, release_date=date(1979, 5, 25))
    title.genres.add(make_genre(name="Horror"))
    titles = Title.objects.filter(name=Given("name")).annotate(filed=Count("genres"))
    question = WrittenThings(lambda: titles.select_related("collection").order_by("pk"))

    (found,) = question.ask(name="Alien")

    assert (found, found.release_date, found.locked) == (title, date(1979, 5, 25), [])
    assert found.filed == 1
    assert not found.get_deferred_fields()


def test_what_things_select_beside_them_is_not_asked_for_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_title(name="Alien", collection=make_collection(name="Alien"))
    titles = Title.objects.select_related("collection").prefetch_related("genres").order_by("pk")
    question = WrittenThings(lambda: titles)

    with django_assert_num_queries(2):
        (found,) = question.ask()
        assert (found.collection and found.collection.name, [*found.genres.all()]) == ("Alien", [])


def test_things_may_be_others_each_time() -> None:
    for name in ("Alien", "Heat"):
        make_title(name=name)
    question = WrittenThings(lambda: Title.objects.filter(name=Given("name")).order_by("pk"))

    told = [[each.name for each in question.ask(name=name)] for name in ("Heat", "Alien", "Big")]

    assert told == [["Heat"], ["Alien"], []]


# --- On PostgreSQL -------------------------------------------------------------------------------
ASKED_OFTEN = 8


def remembered() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.postgres
@pytest.mark.parametrize("kind", [Written, WrittenRows, WrittenThings])
def test_the_server_remembers_how_it_answers_what_is_asked_often(kind: Any) -> None:
    titles = Title.objects.filter(name=Given("name")).exclude(tagline=kind.__name__).order_by("pk")
    rows = titles if kind is WrittenThings else titles.values_list("name")
    question = kind((lambda: {"titles": rows}) if kind is Written else (lambda: rows))
    before = remembered()

    for _ in range(ASKED_OFTEN):
        question.ask(name="Heat")

    assert len(remembered() - before) == 1
