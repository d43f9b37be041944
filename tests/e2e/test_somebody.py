"""Being somebody: a face and words of one's own, followers, and whom one does not want to meet."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from accounts import following
from accounts.models import Audience, User
from tests.catalog.mirror.pictures import picture
from tests.make import make_user

pytestmark = pytest.mark.browser

As = Callable[..., Page]
BOTH = pytest.mark.parametrize("script", [True, False])

PICTURE: FilePayload = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
QUIETLY: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
COUNT_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      window.shifts.push([one.value, ...one.sources.map((s) => s.node?.outerHTML?.slice(0, 90))]);
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(autouse=True)
def people(site: str) -> Iterator[dict[str, User]]:
    """Ann, who is signed in, and whom she meets."""
    make_user(username="ann", display_name="Ann Andersson", bio="Slow cinema.")
    make_user(username="bob", display_name="Bob", bio="Fast trains.")
    make_user(username="eve", display_name="Eve", bio="My secret.", audience=Audience.PRIVATE)
    found = {member.username: member for member in User.objects.all()}
    yield found
    User.objects.filter(username__in=("ann", "bob", "eve")).delete()


@pytest.fixture
def as_member(visit: Callable[..., Page], site: str) -> As:
    """The page, seen by the member of this name."""

    def open_page(username: str, path: str, *, script: bool = True, **options: Any) -> Page:
        client = Client()
        client.force_login(User.objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = visit("/about", java_script_enabled=script, **options)
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
        )
        page.goto(path)
        return page

    return open_page


@BOTH
def test_a_member_gets_a_face_and_words(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@ann", script=script)
    page.get_by_role("link", name="Edit profile").click()

    page.get_by_label("Picture", exact=True).set_input_files(PICTURE)
    page.get_by_label("Display name").fill("Ann of the Projector")
    page.get_by_label("About you").fill("Sixteen millimetres\nare enough.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").filter(has_text="Your profile is saved.")).to_be_visible()
    page.goto("/@ann")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ann of the Projector")
    face = page.locator("img.avatar-large")
    expect(face).to_be_visible()
    if script:
        assert face.evaluate("one => one.complete && one.naturalWidth") == 256

    page.goto("/settings/profile")
    page.get_by_label("Remove my picture").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".you-are .avatar")).to_have_text("AP")


@BOTH
def test_who_is_public_is_followed_at_once(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@bob", script=script)
    if script:
        page.evaluate("window.stays = true")

    page.get_by_role("button", name="Follow Bob").click()

    expect(page.get_by_role("button", name="Following · stop following Bob")).to_be_visible()
    expect(page.get_by_role("link", name="1 follower")).to_be_visible()
    if script:
        assert page.evaluate("window.stays")
        expect(page.get_by_role("button", name="Following")).to_be_focused()
    page.get_by_role("button", name="Following").click()
    expect(page.get_by_role("button", name="Follow Bob")).to_be_visible()
    expect(page.get_by_role("link", name="0 followers")).to_be_visible()


@BOTH
def test_who_is_private_is_asked_and_lets_in(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@eve", script=script)
    expect(page.get_by_text("This profile is private")).to_be_visible()
    expect(page.get_by_text("My secret.")).to_have_count(0)
    page.get_by_role("button", name="Ask to follow Eve").click()
    expect(page.get_by_role("button", name="Requested")).to_be_visible()

    other = as_member("eve", "/@eve", script=script)
    other.get_by_role("link", name="1 request").click()
    # Before its scripts are there, the form is sent as one without.
    other.wait_for_load_state()
    other.get_by_role("button", name="Accept Ann Andersson").click()
    expect(other.get_by_role("button", name="Remove Ann Andersson")).to_be_visible()
    said = other.locator("#said" if script else ".toasts")
    expect(said).to_contain_text("Ann Andersson follows you now.")
    expect(other.get_by_role("heading", name="They ask to follow you")).to_have_count(0)

    page.reload()
    expect(page.get_by_text("My secret.")).to_be_visible()
    page.get_by_role("button", name="Following").click()
    expect(page.get_by_text("This profile is private")).to_be_visible()


@BOTH
def test_who_is_blocked_is_gone_until_it_is_undone(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@bob", script=script)
    page.get_by_text("More", exact=True).locator("xpath=..").click()
    page.get_by_role("button", name="Block").click()

    expect(page.get_by_role("heading", level=1, name="Privacy")).to_be_visible()
    expect(page.get_by_text("You have blocked Bob.")).to_be_visible()
    assert page.request.get("/@bob").status == 404
    other = as_member("bob", "/about", script=script)
    assert other.request.get("/@ann").status == 404

    page.get_by_role("button", name="Unblock Bob").click()
    expect(page.get_by_text("You no longer block Bob.")).to_be_visible()
    assert page.request.get("/@bob").status == 200


@BOTH
def test_who_is_muted_is_unmuted_where_it_was_done(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@bob", script=script)
    menu, within = page.locator(".ties summary"), page.locator(".ties .menu-list")
    menu.click()
    page.get_by_role("button", name="Mute").click()
    expect(within).to_be_hidden()

    menu.click()
    page.get_by_role("button", name="Unmute").click()
    expect(within).to_be_hidden()

    menu.click()
    expect(within).to_contain_text("They are not told.")


@BOTH
def test_the_menu_opens_and_signs_out(as_member: As, script: bool) -> None:
    page = as_member("ann", "/@bob", script=script, viewport={"width": 360, "height": 700})

    page.locator(".top summary").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_the_menu_closes_by_escape_by_a_click_elsewhere_and_when_one_leaves_it(
    as_member: As,
) -> None:
    page = as_member("ann", "/@bob")
    menu, within = page.locator(".top summary"), page.get_by_role("link", name="Settings")

    menu.focus()
    page.keyboard.press("Enter")
    expect(within).to_be_visible()
    within.focus()
    page.keyboard.press("Escape")
    expect(within).to_be_hidden()
    expect(menu).to_be_focused()

    menu.click()
    expect(within).to_be_visible()
    page.mouse.click(20, 600)
    expect(within).to_be_hidden()

    menu.click()
    page.get_by_role("link", name="CineHub").focus()
    expect(within).to_be_hidden()


def test_who_signs_in_to_follow_comes_back(visit: Callable[..., Page]) -> None:
    page = visit("/@bob")

    page.get_by_role("link", name="Sign in to follow").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.url.endswith("/sign-in?next=/%40bob")


PAGES = [
    "/@ann",
    "/@ann?as=stranger",
    "/@bob",
    "/@eve",
    "/@ann/followers",
    "/@ann/following",
    "/settings/profile",
    "/settings/privacy",
    "/settings/followers",
]


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it_at_every_width(
    as_member: As, people: dict[str, User], path: str
) -> None:
    ann, bob, eve = (people[name] for name in ("ann", "bob", "eve"))
    User.objects.filter(pk=ann.pk).update(display_name="A" * 60, audience=Audience.PRIVATE)
    for one in (bob, eve):
        following.follow(one, ann)
    following.accept(ann, bob)
    following.follow(ann, eve)
    following.mute(ann, bob)
    page = as_member("ann", "/about")
    page.add_init_script(COUNT_SHIFTS)
    page.goto(path, wait_until="load")
    assert page.evaluate("window.shifts") == []

    for theme, width in product(("dark", "light"), (360, 768, 1440)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    for summary in page.locator("summary").all():
        summary.click()
        for scheme, rules in (("dark", {}), ("light", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options=QUIETLY | rules)
            assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
