"""All of being a member, from the door in to the door out, in one go."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from cinehub.celery import app
from tests.e2e.test_safety import (
    PASSWORD,
    by_password,
    code,
    main_button,
    plug_in_key,
    set_up_app,
    show_again,
)
from tests.e2e.test_somebody import PICTURE
from tests.make import make_user

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Mails = Callable[[], str]


@pytest.fixture
def bob(site: str) -> Iterator[User]:
    cache.clear()
    yield make_user(username="bob", display_name="Bob")
    User.objects.filter(username__in=("ann", "bob")).delete()


@pytest.fixture
def newest_mail(settings: Any, tmp_path: Path) -> Iterator[Mails]:
    """Mails become files, as soon as they are posted: the worker is this process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    app.conf.task_always_eager = True
    yield lambda: max(tmp_path.iterdir(), key=lambda mail: mail.stat().st_mtime_ns).read_text()
    app.conf.task_always_eager = False


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_signing_up_to_leaving(
    visit: Open, site: str, bob: User, newest_mail: Mails, script: bool
) -> None:
    here = {"base_url": site.replace("127.0.0.1", "localhost"), "java_script_enabled": script}
    page = visit("/sign-up", **here)

    sign_up(page, newest_mail)
    get_a_face(page)
    secret, recovery = set_up_app(page)
    sign_out(page)
    by_mailed_code(page, newest_mail, secret)
    if script:
        by_passkey(page)
    end_the_other_session(page, visit("/sign-in", **here), recovery)
    follow_and_block(page)
    take_data_along(page)
    leave(page)


def sign_up(page: Page, newest_mail: Mails) -> None:
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    main_button(page, "Sign up").click()
    expect(page.locator("#bell")).to_be_visible()

    link = re.search(r"http://\S+/confirm-email/\S+", newest_mail())
    assert link
    page.goto(link[0])
    main_button(page, "Yes, it is mine").click()
    page.goto("/settings/email")
    expect(page.locator("main")).to_contain_text("ann@example.org")
    assert User.objects.get(username="ann").emailaddress_set.get().verified


def get_a_face(page: Page) -> None:
    page.goto("/settings/profile")
    page.get_by_label("Picture", exact=True).set_input_files(PICTURE)
    main_button(page, "Save").click()
    page.goto("/@ann")
    expect(page.locator("img.avatar-large")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator(".top summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def by_mailed_code(page: Page, newest_mail: Mails, secret: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Send me a code").click()
    page.locator("main form.form input:not([type=hidden])").first.fill("ann@example.org")
    main_button(page, "Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type in the code")
    mailed = re.search(r"^    (\S+)$", newest_mail(), re.M)
    assert mailed
    page.get_by_label("Code").fill(mailed[1])
    main_button(page, "Sign in").click()
    page.get_by_label("Code").fill(code(secret, 1))
    main_button(page, "Sign in").click()
    expect(page.locator("#bell")).to_be_visible()


def by_passkey(page: Page) -> None:
    plug_in_key(page)
    page.goto("/settings/two-factor/keys/add")
    show_again(page)
    main_button(page, "Add a passkey").click()
    expect(page).to_have_url(re.compile("/settings/two-factor"))
    sign_out(page)
    page.goto("/sign-in")
    main_button(page, "Use a passkey").click()
    expect(page.locator("#bell")).to_be_visible()


def end_the_other_session(page: Page, other: Page, recovery: list[str]) -> None:
    by_password(other)
    other.get_by_label("Code").fill(recovery[0])
    main_button(other, "Sign in").click()
    expect(other.locator("#bell")).to_be_visible()

    page.goto("/settings/sessions")
    expect(page.locator(".held li")).to_have_count(2)
    main_button(page, "Sign out everywhere but here").click()
    expect(page.locator(".held li")).to_have_count(1)
    other.goto("/settings/sessions")
    expect(other).to_have_url(re.compile("/sign-in"))


def follow_and_block(page: Page) -> None:
    page.goto("/@bob")
    page.get_by_role("button", name="Follow Bob").click()
    expect(page.get_by_role("link", name="1 follower")).to_be_visible()
    page.locator(".ties summary").click()
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_text("You have blocked Bob.")).to_be_visible()
    assert page.request.get("/@bob").status == 404


def take_data_along(page: Page) -> None:
    page.goto("/settings/data")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download my data").click()
        show_again(page)
    assert begun.value.path().stat().st_size > 1000


def leave(page: Page) -> None:
    page.goto("/settings/data")
    page.get_by_label("Your username").fill("ann")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("you can sign in and stay after all")).to_be_visible()
    assert not User.objects.present().filter(username="ann").exists()
    assert page.request.get("/@ann").status == 404
