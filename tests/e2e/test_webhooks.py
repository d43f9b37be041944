"""A member has a program listen, sees what it was told, and takes it away again."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.hooks import delivery, listening
from accounts.models import Delivery, User, Webhook

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PASSWORD = "hunter-two-22"
QUIETLY = {"resultTypes": ["violations"], "preload": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def receiver(settings: Any) -> Iterator[str]:
    """It takes everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"thanks")

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    settings.WEBHOOK_HOSTS = ("127.0.0.1",)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/a/rather/long/address/of/a/program"
    server.shutdown()
    server.server_close()


@pytest.fixture
def member(site: str) -> Iterator[User]:
    cache.clear()
    user = User.objects.create_user("ann", "ann@example.org", PASSWORD)
    yield user
    user.delete()


def button(page: Page, name: str) -> Any:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def enter(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail, username").fill("ann")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    button(page, "Sign in").click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def show_again(page: Page) -> None:
    """That it is still them."""
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    button(page, "Go on").click()


def look(page: Page, name: str) -> None:
    for theme, width in product(("dark", "light"), (360, 768, 1440)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        found = Axe().run(page, options=QUIETLY)
        assert found.violations_count == 0, f"{theme}, {width} px\n{found.generate_report()}"
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{theme}-{width}.png", full_page=True)


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["quick", "plain"])
def test_from_adding_one_to_removing_it(
    visit: Open, member: User, receiver: str, options: Any
) -> None:
    page = visit("/sign-in", **options)
    enter(page)
    page.goto("/settings/webhooks")
    page.get_by_role("link", name="Add a webhook").click()
    show_again(page)

    page.get_by_label("Address").fill(receiver)
    page.get_by_label("What is rated").uncheck()
    button(page, "Add").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("link", name="I have it").click()
    button(page, "Send a test event").click()
    expect(page.get_by_text("A test event is on its way")).to_be_visible()
    delivery.send(Webhook.objects.get().pk)
    page.reload()
    page.locator(".deliveries summary").click()
    expect(page.get_by_text("thanks")).to_be_visible()
    page.get_by_role("button", name=re.compile("Send test of .* again")).click()
    expect(page.get_by_text("It is sent once more")).to_be_visible()
    button(page, "Turn off").click()
    expect(page.locator(".hook-state")).to_have_text("Off")
    page.get_by_role("link", name="Remove").click()
    button(page, "Remove").click()

    expect(page.get_by_text("None so far")).to_be_visible()
    assert secret.startswith("whsec_")
    assert not Webhook.objects.exists()


def test_their_pages_are_for_everybodys_eyes(visit: Open, member: User, receiver: str) -> None:
    hook, _secret = listening.add(member, url=receiver, subjects=["viewing"])
    off, _secret = listening.add(member, url=f"{receiver}/off", subjects=["viewing"])
    listening.turn_off(off)
    for status, code in (("taken", 200), ("failed", 500), ("waiting", None)):
        sent = listening.try_out(hook)
        Delivery.objects.filter(pk=sent.pk).update(
            status=status, code=code, attempts=2, answer="<h1>Down</h1>" if code == 500 else ""
        )
    Delivery.objects.filter(status="waiting").update(trouble="certificate")
    page = visit("/sign-in")
    enter(page)

    page.goto("/settings/webhooks")
    look(page, "all")
    page.goto(f"/settings/webhooks/{hook.pk}")
    page.locator(".deliveries summary").nth(1).click()
    look(page, "one")
    page.goto(f"/settings/webhooks/{hook.pk}/remove")
    look(page, "remove")
    page.goto("/settings/webhooks/add")
    show_again(page)
    expect(page.get_by_label("Address")).to_be_visible()
    page.wait_for_load_state()
    look(page, "add")
    page.goto(f"/settings/webhooks/{hook.pk}")
    button(page, "New secret").click()
    expect(page).to_have_url(re.compile("/secret$"))
    # Without its style sheets a page has other widths.
    page.wait_for_load_state()
    look(page, "secret")
