"""Searching with a mouse, with the keyboard alone, on a phone, and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from catalog.models import Title
from cinehub.work.models import Claim

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

PHONE = {"width": 360, "height": 740}
AXE: dict[str, Any] = {"resultTypes": ["violations"]}


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search films, TV and people")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_in(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)


@pytest.mark.parametrize("shortcut", ["/", "Control+k", "Meta+k"])
def test_a_shortcut_goes_to_the_field(visit: Visit, shortcut: str) -> None:
    page = visit("/")

    page.keyboard.press(shortcut)

    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_as_one_types_titles_people_and_collections_appear(visit: Visit) -> None:
    page = visit("/")

    type_in(page, "mad")

    for group in ("Films and TV", "People", "Collections"):
        expect(page.get_by_role("group", name=group)).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".field [role=status]")).to_have_text(re.compile("[0-9]+ suggestions"))


def test_a_suggestion_is_chosen_with_the_keyboard(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    chosen = options(page).first.get_attribute("id")
    expect(field(page)).to_have_attribute("aria-activedescendant", chosen or "")
    page.keyboard.press("Enter")

    page.wait_for_url("**/movie/603-the-matrix")


def test_the_keyboard_walks_round_the_list(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()
    last = options(page).last

    page.keyboard.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")

    expect(page.locator("[aria-selected]")).to_have_count(0)
    expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_enter_without_a_choice_leads_to_all_results(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "matrx")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=matrx")
    expect(page.get_by_role("main").get_by_role("link", name="The Matrix").first).to_be_visible()


def test_escape_closes_the_list_and_then_clears_the_field(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_value("matrix")
    page.keyboard.press("Escape")

    expect(field(page)).to_have_value("")


@pytest.mark.parametrize("leave", ["Tab", "click"])
def test_who_leaves_the_field_leaves_the_list(visit: Visit, leave: str) -> None:
    page = visit("/search")
    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()

    if leave == "Tab":
        page.keyboard.press("Tab")
    else:
        page.mouse.click(5, 5)

    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-expanded", "false")


def test_the_arrow_opens_the_list_again(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("ArrowDown")

    expect(options(page).first).to_be_visible()


def test_a_suggestion_can_be_clicked(visit: Visit) -> None:
    page = visit("/")
    type_in(page, "keanu")

    options(page).filter(has_text="Keanu Reeves").click()

    page.wait_for_url("**/person/6384-keanu-reeves")


def test_on_a_phone_a_suggestion_can_be_tapped(visit: Visit) -> None:
    page = visit("/search", viewport=PHONE, has_touch=True, is_mobile=True)
    field(page).tap()
    page.keyboard.type("keanu")

    options(page).filter(has_text="Keanu Reeves").tap()

    page.wait_for_url("**/person/6384-keanu-reeves")


def test_an_answer_that_comes_late_is_not_shown(visit: Visit) -> None:
    page = visit("/")
    late: list[Route] = []
    page.route("**/search/suggest?q=mad", lambda route: late.append(route))

    with page.expect_request("**/search/suggest?q=mad"):
        type_in(page, "mad")
    page.keyboard.press("Control+a")
    page.keyboard.type("matrix")
    expect(options(page).first).to_contain_text("The Matrix")
    late[0].fulfill(body='<div><a role="option" href="/">Too late</a></div>')
    page.wait_for_timeout(200)

    expect(options(page).first).to_contain_text("The Matrix")


def test_one_latin_letter_asks_nothing(visit: Visit) -> None:
    page = visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    type_in(page, "m")
    page.wait_for_timeout(400)

    assert not any("suggest?" in url for url in asked)


def test_the_list_moves_nothing(visit: Visit) -> None:
    page = visit("/search", viewport=PHONE)
    before = page.locator("main h1 ~ *, main .grid").last.bounding_box()

    type_in(page, "matrix")
    expect(options(page).first).to_be_visible()

    assert page.locator("main h1 ~ *, main .grid").last.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("path", ["/", "/search"])
def test_everybody_can_read_the_open_list(visit: Visit, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    type_in(page, "mad")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")

    found = Axe().run(page, options=AXE)

    assert [(each["id"], each["nodes"]) for each in found.response["violations"]] == []


@pytest.mark.parametrize("script", [True, False])
def test_results_are_looked_through_by_tabs_and_filters(visit: Visit, script: bool) -> None:
    page = visit("/search?q=ma", java_script_enabled=script)

    page.get_by_role("link", name=re.compile("^Films [0-9]+")).click()
    page.get_by_label("Genre").select_option("Action")
    page.get_by_label("From").fill("2010")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("link", name="Mad Max: Fury Road")).to_be_visible()
    expect(page.get_by_role("main").locator(".grid a")).to_have_count(1)


def test_without_script_the_form_is_sent(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)

    page.get_by_role("searchbox").fill("matrix")
    page.get_by_role("searchbox").press("Enter")

    page.wait_for_url("**/search?q=matrix")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_not_here_comes_from_tmdb(visit: Visit, script: bool) -> None:
    Title.objects.filter(name="Mad Max 2").delete()
    Claim.objects.all().delete()
    page = visit("/search?q=mad+max", java_script_enabled=script)

    page.get_by_role("button", name="Look further").click()

    expect(page.get_by_role("heading", name="1 more from TMDB")).to_be_visible()
    expect(page.get_by_role("link", name="Mad Max 2")).to_be_visible()
