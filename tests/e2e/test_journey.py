"""From the front page to a name that is typed wrong, the way different readers go."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

SHOW = "Breaking Bad"
READERS = {
    "with script": {},
    "without script": {"java_script_enabled": False},
    "on a phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "on a phone, without script": {
        "viewport": {"width": 360, "height": 740},
        "java_script_enabled": False,
    },
}


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("options", READERS.values(), ids=READERS.keys())
def test_from_home_by_filters_to_a_person_and_a_name_typed_wrong(
    visit: Visit, options: dict[str, object]
) -> None:
    page = visit("/", **options)
    page.get_by_role("link", name="Discover").locator("visible=true").first.click()
    page.get_by_role("link", name="Shows", exact=True).click()
    page.goto(f"{page.url.partition('?')[0]}?genre=18&from=2000&sort=score")
    expect(page.get_by_text("Genre: Drama")).to_be_visible()

    page.get_by_role("main").get_by_role("link", name=SHOW).click()
    expect(heading(page)).to_contain_text(SHOW)
    page.get_by_role("link", name=re.compile("Season 1")).first.click()
    expect(heading(page)).to_contain_text("Season 1")
    page.locator("#main a[href*='/episode/1']").first.click()
    expect(page).to_have_url(re.compile("/season/1/episode/1$"))
    page.get_by_role("main").locator("a[href*='/person/']").first.click()
    expect(page).to_have_url(re.compile("/person/"))

    page.goto("/search")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).last.fill("braeking bad")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/search\?q=braeking"))
    expect(page.get_by_role("main").get_by_role("link", name=SHOW).first).to_be_visible()


def to(page: Page, wanted: str, most: int = 120) -> None:
    """On with the Tab key until the keyboard is on a link of that address."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.search(wanted, page.evaluate("document.activeElement.getAttribute('href') || ''")):
            return
    raise AssertionError(f"No way to {wanted} with the keyboard")


def test_the_same_way_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    for wanted in (
        "/discover/movie$",
        "/discover/tv",
        r"/tv/1396-breaking-bad$",
        "/season/1$",
        "/season/1/episode/1$",
        "/person/",
    ):
        to(page, wanted)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(wanted))
        # What the keyboard does besides is there once the page is.
        page.wait_for_load_state("load")

    page.keyboard.press("/")
    page.keyboard.type("braeking bad")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=braeking"))
    to(page, "/tv/1396-breaking-bad")
