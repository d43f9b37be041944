"""What an editor decides, and sync leaves alone."""

from datetime import date

import pytest

from catalog import editing
from catalog.models import Name, Title
from catalog.sync.index import index_titles
from catalog.sync.titles import hide_title
from tests.make import make_title

pytestmark = pytest.mark.django_db


def read(title: Title) -> Title:
    return Title.objects.get(pk=title.pk)


def test_a_hidden_title_is_off_the_site_and_stays_so() -> None:
    title = make_title()

    assert editing.hide([title.pk]) == 1

    assert read(title).hidden_at
    assert read(title).locked == ["hidden_at"]


def test_a_hidden_title_is_not_found_by_its_name() -> None:
    title = make_title(name="Metropolis")
    index_titles([title.pk])

    editing.hide([title.pk])

    assert not Name.objects.filter(title=title).exists()


def test_a_title_that_is_shown_again_is_found_and_is_tmdbs_again() -> None:
    title = make_title(name="Metropolis")
    editing.hide([title.pk])

    assert editing.show([title.pk]) == 1

    assert read(title).hidden_at is None
    assert read(title).locked == []
    assert Name.objects.filter(title=title, form="metropolis").exists()


def test_what_is_hidden_already_is_not_hidden_again() -> None:
    title = make_title()
    hide_title(title.kind, title.tmdb_id)
    since = read(title).hidden_at

    assert editing.hide([title.pk]) == 0

    assert read(title).hidden_at == since


def test_a_merged_title_is_not_shown_again() -> None:
    merged = make_title(merged_into=make_title())
    editing.hide([merged.pk])

    assert editing.show([merged.pk]) == 0

    assert read(merged).hidden_at


def test_a_lock_is_kept_beside_the_others_and_let_go_by_itself() -> None:
    title = make_title(locked=["overview"])

    editing.lock(title, ["name"])
    assert title.locked == read(title).locked == ["name", "overview"]

    editing.unlock(title, ["overview"])
    assert title.locked == read(title).locked == ["name"]


def test_what_sync_never_writes_is_not_locked() -> None:
    title = make_title()

    editing.lock(title, ["pk", "nonsense", "name"])

    assert read(title).locked == ["name"]


def test_an_edited_field_is_written_and_locked() -> None:
    title = make_title(name="Metropolsi")
    title.name = "Metropolis"

    assert editing.edit(title, ["name"]) == ["name"]

    assert read(title).name == "Metropolis"
    assert read(title).locked == ["name"]
    assert Name.objects.filter(title=title, form="metropolis").exists()


def test_what_was_not_edited_is_as_sync_left_it() -> None:
    title = make_title(overview="Old words.")
    Title.objects.filter(pk=title.pk).update(overview="New words.", locked=["tagline"])
    title.name = "Metropolis"

    editing.edit(title, ["name"])

    assert read(title).overview == "New words."
    assert read(title).locked == ["name", "tagline"]


@pytest.mark.parametrize(("day", "year"), [(date(1927, 1, 10), 1927), (None, None)])
def test_the_year_is_the_edited_days(day: date | None, year: int | None) -> None:
    title = make_title(year=2000, release_date=date(2000, 5, 1))
    title.release_date = day

    editing.edit(title, ["release_date"])

    assert read(title).year == year
