"""What a person has worked on, in whatever ways, and what of it a page shows."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from catalog.about import filmography
from catalog.about.filmography import Choice, Department, Filmography
from catalog.models import Credit, Person
from tests.make import (
    make_credit,
    make_episode,
    make_episode_credit,
    make_person,
    make_season,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)
DIRECTED: dict[str, Any] = {"department": "Directing", "job": "Director", "character": ""}
WRITTEN: dict[str, Any] = {"department": "Writing", "job": "Writer", "character": ""}


def shown(person: Person, query: str = "", language: str = "en") -> dict[str, Any]:
    return filmography.shown(person, QueryDict(query), language)


def names(person: Person, query: str = "") -> list[str]:
    return [line.title.name for _, lines in shown(person, query)["groups"] for line in lines]


def known_for(person: Person) -> list[str]:
    return [title.name for title in shown(person)["known_for"]]


def only_line(person: Person) -> filmography.Line:
    [line] = Filmography.of(person).lines
    return line


@pytest.fixture
def person() -> Person:
    return make_person(known_for="Acting")


# --- One line for each title ---------------------------------------------------------------------
def test_two_parts_in_a_film_are_one_line(person: Person) -> None:
    film = make_title()
    for n, character in enumerate(("Jekyll", "Hyde")):
        make_credit(film, person, character=character, position=n)

    assert only_line(person).names == "Jekyll / Hyde"


def test_two_jobs_in_a_department_are_one_line(person: Person) -> None:
    film = make_title()
    for n, job in enumerate(("Producer", "Casting")):
        make_credit(film, person, department="Production", job=job, character="", position=n)

    assert only_line(person).names == "Producer, Casting"


def test_jobs_in_two_departments_are_two_lines(person: Person) -> None:
    film = make_title()
    make_credit(film, person, **DIRECTED)
    make_credit(film, person, **WRITTEN)

    assert {line.department for line in Filmography.of(person).lines} == {"Directing", "Writing"}


def test_a_show_says_in_how_many_episodes(person: Person) -> None:
    make_credit(make_show(), person, episode_count=62)

    assert only_line(person).episodes == 62


# --- Guests --------------------------------------------------------------------------------------
def test_guest_appearances_are_counted_into_their_show(person: Person) -> None:
    season = make_season(make_show())
    for _ in range(2):
        make_episode_credit(make_episode(season), person, character="A clerk")

    line = only_line(person)
    assert (line.names, line.episodes, line.title) == ("A clerk", 2, season.title)


def test_an_episode_counts_once_however_often_it_is_told(person: Person) -> None:
    episode = make_episode(make_season(make_show()))
    for _ in range(2):
        make_episode_credit(episode, person, character="A clerk")

    assert only_line(person).episodes == 1


def test_work_told_of_the_show_and_of_its_episodes_is_counted_once(person: Person) -> None:
    show = make_show()
    make_credit(show, person, episode_count=5, **DIRECTED)
    make_episode_credit(make_episode(make_season(show)), person, **DIRECTED)

    line = only_line(person)
    assert (line.names, line.episodes) == ("Director", 5)


@pytest.mark.parametrize("hidden", ["episode", "season"])
def test_episodes_that_are_gone_do_not_count(person: Person, hidden: str) -> None:
    gone = {"hidden_at": PAST}
    season = make_season(make_show(), **gone if hidden == "season" else {})
    episode = make_episode(season, **gone if hidden == "episode" else {})
    make_episode_credit(episode, person)

    assert Filmography.of(person).lines == []


@pytest.mark.parametrize("values", [{"hidden_at": PAST}, {"adult": True}])
def test_titles_that_are_hidden_or_adult_are_not_shown(
    person: Person, values: dict[str, Any]
) -> None:
    make_credit(make_title(**values), person)
    make_episode_credit(make_episode(make_season(make_show(**values))), person)

    assert Filmography.of(person).lines == []


# --- In which order ------------------------------------------------------------------------------
def test_what_they_are_known_for_comes_first_then_what_they_did_most(person: Person) -> None:
    make_credit(make_title(), person)
    for _ in range(2):
        make_credit(make_title(), person, **WRITTEN)
    for _ in range(3):
        make_credit(make_title(), person, **DIRECTED)

    assert [(d.name, d.count) for d in Filmography.of(person).departments] == [
        ("Acting", 1),
        ("Directing", 3),
        ("Writing", 2),
    ]


def test_what_has_no_date_comes_first_then_the_newest(person: Person) -> None:
    for name, day in (("Old", date(1990, 1, 1)), ("To come", None), ("New", date(2020, 1, 1))):
        make_credit(make_title(name=name, release_date=day), person)

    assert names(person) == ["To come", "New", "Old"]


def test_the_best_score_is_first_and_what_nobody_voted_on_last(person: Person) -> None:
    for name, score, votes in (("Good", 8, 10), ("Unseen", 9, 0), ("Bad", 3, 10)):
        make_credit(make_title(name=name, score=score, vote_count=votes), person)

    assert names(person, "sort=score") == ["Good", "Bad", "Unseen"]


def test_the_popular_come_first_where_that_is_asked(person: Person) -> None:
    for name, popularity in (("Quiet", 1), ("Loud", 9)):
        make_credit(make_title(name=name, popularity=popularity), person)

    assert names(person, "sort=popularity") == ["Loud", "Quiet"]


# --- What they are known for ---------------------------------------------------------------------
def test_many_votes_make_known(person: Person) -> None:
    for name, votes in (("Few", 10), ("Many", 1000)):
        make_credit(make_title(name=name, vote_count=votes), person)

    assert known_for(person) == ["Many", "Few"]


def test_a_great_part_makes_better_known_than_a_small_one(person: Person) -> None:
    for name, votes, position in (("Small part", 1000, 40), ("Lead", 500, 0)):
        make_credit(make_title(name=name, vote_count=votes), person, position=position)

    assert known_for(person) == ["Lead", "Small part"]


def test_nobody_is_known_for_being_asked_about_themselves(person: Person) -> None:
    for name, character in (("About films", "Self (archive footage)"), ("A film", "Neo")):
        make_credit(make_title(name=name, vote_count=100), person, character=character)

    assert known_for(person) == ["A film", "About films"]


def test_directors_are_known_for_what_they_directed() -> None:
    director = make_person(known_for="Directing")
    make_credit(make_title(name="Appeared in", vote_count=1000), director)
    make_credit(make_title(name="Directed", vote_count=1), director, **DIRECTED)

    assert known_for(director) == ["Directed"]


def test_whose_department_is_unknown_is_known_for_what_they_did_most() -> None:
    somebody = make_person(known_for="Directing")
    make_credit(make_title(name="Written"), somebody, **WRITTEN)

    assert known_for(somebody) == ["Written"]


# --- A choice of it ------------------------------------------------------------------------------
def test_a_role_can_be_chosen(person: Person) -> None:
    make_credit(make_title(name="Acted"), person)
    make_credit(make_title(name="Directed"), person, **DIRECTED)

    assert names(person, "department=directing") == ["Directed"]


@pytest.mark.parametrize(("kind", "name"), [("movie", "A film"), ("tv", "A show")])
def test_films_or_shows_can_be_chosen(person: Person, kind: str, name: str) -> None:
    make_credit(make_title(name="A film"), person)
    make_credit(make_show(name="A show"), person)

    assert names(person, f"kind={kind}") == [name]


@pytest.mark.parametrize("wrong", ["x", "\x00", "9" * 10_000, "Acting"])
@pytest.mark.parametrize("name", ["department", "kind", "sort"])
def test_nonsense_is_left_aside_and_said(name: str, wrong: str) -> None:
    choice = Choice.read({name: wrong}, [Department("Acting", 1)])

    assert choice == Choice(department="", kind="", sort="", ignored=(name,))


@pytest.mark.parametrize("page", ["0", "-1", "x", "1000000000", "9" * 10_000, "\x00"])
def test_a_page_that_is_not_there_is_left_aside_and_said(person: Person, page: str) -> None:
    make_credit(make_title(), person)

    assert shown(person, f"page={page}")["ignored"] == ["page"]


def test_a_title_counts_once_in_whatever_departments(person: Person) -> None:
    film = make_title()
    make_credit(film, person)
    make_credit(film, person, **DIRECTED)

    assert shown(person)["count"] == 1


def test_pages_show_every_line_once(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filmography, "PER_PAGE", 2)
    for n in range(5):
        make_credit(make_title(name=str(n)), person, **(DIRECTED if n % 2 else {}))

    pages = [names(person, f"page={n}") for n in (1, 2, 3)]

    assert sorted(name for page in pages for name in page) == ["0", "1", "2", "3", "4"]


def test_a_department_says_how_many_it_has_on_all_pages(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filmography, "PER_PAGE", 2)
    for _ in range(5):
        make_credit(make_title(), person)

    [(department, lines)] = shown(person, "page=2")["groups"]
    assert (department.count, len(lines)) == (5, 2)


# --- In the reader's language, at the same cost --------------------------------------------------
def test_titles_bear_the_reader_s_names(person: Person) -> None:
    film = make_title(name="Spirited Away")
    make_translation(film, "de", name="Chihiros Reise")
    make_credit(film, person)

    [(_, [line])] = shown(person, language="de")["groups"]
    assert line.title.shown_name.name == "Chihiros Reise"


def test_a_long_career_costs_no_more_queries_than_a_short_one(
    person: Person, django_assert_max_num_queries: Any
) -> None:
    season = make_season(make_show())
    for _ in range(40):
        make_credit(make_title(), person)
        make_episode_credit(make_episode(season), person, character="A clerk")
    credited = Credit.objects.count()

    with django_assert_max_num_queries(7) as captured:
        told = shown(person, language="de")

    assert isinstance(captured, CaptureQueriesContext)
    assert told["count"] == credited + 1
