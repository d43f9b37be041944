"""What on a page is one reader's own: markers, and what stands in their place."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from cinehub.kit import own as owning
from cinehub.kit.own import Own, Told, own

asked: list[list[Told]] = []


def names(request: HttpRequest, told: Sequence[Told]) -> list[str]:
    asked.append(list(told))
    return [f"<b>{' and '.join(each)}</b>" for each in told]


@pytest.fixture(autouse=True)
def parts(settings: Any) -> None:
    asked.clear()
    owning._filler.cache_clear()
    settings.OWN = {"names": f"{__name__}.names"}


def answer(body: str) -> str:
    return Own(lambda request: HttpResponse(body))(HttpRequest()).content.decode()


def test_what_stands_for_a_marker_is_put_in_its_place() -> None:
    assert answer(f"<p>{own('names', 603, 'Neo')}</p>") == "<p><b>603 and Neo</b></p>"


def test_all_markers_of_a_part_are_asked_for_at_once_and_each_once() -> None:
    answer(f"{own('names', 1)} {own('names', 2)} {own('names', 1)}")

    assert asked == [[("1",), ("2",)]]


@pytest.mark.parametrize(
    "name", ["a --> b", "a|b", "<script>", "a -- b", "Ж & Ö", "&lt;", "|", "--"]
)
def test_whatever_a_thing_is_called_its_marker_tells_it_whole(name: str) -> None:
    answer(str(own("names", name, "more")))

    assert asked == [[(name, "more")]]


def test_a_page_without_markers_stays_as_it_is() -> None:
    assert answer("<p>Nothing <!-- own --> here</p>") == "<p>Nothing <!-- own --> here</p>"


def test_what_is_streamed_is_let_through() -> None:
    stream = StreamingHttpResponse([b"<!--own names 1-->"])

    assert Own(lambda request: stream)(HttpRequest()) is stream
    assert not asked


def test_what_is_no_page_says_whatever_it_says() -> None:
    body = f'{{"name": "{own("names", 603)}"}}'
    data = HttpResponse(body, content_type="application/json")

    answer = Own(lambda request: data)(HttpRequest())

    assert answer.content.decode() == body
    assert not asked
