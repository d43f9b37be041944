"""What has to fit a phone: headings and tables, in the language with the longest words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

PHONE = {"width": 360, "height": 780}
RUSSIAN = {"viewport": PHONE, "locale": "ru-RU"}
TOO_WIDE = "one => one.scrollWidth - one.clientWidth"


def box(one: Locator) -> dict[str, float]:
    found = one.bounding_box()
    assert found
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def lines(one: Locator) -> int:
    height = "one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
    return round(one.evaluate(height))


@pytest.mark.parametrize("address", ["/movie/238", "/tv/1396"])
def test_a_short_heading_is_not_broken_for_the_link_beside_it(visit: Visit, address: str) -> None:
    page = visit(address, **RUSSIAN)

    assert lines(page.locator("#cast")) == 1
    assert page.locator("html").evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize(
    ("sort", "column"),
    [
        ("popularity", "Оценка"),
        ("score", "Оценка"),
        ("runtime", "Длительность"),
        ("votes", "Голоса"),
    ],
)
def test_a_table_fits_a_phone_with_what_it_is_sorted_by(
    visit: Visit, sort: str, column: str
) -> None:
    page = visit(f"/discover/movie?view=table&sort={sort}", **RUSSIAN)

    heading = page.get_by_role("columnheader")
    expect(heading).to_have_text(["Название", "Год", column])
    for frame in ("html", ".table-frame"):
        assert page.locator(frame).evaluate(TOO_WIDE) <= 0
    last = box(heading.last)
    assert last["x"] + last["width"] <= PHONE["width"]


def test_a_heading_of_a_table_on_a_phone_is_still_what_sorts_it(visit: Visit) -> None:
    page = visit("/discover/movie?view=table", **RUSSIAN)

    page.locator("#by-score").click()

    page.wait_for_url("**sort=score*")
    expect(page.locator("[aria-sort]")).to_have_text("Оценка")
