"""What members keep and say, page by page: for everybody's eyes, hands and windows."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from accounts import following
from accounts.models import Audience, User
from catalog.models import Title
from lists import keeping, making
from lists.models import Visibility
from reviews import commenting, reporting, writing
from reviews.models.reports import Reason
from tests.make import make_user

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
# Else it would put the sheets that ours imports into the page, which the site's policy forbids.
QUIETLY = {"resultTypes": ["violations"], "preload": False}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
FILM = "/movie/603-the-matrix"
SHOW = "/tv/1396-breaking-bad"
PAGES = (
    "/",
    FILM,
    SHOW,
    f"{SHOW}/season/1",
    f"{SHOW}/season/1/episode/2",
    f"{FILM}/lists",
    f"{FILM}/viewings",
    f"{FILM}/review",
    f"{FILM}/reviews",
    "/watchlist",
    "/watchlist?view=table",
    "/favorites",
    "/seen",
    "/lists",
    "/lists/new",
    "/history",
    "/progress",
    "/up-next",
    "/calendar/mine",
    "/calendar/mine?view=agenda",
    "/feed",
    "/moderation",
    "/@ann",
    "/@ann/lists",
    "/@ann/history",
    "/@ann/ratings",
    "/@ann/reviews",
    "/@ann/stats",
)
# Of who has done nothing here yet.
EMPTY = ("/", "/watchlist", "/lists", "/history", "/progress", "/up-next", "/feed", "/@new/stats")


@pytest.fixture(scope="module")
def people(site: str, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Ann has much on record; Bob follows her and moderates; New has just come."""
    with django_db_blocker.unblock():
        cache.clear()
        ann = make_user(username="ann", display_name="Ann")
        bob = make_user(username="bob", display_name="Bob", is_staff=True, is_superuser=True)
        new = make_user(username="new")
        size = {"viewings": 120, "ratings": 40, "lists": 4, "items": 12}
        call_command("seed_member", "ann", **size, verbosity=0)
        following.follow(ann, bob)
        following.follow(bob, ann)
        film = Title.objects.get(kind="movie", tmdb_id=603)
        text = "He takes ||the red pill||.\n\n> Whoa.\n\n*Slanted*, **bold**."
        said = {"has_spoilers": False, "covers": None, "audience": Audience.PUBLIC}
        review = writing.publish(bob, film, text=text, **said)
        writing.publish(ann, film, text="A long look. " * 40, **said)
        commenting.comment(review, ann, text="So do I, @bob.", key=uuid4())
        reporting.report(ann, review, reason=Reason.SPOILER, text="The pill!")
        keeping.add(keeping.watchlist(ann), film, by=ann, note="With Bob.")
        making.make(ann, name="Rainy days", description="", visibility=Visibility.PUBLIC)
        yield {"ann": ann, "bob": bob, "new": new}
        User.objects.filter(username__in=("ann", "bob", "new")).delete()


@pytest.fixture
def enter(visit: Open, site: str) -> Callable[[User, str], Page]:
    def open_page(member: User, path: str) -> Page:
        client = Client()
        client.force_login(member)
        page = visit("/about")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page.goto(path)
        return page

    return open_page


def look(page: Page) -> None:
    for theme, width in product(("dark", "light"), (360, 768, 1440)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == 0, f"{theme}, {width} px"
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        if width != 768:
            found = Axe().run(page, options=QUIETLY)
            assert found.violations_count == 0, f"{theme}, {width} px\n{found.generate_report()}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_who_has_much_on_record(
    enter: Callable[..., Page], people: dict[str, User], path: str
) -> None:
    page = enter(people["bob" if path == "/moderation" else "ann"], path)

    assert page.evaluate(SHIFT) == 0
    look(page)


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_of_who_has_just_come(
    enter: Callable[..., Page], people: dict[str, User], path: str
) -> None:
    look(enter(people["new"], path))
