"""A member makes the site theirs, reads what they were told, takes their data, leaves and stays."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Kind, Notification, User

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

PASSWORD = "hunter-two-22"
WITHOUT_SCRIPT = {"java_script_enabled": False}
READERS = pytest.mark.parametrize(
    "options", [{}, WITHOUT_SCRIPT], ids=["with script", "without script"]
)
PAGES = (
    "/notifications",
    "/settings/notifications",
    "/settings/preferences",
    "/settings/data",
    "/leaving",
)
# Else it would put the sheets that ours imports into the page, which the site's policy forbids.
QUIETLY = {"resultTypes": ["violations"], "preload": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def ann(site: str) -> Iterator[User]:
    cache.clear()
    user = User.objects.create_user("ann", "ann@example.org", PASSWORD)
    yield user
    User.objects.filter(username="ann").delete()


def tell(member: User, text: str, **values: Any) -> None:
    values = {"kind": Kind.FOLLOW, "url": "/about"} | values
    hours = values.pop("hours", 0)
    told = member.notifications.create(text=text, **values)
    Notification.objects.filter(pk=told.pk).update(
        created_at=timezone.now() - timedelta(hours=hours)
    )


def come_in(visit: Open, path: str, **options: Any) -> Page:
    page = visit("/sign-in", **options)
    sign_in(page)
    page.goto(path)
    return page


def sign_in(page: Page) -> None:
    page.locator("main [name=login]").fill("ann")
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def show_again(page: Page) -> None:
    """That it is still them."""
    page.wait_for_url("**/sign-in/again**")
    page.locator("main [name=password]").fill(PASSWORD)


@READERS
def test_the_site_becomes_as_its_member_likes_it(
    visit: Open, ann: User, options: dict[str, Any]
) -> None:
    page = come_in(visit, "/settings/preferences", **options)
    page.get_by_label("Language of the site").select_option(label="Русский")
    page.get_by_label("Time zone").select_option("Pacific/Auckland")
    page.get_by_label("First day of the week").select_option(label="Saturday")
    page.get_by_role("radio", name="Light").check()
    page.locator("main").get_by_role("button", name="Save").click()

    html = page.locator("html")
    expect(html).to_have_attribute("lang", "ru")
    expect(html).to_have_attribute("data-theme", "light")
    page.goto("/calendar")
    expect(page.locator("th").first).to_contain_text("суббота", ignore_case=True)

    elsewhere = come_in(visit, "/about", color_scheme="dark", **options)
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "light")
    expect(elsewhere.locator("html")).to_have_attribute("lang", "ru")


def test_the_time_zone_of_the_device_is_a_button_away(visit: Open, ann: User) -> None:
    page = come_in(visit, "/settings/preferences", timezone_id="Pacific/Auckland")

    page.get_by_role("button", name="Auckland").click()

    expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
    expect(page.get_by_role("button", name="Auckland")).to_be_hidden()


def test_a_service_is_found_by_a_part_of_its_name(visit: Open, ann: User) -> None:
    page = come_in(visit, "/settings/preferences")

    page.get_by_label("Find a service").fill("netf")
    shown = page.locator("[data-service]").locator("visible=true")
    expect(shown).to_have_count(1)
    page.get_by_label("Netflix").check()
    page.locator("main").get_by_role("button", name="Save").click()

    expect(page.get_by_label("Netflix")).to_be_checked()


@READERS
def test_a_visitor_switches_the_language_and_comes_back_to_the_page(
    visit: Open, options: dict[str, Any]
) -> None:
    page = visit("/search?q=heat", **options)

    page.get_by_role("button", name="Русский").click()

    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page).to_have_url(re.compile(r"/search\?q=heat$"))


@READERS
def test_what_was_told_is_opened_and_read(visit: Open, ann: User, options: dict[str, Any]) -> None:
    tell(ann, "Ben follows you.")
    tell(ann, "Cat follows you.", hours=30)
    page = come_in(visit, "/", **options)
    bell = page.locator("#bell")
    expect(bell).to_have_accessible_name("Notifications, 2 unread")

    bell.click()
    expect(page.locator(".notice").first).to_contain_text("New")
    page.get_by_role("button", name="Ben follows you.").click()
    expect(page).to_have_url(re.compile("/about$"))
    expect(page.locator("#bell")).to_have_accessible_name("Notifications, 1 unread")

    page.goto("/notifications")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("#bell")).to_have_accessible_name("Notifications")
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)


@READERS
def test_how_things_are_told_is_chosen(visit: Open, ann: User, options: dict[str, Any]) -> None:
    page = come_in(visit, "/settings/notifications", **options)
    site = page.get_by_label("Somebody follows you: on the site")
    mail = page.get_by_label("Somebody follows you: by mail")

    site.uncheck()
    mail.select_option(label="No mail")
    page.locator("main").get_by_role("button", name="Save").click()

    expect(site).not_to_be_checked()
    expect(mail).to_have_value("off")
    expect(page.get_by_label("Something happened to your account: by mail")).to_be_disabled()


@READERS
def test_data_are_taken_along(visit: Open, ann: User, options: dict[str, Any]) -> None:
    page = come_in(visit, "/settings/data", **options)
    page.get_by_role("button", name="Download my data").click()
    show_again(page)

    with page.expect_download() as begun:
        page.locator("main [name=password]").press("Enter")

    with zipfile.ZipFile(begun.value.path()) as archive:
        assert '"username": "ann"' in archive.read("profile.json").decode()


@READERS
def test_who_leaves_can_come_back(visit: Open, ann: User, options: dict[str, Any]) -> None:
    page = come_in(visit, "/settings/data", **options)
    page.get_by_label("Your username").fill("ann")
    page.get_by_role("button", name="Delete my account").click()
    show_again(page)
    page.locator("main [name=password]").press("Enter")

    expect(page.get_by_text("you can sign in and stay after all")).to_be_visible()
    expect(page.locator("#bell")).to_have_count(0)
    assert not User.objects.present().filter(pk=ann.pk).exists()

    page.goto("/sign-in")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The door is still open")
    page.get_by_role("button", name="I want to stay").click()
    expect(page.locator("#bell")).to_be_visible()
    assert User.objects.present().filter(pk=ann.pk).exists()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_nothing_is_in_anybody_s_way(visit: Open, ann: User, width: int, scheme: str) -> None:
    tell(ann, "Ben follows you, and has more to say than fits on the line of a small phone.")
    tell(ann, "Cat likes what you wrote.", kind=Kind.LIKE, read_at=timezone.now(), hours=30)
    page = come_in(visit, "/", viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in PAGES:
        if path == "/leaving":
            User.objects.filter(pk=ann.pk).update(leaves_at=timezone.now() + timedelta(days=9))
        page.goto(path)

        found = Axe().run(page, options=QUIETLY)

        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate(TOO_WIDE) == 0, path
