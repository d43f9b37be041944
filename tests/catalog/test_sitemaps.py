"""What search engines are told: an index, its chunks, and robots.txt."""

from datetime import UTC, datetime
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import sitemaps
from catalog.models import Collection
from tests.make import make_chart, make_genre, make_person, make_show, make_title

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"
FETCHED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def addresses(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    return [loc.text or "" for loc in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")]


def everything(client: Client) -> list[str]:
    """As a search engine reads it: from the index to every chunk."""
    chunks = addresses(client, "/sitemap.xml")
    return [found for chunk in chunks for found in addresses(client, chunk.removeprefix(SITE))]


def test_everything_is_found_from_the_index(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix")
    make_show(tmdb_id=1396, name="Breaking Bad")
    make_person(tmdb_id=6384, name="Keanu Reeves")
    make_genre(tmdb_id=28, name="Action")
    make_chart()
    Collection.objects.create(tmdb_id=2344, name="The Matrix Collection")

    assert {url.removeprefix(SITE) for url in everything(client)} == {
        "/",
        "/about",
        "/calendar",
        "/charts/movie/popular",
        "/collection/2344-the-matrix-collection",
        "/discover/movie",
        "/discover/tv",
        "/genre/28-action",
        "/movie/603-the-matrix",
        "/person/6384-keanu-reeves",
        "/tv/1396-breaking-bad",
    }


def test_a_chunk_is_a_range_of_keys(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 10)
    for tmdb_id in (9, 10, 19, 4_000_000):
        make_person(tmdb_id=tmdb_id, name="")

    people = [url for url in addresses(client, "/sitemap.xml") if "people" in url]
    assert people == [f"{SITE}/sitemap-people.xml?p={n}" for n in (0, 1, 400_000)]
    assert addresses(client, "/sitemap-people.xml?p=1") == [
        f"{SITE}/person/10",
        f"{SITE}/person/19",
    ]


@pytest.mark.parametrize("out", [{"hidden_at": FETCHED}, {"adult": True}])
def test_what_is_hidden_or_for_adults_is_not_told(client: Client, out: dict[str, Any]) -> None:
    shown = make_title(name="Shown")
    make_title(name="Out", **out)
    person = make_person(tmdb_id=1)
    make_person(tmdb_id=2, name="Out", **out)

    titles = addresses(client, f"/sitemap-movies.xml?p={shown.pk // sitemaps.CHUNK}")
    assert titles == [SITE + shown.get_absolute_url()]
    assert addresses(client, "/sitemap-people.xml?p=0") == [SITE + person.get_absolute_url()]


def test_an_address_says_when_it_was_last_fetched(client: Client) -> None:
    make_person(tmdb_id=1, fetched_at=FETCHED)
    chunk = ElementTree.fromstring(client.get("/sitemap-people.xml?p=0").content)

    assert [since.text for since in chunk.iter(f"{SPACE}lastmod")] == ["2026-11-20"]


def test_addresses_are_those_of_the_site_as_it_is_known(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://films.example"
    told = addresses(client, "/sitemap.xml") + addresses(client, "/sitemap-pages.xml?p=0")

    assert {url[:22] for url in told} == {"https://films.example/"}


@pytest.mark.parametrize(
    "url",
    [
        "/sitemap-people.xml?p=1",
        "/sitemap-people.xml?p=-1",
        "/sitemap-people.xml?p=x",
        "/sitemap-people.xml?p=%00",
        "/sitemap-people.xml?p=٣",
        "/sitemap-people.xml?p=999999999",
        "/sitemap-people.xml?p=99999999999999999999",
        "/sitemap-people.xml?p=" + "9" * 10_000,
        "/sitemap-pages.xml?p=1",
        "/sitemap-nonsense.xml?p=0",
        "/sitemap-.xml",
    ],
)
def test_a_chunk_that_there_is_not_is_not_found(client: Client, url: str) -> None:
    make_person(tmdb_id=1)

    assert client.get(url).status_code == 404


def test_more_titles_cost_no_more_queries(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 10)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        return len(counted)

    person = make_person(tmdb_id=1)
    before = queries("/sitemap.xml?x"), queries("/sitemap-people.xml?p=0")
    for tmdb_id in range(2, 90):
        make_person(tmdb_id=tmdb_id, name=person.name)

    assert (queries("/sitemap.xml?y"), queries("/sitemap-people.xml?p=0")) == before


def test_the_index_is_looked_up_once_an_hour_for_all(client: Client) -> None:
    first = client.get("/sitemap.xml").content
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/sitemap.xml", headers={"cookie": "theme=dark"}).content

    assert again == first
    assert len(queries) == 0


@pytest.mark.parametrize("url", ["/sitemap.xml", "/sitemap-pages.xml?p=0", "/robots.txt"])
def test_no_cookie_is_set_or_asked_for(client: Client, url: str) -> None:
    answer = client.get(url)

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("/", True),
        ("/movie/603-the-matrix", True),
        ("/picture/w342/neo.jpg", True),
        ("/calendar", True),
        ("/calendar?month=1999-01", False),
        ("/search?q=heat", False),
        ("/admin/", False),
    ],
)
def test_robots_may_look_at_pages(client: Client, url: str, may: bool) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())

    assert rules.can_fetch("a robot", url) is may


def test_robots_are_led_to_the_map(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain"
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode()
    assert "Disallow: /discover/*?*&*&*&\n" in answer.content.decode()
