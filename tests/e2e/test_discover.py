"""Looking for something to watch: with a mouse, on a phone, by keyboard, and without script."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.test_browsing import COUNT_SHIFTS

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

FILMS = "/discover/movie"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
NOTHING = f"{FILMS}?genre=28&genre=99&from=1990&person=nobody"
PAGES = [
    FILMS,
    "/discover/tv?view=table&sort=score",
    "/genre/28-action",
    "/network/174-amc",
    NOTHING,
]
COLOURS: dict[str, object] = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Of the browser itself the page only knows that nothing in it is focused.
IS_INSIDE = "[...document.querySelectorAll(':focus')].every((one) => one.closest('[data-sheet]'))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def count(page: Page) -> int:
    """How many films the page says that there are."""
    return int(re.sub(r"\D", "", page.locator("#found").inner_text()))


def cards(page: Page) -> int:
    return page.locator("#titles > *").count()


def pick(page: Page, name: str) -> None:
    page.get_by_role("group", name="Genres").get_by_label(name, exact=True).check(force=True)


def test_a_filter_answers_at_once_in_an_address_that_names_only_it(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    everything = count(page)

    pick(page, "Western")

    page.wait_for_url("**/discover/movie?genre=37")
    assert 0 < count(page) < everything
    expect(page.locator("[data-said]")).to_have_text(re.compile("^\\s*[0-9]+ film"))


def test_back_goes_back_to_what_was_asked_before(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    everything = count(page)
    pick(page, "Western")
    page.wait_for_url("**?genre=37")

    page.go_back()

    expect(page.locator("#found")).to_contain_text(str(everything))
    expect(page.get_by_role("group", name="Genres").get_by_label("Western")).not_to_be_checked()


def test_a_chip_is_taken_off_with_the_keyboard_and_the_form_knows(visit: Visit) -> None:
    page = visit(f"{FILMS}?genre=18&from=1990", viewport=WIDE)

    page.get_by_role("link", name="Take off: Genre: Drama").press("Enter")

    page.wait_for_url("**/discover/movie?from=1990")
    expect(page.get_by_role("group", name="Genres").get_by_label("Drama")).not_to_be_checked()
    expect(page.get_by_label("From", exact=True)).to_have_value("1990")
    expect(page.locator("#found")).to_be_focused()


def test_all_chips_go_at_once(visit: Visit) -> None:
    page = visit(f"{FILMS}?genre=18&from=1990&language=en", viewport=WIDE)

    page.get_by_role("link", name="Clear all").click()

    page.wait_for_url("**/discover/movie")
    expect(page.get_by_label("From", exact=True)).to_have_value("")


def test_a_name_that_is_typed_becomes_a_filter_among_others(visit: Visit) -> None:
    page = visit(f"{FILMS}?genre=878", viewport=WIDE)
    page.locator("summary", has_text="People and themes").click()
    who = page.get_by_label("Somebody who took part")

    who.press_sequentially("keanu")
    expect(page.locator("#person-names option").first).to_have_attribute("value", "Keanu Reeves")
    who.fill("Keanu Reeves")
    who.press("Enter")

    page.wait_for_url("**?genre=878&person=Keanu%20Reeves")
    expect(page.get_by_role("link", name="Take off: Person: Keanu Reeves")).to_be_visible()
    expect(page.locator("#named").get_by_label("Keanu Reeves")).to_be_checked()
    expect(who).to_have_value("")


def test_one_country_after_the_other_is_added(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    page.locator("summary", has_text="Made in").click()

    page.get_by_label("Country", exact=True).select_option("France")
    page.wait_for_url("**?country=FR")
    page.get_by_label("Country", exact=True).select_option("Germany")

    page.wait_for_url("**?country=FR&country=DE")
    expect(page.get_by_label("France")).to_be_checked()


def test_the_order_and_the_view_are_kept_in_the_address(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)

    page.get_by_label("Order").select_option("Score")
    page.wait_for_url("**?sort=score")
    page.get_by_role("link", name="Table").click()
    page.wait_for_url("**view=table*")
    page.get_by_role("columnheader", name="Votes").get_by_role("link").click()
    page.wait_for_url("**sort=votes*")

    expect(page.get_by_role("columnheader", name="Votes")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.get_by_label("Order")).to_have_value("votes")


def test_a_region_brings_its_own_certifications(visit: Visit) -> None:
    page = visit(f"{FILMS}?offer=flatrate", viewport=WIDE)

    page.get_by_label("In", exact=True).select_option("DE")
    page.wait_for_url("**region=DE*")
    page.locator("summary", has_text="Certification").click()

    expect(page.get_by_role("group", name="As rated in Germany").get_by_label("16")).to_be_enabled()


def test_a_region_is_chosen_before_anything_in_it(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    page.locator("summary", has_text="Where to watch").click()
    page.get_by_label("In", exact=True).select_option("Germany")

    page.wait_for_url("**?region=DE")

    expect(page.get_by_label("In", exact=True)).to_have_value("DE")
    expect(page.locator("legend", has_text="As rated in Germany")).to_be_attached()


def test_who_asks_the_same_again_takes_no_step(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    table = page.get_by_role("link", name="Table")
    table.click()
    page.wait_for_url("**?view=table")
    steps = page.evaluate("history.length")

    with page.expect_event("console"):
        table.click()
        page.evaluate("requestAnimationFrame(() => console.log('a frame later'))")

    assert page.evaluate("history.length") == steps


def test_on_a_phone_the_filters_are_a_sheet_that_keeps_the_keyboard(visit: Visit) -> None:
    page = visit(FILMS, viewport=PHONE)
    opener = page.get_by_role("button", name="Filters")
    opener.click()
    sheet = page.get_by_role("dialog", name="Filters")
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()

    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_INSIDE)
    page.keyboard.press("Escape")

    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def test_only_the_filters_of_the_sheet_scroll(visit: Visit) -> None:
    page = visit(f"{FILMS}?language=en&spoken=fr&country=FR", viewport=PHONE)
    page.get_by_role("button", name="Filters").click()

    for group in page.locator("[data-sheet] summary").all():
        group.evaluate("(summary) => summary.parentElement.open = true")

    beyond = page.locator("[data-sheet]").evaluate("(one) => one.scrollHeight - one.clientHeight")
    assert beyond == 0


def test_the_sheet_says_how_many_there_are_and_shows_them(visit: Visit) -> None:
    page = visit(FILMS, viewport=PHONE)
    page.get_by_role("button", name="Filters").click()

    pick(page, "Western")
    page.wait_for_url("**?genre=37")
    show = page.get_by_role("button", name=re.compile("Show [0-9]+ title"))
    expect(show).to_have_text(re.compile(f"Show {count(page)} title"))
    show.click()

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Take off: Genre: Western")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_without_script_the_form_asks_and_pages_have_numbers(
    visit: Visit, size: dict[str, int]
) -> None:
    page = visit(FILMS, viewport=size, java_script_enabled=False)
    if size == PHONE:
        page.get_by_role("button", name="Filters").click()
    pick(page, "Drama")
    page.get_by_role("button", name=re.compile("^Show")).click()
    page.wait_for_url("**genre=18*")

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="2").click()

    page.wait_for_url("**page=2*")
    expect(page.locator("#found")).to_contain_text("page 2")
    expect(page.get_by_role("link", name="Take off: Genre: Drama")).to_be_visible()


def test_more_comes_as_one_goes_down_and_nothing_jumps(visit: Visit) -> None:
    page = visit("/search", viewport=WIDE)
    page.add_init_script(COUNT_SHIFTS)
    page.goto(FILMS)
    assert cards(page) == 42

    for _ in range(30):
        page.evaluate("scrollBy(0, 300)")
        page.wait_for_timeout(60)

    expect(page.locator("#titles > *")).to_have_count(count(page))
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    addresses = page.locator("#titles a").evaluate_all("all => all.map((one) => one.href)")
    assert len(set(addresses)) == len(addresses)
    assert page.evaluate("window.shifts") == []


def test_who_goes_to_the_footer_is_not_thrown_back(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)

    assert cards(page) == 42
    expect(page.get_by_role("contentinfo")).to_be_in_viewport()


def test_show_more_takes_the_keyboard_to_what_came(visit: Visit) -> None:
    page = visit(FILMS, viewport=WIDE)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    page.get_by_role("link", name="Show more").press("Enter")

    expect(page.locator("#titles > :nth-child(43) a")).to_be_focused()
    expect(page.locator("[data-said]")).to_contain_text("84 titles are shown")


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(visit: Visit, path: str) -> None:
    page = visit(path, viewport=WIDE)
    for group in page.locator("details").all():
        group.evaluate("one => { one.open = true }")
    rules: dict[str, object] = {}
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]} | rules)
        rules = COLOURS

        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def test_everybody_can_use_the_sheet(visit: Visit) -> None:
    page = visit(FILMS, viewport=PHONE)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()

    found = Axe().run(page, options={"resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window(visit: Visit, path: str) -> None:
    page = visit(path)
    for theme, width in product(("dark", "light"), (360, 768, 1440)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"


def test_what_one_touches_is_large_enough(visit: Visit) -> None:
    page = visit(f"{FILMS}?genre=18", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Filters").click()
    small = page.evaluate(
        "[...document.querySelectorAll('.filters :is(button, summary, select, .pick, .in),"
        " .results-bar :is(a, button, select), .taken a')]"
        ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)"
        ".map((one) => one.outerHTML.slice(0, 80))"
    )

    assert small == []
