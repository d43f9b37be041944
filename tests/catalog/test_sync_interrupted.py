"""manage.py sync at Ctrl-C: one line, what was stored is kept, and the diary says how it ended."""

import json
import signal
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Chart, Errand, SyncRun, Title, Urgency
from catalog.source import session
from catalog.sync import exports
from catalog.sync.errands import want
from catalog.tmdb.sample import SampleAdapter, holdings
from cinehub.work import ending

pytestmark = pytest.mark.django_db

PRESSED_AT = 40
PARTIAL = SyncRun.State.PARTIAL


class Pressing(SampleAdapter):
    """The sample, and somebody who presses Ctrl-C at one of its answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.press_at = PRESSED_AT

    def send(self, *args: Any, **kwargs: Any) -> Any:
        self.asked += 1
        if self.asked == self.press_at:
            signal.raise_signal(signal.SIGINT)
        return super().send(*args, **kwargs)


@pytest.fixture(autouse=True)
def ctrl_c_is_not_ignored() -> Iterator[None]:
    """As it is where a shell has started the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def sample() -> Pressing:
    adapter = Pressing()
    session().mount("https://", adapter)
    return adapter


def interrupted(*words: object) -> str:
    """What the command says at its end, which is all that it says."""
    out = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("sync", *map(str, words), stdout=out)
    assert ended.value.returncode == 130
    assert not out.getvalue()
    return str(ended.value)


def diary() -> SyncRun:
    """What it says of the run, which is over."""
    run = SyncRun.objects.get()
    assert run.finished_at
    assert "Stopped('Ctrl-C')" in run.error
    return run


def test_titles_that_were_answered_are_kept_and_the_rest_is_for_the_next_run(
    sample: Pressing,
) -> None:
    said = interrupted("movies", "--pages", 5)

    stored = Title.objects.with_details().count()
    assert 0 < stored < 100
    assert said.startswith("Interrupted: movies: ")
    assert f" {stored} created, " in said
    assert said.endswith(". Run it again for the rest.")
    assert "\n" not in said
    assert (diary().state, diary().created) == (PARTIAL, stored)


def test_after_it_another_run_goes_on(sample: Pressing) -> None:
    interrupted("movies", "--pages", 5)
    stored = Title.objects.with_details().count()

    out = StringIO()
    call_command("sync", "movies", "--pages", "5", stdout=out)

    assert f"{stored} fresh" in out.getvalue()
    assert not ending.is_interrupted()


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        (("lists", "--years", "1950-2020", "--pages", 1), Title.objects.count),
        (("charts", "--pages", 1), Chart.objects.count),
    ],
)
def test_what_lists_told_until_then_is_kept(
    sample: Pressing, words: tuple[object, ...], stored: Callable[[], int]
) -> None:
    sample.press_at = 5

    said = interrupted(*words)

    assert said.startswith(f"Interrupted: {words[0]}: ")
    assert (diary().state, stored() > 0) == (PARTIAL, True)


def test_an_export_is_stored_as_far_as_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store_and_press(*args: Any) -> None:
        store(*args)
        signal.raise_signal(signal.SIGINT)

    store = exports._store
    monkeypatch.setattr(exports, "BATCH", 2)
    monkeypatch.setattr(exports, "_store", store_and_press)
    ids = tmp_path / "movie_ids_11_20_2026.json"
    row = {"adult": False, "original_title": "?", "popularity": 1.5, "video": False}
    ids.write_text("".join(json.dumps(row | {"id": n}) + "\n" for n in range(1, 10)))

    said = interrupted("export", "--file", ids, "--details", 5)

    assert "0 asked, 2 created" in said
    assert (diary().state, Title.objects.count()) == (PARTIAL, 2)


def test_errands_that_were_not_run_stay_wanted(sample: Pressing) -> None:
    films = list(holdings.load().films)
    want([("movie", tmdb_id) for tmdb_id in films], Urgency.AGE)
    assert len(films) > PRESSED_AT
    sample.press_at = 1

    said = interrupted("errands", "--until-done")

    left = Errand.objects.filter(taken_until=None).count()
    assert left == len(films) - Title.objects.with_details().count()
    assert said.startswith("Interrupted: errands: ")
    assert diary().state in {PARTIAL, SyncRun.State.FAILED}


def test_a_feed_is_read_from_where_it_was_read_to(sample: Pressing) -> None:
    sample.press_at = 2

    interrupted("changes")

    assert sample.asked < 6
    assert diary().state == PARTIAL


def test_who_presses_when_all_is_done_has_not_interrupted_anything(sample: Pressing) -> None:
    sample.press_at = 6

    call_command("sync", "genres", stdout=StringIO())

    assert SyncRun.objects.get().state == SyncRun.State.DONE
