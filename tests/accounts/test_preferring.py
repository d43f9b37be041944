"""What a member likes the site to be is so on every page; a visitor's cookie does it, too."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.preferring import zone
from catalog.models import Collection
from tests.make import (
    make_credit,
    make_offer,
    make_person,
    make_show,
    make_title,
    make_translation,
    make_user,
)
from tests.read import part, shown

pytestmark = pytest.mark.django_db

GERMAN = {"accept-language": "de"}


@pytest.fixture(autouse=True)
def two_languages(settings: Any) -> None:
    """Django itself speaks German; that our words are not there is no matter."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]


def member(client: Client, **wishes: Any) -> User:
    found = make_user(**wishes)
    client.force_login(found)
    return found


# --- Language ------------------------------------------------------------------------------------
def test_the_site_speaks_the_language_of_its_member(client: Client) -> None:
    member(client, language="de")

    page = client.get("/")

    assert '<html lang="de"' in page.content.decode()
    assert page["Content-Language"] == "de"


@pytest.mark.parametrize("language", ["", "xx", "ru"])
def test_without_one_that_is_here_it_speaks_the_browser_s(client: Client, language: str) -> None:
    member(client, language=language)

    assert '<html lang="de"' in shown(client, "/", **GERMAN)
    assert '<html lang="en"' in shown(client, "/")


def test_titles_bear_the_names_of_the_chosen_language(client: Client) -> None:
    title = make_title(name="The Sound of Music")
    make_translation(title, "de", name="Meine Lieder, meine Träume")
    assert "Meine Lieder" not in shown(client, title.get_absolute_url())

    member(client, language="de")

    assert "Meine Lieder" in shown(client, title.get_absolute_url())


def test_a_visitor_chooses_by_a_form(client: Client) -> None:
    answer = client.post("/language", {"language": "de", "next": "/about"})

    assert (answer.status_code, answer["Location"]) == (302, "/about")
    cookie = answer.cookies["django_language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert '<html lang="de"' in shown(client, "/")


@pytest.mark.parametrize("chosen", ["", "xx", "de'--", "x" * 5000])
def test_a_language_that_is_not_here_is_not_remembered(client: Client, chosen: str) -> None:
    ann = member(client)

    answer = client.post("/language", {"language": chosen, "next": "https://evil.example/"})

    assert answer["Location"] == "/"
    assert "django_language" not in answer.cookies
    ann.refresh_from_db()
    assert ann.language == ""


def test_a_member_s_choice_is_kept_with_them(client: Client) -> None:
    ann = member(client)

    client.post("/language", {"language": "de", "next": "/"})

    ann.refresh_from_db()
    assert ann.language == "de"


def test_a_language_is_not_chosen_by_following_a_link(client: Client) -> None:
    assert client.get("/language", {"language": "de"}).status_code == 405


def test_with_one_language_there_is_nothing_to_switch(client: Client, settings: Any) -> None:
    assert 'action="/language"' in shown(client, "/")

    settings.LANGUAGES = [("en", "English")]

    assert 'action="/language"' not in shown(client, "/")


# --- Theme ---------------------------------------------------------------------------------------
def test_a_member_s_theme_is_on_all_their_devices(client: Client) -> None:
    member(client, theme="dark")
    client.cookies["theme"] = "light"

    assert 'data-theme="dark"' in shown(client, "/")


def test_who_leaves_it_to_the_device_has_the_device_s(client: Client) -> None:
    member(client, theme="system")
    client.cookies["theme"] = "light"

    assert 'data-theme="light"' in shown(client, "/")


def test_the_switch_of_the_footer_is_remembered_with_the_member(client: Client) -> None:
    ann = member(client)

    client.post("/theme", {"theme": "light", "next": "/"})
    client.post("/theme", {"theme": "blue", "next": "/"})

    ann.refresh_from_db()
    assert ann.theme == "light"


def test_an_error_page_is_the_member_s_too(client: Client) -> None:
    member(client, theme="dark", language="de")

    page = client.get("/nonsense")

    assert page.status_code == 404
    assert '<html lang="de" data-theme="dark"' in page.content.decode()


# --- Country, week and day -----------------------------------------------------------------------
def test_a_title_is_shown_as_in_the_member_s_country(client: Client) -> None:
    title = make_title()
    make_offer(title, name="Kiwi Films", country="NZ")
    make_offer(title, name="Yankee Films", country="US")
    member(client, region="NZ")

    page = shown(client, title.get_absolute_url())

    assert "Kiwi Films" in page
    assert "Yankee Films" not in page


@pytest.mark.parametrize(("weekday", "first"), [(None, "Sun"), (0, "Mon"), (5, "Sat")])
def test_weeks_begin_as_the_member_counts_them(
    client: Client, weekday: int | None, first: str
) -> None:
    member(client, first_weekday=weekday, region="US")
    make_title(release_date="2026-03-10")

    page = shown(client, "/calendar?month=2026-03")

    assert re.findall(r'<th scope="col">(\w+)', page)[0] == first


@pytest.mark.parametrize(("name", "day"), [("Pacific/Auckland", "2"), ("America/New_York", "1")])
@time_machine.travel(datetime(2026, 3, 1, 15, 0, tzinfo=UTC))
def test_today_is_the_member_s(client: Client, name: str, day: str) -> None:
    member(client, time_zone=name)
    make_title(release_date="2026-03-10")

    page = shown(client, "/calendar")

    assert part(page, r'<td[^>]* id="today">.*?</td>').endswith(f"{day} Today")
    # Whoever comes next in this thread is somewhere else.
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("name", ["", "Nowhere/Atall", "../../etc/passwd", "/etc/passwd", "\x00"])
def test_what_is_no_time_zone_is_the_site_s(name: str) -> None:
    assert zone(name) is None


# --- For adults ----------------------------------------------------------------------------------
@pytest.mark.parametrize("wants", [True, False])
def test_titles_for_adults_are_shown_to_who_wants_them(client: Client, wants: bool) -> None:
    saga = Collection.objects.create(
        tmdb_id=1, name="Saga", fetched_at=timezone.now(), refresh_at=timezone.now()
    )
    person = make_person(details_at=timezone.now(), fetched_at=timezone.now())
    title = make_title(name="After Midnight", adult=True, collection=saga)
    make_credit(title, person)
    make_credit(make_show(), person)
    member(client, adult=wants)

    pages = [shown(client, thing.get_absolute_url()) for thing in (person, saga)]

    assert ["After Midnight" in page for page in pages] == [wants, wants]


# --- Cost and keeping ----------------------------------------------------------------------------
def test_a_visitor_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/about")


def test_pictures_do_not_ask_whose_they_are(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    member(client)
    visitor = Client()

    with django_assert_max_num_queries(20) as asked:
        visitor.get("/picture/w342/missing.jpg")
    with django_assert_max_num_queries(len(asked)):
        client.get("/picture/w342/missing.jpg")


@pytest.mark.redis
@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize(
    "wishes",
    [
        {"language": "de"},
        {"theme": "dark"},
        {"region": "DE"},
        {"first_weekday": 5},
        {"adult": True},
    ],
)
def test_a_page_that_is_kept_is_not_shown_to_who_wants_another(
    client: Client, wishes: dict[str, Any]
) -> None:
    caches["pages"].clear()
    others = Client()
    others.force_login(make_user())
    others.get("/calendar")
    member(client, **wishes)

    keys = set(caches["pages"].keys("page:shared:*"))
    client.get("/calendar")

    assert len(set(caches["pages"].keys("page:shared:*")) - keys) == 1


@pytest.mark.redis
@pytest.mark.usefixtures("keeping")
def test_a_page_kept_in_one_language_is_not_shown_in_another(client: Client) -> None:
    """Both readers' first language is one that the site does not speak."""
    caches["pages"].clear()

    assert '<html lang="de"' in shown(client, "/", **{"accept-language": "nl,de;q=0.5"})
    assert '<html lang="en"' in shown(client, "/", **{"accept-language": "nl,en;q=0.5"})
    client.cookies["django_language"] = "de"
    assert '<html lang="de"' in shown(client, "/", **{"accept-language": "nl,en;q=0.5"})
