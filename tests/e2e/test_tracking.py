"""An evening of two members: what one keeps, watches and says, and what others make of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from accounts import following
from accounts.models import User
from lists.models import List, ListItem, Viewing
from reviews.models import Rating, Review
from tests.make import make_user

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
FILM = "/movie/603-the-matrix"
SEASON = "/tv/1396-breaking-bad/season/1"


@pytest.fixture
def people(site: str) -> Iterator[dict[str, User]]:
    """Bob follows Ann; Mo moderates."""
    cache.clear()
    people = {name: make_user(username=name, display_name=name.title()) for name in ("ann", "bob")}
    people["mo"] = make_user(username="mo", display_name="Mo", is_staff=True, is_superuser=True)
    following.follow(people["bob"], people["ann"])
    yield people
    User.objects.filter(username__in=people).delete()


@pytest.fixture
def enter(visit: Open, site: str) -> Callable[..., Page]:
    """A browser of the member's own, signed in."""

    def open_page(member: User, path: str, **options: Any) -> Page:
        client = Client()
        client.force_login(member)
        page = visit("/about", **options)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page.goto(path)
        return page

    return open_page


def toast(page: Page, words: str) -> Locator:
    said = page.locator("[data-toast]", has_text=words)
    expect(said).to_be_visible()
    return said


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_evening(enter: Callable[..., Page], people: dict[str, User], script: bool) -> None:
    ann, bob, mo = people["ann"], people["bob"], people["mo"]
    page = enter(ann, "/charts/movie/popular", java_script_enabled=script)

    keep_from_a_card(page, ann)
    mark_a_season(page, ann)
    rate(page, ann, script=script)
    write_a_review(page, ann)
    order_a_list(page, ann)

    other = enter(bob, FILM, java_script_enabled=script)
    like_and_comment(other, ann)
    see_the_feed(other)
    report(other)

    hide(enter(mo, "/moderation", java_script_enabled=script))
    other.goto(FILM)
    expect(other.locator("main")).not_to_contain_text("red pill")


def keep_from_a_card(page: Page, ann: User) -> None:
    """And off again, and back by Undo."""
    card, mark = page.locator(".card").first, page.locator(".card").first.locator(".own-mark")
    kept = ListItem.objects.filter(list__owner=ann, list__kind=List.Kind.WATCHLIST)
    name = card.locator(".card-name").inner_text()
    card.hover()
    card.get_by_role("button", name="on your watchlist").click()
    expect(mark).to_have_text("On your watchlist")
    assert kept.get().title.name == name

    card.hover()
    card.get_by_role("button", name="on your watchlist").click()
    expect(mark).to_have_count(0)
    assert not kept.exists()

    page.get_by_role("button", name="Undo").click()
    expect(mark).to_have_text("On your watchlist")
    assert kept.get().title.name == name


def mark_a_season(page: Page, ann: User) -> None:
    page.goto(SEASON)
    page.locator(".season-far").get_by_role("button").click()
    expect(page.locator(".season-far")).to_contain_text("7 of 7")
    assert Viewing.objects.filter(user=ann).count() == 7

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".season-far")).to_contain_text("0 of 7")
    assert not Viewing.objects.filter(user=ann).exists()

    page.locator("#e1").get_by_role("button", name="Pilot").first.click()
    expect(page.locator(".season-far")).to_contain_text("1 of 7")


def rate(page: Page, ann: User, *, script: bool) -> None:
    """By the keyboard alone."""
    page.goto(FILM)
    page.locator("#rating input[type=radio]").first.focus()
    for _step in range(16):
        page.keyboard.press("ArrowRight")
    if not script:
        page.keyboard.press("Enter")
    toast(page, "")
    expect(page.locator("#rating legend")).to_contain_text("8.5")
    assert str(Rating.objects.get(user=ann).value) == "8.5"


def write_a_review(page: Page, ann: User) -> None:
    page.goto(f"{FILM}/review")
    page.get_by_label("Your review").fill("He takes ||the red pill||. *Whoa.*")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state()
    review = Review.objects.get(author=ann)
    assert review.text == "He takes ||the red pill||. *Whoa.*"
    page.goto(f"/@ann/review/{review.pk}")
    expect(page.locator("main em")).to_have_text("Whoa.")
    expect(page.locator("main")).to_contain_text("8.5")


def order_a_list(page: Page, ann: User) -> None:
    """By the keyboard alone."""
    for path in (FILM, "/movie/680-pulp-fiction", "/movie/11-star-wars"):
        page.goto(path)
        page.locator(".keep").get_by_role("button", name="Watchlist").click()
        toast(page, "watchlist")
    page.goto("/watchlist")
    page.get_by_role("link", name="Arrange").click()
    first = page.locator("[data-item]").first
    name = first.locator(".row-words a").first.inner_text()
    first.get_by_role("button", name=f"{name}: down").focus()
    page.keyboard.press("Enter")
    toast(page, "")
    expect(page.locator("[data-item]").nth(1)).to_contain_text(name)


def like_and_comment(page: Page, ann: User) -> None:
    page.goto(Review.objects.get(author=ann).get_absolute_url())
    page.get_by_role("button", name="Like the review of Ann").click()
    expect(page.get_by_role("button", name="Like the review of Ann")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_label("Your comment").fill("So do I.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("main")).to_contain_text("So do I.")
    review = Review.objects.get(author=ann)
    assert (review.like_count, review.comment_count) == (1, 1)
    assert set(ann.notifications.values_list("kind", flat=True)) >= {"like", "comment"}


def see_the_feed(page: Page) -> None:
    page.goto("/feed")
    expect(page.locator("main")).to_contain_text("Ann")
    expect(page.locator("main")).to_contain_text("The Matrix")


def report(page: Page) -> None:
    page.goto(Review.objects.get(author__username="ann").get_absolute_url())
    page.locator(".report summary").first.click()
    page.get_by_label("What is wrong with it?").first.select_option(
        label="Tells the plot without a warning"
    )
    page.locator(".report").first.get_by_role("button", name="Report").click()
    toast(page, "")


def hide(page: Page) -> None:
    page.get_by_label("Reason").first.select_option(label="Tells the plot without a warning")
    page.get_by_role("button", name="Hide").first.click()
    toast(page, "")
    assert Review.objects.get(author__username="ann").hidden_at
