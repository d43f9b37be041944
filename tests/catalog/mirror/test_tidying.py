"""The shelf stays within its bounds, and rows and files at one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog import tasks
from catalog.mirror import figures, keeping, tidying
from catalog.mirror import shelf as shelves
from catalog.models import Picture, PictureFile

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


def make_file(path: str, content: bytes, *, size: str = "w342", days: int = 0) -> PictureFile:
    """On the shelf and in the rows, last looked at so many days ago."""
    picture, _ = Picture.objects.get_or_create(path=path, defaults={"seen_at": NOW})
    return PictureFile.objects.create(
        picture=picture,
        size=size,
        digest=shelves.put(content, keeping.form_of(size)),
        content_type="image/webp",
        bytes=len(content),
        width=1,
        height=1,
        used_at=NOW - timedelta(days=days),
    )


def on(shelf: Path) -> set[str]:
    return {path.stem for path in shelf.rglob("*") if path.is_file()}


@pytest.fixture
def small_quota(settings: Any) -> None:
    settings.MIRROR_QUOTA = 1


MEGABYTE = 1_000_000


@pytest.mark.usefixtures("small_quota")
def test_what_nobody_looked_at_for_longest_goes_first(shelf: Path) -> None:
    files = [
        make_file(f"/{days}.jpg", bytes([days]) * (MEGABYTE // 4), days=days)
        for days in (3, 1, 4, 2, 5)
    ]
    tasks.tidy_pictures()
    left = set(PictureFile.objects.values_list("picture__path", flat=True))
    assert left == {"/1.jpg", "/2.jpg", "/3.jpg"}
    assert on(shelf) == {file.digest for file in files if file.picture.path in left}


@pytest.mark.usefixtures("small_quota")
def test_it_goes_down_to_nine_tenths_and_no_further() -> None:
    for number in range(60):
        make_file(f"/{number}.jpg", number.to_bytes(1, "big") * 20_000, days=number)
    tidying.tidy()
    assert 0.85 * MEGABYTE < tidying.shelved_bytes() <= 0.9 * MEGABYTE


@pytest.mark.usefixtures("small_quota")
def test_within_the_quota_nothing_goes() -> None:
    make_file("/a.jpg", b"a" * (MEGABYTE - 1), days=1000)
    assert tidying.tidy() == 0
    assert PictureFile.objects.count() == 1


def test_without_a_quota_nothing_goes(settings: Any) -> None:
    settings.MIRROR_QUOTA = 0
    make_file("/a.jpg", b"a" * 2 * MEGABYTE, days=1000)
    assert tidying.tidy() == 0


def test_a_file_stays_while_any_row_names_it(shelf: Path) -> None:
    one, other = make_file("/a.jpg", b"same"), make_file("/b.jpg", b"same")
    assert one.digest == other.digest
    keeping.forget([one])
    assert on(shelf) == {one.digest}
    keeping.forget([other])
    assert on(shelf) == set()


def test_what_was_fetched_and_never_made_into_anything_goes_after_a_day(shelf: Path) -> None:
    old, new = (
        make_file("/a.jpg", b"old", size="source"),
        make_file("/b.jpg", b"new", size="source"),
    )
    PictureFile.objects.filter(pk=old.pk).update(made_at=NOW - timedelta(days=2))
    tidying.tidy()
    assert on(shelf) == {new.digest}


def test_names_that_nobody_has_do_not_pile_up() -> None:
    for path, days, seen_at in (("/a", 40, None), ("/b", 1, None), ("/c", 40, NOW)):
        until = NOW - timedelta(days=days)
        Picture.objects.create(path=path, missing_until=until, seen_at=seen_at)
    tidying.tidy()
    assert set(Picture.objects.values_list("path", flat=True)) == {"/b", "/c"}


def test_the_figures_say_what_is_here_and_what_is_wanted() -> None:
    make_file("/a.jpg", b"abc")
    keeping.want([("/b.jpg", "poster"), ("/c.jpg", "poster")])
    assert figures() == {"mirror.bytes": 3, "mirror.files": 1, "mirror.backlog": 2}


def test_rows_and_files_at_one_are_left_alone() -> None:
    make_file("/a.jpg", b"abc")
    make_file("/a.jpg", b"abcd", size="source")
    found = tidying.reconcile(mend=True)
    assert found == tidying.Differences(frozenset(), frozenset())
    assert PictureFile.objects.count() == 2


def test_an_empty_shelf_is_at_one_with_no_rows() -> None:
    assert tidying.reconcile() == tidying.Differences(frozenset(), frozenset())


def test_what_stands_alone_is_found_and_mended(shelf: Path) -> None:
    lost, kept = make_file("/lost.jpg", b"lost"), make_file("/kept.jpg", b"kept")
    shelves.drop(lost.digest)
    alone = shelves.put(b"alone")

    found = tidying.reconcile()
    assert found.without_file == {shelves.name_of(lost.digest)}
    assert found.without_row == {shelves.name_of(alone)}
    assert PictureFile.objects.count() == 2

    tidying.reconcile(mend=True)
    assert set(PictureFile.objects.values_list("pk", flat=True)) == {kept.pk}
    assert on(shelf) == {kept.digest}
