"""Apps are let in, registered and shown out, and tokens made: with script and without."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.idp.oidc.models import Client as App
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from accounts import consenting, issuing, registering
from accounts.models import User
from tests.accounts.oauth import FORM, challenge
from tests.make import make_user

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

WITHOUT_SCRIPT = {"java_script_enabled": False}
READERS = pytest.mark.parametrize(
    "options", [{}, WITHOUT_SCRIPT], ids=["with script", "without script"]
)
# Else it would put the sheets that ours imports into the page, which the site's policy forbids.
QUIETLY = {"resultTypes": ["violations"], "preload": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = (
    "/settings/apps",
    "/settings/apps/new",
    "/settings/apps/<own>",
    "/settings/apps/<own>/delete",
    "/settings/apps/allowed",
    "/settings/tokens",
    "/device",
    "/device?code=<code>",
    "<question>",
)


@pytest.fixture
def ann(site: str) -> Iterator[User]:
    """She has no password, and is not asked for it again."""
    cache.clear()
    found = make_user(username="ann")
    yield found
    User.objects.filter(username__in=("ann", "maker")).delete()


@pytest.fixture
def telly(ann: User, site: str) -> App:
    app, _secret = registering.register(
        make_user(username="maker"),
        name="Telly",
        description="Shows on your TV what is next.",
        homepage="https://telly.example/",
        # Where the browser of a test may go.
        redirect_uris=[f"{site}/about"],
        is_confidential=False,
    )
    return app


@pytest.fixture
def enter(visit: Open, site: str, ann: User) -> Open:
    def open_page(path: str, **options: Any) -> Page:
        client = Client()
        client.force_login(ann)
        page = visit("/about", **options)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page.goto(path)
        return page

    return open_page


def question(app: App, site: str) -> str:
    told = {
        "client_id": app.pk,
        "response_type": "code",
        "redirect_uri": f"{site}/about",
        "scope": "read write:lists",
        "code_challenge": challenge("a verifier"),
        "code_challenge_method": "S256",
    }
    return "/oauth/authorize?" + "&".join(f"{name}={value}" for name, value in told.items())


def user_code(app: App) -> str:
    body = f"client_id={app.pk}&scope=read"
    told = Client().post("/oauth/device/code", body, content_type=FORM).json()
    return str(told["user_code"])


@READERS
def test_an_app_is_let_in_as_far_as_was_ticked(
    enter: Open, ann: User, telly: App, site: str, options: dict[str, Any]
) -> None:
    page = enter(question(telly, site), **options)

    page.get_by_label("Change your watchlist").uncheck()
    page.get_by_role("button", name="Let it in").click()
    page.wait_for_url("**/about?code=*")

    assert parse_qs(urlsplit(page.url).query)["code"]
    assert ann.authorizations.get().scopes == "read"


@READERS
def test_a_tv_is_let_in_by_its_code(
    enter: Open, ann: User, telly: App, options: dict[str, Any]
) -> None:
    page = enter("/device", **options)

    page.get_by_label("Code").fill(user_code(telly).lower().replace("-", ""))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Let it in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Telly is in")
    assert ann.authorizations.get().client == telly


@READERS
def test_a_token_is_made_shown_once_and_taken_away(
    enter: Open, ann: User, options: dict[str, Any]
) -> None:
    page = enter("/settings/tokens", **options)

    page.get_by_label("What it is for").fill("Backup")
    page.get_by_role("button", name="Make it").click()
    value = page.locator(".once .secret").inner_text()
    found = issuing.find(value)
    page.goto("/settings/tokens")

    assert found
    assert found[0] == ann
    expect(page.locator(".once")).to_have_count(0)
    page.get_by_role("button", name="Take away").click()
    expect(page.get_by_role("heading", name="Backup")).to_have_count(0)


@READERS
def test_an_app_is_registered_and_deleted(enter: Open, ann: User, options: dict[str, Any]) -> None:
    page = enter("/settings/apps/new", **options)

    page.get_by_label("Name").fill("Mine")
    page.get_by_label("Where people come back to").fill("https://mine.example/back")
    page.get_by_role("button", name="Register").click()
    secret = page.locator(".once .secret").inner_text()
    page.get_by_role("link", name="Delete").click()
    checked = App.objects.get(owner=ann).check_secret(secret)
    page.get_by_role("button", name="Delete for good").click()

    assert checked
    expect(page.locator("main")).to_contain_text("None so far")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody_s_eyes_hands_and_windows(
    enter: Open, ann: User, telly: App, site: str, path: str
) -> None:
    told = {"name": "Mine", "description": "", "homepage": "", "redirect_uris": []}
    own, _secret = registering.register(ann, **told, is_confidential=False)  # type: ignore[arg-type]
    consenting.allow(ann, telly, ["read", "write:lists"])
    issuing.issue(ann, name="Backup", reach=["read"], expires_at=None)
    known = {"<own>": own.pk, "<code>": user_code(telly), "<question>": question(telly, site)}
    page = enter(re.sub("<[a-z]+>", lambda found: str(known[found[0]]), path))

    for theme, width in product(("dark", "light"), (360, 768, 1440)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        if width != 768:
            seen = Axe().run(page, options=QUIETLY)
            assert seen.violations_count == 0, f"{theme}, {width} px\n{seen.generate_report()}"
