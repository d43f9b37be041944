"""Pages kept whole: who gets them, and when they are thrown away."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test import Client
from django.urls import path
from django_redis.cache import RedisCache
from prometheus_client import REGISTRY

from cinehub.kit.kept import (
    CATALOGUE_SECONDS,
    KEPT_SECONDS,
    MEMBERS,
    SITE,
    changed,
    kept,
    passing,
)
from cinehub.urls import urlpatterns as site
from tests.make import make_user

pytestmark = [
    pytest.mark.redis,
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    pytest.mark.usefixtures("keeping"),
]

cache = caches["pages"]
made: list[str] = []
WITH_SLOT = engines["django"].from_string('{% load slots %}<p>A page</p>{% slot "_who.html" %}')


@kept()
def listing(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return HttpResponse(WITH_SLOT.render({}, request))


@kept(lambda number: f"film/{number}")
def film(request: HttpRequest, number: int) -> HttpResponse:
    made.append(request.path)
    return HttpResponse(f"Film {number}")


@kept(lambda: "people", MEMBERS)
def people(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return HttpResponse("Somebody said something")


@kept()
def moment(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return passing(HttpResponse("Just now"))


@kept()
def elsewhere(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return HttpResponseRedirect("/listing")


@kept()
def nowhere(request: HttpRequest) -> HttpResponse:
    raise Http404


@kept()
def changing(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    changed("catalogue")
    return HttpResponse("What was before")


@kept()
def with_cookie(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    response = HttpResponse("A page")
    response.set_cookie("own", "1")
    return response


urlpatterns = [
    path("listing", listing),
    path("film/<int:number>", film),
    path("people", people),
    path("moment", moment),
    path("elsewhere", elsewhere),
    path("nowhere", nowhere),
    path("changing", changing),
    path("with-cookie", with_cookie),
    *site,
]


@pytest.fixture(autouse=True)
def nothing_made() -> Iterator[None]:
    made.clear()
    yield
    cache.clear()


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(make_user(is_staff=True))
    return client


# --- Visitors ------------------------------------------------------------------------------------
def test_a_page_is_made_once_for_all_visitors() -> None:
    pages = [Client().get("/listing").content for _ in range(3)]

    assert made == ["/listing"]
    assert pages[0] == pages[1] == pages[2]


def test_a_kept_page_touches_no_database(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/listing")

    with django_assert_num_queries(0):
        client.get("/listing")


def test_a_kept_page_has_all_its_headers(client: Client) -> None:
    # But for a request's own id, which here is the same.
    asked = {"X-Request-ID": "one"}
    first, second = (client.get("/listing", headers=asked) for _ in range(2))

    assert second.headers == first.headers
    assert "Content-Security-Policy" in second.headers


def test_a_packed_page_is_for_those_who_unpack(client: Client) -> None:
    long = client.get("/", headers={"accept-encoding": "gzip"})

    assert long["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/").headers
    assert client.get("/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "headers", [{"accept-language": "de"}, {"accept-language": "en-GB"}, {"hx-request": "true"}]
)
def test_who_reads_otherwise_gets_another_page(client: Client, headers: dict[str, str]) -> None:
    client.get("/listing")
    client.get("/listing", headers=headers)

    assert len(made) == 2


def test_another_theme_or_query_is_another_page(client: Client) -> None:
    client.get("/listing")
    client.get("/listing?page=2")
    client.cookies["theme"] = "dark"
    client.get("/listing")

    assert len(made) == 3


def test_a_query_without_end_is_not_kept(client: Client) -> None:
    for _ in range(2):
        client.get("/listing", {"q": "x" * 1000})

    assert len(made) == 2


def test_a_host_that_is_not_ours_gets_no_kept_page(client: Client) -> None:
    client.get("/listing")

    assert client.get("/listing", headers={"host": "evil.example"}).status_code == 400


# --- What is not kept ----------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/moment", "/elsewhere"])
def test_what_holds_for_a_moment_is_made_each_time(client: Client, address: str) -> None:
    client.get(address)
    client.get(address)

    assert made == [address, address]


def test_a_page_that_sets_a_cookie_is_not_everybody_s(client: Client) -> None:
    client.get("/with-cookie")

    assert Client().get("/with-cookie").cookies


def test_a_page_that_is_not_found_has_its_slots_filled(client: Client) -> None:
    page = client.get("/nowhere")

    assert page.status_code == 404
    assert b"<!--slot" not in page.content


def test_a_form_that_is_sent_reaches_the_view(client: Client) -> None:
    client.get("/listing")
    client.post("/listing")

    assert len(made) == 2


# --- Members -------------------------------------------------------------------------------------
def test_a_page_is_made_once_for_all_members(member: Client) -> None:
    pages = [without_tokens(member.get("/listing").content.decode()) for _ in range(3)]

    assert made == ["/listing"]
    assert pages[0] == pages[1] == pages[2]


def without_tokens(page: str) -> str:
    """Those of forms are masked anew each time."""
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_member_gets_the_same_page_with_what_is_their_own(member: Client) -> None:
    visitor = Client().get("/listing").content.decode()
    member.get("/listing")
    own = member.get("/listing").content.decode()

    assert "Admin" in own
    assert "Admin" not in visitor


def test_what_is_a_member_s_own_is_kept_for_nobody(member: Client) -> None:
    member.get("/listing")

    assert b"Admin" not in Client().get("/listing").content


# --- Changes -------------------------------------------------------------------------------------
def test_a_change_throws_away_the_page_about_it(client: Client) -> None:
    for number in (1, 2):
        client.get(f"/film/{number}")
    changed("film/1")
    for number in (1, 2):
        client.get(f"/film/{number}")

    assert made == ["/film/1", "/film/2", "/film/1"]


def test_a_change_of_the_catalogue_throws_away_what_lists_it(client: Client) -> None:
    client.get("/listing")
    client.get("/film/1")
    changed("catalogue")
    client.get("/listing")
    client.get("/film/1")

    assert made == ["/listing", "/film/1", "/listing"]


def test_a_catalogue_that_always_changes_is_seen_every_half_minute(client: Client) -> None:
    changed("catalogue")
    client.get("/listing")
    changed("catalogue")
    client.get("/listing")

    assert len(made) == 1
    assert lifetime("page:plain:*") <= CATALOGUE_SECONDS


def test_a_quiet_catalogue_s_pages_are_kept_longer(client: Client) -> None:
    client.get("/listing")

    assert CATALOGUE_SECONDS < lifetime("page:plain:*") <= KEPT_SECONDS


def test_a_change_while_a_page_is_made_throws_it_away(client: Client) -> None:
    client.get("/changing")
    client.get("/changing")

    assert len(made) == 2


def test_without_its_redis_a_page_is_made_each_time_and_none_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = RedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"IGNORE_EXCEPTIONS": True}})
    monkeypatch.setattr("cinehub.kit.versions.cache", away)

    pages = [client.get("/listing").status_code for _ in range(2)]
    changed("catalogue", "film/1")

    assert pages == [200, 200]
    assert len(made) == 2


def test_a_new_release_throws_everything_away(client: Client) -> None:
    client.get("/film/1")
    changed(SITE)
    client.get("/film/1")

    assert len(made) == 2


def lifetime(pattern: str) -> int:
    (key,) = cache.keys(pattern)
    return cache.ttl(key)


# --- Figures -------------------------------------------------------------------------------------
def looked_for(found: str) -> float:
    return REGISTRY.get_sample_value("cinehub_kept_pages_total", {"found": found}) or 0.0


def test_it_is_counted_how_often_a_page_was_found(client: Client) -> None:
    before = looked_for("yes"), looked_for("no")

    for _ in range(3):
        client.get("/listing")

    assert (looked_for("yes"), looked_for("no")) == (before[0] + 2, before[1] + 1)


def test_a_page_that_shows_members_is_made_anew_when_one_of_them_looks_otherwise() -> None:
    visitor = Client()
    visitor.get("/people")

    changed(MEMBERS)
    visitor.get("/people")

    assert made == ["/people", "/people"]
