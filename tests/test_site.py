"""What holds on every page: errors, the theme, methods, headers and cookies."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import responses
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, path, resolve
from django.utils import timezone

from catalog.models import Collection, Episode, Title
from cinehub import urls
from lists.models import Visibility
from lists.watching import When, watch
from reviews.models import Review
from reviews.rating import rate
from tests.make import (
    make_chart,
    make_credit,
    make_episode,
    make_genre,
    make_person,
    make_season,
    make_show,
    make_title,
    make_user,
)

pytestmark = pytest.mark.django_db

ROOMS = ("catalog", "lists", "reviews")
# Every page that a visitor can look at; test_no_address_is_forgotten keeps it complete.
PAGES = [
    "/",
    "/about",
    "/movie/603-the-matrix",
    "/movie/603-the-matrix/credits",
    "/movie/603-the-matrix/images",
    "/movie/603-the-matrix/releases",
    "/tv/1396-breaking-bad",
    "/tv/1396-breaking-bad/credits",
    "/tv/1396-breaking-bad/season/1",
    "/tv/1396-breaking-bad/season/1/episode/2",
    "/person/6384-keanu-reeves",
    "/collection/2344-the-matrix-collection",
    "/discover/movie",
    "/discover/tv",
    "/discover/movie?genre=28&from=1990&view=table&sort=score",
    "/genre/28-action",
    "/keyword/83-saving-the-world",
    "/company/79-village-roadshow",
    "/network/174-amc",
    "/country/US",
    "/calendar",
    "/calendar?view=agenda",
    "/search",
    "/search?q=matrix",
    "/charts/movie/popular",
    "/movie/603-the-matrix/reviews",
    "/@ann",
    "/@ann/lists",
    "/@ann/list/rainy-days",
    "/list/the-key-of-an-unlisted",
    "/@ann/history",
    "/@ann/ratings",
    "/@ann/reviews",
    "/@ann/review/603",
    "/@ann/review/603/history",
    "/@ann/stats",
    "/@ann/year/2026",
]
ELSEWHERE = ["/movie/603", "/tv/1396", "/picture/w342/missing.jpg", "/nonsense"]
# Addresses that are no page: parts of one, forms, pictures, and what machines read.
NO_PAGES = {
    "api-nowhere",
    "names",
    "suggest",
    "further",
    "refresh",
    "theme",
    "language",
    "undo",
    "data-download",
    "picture",
    "chart-rss",
    "chart-atom",
    "calendar-rss",
    "calendar-atom",
    "sitemap",
    "sitemap-chunk",
    "robots",
    "health",
    "health-one",
    "metrics",
    "dashboard",
    "dashboard-part",
    "dashboard-password",
    "dashboard-run",
}
# For members: what a visitor gets of them is the way in.
THEIR_OWN = {
    "feed",
    *(
        f"lists:{name}"
        for name in (
            "all-seen",
            "delete",
            "edit",
            "history",
            "mine",
            "my-calendar",
            "my-favorites",
            "my-watchlist",
            "new",
            "of-title",
            "people",
            "progress",
            "up-next",
            "viewing",
            "viewings",
            "viewings-episode",
        )
    ),
    *(
        f"reviews:{name}"
        for name in ("case-comment", "case-review", "decisions", "edit-comment", "moderation")
    ),
    *(f"reviews:{name}" for name in ("report-comment", "report-review", "write")),
}
# What they press, and what machines read.
THEIR_DEEDS = {
    *(
        f"lists:{name}"
        for name in (
            "answer",
            "arrange",
            "calendar-ical",
            "calendar-link",
            "calendar-rss",
            "clone",
            "clone-linked",
            "favorite",
            "leave",
            "link",
            "list-atom",
            "list-rss",
            "note",
            "on-list",
            "part",
            "remove",
            "role",
            "seen",
            "seen-episode",
            "seen-season",
            "state",
            "transfer",
            "viewing-again",
            "viewing-delete",
            "watchlist",
        )
    ),
    *(
        f"reviews:{name}"
        for name in ("comment", "like", "like-comment", "remove-comment", "withdraw")
    ),
    *(f"reviews:{name}" for name in ("rate", "rate-episode", "rate-season")),
}


@pytest.fixture
def catalogue() -> None:
    held = {"fetched_at": timezone.now(), "refresh_at": timezone.now() + timedelta(days=7)}
    saga = Collection.objects.create(tmdb_id=2344, name="The Matrix Collection", **held)
    film = make_title(
        tmdb_id=603,
        name="The Matrix",
        backdrop_path="/b.jpg",
        overview="A hacker.",
        collection=saga,
        release_date=date(1999, 3, 31),
    )
    show = make_show(tmdb_id=1396, name="Breaking Bad", release_date=date(2008, 1, 20))
    for number in (1, 2, 3):
        make_episode(
            show.seasons.first() or make_season(show), number=number, air_date=date(2008, 1, 20)
        )
    keanu = make_person(tmdb_id=6384, name="Keanu Reeves", details_at=timezone.now(), **held)
    film.genres.add(make_genre(tmdb_id=28, name="Action"))
    film.keywords.create(tmdb_id=83, name="saving the world")
    film.companies.create(tmdb_id=79, name="Village Roadshow")
    film.countries.create(code="US", name="United States")
    show.networks.create(tmdb_id=174, name="AMC")
    for title in (film, show):
        make_credit(title, keanu)
    make_chart(film)
    evening(film, show)


def evening(film: Title, show: Title) -> None:
    """What a member has on record, and lets everybody see."""
    ann = make_user(username="ann")
    for episode in Episode.objects.filter(season__title=show):
        watch(ann, show, episode=episode, when=When.day(date(2026, 11, 20)))
    watch(ann, film, when=When.unknown())
    rate(ann, title=film, value=Decimal("8.5"))
    Review.objects.create(pk=603, author=ann, title=film, text="The ||pill||.")
    rainy = ann.lists.create(name="Rainy days", slug="rainy-days")
    ann.lists.create(
        name="Gifts", slug="gifts", key="the-key-of-an-unlisted", visibility=Visibility.UNLISTED
    )
    rainy.items.create(title=film, position=1, added_by=ann)


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret that is nobody's business")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [*urls.urlpatterns, path("breaks", breaks), path("refuses", refuses)]


# --- The theme -----------------------------------------------------------------------------------
@pytest.mark.parametrize("chosen", ["dark", "light", "system"])
def test_a_theme_is_remembered(client: Client, chosen: str) -> None:
    answer = client.post("/theme", {"theme": chosen, "next": "/search?q=heat"})

    assert (answer.status_code, answer["Location"]) == (302, "/search?q=heat")
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (chosen, True, "Lax")
    assert f'data-theme="{chosen}"' in client.get("/").content.decode()


@pytest.mark.parametrize("chosen", ["", "blue", "DARK", '"><script>'])
def test_a_theme_that_does_not_exist_is_not_remembered(client: Client, chosen: str) -> None:
    answer = client.post("/theme", {"theme": chosen, "next": "/"})

    assert answer.status_code == 302
    assert "theme" not in answer.cookies


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "",
        "/" + "a" * 10_000,
    ],
)
def test_from_choosing_a_theme_nobody_is_sent_elsewhere(client: Client, elsewhere: str) -> None:
    answer = client.post("/theme", {"theme": "dark", "next": elsewhere})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_word_instead_of_an_address_does_no_harm(client: Client) -> None:
    assert client.post("/theme", {"theme": "dark", "next": "nowhere"}).status_code == 302


def test_a_theme_is_not_chosen_by_following_a_link(client: Client) -> None:
    answer = client.get("/theme", {"theme": "dark"})

    assert answer.status_code == 405
    assert not answer.cookies


# --- Errors --------------------------------------------------------------------------------------
@pytest.mark.urls(__name__)
def test_an_error_says_that_it_is_ours_and_nothing_more(client: Client) -> None:
    client.raise_request_exception = False

    page = client.get("/breaks")

    assert page.status_code == 500
    assert "Something broke on our side" in page.content.decode()
    assert "secret" not in page.content.decode()


@pytest.mark.urls(__name__)
def test_what_is_not_allowed_says_so(client: Client) -> None:
    page = client.get("/refuses")

    assert page.status_code == 403
    assert "You are not allowed in here" in page.content.decode()


def test_a_form_without_its_token_is_refused_in_the_same_words() -> None:
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert page.status_code == 403
    assert "the form you sent has grown too old" in page.content.decode()


def test_a_host_that_is_not_ours_gets_nothing(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


# --- Methods -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES + ELSEWHERE)
def test_a_head_says_what_a_get_would(client: Client, address: str) -> None:
    got, head = client.get(address), client.head(address)

    assert head.status_code == got.status_code
    assert head.content == b""
    assert head["Content-Type"] == got["Content-Type"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", [*PAGES, "/movie/603", "/picture/w342/missing.jpg"])
def test_what_is_only_to_be_looked_at_takes_nothing(
    client: Client, address: str, method: str
) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_no_address_is_forgotten() -> None:
    """Who adds an address adds it to PAGES, or to NO_PAGES."""
    names = {
        f"{room.namespace}:{each.name}".removeprefix("catalog:")
        for room in get_resolver().url_patterns
        if getattr(room, "namespace", "") in ROOMS
        for each in room.url_patterns
    } | {p.name for p in get_resolver().url_patterns if isinstance(p, URLPattern)}
    looked_at = {
        resolve(page.partition("?")[0]).view_name.removeprefix("catalog:") for page in PAGES
    }

    assert looked_at == names - NO_PAGES - THEIR_OWN - THEIR_DEEDS


@responses.activate
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
def test_looking_writes_nothing(client: Client, address: str) -> None:
    client.force_login(make_user())
    # That they are here is written down, every ten minutes and wherever they look first.
    client.get("/about")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    written = [q["sql"] for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
    assert written == []


# --- Headers and cookies -------------------------------------------------------------------------
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES + ELSEWHERE)
def test_no_page_runs_or_loads_what_is_not_ours(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    directives = dict(d.strip().split(" ", 1) for d in policy.split(";"))

    assert "unsafe" not in policy
    assert "*" not in policy
    assert directives == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "frame-src": "https://www.youtube-nocookie.com",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_script_or_style_within_it(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    # What search engines read is no script, whatever its element is called.
    assert re.findall(r"<script(?! type=\"application/ld\+json\")(?![^>]* src=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_fetches_from_elsewhere(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    fetched = re.findall(r"<(?:script|img|iframe|source)[^>]*?src=\"([^\"]+)", page)
    fetched += re.findall(
        r"<link[^>]*?rel=\"(?:stylesheet|icon|preload)\"[^>]*?href=\"([^\"]+)", page
    )
    assert fetched
    assert [url for url in fetched if not re.match("/(?!/)", url)] == []


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES + ELSEWHERE)
def test_browsers_are_told_to_be_careful(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES + ELSEWHERE)
def test_who_only_looks_is_given_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
def test_who_keeps_a_page_knows_what_it_depends_on(client: Client, address: str) -> None:
    """Its words on the language, its light and its links on the cookies."""
    assert {"Accept-Language", "Cookie"} <= set(client.get(address)["Vary"].split(", "))


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_its_sources(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert "not endorsed or certified by TMDB" in page
    assert "JustWatch" in page


# --- Cost and nonsense ---------------------------------------------------------------------------
@responses.activate
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en-US", "de-DE"])
def test_a_page_costs_a_visitor_fifteen_queries_at_most(
    client: Client, address: str, language: str, django_assert_max_num_queries: Any
) -> None:
    headers = {"accept-language": language}
    # What the first page of the day finds out for all that follow is not counted.
    client.get(address, headers=headers)

    with django_assert_max_num_queries(15):
        page = client.get(address, headers=headers)
    assert page.status_code == 200


NONSENSE = [
    "page=-1",
    "page=1000000000",
    "page=" + "9" * 40,
    "page=%00",
    "page=one&page=two",
    "q=" + "x" * 10_000,
    "q=%00&genre=%00&from=%00&sort=%00&type=%00",
    "q=%ff%fe%fd&genre=%ff&person=%ff",
    "q=%ed%a0%80&keyword=%ed%a0%80",
    "genre=abc&without=-1&from=99999999&to=1999-02-31&runtime_min=1e9",
    "genre=" + "9" * 30 + "&person=" + "9" * 30 + "&provider=" + "9" * 30,
    "genre=%D9%A1&votes_min=%D9%A1&score_min=nan&score_max=inf",
    "language=xx&country=usa&certification=%00&region=__&status=%27&offer=steal",
    "sort=sideways&view=upside-down&after=%5B%7B&month=9999-99&day=0000-00-00",
    "after=" + "x" * 5_000,
    "region=%00&type=%00&kind=%00&department=%00&month=%00&day=%00&view=%00",
    "=&&&=;&%",
]


@responses.activate
@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", [page for page in PAGES if "?" not in page])
def test_nonsense_in_the_query_never_breaks_a_page(client: Client, address: str) -> None:
    answers = {query: client.get(f"{address}?{query}").status_code for query in NONSENSE}

    assert {query for query, status in answers.items() if status not in (200, 302)} == set()
