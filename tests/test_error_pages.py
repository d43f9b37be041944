"""What is said when there is nothing to show: 403, 404, 429 and 500."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.views.defaults import server_error
from django_ratelimit.exceptions import Ratelimited

from cinehub import urls


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def hurries(request: HttpRequest) -> HttpResponse:
    raise Ratelimited


def misses(request: HttpRequest) -> HttpResponse:
    raise Http404


handler403 = urls.handler403
urlpatterns = [
    *urls.urlpatterns,
    path("refuses", refuses),
    path("hurries", hurries),
    path("misses", misses),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/refuses", 403, "This part of the house is closed"),
        ("/hurries", 429, "One moment, please"),
        ("/misses", 404, "Nothing is showing here"),
        ("/no/such/address", 404, "Nothing is showing here"),
    ],
)
def test_each_says_what_is_the_matter(
    client: Client, address: str, status: int, heading: str
) -> None:
    page = client.get(address)

    assert page.status_code == status
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page.content.decode()) == [heading]


def test_who_came_too_often_is_told_when_to_come_back(client: Client) -> None:
    assert client.get("/hurries")["Retry-After"] == "60"


def test_who_may_not_is_not_told_to_come_back(client: Client) -> None:
    assert "Retry-After" not in client.get("/refuses")


def test_who_found_nothing_can_search_and_go_on(client: Client) -> None:
    page = client.get("/misses").content.decode()

    assert page.count('action="/search"') == 1
    assert 'href="/charts/movie/popular"' in page
    assert 'href="/calendar"' in page


@pytest.mark.parametrize("address", ["/\x00", "/%00", "/movie/\x00", "/" + "a" * 10_000])
def test_an_address_that_nobody_means_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db(databases=[])
def test_our_own_errors_need_neither_database_nor_request(rf: Any) -> None:
    page = server_error(rf.get("/"))

    assert page.status_code == 500
    assert "The film tore" in page.content.decode()


def test_our_own_errors_are_a_whole_page_of_their_own() -> None:
    page = render_to_string("500.html")

    assert page.startswith("<!doctype html>")
    assert "/static/css/pages.css" in page
    assert page.count("<h1>") == 1


def test_about_names_its_sources_and_keys(client: Client) -> None:
    page = client.get("/about").content.decode()

    assert "This product uses the TMDB API but is not endorsed or certified by TMDB." in page
    assert "https://www.justwatch.com" in page
    assert "<kbd>/</kbd>" in page


@pytest.mark.parametrize(("is_sample", "says"), [(True, True), (False, False)])
def test_about_says_so_where_the_sample_is_shown(
    client: Client, settings: Any, is_sample: bool, says: bool
) -> None:
    settings.TMDB_IS_SAMPLE = is_sample

    assert ("bundled sample catalogue: titles" in client.get("/about").content.decode()) is says


def test_every_page_leads_to_about_and_the_calendar(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'href="/about"' in page
    assert 'href="/calendar"' in page
