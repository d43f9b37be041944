"""A real browser before the whole sample; whatever goes wrong on a page fails its test."""

import os
import shutil
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from catalog import showing
from catalog.source import tmdb
from catalog.sync import runs

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

GREY = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After all others, who are not to find the sample in their database."""
    items.sort(key=lambda item: item.path.parent.name == "e2e")
    reason = "needs Chromium: install it, or name its executable in CHROMIUM"
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def db(django_db_setup: None) -> None:
    """The database for the whole session, instead of a transaction for each test."""


@pytest.fixture(scope="session")
def site(db: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a site over the sample, which came through the real client."""
    # Playwright's loop runs in the thread of the tests, where Django then suspects an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock():
        runs.sync_genres(tmdb())
        runs.sync_popular(tmdb(), "movie", pages=10)
        runs.sync_popular(tmdb(), "tv", pages=10)
        runs.sync_charts(tmdb())
        # The sample draws its pictures; a busy machine may take its time over it.
        showing.PICTURE_SECONDS, usual = 60, showing.PICTURE_SECONDS
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        showing.PICTURE_SECONDS = usual
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """Started after the site: with Playwright's loop running Django opens other connections."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site in a browser of one's own; arguments are Playwright's.

    Drawing the sample's pictures takes longer than all else: most tests see one small grey one.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A page that is meant to be missing says so, too.
        if message.type in {"error", "warning"} and "/nonsense" not in message.location["url"]:
            troubles.append(f"{message.location['url']}: {message.text}")

    def open_page(path: str, *, pictures: bool = False, **options: Any) -> Page:
        # Standing still: Chromium calls a transition between pages that it skips an error.
        options = {"base_url": site, "reduced_motion": "reduce"} | options
        own = (str(options["base_url"]), "data:")
        context = browser.new_context(**options)
        contexts.append(context)
        # The server of these tests knows no sockets; that of `test_live` does.
        context.route_web_socket("**/ws/**", lambda socket: None)
        if not pictures:
            context.route("**/picture/**", lambda route: route.fulfill(body=GREY))
        context.on("console", heard)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on(
            "request",
            lambda r: None if r.url.startswith(own) else troubles.append(r.url),
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
