"""Lists for those who read feeds."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from lists import keeping
from tests.lists.keep import make_list, make_smart_list
from tests.make import make_title, make_user

pytestmark = pytest.mark.django_db


def test_a_feed_tells_what_came_last_first_with_its_note(client: Client) -> None:
    made = make_list(make_user(username="ann"), make_title(name="Old"), make_title(name="New"))
    keeping.write_note(made.items.get(title__name="New"), "Go & see")

    feed = ElementTree.fromstring(client.get("/@ann/list/rainy-sundays/rss").content)

    assert [item.findtext("title") for item in feed.iter("item")] == ["New (2000)", "Old (2000)"]
    assert "Go &amp; see" in str(next(feed.iter("item")).findtext("description"))
    assert feed.findtext("channel/title") == "Rainy Sundays (@ann) · CineHub"


def test_a_feed_leaves_out_what_leads_nowhere_or_is_for_adults(client: Client) -> None:
    gone = make_title(hidden_at="2026-01-01T00:00Z")
    make_list(make_user(username="ann"), gone, make_title(adult=True))

    feed = ElementTree.fromstring(client.get("/@ann/list/rainy-sundays/rss").content)

    assert not list(feed.iter("item"))


def test_atom_tells_the_same(client: Client) -> None:
    make_list(make_user(username="ann"), make_title(name="Alien"))

    assert b"<title>Alien (2000)</title>" in client.get("/@ann/list/rainy-sundays/atom").content


def test_what_a_filter_says_is_no_feed(client: Client) -> None:
    make_smart_list(make_user(username="ann"))

    assert client.get("/@ann/list/smart/rss").status_code == 404
