"""What pages say of pictures that are not there yet, and whose they are."""

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.about.pictures import stand_ins
from catalog.models import Picture, Title
from catalog.templatetags.cards import cards
from tests.make import make_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrored() -> Title:
    """Its poster is here, its backdrop is not."""
    Picture.objects.create(path="/p.jpg", tone=17, placeholder=b"a few pixels")
    return make_title(poster_path="/p.jpg", backdrop_path="/b.jpg")


def test_a_card_is_the_colour_of_its_poster(mirrored: Title) -> None:
    assert 'class="poster" data-tone="17"' in cards(Title.objects.for_cards("en"))


def test_a_card_whose_poster_nobody_has_seen_is_of_no_colour() -> None:
    make_title(poster_path="/p.jpg")
    assert "data-tone" not in cards(Title.objects.for_cards("en"))


def test_black_is_a_colour(mirrored: Title) -> None:
    Picture.objects.update(tone=0)
    assert 'data-tone="0"' in cards(Title.objects.for_cards("en"))


def test_what_stands_in_for_pictures_is_found_at_once(
    mirrored: Title, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = stand_ins("/p.jpg", "/b.jpg", "")
    assert found == {"/p.jpg": b"a few pixels"}


def test_what_stands_in_is_within_the_page() -> None:
    tag = Template("{% load catalog %}{% stand_in '/p.jpg' known %}{% stand_in '/b.jpg' known %}")
    page = tag.render(Context({"known": {"/p.jpg": b"a few pixels"}}))
    assert page == ('<img class="stand-in" src="data:image/webp;base64,YSBmZXcgcGl4ZWxz" alt="">')


@pytest.mark.parametrize(
    ("poster", "backdrop", "is_theirs"),
    [
        ("/fanart-7.jpg", "/b.jpg", True),
        ("/p.jpg", "/fanart-7.jpg", True),
        ("/p.jpg", "/b.jpg", False),
        ("", "", False),
    ],
)
def test_a_picture_of_fanart_is_credited(
    client: Client, poster: str, backdrop: str, is_theirs: bool
) -> None:
    title = make_title(poster_path=poster, backdrop_path=backdrop)
    page = client.get(title.get_absolute_url()).content.decode()
    assert ("fanart.tv" in page) is is_theirs
