"""Charts and what comes soon, as feeds."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Chart
from tests.make import make_chart, make_release, make_show, make_title, make_translation

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CHART = "/charts/movie/popular"
FEEDS = [f"{CHART}/rss", f"{CHART}/atom", "/calendar/rss", "/calendar/atom"]
HELD = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FETCHED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-21 12:00+00:00", tick=False):
        yield


@pytest.fixture
def chart() -> Chart:
    first = make_title(
        tmdb_id=603,
        name="The <Matrix> & \x0bmore",
        year=1999,
        overview="Neo & co.",
        poster_path="/neo.jpg",
        details_at=HELD,
    )
    make_release(first, "2026-12-18")
    return make_chart(first, make_title(tmdb_id=949, name="Heat"), fetched_at=FETCHED)


def parsed(client: Client, url: str, **headers: str) -> Element:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def items(client: Client, url: str, **headers: str) -> list[Element]:
    return parsed(client, url, **headers).findall("channel/item")


def text(of: Element, name: str) -> str:
    found = of.find(name)
    assert found is not None
    return found.text or ""


@pytest.mark.usefixtures("chart")
def test_a_chart_is_told_in_its_order(client: Client) -> None:
    names = [text(item, "title") for item in items(client, f"{CHART}/rss")]

    assert names == ["The <Matrix> & more (1999)", "Heat (2000)"]


@pytest.mark.usefixtures("chart")
def test_an_item_leads_to_its_title_on_the_site_as_it_is_known(
    client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://films.example"
    feed = client.get(f"{CHART}/rss", headers={"host": "localhost"}).content.decode()

    assert "<link>https://films.example/movie/603-the-matrix-more</link>" in feed
    assert "localhost" not in feed


@pytest.mark.usefixtures("chart")
def test_an_item_stays_the_same_when_its_title_is_renamed(client: Client) -> None:
    assert text(items(client, f"{CHART}/rss")[0], "guid") == (
        "http://testserver/movie/603#movie-popular"
    )


@pytest.mark.usefixtures("chart")
def test_an_item_brings_words_and_a_poster(client: Client) -> None:
    first, second = items(client, f"{CHART}/rss")
    enclosure = first.find("enclosure")

    assert text(first, "description") == "<p>Neo &amp; co.</p>"
    assert enclosure is not None
    assert enclosure.attrib == {
        "url": "http://testserver/picture/w342/neo.jpg",
        "type": "image/webp",
        "length": "0",
    }
    assert second.find("enclosure") is None


@pytest.mark.usefixtures("chart")
def test_an_atom_entry_has_what_atom_asks_for(client: Client) -> None:
    feed = parsed(client, f"{CHART}/atom")
    entry = feed.find(f"{ATOM}entry")

    assert entry is not None
    assert text(entry, f"{ATOM}id") == "http://testserver/movie/603#movie-popular"
    assert text(entry, f"{ATOM}updated") == "2026-01-02T03:04:05+00:00"
    assert text(feed, f"{ATOM}updated") == "2026-11-20T08:30:00+00:00"
    assert text(feed, f"{ATOM}author/{ATOM}name") == "CineHub"


@pytest.mark.usefixtures("chart")
@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_names_its_own_address(client: Client, url: str) -> None:
    feed = parsed(client, url)
    own = [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"]

    assert own == [f"http://testserver{url}"]


@pytest.mark.usefixtures("chart")
@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize(
    ("sent", "kept"), [("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag")]
)
def test_who_has_it_already_is_sent_nothing(client: Client, url: str, sent: str, kept: str) -> None:
    again = client.get(url, headers={sent: client.get(url)[kept]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_is_as_old_as_its_chart(client: Client, chart: Chart) -> None:
    assert client.get(f"{CHART}/rss")["Last-Modified"] == "Fri, 20 Nov 2026 08:30:00 GMT"


def test_a_newer_chart_is_sent_again(client: Client, chart: Chart) -> None:
    had = client.get(f"{CHART}/rss")["Last-Modified"]
    Chart.objects.filter(pk=chart.pk).update(fetched_at=FETCHED + timedelta(hours=1))

    assert client.get(f"{CHART}/rss", headers={"If-Modified-Since": had}).status_code == 200


def test_a_chart_that_was_never_fetched_is_an_empty_feed(client: Client) -> None:
    make_chart()

    assert items(client, f"{CHART}/rss") == []


@pytest.mark.parametrize("slug", ["nonsense", "popular-films", "x" * 1000])
def test_a_chart_that_there_is_not_has_no_feed(client: Client, slug: str) -> None:
    assert client.get(f"/charts/movie/{slug}/rss").status_code == 404


def test_what_is_hidden_is_not_told(client: Client) -> None:
    make_chart(make_title(hidden_at=FETCHED))

    assert items(client, f"{CHART}/rss") == []


def test_a_title_without_any_date_is_told_too(client: Client) -> None:
    make_chart(make_title(details_at=None, fetched_at=None, year=None, name="Bare"))

    assert [text(item, "title") for item in items(client, f"{CHART}/rss")] == ["Bare"]


def test_what_comes_soon_says_when_and_where(client: Client, chart: Chart) -> None:
    (item,) = items(client, "/calendar/rss")

    assert text(item, "description").startswith("<p>Dec. 18, 2026: Cinemas</p>")
    assert text(item, "guid") == "http://testserver/movie/603#2026-12-18"


def test_what_comes_soon_is_of_the_readers_country(client: Client, chart: Chart) -> None:
    assert items(client, "/calendar/rss", accept_language="de-DE") == []


@pytest.mark.parametrize("url", FEEDS[:3])
def test_words_are_in_the_readers_language(client: Client, url: str, chart: Chart) -> None:
    first = chart.entries.get(rank=1).title
    make_translation(first, "de", name="Die Matrix")
    answer: HttpResponse = client.get(url, headers={"accept-language": "de-US"})

    assert "Die Matrix" in answer.content.decode()
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.usefixtures("chart")
@pytest.mark.parametrize("url", FEEDS)
def test_more_titles_cost_no_more_queries(client: Client, url: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        return len(counted)

    before = queries()
    for _ in range(5):
        make_release(make_title(), "2026-12-01")
    Chart.objects.all().delete()
    make_chart(*[make_title() for _ in range(6)])

    assert queries() == before


@pytest.mark.parametrize("page", [CHART, "/calendar"])
def test_the_page_leads_to_its_feeds(client: Client, chart: Chart, page: str) -> None:
    shown = client.get(page).content.decode()

    assert 'type="application/rss+xml" title="' in shown
    assert f'href="{page}/rss"' in shown
    assert f'href="{page}/atom"' in shown


def test_a_charts_feed_of_shows_leads_to_shows(client: Client) -> None:
    make_chart(make_show(tmdb_id=1396, name="Breaking Bad"), kind="tv")

    (item,) = items(client, "/charts/tv/popular/rss")
    assert text(item, "link") == "http://testserver/tv/1396-breaking-bad"
