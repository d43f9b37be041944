"""What people set going by hand."""

from typing import Any

import pytest

from catalog import steering
from catalog.models import Errand, Picture, PictureFile, Urgency

pytestmark = pytest.mark.django_db


def make_picture(path: str = "/a.jpg", **values: Any) -> Picture:
    picture = Picture.objects.create(path=path, role=Picture.Role.POSTER, **values)
    PictureFile.objects.create(
        picture=picture,
        size="w92",
        digest=f"{picture.pk:064}",
        content_type="image/webp",
        bytes=100,
        width=92,
        height=138,
    )
    return picture


@pytest.fixture
def queued(monkeypatch: Any) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    for name in ("finish_picture", "mirror_titles", "run_errands"):
        task = getattr(steering.tasks, name)
        monkeypatch.setattr(
            task,
            "delay_on_commit",
            lambda name=name, **kwargs: sent.append({"task": name} | kwargs),
        )
    return sent


def test_a_refresh_goes_before_all_that_no_reader_waits_for(queued: list[Any]) -> None:
    steering.refresh([("movie", 603), ("person", 1)])

    wanted = Errand.objects.values_list("kind", "tmdb_id", "urgency").order_by("kind")
    assert list(wanted) == [("movie", 603, Urgency.READER), ("person", 1, Urgency.READER)]
    assert queued == [{"task": "run_errands"}]


def test_pictures_of_titles_are_brought_by_a_worker(queued: list[Any]) -> None:
    steering.mirror([("movie", 603)])

    assert queued == [{"task": "mirror_titles", "refs": [["movie", 603]]}]


def test_a_dropped_picture_has_no_files_left_and_is_still_known() -> None:
    dropped, other = make_picture("/a.jpg"), make_picture("/b.jpg")

    steering.drop([dropped])

    assert [file.picture for file in PictureFile.objects.all()] == [other]
    assert Picture.objects.count() == 2


def test_a_picture_is_made_again_even_if_it_was_not_there(queued: list[Any]) -> None:
    picture = make_picture(failures=3, error="404")

    steering.make_again([picture])

    picture.refresh_from_db()
    assert (picture.failures, picture.error, picture.files.count()) == (0, "", 0)
    assert queued == [{"task": "finish_picture", "path": "/a.jpg", "size": "w92"}]
