"""A title's pictures by kind and language."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.about.pictures import PER_PAGE
from catalog.models import Image, Language, Title
from tests.make import make_title

pytestmark = pytest.mark.django_db


def make_image(title: Title, **values: Any) -> Image:
    path = f"/picture{title.images.count():03}.jpg"
    values = {"kind": "poster", "path": path, "width": 1000, "height": 1500} | values
    return Image.objects.create(title=title, **values)


def pictures(client: Client, title: Title, **asked: str) -> list[str]:
    page = client.get(f"/movie/{title.ref}/images", asked)
    assert page.status_code == 200
    return re.findall(
        r'<a class="picture[^>]*><img src="/picture/\w+/([^"]+)"', page.content.decode()
    )


def test_posters_are_first_and_the_best_of_them(client: Client) -> None:
    title = make_title()
    make_image(title, kind="backdrop")
    make_image(title, path="/poor.jpg", vote_average=2)
    make_image(title, path="/good.jpg", vote_average=8)

    assert pictures(client, title) == ["good.jpg", "poor.jpg"]


def test_another_kind_can_be_chosen(client: Client) -> None:
    title = make_title()
    make_image(title)
    make_image(title, kind="logo", path="/logo.png")

    assert pictures(client, title, kind="logo") == ["logo.png"]


@pytest.mark.parametrize(("language", "found"), [("de", ["de.jpg"]), ("none", ["none.jpg"])])
def test_the_language_can_be_chosen(client: Client, language: str, found: list[str]) -> None:
    title = make_title()
    Language.objects.create(code="de", name="German")
    for spoken in ("de", "en", ""):
        make_image(title, language=spoken, path=f"/{spoken or 'none'}.jpg")

    assert pictures(client, title, language=language) == found


def test_a_picture_has_its_size_and_leads_to_a_larger_one(client: Client) -> None:
    title = make_title()
    make_image(title, kind="backdrop", path="/wide.jpg", width=1920, height=1080)

    page = client.get(f"/movie/{title.ref}/images").content.decode()

    assert 'href="/picture/w1280/wide.jpg"' in page
    assert 'src="/picture/w300/wide.jpg" width="300" height="169"' in page


def test_a_drawing_without_sizes_is_left_out(client: Client) -> None:
    title = make_title()
    make_image(title, kind="logo", path="/logo.svg")

    assert "There are no images yet" in client.get(f"/movie/{title.ref}/images").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nonsense"},
        {"language": "zz"},
        {"kind": "\x00"},
        {"language": "x" * 10_000},
        {"page": "-1"},
        {"page": "1000000000"},
        {"page": "x"},
    ],
)
def test_a_choice_that_is_none_is_said_and_what_there_is_is_shown(
    client: Client, asked: dict[str, str]
) -> None:
    title = make_title()
    make_image(title)

    page = client.get(f"/movie/{title.ref}/images", asked)

    assert "There is no such choice of images" in page.content.decode()
    assert len(page.context["page"].object_list) == 1


def test_all_pages_together_have_every_picture_once(client: Client) -> None:
    title = make_title()
    for _ in range(PER_PAGE + 3):
        make_image(title)

    first, second = (pictures(client, title, page=number) for number in "12")

    assert (len(first), len(second)) == (PER_PAGE, 3)
    assert not set(first) & set(second)


def test_a_wrong_slug_leads_to_the_right_one(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix")

    answer = client.get("/movie/603-x/images")

    assert (answer.status_code, answer["Location"]) == (301, "/movie/603-the-matrix/images")


def test_a_page_costs_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: Any
) -> None:
    small, large = make_title(), make_title()
    make_image(small, language="en")
    for n in range(100):
        tongue = ("ab", "cd", "ef", "gh", "ij")[n % 5]
        make_image(large, language=tongue, kind=("poster", "logo")[n % 2])

    with django_assert_num_queries(6, exact=False) as few:
        client.get(f"/movie/{small.ref}/images")
    with django_assert_num_queries(len(few)):
        client.get(f"/movie/{large.ref}/images")
