"""A file that is too large is let go while it comes."""

import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from cinehub.kit.uploads import was_too_large

MB = 1024 * 1024


def sent(size: int) -> HttpRequest:
    file = SimpleUploadedFile("a.png", b"x" * size)
    return RequestFactory().post("/", {"before": "1", "file": file, "after": "2"})


@pytest.mark.parametrize("size", [1, 3 * MB, 10 * MB])
def test_a_file_of_a_good_size_comes_whole(size: int) -> None:
    request = sent(size)

    assert request.FILES["file"].size == size  # type: ignore[union-attr]
    assert not was_too_large(request)


@pytest.mark.parametrize("size", [10 * MB + 1, 50 * MB])
def test_one_that_is_too_large_is_not_there(size: int) -> None:
    request = sent(size)

    assert not request.FILES
    assert was_too_large(request)


def test_what_else_is_in_the_form_is_there() -> None:
    request = sent(11 * MB)

    assert (request.POST["before"], request.POST["after"]) == ("1", "2")


def test_nothing_of_it_is_left_on_the_disk(settings: Any, tmp_path: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    assert was_too_large_once_read(sent(50 * MB))
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() != str(tmp_path)


def was_too_large_once_read(request: HttpRequest) -> bool:
    assert request.POST
    return was_too_large(request)
