"""The lists of each year: twenty titles a request, the best of every year first."""

from typing import Any

import pytest

from catalog.models import Genre, SyncRun, Title
from catalog.sync import asking, lists
from tests.catalog.tmdb.answers import listed, page
from tests.catalog.tmdb.answers.served import Served, client
from tests.make import make_title

pytestmark = pytest.mark.django_db

YEAR = "primary_release_year"


def years(last: int = 1) -> Served:
    """Every page of every year has one film, whose number says where it stood."""

    def answer(params: dict[str, str]) -> dict[str, Any]:
        number = int(params["page"])
        tmdb_id = int(params[YEAR]) * 1000 + number
        return page(listed(tmdb_id), last=last, page=number)

    return Served({"discover/movie": answer})


def asked(served: Served) -> list[tuple[int, int]]:
    return [(int(one.params["page"]), int(one.params[YEAR])) for one in served.asked]


def sync(served: Served, **options: Any) -> SyncRun:
    given = {"kinds": ["movie"], "years": [2001, 2002], "pages": 1} | options
    run = lists.sync_lists(client(served), **given)
    return SyncRun.objects.get(pk=run.pk)


def held() -> set[int]:
    return set(Title.objects.values_list("tmdb_id", flat=True))


def test_the_titles_of_every_year_have_a_row_without_being_asked_about() -> None:
    served = years()
    run = sync(served)
    assert held() == {2001001, 2002001}
    assert (run.kind, run.state, run.asked, run.created) == ("lists", "done", 2, 2)
    assert served.times == {"discover/movie": 2}
    assert not Title.objects.with_details().exists()


def test_films_and_shows_are_asked_for_by_their_own_years() -> None:
    show = page(listed(5, "name"))
    served = Served({"discover/movie": page(listed(5)), "discover/tv": show})
    sync(served, kinds=["movie", "tv"], years=[2001])
    assert set(Title.objects.values_list("kind", "tmdb_id")) == {("movie", 5), ("tv", 5)}
    said = {one.path: one.params for one in served.asked}
    assert said["discover/tv"]["first_air_date_year"] == "2001"
    assert said["discover/movie"]["sort_by"] == "popularity.desc"


def test_the_first_page_of_every_year_comes_before_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "THREADS", 1)
    served = years(last=2)
    sync(served, pages=2)
    assert asked(served) == [(1, 2002), (1, 2001), (2, 2002), (2, 2001)]


def test_no_page_is_asked_for_beyond_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "AHEAD", 1)
    served = years(last=1)
    steps: list[tuple[int, int]] = []
    run = sync(served, pages=9, progress=lambda done, total: steps.append((done, total)))
    # The one that was on its way already.
    assert run.asked <= 3
    assert steps[-1] == (18, 18)


def test_what_is_held_is_counted_and_not_written_again() -> None:
    make_title(tmdb_id=2001001, name="Known by heart")
    run = sync(years())
    assert (run.created, run.fresh) == (1, 1)
    assert Title.objects.get(tmdb_id=2001001).name == "Known by heart"


def test_what_was_known_by_name_alone_is_filled_in_and_counted() -> None:
    make_title(tmdb_id=2001001, name="Liste", details_at=None)
    run = sync(years())
    assert (run.created, run.updated, run.fresh) == (1, 1, 0)
    assert Title.objects.get(tmdb_id=2001001).name == "Listed 2001001"


def test_titles_are_filed_under_their_genres() -> None:
    Genre.objects.create(tmdb_id=18, name="Drama")
    sync(years())
    assert Genre.objects.get(pk=18).titles.count() == 2


def test_more_than_a_batch_is_stored_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "BATCH", 2)
    assert sync(years(), years=range(2001, 2008)).created == 7 == len(held())


def test_a_page_that_fails_is_named_and_costs_itself_only() -> None:
    def answer(params: dict[str, str]) -> Any:
        return 404 if params[YEAR] == "2001" else page(listed(7))

    run = sync(Served({"discover/movie": answer}))
    assert held() == {7}
    assert (run.state, run.failed) == ("partial", 1)
    assert "movie 2001 1: NotFound" in run.error


def test_a_key_that_is_refused_stops_the_run() -> None:
    run = sync(Served({"discover/movie": 401}), pages=100)
    assert run.asked == 1
    assert "401" in run.error
