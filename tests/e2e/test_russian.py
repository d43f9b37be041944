"""Words of another language are longer: pages still hold them, on every screen."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from tests.make import make_user

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

WIDTHS = (360, 768, 1024, 1440)
FILM, SHOW = "/movie/603-the-matrix", "/tv/1396-breaking-bad"
OF_THE_CATALOGUE = (
    "/",
    FILM,
    f"{FILM}/credits",
    f"{FILM}/releases",
    SHOW,
    f"{SHOW}/season/1",
    "/person/6384-keanu-reeves",
    "/discover/tv?view=table",
    "/calendar",
    "/about",
    "/charts/movie/popular",
    "/search?q=zzzz",
    "/sign-in",
    "/sign-up",
)
OF_A_MEMBER = (
    "/",
    "/notifications",
    "/@olga",
    "/settings/profile",
    "/settings/preferences",
    "/settings/privacy",
    "/settings/notifications",
    "/settings/two-factor",
    "/settings/sessions",
    "/settings/apps",
    "/settings/apps/new",
    "/settings/apps/allowed",
    "/settings/tokens",
    "/settings/webhooks",
    "/settings/webhooks/add",
    "/device",
    "/settings/invitations",
    "/settings/data",
    "/admin/",
    "/admin/accounts/user/",
)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Words of a link in a bar or a button that lie over its edge.
CUT = """() => [...document.querySelectorAll(".bar a, .top-nav a, .button, .chip, button")]
  .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== "inline")
  .filter((one) => !one.closest(".visually-hidden") && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText)"""


def broken(page: Page, addresses: tuple[str, ...]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == "ru"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(TOO_WIDE) > 0:
                found.append(f"{address} at {width}")
            found += [f"{address} at {width}: {words}" for words in page.evaluate(CUT)]
    return found


def test_what_a_visitor_reads_in_russian_is_not_cut_off(visit: Visit) -> None:
    assert broken(visit("/", locale="ru"), OF_THE_CATALOGUE) == []


def test_what_a_member_reads_in_russian_is_not_cut_off(visit: Visit, site: str) -> None:
    member = make_user(username="olga", language="ru", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(member)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = visit("/about")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )

    try:
        assert broken(page, OF_A_MEMBER) == []
    finally:
        User.objects.filter(pk=member.pk).delete()
