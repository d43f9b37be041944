"""manage.py prepare: a site that can open, whatever state it was in before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import responses
from django.core.management import call_command

from catalog import source
from catalog.management.commands.prepare import PLACEHOLDER_IDS, SAMPLE
from catalog.mirror import sizes
from catalog.mirror.sizes import Plan, Role
from catalog.models import Chart, Collection, Genre, Person, Picture, SyncRun, Title
from catalog.search import Query
from catalog.sync import charts
from catalog.tmdb.sample import holdings
from tests.catalog.tmdb.answers import listed, page
from tests.catalog.tmdb.answers.served import Counting
from tests.make import make_chart, make_person, make_title

pytestmark = pytest.mark.django_db

TMDB = "https://tmdb.test/3"
NOW = datetime.now(UTC)
POSTERS = ("w92", "w154")


@pytest.fixture(autouse=True)
def static_files(settings: Any, tmp_path: Path) -> Path:
    """A place of this test's own for them to be gathered in, and another for pictures."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = dict(settings.STORAGES)
    return tmp_path / "static"


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Its posters small: to draw them large is what takes long."""
    monkeypatch.setitem(sizes.PLANS, Role.POSTER, Plan(POSTERS, "w154"))
    adapter = Counting()
    source.session().mount("https://", adapter)
    return adapter


@pytest.fixture
def tmdb_answers() -> Iterator[responses.RequestsMock]:
    """A TMDB that knows its genres and charts."""
    with responses.RequestsMock() as mock:
        for kind in ("movie", "tv"):
            mock.get(f"{TMDB}/genre/{kind}/list", json={"genres": [{"id": 18, "name": "Drama"}]})
            mock.get(f"{TMDB}/watch/providers/{kind}", json={"results": []})
        for name in ("countries", "languages"):
            mock.get(f"{TMDB}/configuration/{name}", json=[])
        for (_, kind), path in charts.PATHS.items():
            item = listed(1001, "title" if kind == "movie" else "name")
            mock.get(f"{TMDB}/{path}", json=page(item))
        yield mock


def prepare() -> str:
    """What the command prints."""
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def came_from_the_sample() -> None:
    """The site has been running without a key."""
    SyncRun.objects.create(kind=SAMPLE, state=SyncRun.State.DONE)


def test_languages_are_compiled(static_files: Path, sample: Counting, settings: Any) -> None:
    settings.LOCALE_PATHS = [static_files.parent / "locale"]

    call_command("prepare", stdout=StringIO())

    assert (static_files.parent / "locale/ru/LC_MESSAGES/django.mo").exists()


# --- Without a key --------------------------------------------------------------------------------
def test_an_empty_site_gets_the_whole_sample_and_the_second_time_asks_nothing(
    sample: Counting, static_files: Path
) -> None:
    assert "sample" in prepare()
    bundled = holdings.load()
    held = Title.objects.visible().with_details()
    assert held.filter(kind="movie").count() == len(bundled.films)
    assert held.filter(kind="tv").count() == len(bundled.shows)
    assert not Person.objects.filter(details_at=None).exists()
    assert set(Person.objects.values_list("pk", flat=True)) <= set(bundled.people)
    assert Collection.objects.exclude(refresh_at=None).count() == len(bundled.collections)
    assert Chart.objects.count() == len(charts.PATHS)
    assert set(SyncRun.objects.values_list("state", flat=True)) == {"done"}
    assert list(static_files.iterdir())
    for path in held.exclude(poster_path="").values_list("poster_path", flat=True)[:20]:
        assert set(Picture.objects.get(path=path).files.values_list("size", flat=True)) == set(
            POSTERS
        )

    runs = SyncRun.objects.count()
    sample.paths.clear()
    assert prepare() == ""
    assert sample.paths == []
    assert SyncRun.objects.count() == runs


def test_a_site_that_has_the_sample_asks_nothing(sample: Counting) -> None:
    came_from_the_sample()
    assert prepare() == ""
    assert sample.paths == []


def test_a_sample_that_was_cut_short_is_loaded_again(sample: Counting) -> None:
    SyncRun.objects.create(kind=SAMPLE, state=SyncRun.State.FAILED)
    fresh = make_title(kind="tv", tmdb_id=next(iter(holdings.load().shows)))
    assert "sample" in prepare()
    assert not [path for path in sample.paths if path.startswith(f"/3/tv/{fresh.tmdb_id}?")]
    assert SyncRun.objects.filter(kind=SAMPLE, state=SyncRun.State.DONE).exists()


# --- With a key -----------------------------------------------------------------------------------
def test_a_new_site_gets_genres_and_charts(
    with_key: None, tmdb_answers: responses.RequestsMock
) -> None:
    assert "charts" in prepare()
    assert Genre.objects.get().name == "Drama"
    assert Chart.objects.count() == len(charts.PATHS)
    asked = len(tmdb_answers.calls)
    assert prepare() == ""
    assert len(tmdb_answers.calls) == asked


def test_a_site_that_has_charts_asks_nothing(with_key: None) -> None:
    make_chart(make_title())
    with responses.RequestsMock() as mock:
        assert prepare() == ""
        assert len(mock.calls) == 0


def test_a_key_makes_the_site_leave_the_sample(
    with_key: None, tmdb_answers: responses.RequestsMock
) -> None:
    came_from_the_sample()
    title = make_title(tmdb_id=550)
    make_chart(title)
    known = make_person(tmdb_id=31, details_at=NOW, refresh_at=NOW)
    make_person(tmdb_id=PLACEHOLDER_IDS)
    prepare()
    title.refresh_from_db()
    known.refresh_from_db()
    assert title.details_at is known.details_at is None
    assert list(Title.objects.due()[:1]) == [title]
    assert list(Person.objects.due()) == [known]
    assert not Person.objects.filter(pk__gte=PLACEHOLDER_IDS).exists()
    assert not SyncRun.objects.filter(kind=SAMPLE).exists()
    entries = Chart.objects.get(name="popular", kind="movie").entries
    assert [entry.title.tmdb_id for entry in entries.select_related("title")] == [1001]


def test_the_sample_is_left_once(with_key: None, tmdb_answers: responses.RequestsMock) -> None:
    came_from_the_sample()
    prepare()
    held = make_title()
    assert prepare() == ""
    held.refresh_from_db()
    assert held.details_at is not None


def test_a_tmdb_that_is_away_does_not_keep_the_site_from_opening(with_key: None) -> None:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for path in ("genre/movie/list", *charts.PATHS.values()):
            mock.get(f"{TMDB}/{path}", status=401)
        prepare()
    assert set(SyncRun.objects.values_list("state", flat=True)) <= {"failed", "partial"}
    assert not Chart.objects.exists()


def test_what_was_held_before_there_was_a_search_index_is_found(sample: Counting) -> None:
    came_from_the_sample()
    make_title(name="Jaws")
    prepare()
    assert [match.of for match in Query("jaws").matches] == ["movie"]
