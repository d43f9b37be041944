"""Films and shows: what is asked is stored whole or not at all, at a cost that does not grow."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Credit, Episode, Genre, Image, Keyword, Language, Person, Season, Title
from catalog.sync.runs import refresh, title_subject
from catalog.sync.titles import (
    PRIOR_AVERAGE,
    Stored,
    fresh_ids,
    hide_title,
    store_stubs,
    store_titles,
    weighted_score,
)
from catalog.tmdb import TMDB, Busy, Garbled, shapes
from catalog.tmdb.shapes import TitleFacts, TitleStub
from tests.catalog.tmdb.answers import film, listed, page, show
from tests.catalog.tmdb.answers.served import Served, client
from tests.make import make_genre, make_show, make_title

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def store(*answers: dict[str, Any]) -> Stored:
    """Store films and shows as TMDB tells them."""
    return store_titles(
        [shapes.movie(told) if "title" in told else shapes.tv(told) for told in answers]
    )


def refresh_title(tmdb: TMDB, kind: str, tmdb_id: int) -> bool:
    return refresh((kind, tmdb_id), title_subject(tmdb))


def queries(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


# --- Storing --------------------------------------------------------------------------------------
def test_a_film_says_what_tmdb_says() -> None:
    store(film(7))
    title = Title.objects.get(kind="movie", tmdb_id=7)
    assert (title.name, title.original_name, title.year) == ("Harbour 7", "Hafen 7", 2001)
    assert (title.budget, title.revenue) == (3_000_000_000, 9_000_000_000)
    assert (title.imdb_id, title.tvdb_id, title.wikidata_id) == ("tt0000007", 5_000_000_000, "Q7")
    assert (title.original_language_id, title.collection_id) == ("de", 31)
    assert (title.overview, title.tagline) == ("A ferry does not come back.", "Mind the tide.")
    assert (title.vote_average, title.vote_count, title.runtime) == (7.25, 300, 101)


def test_a_show_says_what_tmdb_says() -> None:
    store(show(8))
    title = Title.objects.get(kind="tv", tmdb_id=8)
    assert (title.name, title.type, title.status) == ("Nightboat 8", "Scripted", "Ended")
    assert (title.season_count, title.episode_count, title.runtime) == (1, 2, 45)
    assert (str(title.release_date), str(title.last_air_date)) == ("2010-01-01", "2010-01-08")


def test_a_film_and_a_show_may_have_the_same_number() -> None:
    store(film(7), show(7))
    assert set(Title.objects.filter(tmdb_id=7).values_list("kind", flat=True)) == {"movie", "tv"}


def test_a_changed_answer_changes_the_row() -> None:
    store(film(7))
    store(film(7, title="Port", release_date=None, belongs_to_collection=None, runtime=0))
    title = Title.objects.get(tmdb_id=7, kind="movie")
    assert (title.name, title.year, title.collection_id, title.runtime) == (
        "Port",
        None,
        None,
        None,
    )


def test_what_is_new_and_what_is_told_again_are_counted() -> None:
    store(film(7))
    assert store(film(7), film(9), show(8)) == Stored(created=2, updated=1)


def test_a_title_known_from_a_list_counts_as_new_when_it_is_told_in_full() -> None:
    store_stubs(shapes.page(page(listed(7)), "movie").titles)
    assert store(film(7)) == Stored(created=1, updated=0)


def test_a_title_knows_when_it_was_fetched_and_since_when_it_is_held() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        store(film(7))
        clock.shift(timedelta(days=50))
        store(film(7))
    title = Title.objects.get(kind="movie", tmdb_id=7)
    assert title.details_at == NOON
    assert title.fetched_at == NOON + timedelta(days=50)
    assert title.refresh_at is not None
    assert title.refresh_at > title.fetched_at


@pytest.mark.parametrize("told", [film, show])
def test_several_titles_cost_no_more_queries_than_one(told: Callable[[int], Any]) -> None:
    one = queries(lambda: store(told(100)))
    three = queries(lambda: store(*(told(n) for n in (101, 102, 103))))
    assert three <= one
    assert queries(lambda: store(*(told(n) for n in (101, 102, 103)))) <= one


def broken_film(facts: TitleFacts) -> TitleFacts:
    """One picture of it is something that the database refuses."""
    return replace(facts, images=(*facts.images[:-1], replace(facts.images[-1], width=-1)))


def broken_show(facts: TitleFacts) -> TitleFacts:
    """So is the very last credit of its very last episode."""
    *seasons, season = facts.seasons
    *episodes, episode = season.episodes or ()
    *credits, credit = episode.credits
    episode = replace(episode, credits=(*credits, replace(credit, position=-1)))
    return replace(facts, seasons=(*seasons, replace(season, episodes=(*episodes, episode))))


@pytest.mark.parametrize(
    "facts", [broken_film(shapes.movie(film(7))), broken_show(shapes.tv(show(7)))]
)
def test_no_half_of_a_title_is_ever_written(facts: TitleFacts) -> None:
    with pytest.raises(IntegrityError):
        store_titles([facts])
    for model in (Title, Person, Genre, Keyword, Credit, Image, Season, Episode):
        assert not model._default_manager.exists(), model


def test_a_title_that_is_refused_leaves_all_of_its_batch_as_it_was() -> None:
    store(film(7), show(8))
    before = list(Title.objects.order_by("pk").values())
    changed = [shapes.movie(film(7, title="Port")), broken_show(shapes.tv(show(8, name="Mole")))]
    with pytest.raises(IntegrityError):
        store_titles(changed)
    assert list(Title.objects.order_by("pk").values()) == before


# --- Titles known from lists and links ------------------------------------------------------------
def test_links_make_stubs_of_titles_that_are_not_held() -> None:
    store(film(7))
    stub = Title.objects.get(kind="movie", tmdb_id=71)
    assert (stub.name, stub.year, stub.poster_path) == ("Listed 71", 1999, "/listed.jpg")
    assert stub.original_language_id == "de"
    assert stub.details_at is None


def test_a_stub_is_asked_about_in_full_before_it_is_half_a_year_old() -> None:
    store(film(7))
    stub = Title.objects.get(kind="movie", tmdb_id=71)
    assert stub.fetched_at is not None
    assert stub.refresh_at == stub.fetched_at + timedelta(days=150)


def test_links_never_overwrite_what_is_held() -> None:
    store(film(71, title="Known by heart"))
    before = Title.objects.filter(tmdb_id=71).values().get()
    store(film(7))
    assert Title.objects.filter(tmdb_id=71).values().get() == before


def test_titles_that_link_to_each_other_may_come_together() -> None:
    store(film(7, similar={"results": [listed(9)]}), film(9, similar={"results": [listed(7)]}))
    names = Title.objects.filter(tmdb_id__in=(7, 9)).order_by("tmdb_id").values_list("name")
    assert [name for (name,) in names] == ["Harbour 7", "Harbour 9"]


def test_a_title_that_lists_name_does_not_come_back_from_hiding() -> None:
    gone = make_title(tmdb_id=71, hidden_at=NOON)
    store(film(7))
    gone.refresh_from_db()
    assert gone.hidden_at == NOON


def test_a_list_brings_the_language_it_names() -> None:
    store_stubs(shapes.page(page(listed(5, original_language="is")), "movie").titles)
    assert Language.objects.filter(pk="is").exists()


def stubs(*ids: int, **changes: Any) -> Sequence[TitleStub]:
    return shapes.page(page(*(listed(n, **changes) for n in ids)), "movie").titles


def genres(tmdb_id: int) -> list[str]:
    return [genre.name for genre in Title.objects.get(tmdb_id=tmdb_id).genres.all()]


def test_a_list_files_what_is_new_under_the_genres_that_have_a_name_here() -> None:
    make_genre(tmdb_id=18, name="Drama")
    store_stubs(stubs(5, genre_ids=[18, 99]))
    assert genres(5) == ["Drama"]


def test_links_file_what_is_new_under_its_genres_too() -> None:
    store(film(7))
    assert genres(71) == ["Drama"]


def test_a_list_leaves_the_genres_of_what_is_held() -> None:
    make_genre(tmdb_id=35, name="Comedy")
    store(film(7))
    store_stubs(stubs(5, genre_ids=[18]))
    store_stubs(stubs(5, 7, genre_ids=[35]))
    assert (genres(5), genres(7)) == (["Drama"], ["Drama", "Mystery"])


def test_the_genres_of_a_list_give_way_to_those_of_the_details() -> None:
    make_genre(tmdb_id=35, name="Comedy")
    store_stubs(stubs(7, genre_ids=[35]))
    store(film(7))
    assert genres(7) == ["Drama", "Mystery"]


def known_by_name(tmdb_id: int, **values: Any) -> Title:
    values = {"name": "Liste", "details_at": None, "year": None, "refresh_at": NOON} | values
    return make_title(tmdb_id=tmdb_id, **values)


def test_a_list_tells_more_of_what_is_known_by_name_alone() -> None:
    make_genre(tmdb_id=18, name="Drama")
    known_by_name(5)
    store_stubs(stubs(5))
    title = Title.objects.get(tmdb_id=5)
    assert (title.name, title.year, title.original_language_id) == ("Listed 5", 1999, "de")
    assert (title.refresh_at, title.details_at) == (NOON, None)
    assert genres(5) == ["Drama"]


def test_links_tell_more_of_what_is_known_by_name_alone() -> None:
    known_by_name(71)
    store(film(7))
    assert Title.objects.get(tmdb_id=71).poster_path == "/listed.jpg"


def test_a_list_tells_of_what_is_known_by_name_alone_but_once() -> None:
    known_by_name(5)
    store_stubs(stubs(5))
    before = Title.objects.filter(tmdb_id=5).values().get()
    store_stubs(stubs(5, title="Another"))
    assert Title.objects.filter(tmdb_id=5).values().get() == before


def test_a_list_of_many_costs_no_more_queries_than_a_list_of_one() -> None:
    make_genre(tmdb_id=18)
    for tmdb_id in (1, 11, 12, 13):
        known_by_name(tmdb_id)
    one = queries(lambda: store_stubs(stubs(1, 2)))
    assert queries(lambda: store_stubs(stubs(*range(11, 21)))) <= one


# --- What TMDB has dropped ------------------------------------------------------------------------
def test_a_dropped_title_is_hidden_and_nothing_of_it_is_lost() -> None:
    tmdb = client(Served())
    store(film(7))
    credits = Credit.objects.count()
    assert refresh_title(tmdb, "movie", 7) is False
    title = Title.objects.get(kind="movie", tmdb_id=7)
    assert title.hidden_at is not None
    assert not Title.objects.visible().filter(pk=title.pk).exists()
    assert not Title.objects.due().filter(pk=title.pk).exists()
    assert Credit.objects.count() == credits > 0


def test_a_dropped_title_comes_back_with_its_row() -> None:
    store(film(7))
    held = Title.objects.get(kind="movie", tmdb_id=7).pk
    hide_title("movie", 7)
    assert refresh_title(client(Served({"movie/7": film(7)})), "movie", 7) is True
    assert Title.objects.visible().get(kind="movie", tmdb_id=7).pk == held


def test_hiding_counts_what_it_hides() -> None:
    make_title(tmdb_id=7)
    assert [hide_title("movie", 7), hide_title("movie", 7), hide_title("tv", 7)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("answer", "error"),
    [(503, Busy), (film(9), Garbled), (film(7, title="", original_title=""), Garbled)],
)
def test_what_fails_to_be_asked_changes_nothing(answer: Any, error: type[Exception]) -> None:
    store(film(7))
    before = Title.objects.filter(tmdb_id=7).values().get()
    with pytest.raises(error):
        refresh_title(client(Served({"movie/7": answer})), "movie", 7)
    assert Title.objects.filter(tmdb_id=7).values().get() == before


# --- What is fresh, what is due -------------------------------------------------------------------
def test_fresh_is_what_is_held_in_full_seen_and_not_yet_due() -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    fresh = make_title()
    others = [
        make_title(details_at=None),
        make_title(refresh_at=past),
        make_title(refresh_at=None),
        make_title(hidden_at=past),
        make_show(),
    ]
    asked = [title.tmdb_id for title in (fresh, *others)]
    assert fresh_ids("movie", asked) == {fresh.tmdb_id}


def test_due_are_the_longest_overdue_first() -> None:
    now = datetime.now(UTC)
    later = make_title(refresh_at=now - timedelta(days=1))
    sooner = make_title(refresh_at=now - timedelta(days=2))
    make_title(refresh_at=now + timedelta(days=1))
    make_title(refresh_at=now - timedelta(days=3), hidden_at=now)
    assert list(Title.objects.due()) == [sooner, later]


def test_few_votes_are_believed_less_than_many() -> None:
    assert weighted_score(10, 0) == PRIOR_AVERAGE
    assert PRIOR_AVERAGE < weighted_score(9, 10) < weighted_score(9, 10_000) < 9
