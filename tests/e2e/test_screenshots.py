"""Every page at every width in both themes; with SCREENSHOTS=1 one is kept for the README."""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "screenshot.png"
WIDTHS = (360, 768, 1440)
PAGES = [
    "/",
    "/movie/603-the-matrix",
    "/tv/1396-breaking-bad",
    "/charts/movie/popular",
    "/search",
    "/search?q=the",
    "/search?q=zzzz",
    "/nonsense",
]

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    for theme, width in product(("dark", "light"), WIDTHS):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("link", name="CineHub")).to_be_visible()


@pytest.mark.skipif(not os.environ.get("SCREENSHOTS"), reason="writes only with SCREENSHOTS=1")
def test_the_picture_in_the_readme_is_today_s(visit: Callable[..., Page]) -> None:
    page = visit("/", pictures=True, color_scheme="dark", viewport={"width": 1440, "height": 1120})
    page.wait_for_load_state("networkidle")

    page.screenshot(path=PICTURE)

    assert PICTURE.stat().st_size > 10_000
