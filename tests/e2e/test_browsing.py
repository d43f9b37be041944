"""What a visitor does, with a mouse, with the keyboard alone, and without script."""

import re
import zlib
from collections.abc import Callable
from functools import cache, partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

FILM, SHOW = "/movie/603-the-matrix", "/tv/1396-breaking-bad"
CHART, NOTHING = "/charts/movie/popular", "/search?q=zzzz"
# One of every kind.
PAGES = [
    "/",
    FILM,
    f"{FILM}/credits",
    f"{FILM}/images",
    f"{FILM}/releases",
    SHOW,
    f"{SHOW}/season/1",
    f"{SHOW}/season/1/episode/1",
    "/person/6384-keanu-reeves",
    "/collection/2344-the-matrix-collection",
    "/discover/tv?view=table",
    "/genre/28-action",
    "/country/FR",
    "/calendar",
    "/calendar?view=agenda",
    "/about",
    CHART,
    "/search",
    "/search?q=love",
    NOTHING,
    "/nonsense",
]

# Pictures that one has come to, and two frames to put them in.
ALL_HERE = """() => [...document.images].every((one) => one.complete || one.loading === "lazy")
  && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""
COUNT_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      window.shifts.push([one.value, ...one.sources.map((s) => s.node?.outerHTML?.slice(0, 90))]);
  }).observe({ type: "layout-shift", buffered: true });
"""

# Round the thing itself, round its card, or round the field that it is in.
IS_SEEN = """() => {
  const on = document.activeElement;
  return [[on], [on, "::after"], [on.closest(".field") ?? on]]
    .map((about) => getComputedStyle(...about))
    .some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""
BROKEN = """() => [...document.images]
  .filter((one) => one.complete && !one.naturalWidth && one.checkVisibility())
  .map((one) => one.src)"""

NEEDED = """() => [location.href, ...performance.getEntriesByType("resource")
  .map((one) => one.name).filter((name) => /[.](css|js)$/.test(name))]"""

ALL_RULES: dict[str, object] = {}
COLOURS: dict[str, object] = {"runOnly": ["color-contrast", "link-in-text-block"]}


def look_up(page: Page, words: str) -> None:
    page.locator("[data-search]").first.fill(words)
    page.locator("[data-search]").first.press("Enter")
    page.wait_for_url("**/search?q=*")


def focused(page: Page) -> str:
    """What the keyboard is on, in words."""
    name: str = page.evaluate(
        "() => { const on = document.activeElement;"
        " return on.getAttribute('aria-label') || on.labels?.[0]?.innerText || on.innerText; }"
    )
    return name.strip()


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour


@pytest.mark.parametrize("script", [True, False])
def test_from_home_to_a_film_to_a_search_to_a_show(visit: Visit, script: bool) -> None:
    page = visit("/", java_script_enabled=script, pictures=script)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    if script:
        assert page.evaluate(BROKEN) == []

    page.get_by_role("link", name="About the").click()
    expect(page.get_by_role("heading", level=2, name="Cast")).to_be_visible()

    look_up(page, "breaking")
    page.get_by_role("main").get_by_role("link", name="Breaking Bad").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Breaking Bad")
    expect(page.get_by_role("heading", name="Seasons")).to_be_visible()


def test_a_chart_is_reached_from_its_row_and_leads_to_the_others(visit: Visit) -> None:
    page = visit("/")

    page.get_by_role("link", name=re.compile("See all.*Popular films")).click()
    page.get_by_role("navigation", name="Charts").get_by_role("link", name="Top rated").click()

    page.wait_for_url("**/charts/movie/top-rated")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Top rated")


@pytest.mark.parametrize("script", [True, False])
def test_a_theme_that_was_chosen_stays(visit: Visit, script: bool) -> None:
    # Playwright sees no answer that is a redirection where it has pictures to hand out.
    page = visit(NOTHING, java_script_enabled=script, color_scheme="dark", pictures=True)
    dark = background(page)

    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Light").click()
    expect(page.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(NOTHING)
    light = background(page)
    page.goto("/search")

    assert background(page) == light != dark
    expect(page.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")


def test_the_theme_follows_the_device_until_one_is_chosen(visit: Visit) -> None:
    page = visit("/search", color_scheme="dark")
    dark = background(page)

    page.emulate_media(color_scheme="light")

    assert background(page) != dark


@pytest.mark.parametrize("path", ["/", FILM, "/search"])
def test_a_slash_goes_to_the_search(visit: Visit, path: str) -> None:
    page = visit(path)

    page.keyboard.press("/")
    page.keyboard.type("a/b")

    expect(page.locator("input:focus")).to_have_value("a/b")


def test_the_first_stop_of_the_keyboard_leads_to_the_content(visit: Visit) -> None:
    page = visit(FILM)

    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_keyboard_goes_along_the_header_in_order(visit: Visit) -> None:
    page = visit(FILM)
    stops = []
    for _ in range(7):
        page.keyboard.press("Tab")
        stops.append(focused(page))

    assert stops[:2] == ["Skip to content", "CineHub"]
    assert stops[2:6] == ["Films", "TV", "Discover", "Calendar"]
    assert stops[6] == "Search films, TV and people"


def test_what_the_keyboard_is_on_can_be_seen(visit: Visit) -> None:
    page = visit("/search")
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(IS_SEEN)
        assert seen, focused(page)


def test_a_film_is_found_and_opened_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("/")
    page.keyboard.type("pulp fiction")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")

    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page) == "Pulp Fiction":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Pulp Fiction")


def test_a_row_goes_on_by_its_button(visit: Visit) -> None:
    page = visit("/", viewport={"width": 1024, "height": 768})
    row = page.get_by_role("region", name="Popular films")

    row.get_by_role("button", name="on").click()

    expect(row.get_by_role("button", name="back")).to_be_enabled()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_once_it_is_there(visit: Visit, width: int) -> None:
    page = visit("/search", viewport={"width": width, "height": 800})
    page.add_init_script(COUNT_SHIFTS)
    shifts = {}
    for path in PAGES[:-1]:
        page.goto(path, wait_until="load")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_function(ALL_HERE)
        shifts[path] = page.evaluate("window.shifts")

    assert {path: moved for path, moved in shifts.items() if moved} == {}


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_is_wider_than_the_screen(visit: Visit, width: int) -> None:
    page = visit("/search", viewport={"width": width, "height": 800})
    widths = {}
    for path in PAGES[:-1]:
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert {path: wide for path, wide in widths.items() if wide > width} == {}


def test_a_page_is_light_even_for_a_slow_line(visit: Visit) -> None:
    """What it needs besides its pictures, compressed as it is sent."""
    page = visit("/")
    weight = cache(partial(weigh, page))
    weights = {}
    for path in PAGES[:-1]:
        page.goto(path, wait_until="load")
        weights[path] = sum(map(weight, page.evaluate(NEEDED)))

    assert {path: total for path, total in weights.items() if total > 60_000} == {}
    assert min(weights.values()) > 30_000, "Styles and scripts were not weighed"


def weigh(page: Page, address: str) -> int:
    return len(zlib.compress(page.request.get(address).body()))


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(visit: Visit, path: str) -> None:
    page = visit(path)
    # The themes differ in their colours, and in nothing else.
    for scheme, rules in (("dark", ALL_RULES), ("light", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]} | rules)

        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
