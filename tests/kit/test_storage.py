"""Files that are written while others read."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from cinehub.kit.storage import WholeFileStorage


def test_a_file_is_not_there_until_it_is_whole(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    seen: list[bool] = []

    class Slow(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            for chunk in (b"first ", b"last"):
                seen.append(storage.exists("pictures/one.jpg"))
                yield chunk

    name = storage.save("pictures/one.jpg", Slow(b""))

    assert seen == [False, False]
    assert storage.open(name).read() == b"first last"
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["one.jpg"]


def test_what_there_is_no_room_for_leaves_nothing_behind(tmp_path: Path) -> None:
    """However little of it: that is written when the file is closed."""
    storage = WholeFileStorage(location=tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            storage.save("one.txt", ContentFile(b"more than ten"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(tmp_path.iterdir()) == []


def test_a_file_may_be_read_by_the_web_server_in_front(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    name = storage.save("one.txt", ContentFile(b"words"))
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o644
