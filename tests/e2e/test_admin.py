"""What an editor and a superuser do in the admin, in both lights, on a phone and on a desk."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from catalog.models import Errand, SyncRun, Title
from cinehub.work import schedule
from cinehub.work.models import DeadLetter, Measure

pytestmark = pytest.mark.browser

SignIn = Callable[..., Page]
LIST = "/admin/catalog/title/"
PAGES = [
    "/admin/",
    LIST,
    f"{LIST}?kind=tv&state=hidden",
    "/admin/catalog/syncrun/",
    "/admin/catalog/errand/",
    "/admin/catalog/picture/",
    "/admin/work/deadletter/",
    "/admin/django_celery_beat/periodictask/",
    "/admin/accounts/user/",
]
# Else it would put the sheets that ours imports into the page, which the site's policy forbids.
QUIETLY = {"resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="module", autouse=True)
def work(site: str) -> Iterator[None]:
    """Something of everything that the dashboard tells."""
    schedule.set_up()
    now = timezone.now()
    SyncRun.objects.create(kind="popular", done=431, total=1000, seen_at=now)
    SyncRun.objects.create(kind="changes", state="partial", error="movie 603: Garbled")
    Measure.objects.create(name="errands.open", at=now, value=7)
    Errand.objects.create(kind="movie", tmdb_id=1, urgency=0, due_at=now, given_up_at=now)
    yield
    for model in (SyncRun, Measure, Errand, DeadLetter):
        model.objects.filter(pk__gt=0).delete()


@pytest.fixture
def sign_in(visit: Callable[..., Page], site: str) -> SignIn:
    """The page, seen by who has this role."""

    def open_page(path: str, *, role: str, **options: Any) -> Page:
        user, _ = User.objects.get_or_create(
            username=role, email=f"{role}@example.org", is_staff=True
        )
        user.is_superuser = role == "superuser"
        user.save()
        if role == "editor":
            user.groups.set([Group.objects.get(name="Catalogue editor")])
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = visit("/about", **options)
        # The server of these tests has no sockets; tests/e2e/test_live.py has one that has.
        page.context.route_web_socket("**/ws/**", lambda socket: None)
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
        )
        page.goto(path)
        return page

    return open_page


def said(page: Page) -> Any:
    return page.locator(".messagelist")


def make_letter() -> DeadLetter:
    letter, _ = DeadLetter.objects.update_or_create(
        task_id="one",
        defaults={
            "task": "cinehub.tasks.measure",
            "queue": "refresh",
            "error": "Boom",
            "died_at": timezone.now(),
            "settled_at": None,
        },
    )
    return letter


def film(number: int = 603) -> Title:
    return Title.objects.get(kind="movie", tmdb_id=number)


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_a_title_is_found_edited_and_let_go_again(sign_in: SignIn, role: str) -> None:
    page = sign_in(LIST, role=role)

    page.get_by_role("searchbox", name="Search titles").fill("matrxi")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="The Matrix", exact=True).click()
    page.get_by_role("textbox", name="Tagline").fill(f"Wake up, {role}.")
    expect(page.get_by_label("Locked tagline")).to_be_checked()
    page.get_by_role("button", name="Save and continue editing").click()

    expect(said(page)).to_contain_text("was changed successfully")
    assert film().tagline == f"Wake up, {role}."
    assert film().locked == ["tagline"]

    page.get_by_label("Locked tagline").uncheck()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_label("Locked tagline")).not_to_be_checked()
    assert film().locked == []


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_a_title_is_refreshed_hidden_and_shown_again(sign_in: SignIn, role: str) -> None:
    page = sign_in(f"{LIST}{film().pk}/change/", role=role)

    page.get_by_role("button", name="Refresh from TMDB").click()
    expect(said(page)).to_contain_text("TMDB is asked about 1.")
    assert Errand.objects.filter(kind="movie", tmdb_id=603).exists()

    page.get_by_role("button", name="Hide from the site").click()
    expect(said(page)).to_contain_text("1 title is hidden.")
    page.get_by_role("button", name="Show on the site again").click()
    expect(said(page)).to_contain_text("1 title is shown again.")
    page.get_by_role("link", name="On the site").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The Matrix")


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_one_title_is_made_of_two_and_two_of_one(sign_in: SignIn, role: str) -> None:
    twin = Title.objects.create(kind="movie", tmdb_id=99_000_001, name="Matrix, The")
    page = sign_in(f"{LIST}{twin.pk}/change/", role=role)

    page.get_by_role("link", name="Merge into another").click()
    page.get_by_label("The title that stays").fill("/movie/603-the-matrix")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Merge them").click()
    expect(said(page)).to_contain_text("is merged into The Matrix (1999).")

    page.goto(f"{LIST}{twin.pk}/change/")
    page.get_by_role("button", name="Make two of them again").click()
    expect(said(page)).to_contain_text("is a title of its own again.")
    Title.objects.filter(pk=twin.pk).delete()


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_a_dead_letter_is_read_and_retried(sign_in: SignIn, role: str) -> None:
    make_letter()
    page = sign_in("/admin/work/deadletter/", role=role)

    page.get_by_role("link", name="cinehub.tasks.measure").click()
    expect(page.get_by_text("Boom")).to_be_visible()
    page.get_by_role("button", name="Retry").click()

    expect(said(page)).to_contain_text("1 task is queued again.")
    assert not DeadLetter.objects.open().exists()


def test_a_superuser_runs_a_sync_now_and_an_editor_is_not_offered_it(sign_in: SignIn) -> None:
    page = sign_in("/admin/", role="superuser")
    page.get_by_role("button", name="Run now Charts").click()
    expect(said(page)).to_contain_text("“Charts” is queued.")

    page = sign_in("/admin/", role="editor")
    expect(page.get_by_role("heading", name="Schedule")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Run now"))).to_have_count(0)


def test_a_chart_has_a_table_behind_it(sign_in: SignIn) -> None:
    page = sign_in("/admin/", role="editor")

    picture = page.get_by_role("img", name=re.compile("^Open: now 7"))
    expect(picture).to_be_visible()
    page.get_by_text("As a table Open").click()

    expect(page.locator("figure", has=picture).get_by_role("table")).to_contain_text("At most")


def test_a_schedule_says_in_words_when_it_runs(sign_in: SignIn) -> None:
    page = sign_in("/admin/django_celery_beat/periodictask/", role="superuser")
    page.get_by_role("link", name="Charts", exact=True).click()

    help_text = page.locator(".field-crontab .help")
    expect(help_text).to_contain_text("At 5 minutes past the hour")
    page.get_by_label("Crontab Schedule").select_option(index=1)
    expect(help_text).not_to_contain_text("At 5 minutes past the hour")


def test_the_light_is_the_sites(sign_in: SignIn) -> None:
    page = sign_in("/admin/", role="editor", color_scheme="dark", pictures=True)
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)

    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Light").click()
    light = page.evaluate(colour)
    page.goto(LIST)

    assert page.evaluate(colour) == light != dark


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_in_both_lights(sign_in: SignIn, path: str, scheme: str) -> None:
    # The tests' stand-in for pictures has their list's address, too.
    page = sign_in(path, role="superuser", color_scheme=scheme, pictures="picture" in path)

    found = Axe().run(page, options=QUIETLY)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_form_of_a_title_is_accessible(sign_in: SignIn, scheme: str) -> None:
    page = sign_in(f"{LIST}{film().pk}/change/", role="editor", color_scheme=scheme)

    found = Axe().run(page, options=QUIETLY)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", [*PAGES, "form"])
def test_no_page_is_wider_than_a_phone(sign_in: SignIn, path: str) -> None:
    path = f"{LIST}{film().pk}/change/" if path == "form" else path
    phone = {"width": 360, "height": 740}
    page = sign_in(path, role="superuser", viewport=phone, pictures="picture" in path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
