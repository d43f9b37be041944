"""When a title came out where, and what it is called there."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from catalog.models import AlternativeTitle, Certification, Country, Language, ReleaseDate, Title
from tests.make import make_show, make_title, make_translation

pytestmark = pytest.mark.django_db


def release(title: Title, country: str, **values: Any) -> None:
    Country.objects.get_or_create(code=country, defaults={"name": f"Land {country}"})
    values = {"type": ReleaseDate.Type.CINEMA, "date": date(1999, 6, 17)} | values
    ReleaseDate.objects.create(title=title, country=country, **values)


def told(client: Client, title: Title, **headers: str) -> str:
    page = client.get(f"{title.get_absolute_url()}/releases", headers=headers)
    assert page.status_code == 200
    return " ".join(re.sub("<[^>]+>", " ", html.unescape(page.content.decode())).split())


def test_the_reader_s_country_comes_first(client: Client) -> None:
    film = make_title()
    for country in ("US", "AA", "DE"):
        release(film, country)

    page = told(client, film, accept_language="de-DE")

    assert re.findall(r"Land \w\w", page) == ["Land DE", "Land AA", "Land US"]


def test_a_release_has_its_type_and_note_in_words(client: Client) -> None:
    film = make_title()
    release(film, "US", type=ReleaseDate.Type.PREMIERE, note="Los Angeles", certification="R")

    assert "June 17, 1999 Premiere, Los Angeles, R" in told(client, film)


def test_a_show_has_its_ratings(client: Client) -> None:
    show = make_show()
    Certification.objects.create(title=show, country="DE", code="16")

    assert "DE 16" in told(client, show)


def test_names_in_other_languages_and_countries_are_told_once(client: Client) -> None:
    film = make_title(name="Jaws")
    Language.objects.create(code="de", name="German")
    Country.objects.create(code="FR", name="France")
    for tag in ("de-DE", "de-AT"):
        make_translation(film, tag, name="Der weiße Hai")
    make_translation(film, "en-US", name="Jaws")
    AlternativeTitle.objects.create(title=film, country="FR", name="Les dents", type="short")

    page = told(client, film)

    assert page.count("German Der weiße Hai") == 1
    assert "France (short) Les dents" in page


def test_without_any_date_or_name_that_is_said(client: Client) -> None:
    assert "No release date is known of it" in told(client, make_title())


def test_a_part_of_the_title_s_page_is_no_whole_page(client: Client) -> None:
    film = make_title()

    part = client.get(f"/movie/{film.ref}/releases", headers={"HX-Request": "true"})

    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]


def test_a_wrong_slug_leads_to_the_right_one(client: Client) -> None:
    make_title(tmdb_id=603, name="The Matrix")

    answer = client.get("/movie/603-x/releases")

    assert (answer.status_code, answer["Location"]) == (301, "/movie/603-the-matrix/releases")


def test_a_page_costs_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: Any
) -> None:
    small, large = make_title(), make_title()
    for title, count in ((small, 1), (large, 60)):
        for n in range(count):
            release(title, f"{chr(65 + n // 26)}{chr(65 + n % 26)}")
            make_translation(title, f"de-{chr(65 + n // 26)}{chr(65 + n % 26)}", name=f"Name {n}")
            AlternativeTitle.objects.create(title=title, country="FR", name=f"Nom {n}")

    with django_assert_num_queries(8, exact=False) as few:
        told(client, small)
    with django_assert_num_queries(len(few)):
        told(client, large)
