"""manage.py sync: each of its words does its work, and says what it could not do."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import responses
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import (
    Chart,
    Collection,
    Country,
    Errand,
    Genre,
    Keyword,
    Kind,
    Person,
    SyncRun,
    Title,
    Urgency,
)
from catalog.source import session
from catalog.sync import charts
from catalog.sync.errands import want
from catalog.tmdb.sample import holdings
from cinehub.work.models import Claim
from tests.catalog.tmdb.answers import collection, film, listed, page
from tests.catalog.tmdb.answers.served import Counting
from tests.make import make_person, make_title

pytestmark = pytest.mark.django_db

TMDB = "https://tmdb.test/3"


@pytest.fixture
def sample() -> Counting:
    """What the site's own client asks in this test."""
    adapter = Counting()
    session().mount("https://", adapter)
    return adapter


@pytest.fixture(scope="module")
def bundled() -> holdings.Holdings:
    return holdings.load()


def sync(*words: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("sync", *map(str, words), stdout=out)
    return out.getvalue()


def could_not(*words: object) -> str:
    """What the command says on its way out with an error."""
    with pytest.raises(CommandError) as error:
        sync(*words)
    return str(error.value)


# --- Over the sample catalogue --------------------------------------------------------------------
def test_genres_and_the_like_are_fetched(sample: Counting) -> None:
    assert sync("genres").startswith("genres: 6 asked")
    assert Genre.objects.filter(for_movies=True).exists()
    assert Genre.objects.filter(for_tv=True).exists()
    assert Country.objects.count() > 20


def test_charts_are_fetched(sample: Counting) -> None:
    sync("charts", "--pages", 1)
    assert Chart.objects.count() == len(charts.PATHS) == len(sample.paths)
    assert Chart.objects.get(name="popular", kind="movie").entries.count() == 20


@pytest.mark.parametrize(("word", "kind"), [("movies", Kind.MOVIE), ("tv", Kind.TV)])
def test_popular_titles_are_fetched_in_full_and_then_are_fresh(
    sample: Counting, bundled: holdings.Holdings, word: str, kind: Kind
) -> None:
    n = min(20, len(bundled.films if kind == Kind.MOVIE else bundled.shows))
    assert f"{n} created, 0 updated, 0 fresh" in sync(word, "--pages", 1)
    assert Title.objects.with_details().filter(kind=kind).count() == n
    sample.paths.clear()
    assert f"0 created, 0 updated, {n} fresh" in sync(word, "--pages", 1)
    assert len(sample.paths) == 1
    assert f"0 created, {n} updated, 0 fresh" in sync(word, "--pages", 1, "--again")


def test_titles_are_fetched_by_number(sample: Counting, bundled: holdings.Holdings) -> None:
    wanted = list(bundled.films)[:3]
    assert "3 created" in sync("title", "movie", *wanted)
    held = Title.objects.with_details().values_list("tmdb_id", flat=True)
    assert sorted(held) == sorted(wanted)


def test_a_show_is_fetched_by_number_with_its_seasons(bundled: holdings.Holdings) -> None:
    sync("title", "tv", next(iter(bundled.shows)))
    title = Title.objects.with_details().get()
    assert title.seasons.exists()
    assert all(season.episodes.exists() for season in title.seasons.all())


def test_people_and_collections_are_fetched_by_number(bundled: holdings.Holdings) -> None:
    person, gathered = next(iter(bundled.people)), next(iter(bundled.collections))
    sync("person", person)
    sync("collection", gathered)
    assert Person.objects.get(pk=person).details_at
    assert Collection.objects.get(pk=gathered).titles.exists()


def test_biographies_that_were_never_fetched_are_fetched_to_a_limit(
    sample: Counting, bundled: holdings.Holdings
) -> None:
    for tmdb_id in list(bundled.people)[:3]:
        make_person(tmdb_id=tmdb_id)
    assert "2 asked" in sync("people", "--limit", 2)
    assert "1 asked" in sync("people")
    assert "0 asked" in sync("people")


def test_collections_that_were_never_fetched_are_fetched(bundled: holdings.Holdings) -> None:
    Collection.objects.create(tmdb_id=next(iter(bundled.collections)), name="?")
    assert "1 asked, 0 created, 1 updated" in sync("collections")
    assert "0 asked" in sync("collections")


def test_what_is_due_is_fetched_to_a_limit(sample: Counting, bundled: holdings.Holdings) -> None:
    first, second = list(bundled.films)[:2]
    sync("title", "movie", first, second)
    Title.objects.with_details().update(refresh_at="2020-01-01T00:00Z")
    assert "1 asked, 0 created, 1 updated" in sync("due", "--limit", 1)
    assert "1 asked, 0 created, 1 updated" in sync("due")
    assert "0 asked" in sync("due")


def test_a_number_that_tmdb_does_not_have_hides_and_is_no_error() -> None:
    make_title(tmdb_id=999_999_999)
    assert "1 hidden, 0 failed" in sync("title", "movie", 999_999_999)


def test_lists_are_fetched_by_year(sample: Counting) -> None:
    assert sync("lists", "--years", "2001-2002", "--pages", 1).startswith("lists: 4 asked")
    assert Title.objects.filter(kind="tv").exists()
    sample.paths.clear()
    sync("lists", "--years", 2001, "--pages", 1, "--kind", "movie")
    assert len(sample.paths) == 1


def export(folder: Path, name: str, *lines: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


EXPORTED = {"adult": False, "original_title": "?", "popularity": 1.5, "video": False}
FILMS = "movie_ids_11_20_2026.json"


def test_an_export_that_is_here_is_read_and_told_by_its_name(tmp_path: Path) -> None:
    path = export(tmp_path, FILMS, EXPORTED | {"id": 5}, EXPORTED | {"id": 6, "video": True})
    said = sync("export", "--file", path)
    assert said.startswith("movie: 1 passed over")
    assert "export: 0 asked, 1 created, 0 updated, 0 fresh, 0 hidden, 0 failed" in said
    assert "0 created, 0 updated, 1 fresh" in sync("export", "--file", path)


def test_an_export_of_any_name_is_read_as_what_is_said(tmp_path: Path) -> None:
    path = export(tmp_path, "ids.json", {"id": 5, "name": "ferry"})
    sync("export", "--file", path, "--kind", "keyword")
    assert Keyword.objects.get().name == "ferry"


def test_the_most_popular_of_an_export_are_fetched_in_full(
    tmp_path: Path, bundled: holdings.Holdings
) -> None:
    first, second = list(bundled.films)[:2]
    lines = [EXPORTED | {"id": first}, EXPORTED | {"id": second, "popularity": 9}]
    said = sync("export", "--file", export(tmp_path, FILMS, *lines), "--details", 1)
    assert "details: 1 asked, 1 created" in said
    assert Title.objects.with_details().get().tmdb_id == second


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--file", "/nowhere/movie_ids.json.gz"), "cannot be read"),
        (("--file", "/nowhere/ids.json.gz"), "--kind"),
        (("--file", "/nowhere/movie_ids.json.gz", "--kind", "tv"), "another kind"),
        (("--file", "/nowhere/movie_ids.json.gz", "--date", "2026-11-20"), "not allowed with"),
        (("--date", "20 November"), "2026-11-20"),
        (("--kind", "book"), "invalid choice"),
        ((), "sample catalogue has no exports"),
    ],
)
def test_an_export_that_cannot_be_is_refused_with_a_reason(
    words: tuple[object, ...], reason: str
) -> None:
    assert reason in could_not("export", *words)
    assert not SyncRun.objects.filter(state="done").exists()


def test_every_word_leaves_an_entry_in_the_diary() -> None:
    sync("genres")
    sync("title", "movie", 999_999_999)
    assert set(SyncRun.objects.values_list("kind", "state")) == {
        ("genres", "done"),
        ("title", "done"),
    }


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("everything",),
        ("details",),
        ("title", "book", 1),
        ("title", "movie"),
        ("title", "movie", "x"),
        ("lists", "--years", "soon"),
        ("lists", "--years", "2002-2001"),
        ("lists", "--years", "1-2001"),
        ("lists", "--pages", 501),
    ],
)
def test_words_that_make_no_sense_are_refused(words: tuple[object, ...]) -> None:
    could_not(*words)
    assert not SyncRun.objects.exists()


# --- With a key, over HTTP ------------------------------------------------------------------------
@responses.activate
def test_a_key_that_is_refused_is_an_error_that_does_not_tell_it(
    with_key: None, settings: Any
) -> None:
    settings.TMDB_API_KEY = "0f1e2d3c4b5a"
    responses.get(f"{TMDB}/genre/movie/list", status=401, json={"status_message": "No."})
    said = could_not("genres")
    assert said.startswith("sync genres could not do everything:\n")
    assert "genre/movie/list: 401" in said
    assert settings.TMDB_API_KEY not in said + SyncRun.objects.get().error


@responses.activate
def test_what_could_be_done_is_done_and_what_could_not_is_named(with_key: None) -> None:
    alone = {"similar": None, "recommendations": None}
    responses.get(f"{TMDB}/movie/popular", json=page(listed(1), listed(2)))
    responses.get(f"{TMDB}/movie/1", json=film(1, **alone))
    responses.get(f"{TMDB}/movie/2", json=film(3, **alone))
    said = could_not("movies", "--pages", 1)
    assert "movie 2: Garbled" in said
    assert list(Title.objects.with_details().values_list("tmdb_id", flat=True)) == [1]


@responses.activate
def test_a_page_of_the_list_that_is_missing_is_named(with_key: None) -> None:
    responses.get(f"{TMDB}/tv/popular", json={"results": None})
    assert "tv/popular page 1: Garbled" in could_not("tv", "--pages", 1)


@responses.activate
def test_the_key_and_the_language_of_the_site_are_sent(with_key: None, settings: Any) -> None:
    settings.TMDB_LANGUAGE = "de-DE"
    asked = responses.get(
        f"{TMDB}/collection/31",
        json=collection(),
        match=[responses.matchers.query_param_matcher({"api_key": "key", "language": "de-DE"})],
    )
    sync("collection", 31)
    assert asked.call_count == 1


@responses.activate
def test_an_export_of_a_day_is_downloaded_and_the_best_of_it_fetched(with_key: None) -> None:
    lines = b"".join(json.dumps(EXPORTED | {"id": n}).encode() + b"\n" for n in (1, 2))
    where = "https://exports.test/p/exports/movie_ids_11_20_2026.json.gz"
    responses.get(where, body=gzip.compress(lines))
    responses.get(f"{TMDB}/movie/1", json=film(1, similar=None, recommendations=None))
    said = sync("export", "--date", "2026-11-20", "--kind", "movie", "--details", 1)
    assert said.startswith("movie: TMDB's ids of 2026-11-20\nexport: 1 asked, 2 created")
    assert Title.objects.with_details().get().tmdb_id == 1


@responses.activate
def test_an_export_that_is_no_more_is_named(with_key: None) -> None:
    responses.get("https://exports.test/p/exports/tv_series_ids_01_01_2020.json.gz", status=403)
    said = could_not("export", "--date", "2020-01-01", "--kind", "tv")
    assert "TMDB has no tv_series_ids_01_01_2020.json.gz" in said


# --- What workers do by themselves ----------------------------------------------------------------
def test_what_is_wanted_is_brought(sample: Counting, bundled: holdings.Holdings) -> None:
    wanted = list(bundled.films)[:3]
    want([("movie", tmdb_id) for tmdb_id in wanted], Urgency.AGE)
    assert sync("errands", "--until-done").startswith("errands: 3 asked, 0 created, 3 updated")
    assert Title.objects.with_details().count() == 3
    assert not Errand.objects.exists()


@responses.activate
def test_what_tmdb_refuses_stays_wanted_and_is_said(with_key: None) -> None:
    responses.get(f"{TMDB}/movie/603", status=401, json={"status_message": "No."})
    want([("movie", 603)], Urgency.AGE)
    assert could_not("errands").startswith("sync errands could not do everything:\nStopped, ")
    assert Errand.objects.filter(tmdb_id=603, taken_until=None).exists()


def test_who_finds_all_slots_taken_is_told_so(sample: Counting, settings: Any) -> None:
    settings.TMDB_RUNNERS = 1
    Claim.objects.take("errands 0", seconds=60, owner="somebody")
    assert "under way" in could_not("errands")


def test_a_second_run_of_a_kind_is_told_that_there_is_one(sample: Counting) -> None:
    SyncRun.objects.create(kind="genres", seen_at=timezone.now())
    assert "under way: genres" in could_not("genres")
    assert not sample.paths


def test_nothing_of_the_sample_changes(sample: Counting) -> None:
    assert sync("changes").startswith("changes: 6 asked, 0 created, 0 updated")


def test_the_sample_has_no_ids_to_compare() -> None:
    assert "no exports" in could_not("compare")
