"""Two of TMDB's that are one: readers of the one are sent to the other."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from catalog.models import Name, Title
from catalog.sync.merging import CannotMerge, merge, successor, unmerge
from catalog.sync.titles import hide_title, store_titles
from catalog.tmdb import shapes
from tests.catalog.tmdb.answers import film
from tests.make import make_episode, make_season, make_show, make_title

pytestmark = pytest.mark.django_db

ALONE = {"similar": None, "recommendations": None}
PAST = datetime(2020, 1, 1, tzinfo=UTC)


def fresh(title: Title) -> Title:
    return Title.objects.get(pk=title.pk)


def pair() -> tuple[Title, Title]:
    return make_title(tmdb_id=603, name="Twin"), make_title(tmdb_id=604, name="The Matrix")


# --- By hand --------------------------------------------------------------------------------------
def test_a_merged_title_is_hidden_and_leads_to_the_other() -> None:
    one, other = pair()
    merge(one, other)
    assert fresh(one).hidden_at is not None
    assert successor("movie", 603) == ("movie", 604)
    assert not Name.objects.filter(title=one).exists()


def test_nobody_is_sent_on_twice() -> None:
    one, other = pair()
    last = make_title(tmdb_id=605)
    merge(one, other)
    merge(other, last)
    assert successor("movie", 603) == successor("movie", 604) == ("movie", 605)
    early = make_title(tmdb_id=602)
    merge(early, Title.objects.get(pk=last.pk))
    assert merge(make_title(tmdb_id=601), last).pk == last.pk


def test_merging_into_a_merged_one_leads_to_where_that_leads() -> None:
    one, other = pair()
    merge(one, other)
    assert merge(make_title(tmdb_id=600), one).pk == other.pk


@pytest.mark.parametrize("case", ["itself", "a circle", "another kind", "a hidden one"])
def test_what_cannot_be_one_is_left_alone(case: str) -> None:
    one, other = pair()
    into = {"itself": one, "another kind": make_show()}.get(case, other)
    if case == "a circle":
        merge(other, one)
    if case == "a hidden one":
        hide_title("movie", other.tmdb_id)
    with pytest.raises(CannotMerge):
        merge(one, into)
    assert fresh(one).merged_into is None


def test_what_was_merged_by_hand_stays_so_whatever_tmdb_says() -> None:
    one, other = pair()
    merge(one, other, by_hand=True)
    store_titles([shapes.movie(film(603, **ALONE))])
    assert fresh(one).hidden_at is not None
    assert successor("movie", 603) == ("movie", 604)


def test_they_may_be_two_again() -> None:
    one, other = pair()
    merge(one, other, by_hand=True)
    unmerge(fresh(one))
    again = fresh(one)
    assert (again.hidden_at, again.merged_into, again.locked) == (None, None, [])
    assert Name.objects.filter(title=one).exists()
    assert again.is_stale


# --- By TMDB --------------------------------------------------------------------------------------
def test_a_dropped_film_leads_to_the_one_that_bears_its_number() -> None:
    make_title(tmdb_id=603, imdb_id="tt0133093")
    make_title(tmdb_id=604, imdb_id="tt0133093")
    make_show(tmdb_id=605, imdb_id="tt0133093")
    hide_title("movie", 603)
    assert successor("movie", 603) == ("movie", 604)


def test_it_is_found_too_when_the_other_comes_after_it_was_dropped() -> None:
    make_title(tmdb_id=603, imdb_id="tt0000604")
    hide_title("movie", 603)
    assert successor("movie", 603) is None
    store_titles([shapes.movie(film(604, **ALONE))])
    assert successor("movie", 603) == ("movie", 604)


def test_one_without_a_number_leads_nowhere() -> None:
    make_title(tmdb_id=603)
    make_title(tmdb_id=604)
    hide_title("movie", 603)
    assert successor("movie", 603) is None


def test_what_tmdb_has_again_leads_nowhere_else() -> None:
    one, other = pair()
    merge(one, other)
    store_titles([shapes.movie(film(603, **ALONE))])
    assert (fresh(one).hidden_at, fresh(one).merged_into) == (None, None)


# --- Its pages ------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["", "/credits", "/images", "/releases"])
def test_its_pages_lead_to_the_others_for_good(client: Client, page: str) -> None:
    one, other = pair()
    merge(one, other)
    answer = client.get(f"/movie/603-twin{page}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/movie/604-the-matrix{page}"


def test_a_season_and_an_episode_lead_to_the_same_of_the_other(client: Client) -> None:
    one, other = make_show(tmdb_id=8), make_show(tmdb_id=9, name="Nightboat")
    make_episode(make_season(other, number=2), number=3)
    merge(one, other)
    for page in ("/season/2", "/season/2/episode/3"):
        answer = client.get(f"/tv/8{page}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/tv/9-nightboat{page}"
    assert client.get("/tv/8/season/7").status_code == 404


def test_one_whose_other_is_gone_too_is_not_here(client: Client) -> None:
    one, other = pair()
    merge(one, other)
    hide_title("movie", 604)
    assert client.get("/movie/603").status_code == 404


# --- Locks ----------------------------------------------------------------------------------------
def stored(tmdb_id: int = 603, **values: Any) -> Title:
    title = make_title(tmdb_id=tmdb_id, **values)
    store_titles([shapes.movie(film(tmdb_id, **ALONE))])
    return fresh(title)


def test_what_an_editor_has_locked_stays_and_the_rest_does_not() -> None:
    title = stored(name="Ours", overview="Ours", locked=["name"])
    assert (title.name, title.overview) == ("Ours", "A ferry does not come back.")


def test_the_search_knows_the_name_that_was_kept() -> None:
    title = stored(name="Zanzibar", locked=["name"])
    assert Name.objects.filter(title=title, form="zanzibar").exists()


def test_a_locked_date_keeps_its_year_and_a_locked_tie_its_end() -> None:
    day = datetime(1950, 5, 5, tzinfo=UTC).date()
    title = stored(release_date=day, year=1950, locked=["release_date", "collection"])
    assert (title.release_date, title.year, title.collection) == (day, 1950, None)


def test_one_that_is_hidden_by_hand_stays_hidden() -> None:
    assert stored(hidden_at=PAST, locked=["hidden_at"]).hidden_at == PAST


def test_one_that_is_shown_by_hand_stays_though_tmdb_drops_it() -> None:
    title = make_title(tmdb_id=603, locked=["hidden_at"])
    assert hide_title("movie", 603) == 0
    assert fresh(title).hidden_at is None
    assert not fresh(title).is_stale


def test_nonsense_among_the_locks_does_no_harm() -> None:
    assert stored(locked=["no such field"]).name == "Harbour 603"
