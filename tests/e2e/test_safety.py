"""A member makes their account safe, and gets in by each way there is."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

PASSWORD = "hunter-two-22"
WITHOUT_SCRIPT = {"java_script_enabled": False}
# Else it would put the sheets that ours imports into the page, which the site's policy forbids.
QUIETLY = {"resultTypes": ["violations"], "preload": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def member(site: str) -> Iterator[User]:
    cache.clear()
    user = User.objects.create_user("ann", "ann@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    yield user
    user.delete()


@pytest.fixture
def browse(visit: Open, site: str, member: User) -> Open:
    """A browser of its own, at a name: passkeys belong to names, not to addresses of machines."""
    here = site.replace("127.0.0.1", "localhost")
    return lambda path, **options: visit(path, base_url=here, **options)


def plug_in_key(page: Page) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def by_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail, username").fill("ann")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    main_button(page, "Sign in").click()


def main_button(page: Page, name: str) -> Any:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def show_again(page: Page) -> None:
    """That it is still them."""
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    main_button(page, "Go on").click()


def code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(page: Page) -> tuple[str, list[str]]:
    page.goto("/settings/two-factor")
    page.get_by_role("link", name="Set up an app").click()
    show_again(page)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code from the app").fill(code(secret))
    main_button(page, "Turn on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret, page.locator(".codes li").all_inner_texts()


def is_in(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"://[^/]+/$"))
    page.goto("/settings/sessions")
    expect(page.get_by_text("This device")).to_be_visible()


def test_an_app_codes_a_passkey_and_the_other_session(browse: Open) -> None:
    page = browse("/sign-in")
    by_password(page)
    secret, recovery = set_up_app(page)

    # With a code from the app.
    sign_out(page)
    by_password(page)
    page.get_by_label("Code").fill(code(secret, 1))
    main_button(page, "Sign in").click()
    is_in(page)

    # With a recovery code, which is good for once.
    other = browse("/sign-in")
    for is_first in (True, False):
        sign_out(other)
        by_password(other)
        other.get_by_label("Code").fill(recovery[0])
        main_button(other, "Sign in").click()
        if is_first:
            is_in(other)
    expect(other.get_by_role("alert").first).to_contain_text("not the right one")

    # With a passkey, and nothing else.
    plug_in_key(page)
    page.goto("/settings/two-factor")
    page.get_by_role("link", name="Add a passkey").click()
    show_again(page)
    page.get_by_label("Name of the key").fill("My key ring")
    main_button(page, "Add a passkey").click()
    expect(page.get_by_text("You have 1 key.")).to_be_visible()
    sign_out(page)
    page.goto("/sign-in")
    main_button(page, "Use a passkey").click()
    is_in(page)

    # There are two more sessions: of the app, and of the recovery code.
    expect(page.locator(".held li")).to_have_count(4)
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page.locator(".held li")).to_have_count(3)
    main_button(page, "Sign out everywhere but here").click()
    expect(page.locator(".held li")).to_have_count(1)
    other.goto("/settings/sessions")
    expect(other).to_have_url(re.compile("/sign-in"))


def test_a_key_is_the_second_factor_shows_that_it_is_them_and_gets_a_name(browse: Open) -> None:
    page = browse("/sign-in")
    plug_in_key(page)
    by_password(page)
    page.goto("/settings/two-factor/keys/add")
    show_again(page)
    main_button(page, "Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    sign_out(page)
    by_password(page)
    page.get_by_role("button", name="Use a passkey or a security key").click()
    is_in(page)

    page.goto("/settings/two-factor/keys")
    page.get_by_role("link", name="Rename").click()
    page.get_by_role("link", name="Use a security key").click()
    main_button(page, "Use a passkey").click()
    page.get_by_label("Name of the key").fill("My phone")
    main_button(page, "Save").click()
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()

    page.get_by_role("link", name="Remove").click()
    main_button(page, "Remove").click()
    expect(page.get_by_text("None so far.")).to_be_visible()


def test_who_cancels_the_dialog_of_the_browser_is_told(browse: Open) -> None:
    page = browse("/sign-in")
    page.evaluate(
        """() => {
            navigator.credentials.get = async () => {
                throw new DOMException("", "NotAllowedError");
            };
        }"""
    )
    main_button(page, "Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing came of it")
    expect(main_button(page, "Use a passkey")).to_be_enabled()


def test_without_script_there_are_codes_and_a_word_about_passkeys(browse: Open) -> None:
    page = browse("/sign-in", **WITHOUT_SCRIPT)
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(main_button(page, "Use a passkey")).to_be_hidden()

    by_password(page)
    secret, _ = set_up_app(page)
    sign_out(page)
    by_password(page)
    page.get_by_label("Code").fill(code(secret, 1))
    main_button(page, "Sign in").click()
    is_in(page)


def test_its_pages_are_for_everybody(browse: Open) -> None:
    page = browse("/sign-in")
    by_password(page)
    _check(page, "/settings/two-factor/app", show=True)
    set_up_app_here(page)
    _check(page, "/settings/two-factor/recovery")
    for path in (
        "/settings/two-factor",
        "/settings/two-factor/app/off",
        "/settings/two-factor/recovery/new",
        "/settings/two-factor/keys",
        "/settings/two-factor/keys/add",
        "/settings/sessions",
        "/settings/connections",
        "/sign-in/again/two-factor",
    ):
        _check(page, path)
    sign_out(page)
    for path in ("/sign-in/with/cancelled", "/sign-in"):
        _check(page, path)
    by_password(page)
    _check(page, "/sign-in/two-factor")


def set_up_app_here(page: Page) -> None:
    page.get_by_label("Code from the app").fill(code(page.locator(".secret").inner_text()))
    main_button(page, "Turn on").click()


def _check(page: Page, path: str, *, show: bool = False) -> None:
    page.goto(path)
    if show:
        show_again(page)
    page.wait_for_url(f"**{path}", wait_until="load")
    for theme, width in product(("dark", "light"), (360, 1440)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})

        assert page.evaluate(TOO_WIDE) == 0, f"{path}, {theme}, {width} px"
        found = Axe().run(page, options=QUIETLY)
        assert found.violations_count == 0, found.generate_report()
