"""Everybody who made a title, by department."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from catalog.about.people import CAST_LISTED, PER_PAGE
from tests.make import make_credit, make_person, make_show, make_title

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def headings(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", h).strip() for h in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]


def test_departments_are_in_the_order_of_a_film_s_credits(client: Client) -> None:
    film = make_title(tmdb_id=603, name="The Matrix")
    for department in ("Sound", "Puppets", "Directing", "Acting", "Writing"):
        make_credit(film, department=department, job="Job")

    page = shown(client, "/movie/603-the-matrix/credits")

    assert headings(page) == ["Cast 1", "Directing 1", "Writing 1", "Sound 1", "Puppets 1"]


def test_the_jobs_of_one_person_are_told_together(client: Client) -> None:
    film, writer = make_title(tmdb_id=603), make_person(name="Lana Wachowski")
    for job in ("Story", "Screenplay"):
        make_credit(film, writer, department="Writing", job=job)

    page = shown(client, f"/movie/{film.ref}/credits")

    assert page.count("Lana Wachowski") == 1
    assert "Story, Screenplay" in page


def test_a_person_has_a_link_to_their_page(client: Client) -> None:
    film = make_title()
    make_credit(film, make_person(tmdb_id=6384, name="Keanu Reeves"))

    assert 'href="/person/6384-keanu-reeves"' in shown(client, f"/movie/{film.ref}/credits")


def test_a_show_says_in_how_many_episodes(client: Client) -> None:
    show = make_show()
    make_credit(show, character="Walter White", episode_count=62)

    assert "Walter White · 62 episodes" in shown(client, f"/tv/{show.ref}/credits")


def test_a_long_department_is_cut_and_leads_to_a_page_of_its_own(client: Client) -> None:
    film = make_title()
    for n in range(CAST_LISTED + 1):
        make_credit(film, make_person(name=f"Actor no. {n:03}."), position=n)

    page = shown(client, f"/movie/{film.ref}/credits")

    assert len(set(re.findall(r"Actor no\. \d{3}", page))) == CAST_LISTED
    assert 'href="?department=Acting"' in page


def test_a_department_s_own_pages_have_everybody_once(client: Client) -> None:
    film = make_title()
    for n in range(PER_PAGE + 5):
        make_credit(film, make_person(name=f"Actor no. {n:03}."), position=n)

    address = f"/movie/{film.ref}/credits?department=Acting"
    pages = [re.findall(r"Actor no\. \d{3}", shown(client, f"{address}&page={n}")) for n in (1, 2)]

    assert [len(page) for page in pages] == [PER_PAGE, 5]
    assert not set(pages[0]) & set(pages[1])


@pytest.mark.parametrize("department", ["Nonsense", "\x00", "x" * 10_000, "acting"])
def test_a_department_that_is_none_is_said(client: Client, department: str) -> None:
    film = make_title()
    make_credit(film)

    answer = client.get(f"/movie/{film.ref}/credits", {"department": department})

    assert "There is no such department here" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "2", "1000000000", "x", "\x00"])
def test_a_page_that_is_none_is_said(client: Client, page: str) -> None:
    film = make_title()
    make_credit(film)

    answer = client.get(f"/movie/{film.ref}/credits", {"department": "Acting", "page": page})

    assert "There is no such page. This is page 1." in answer.content.decode()


def test_a_title_without_credits_says_so(client: Client) -> None:
    assert "Nobody has been credited yet" in shown(client, f"/movie/{make_title().ref}/credits")


def test_a_wrong_slug_leads_to_the_right_one(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix")

    answer = client.get("/movie/603-x/credits")

    assert (answer.status_code, answer["Location"]) == (301, "/movie/603-the-matrix/credits")


def test_names_are_shown_as_names(client: Client) -> None:
    film, evil = make_title(), "<script>alert(1)</script>"
    make_credit(film, make_person(name=evil), department=evil[:50], job=evil)

    assert b"<script>alert" not in client.get(f"/movie/{film.ref}/credits").content


def test_a_page_costs_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: Any
) -> None:
    small, large = make_title(), make_title()
    make_credit(small)
    for n in range(200):
        make_credit(large, department=("Acting", "Art", "Sound")[n % 3], position=n)

    with django_assert_num_queries(3, exact=False) as few:
        client.get(f"/movie/{small.ref}/credits")
    with django_assert_num_queries(len(few)):
        client.get(f"/movie/{large.ref}/credits")
