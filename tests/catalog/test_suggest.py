"""What is suggested to who is still typing."""

import html
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.make import make_collection, make_person, make_show, make_title, make_translation

pytestmark = pytest.mark.django_db

# How much of it comes with every letter that somebody types.
LARGEST = 3000


def suggested(client: Client, words: str, **headers: str) -> str:
    call_command("reindex", verbosity=0)
    answer = client.get("/search/suggest", {"q": words}, headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def options(answer: str) -> list[str]:
    """Their names; the last is the way to all results."""
    rows = re.findall(r'role="option".*?</a>', answer)
    return [re.findall(r">([^<>]+)<", row)[0] for row in rows]


def test_titles_people_and_collections_stand_in_groups(client: Client) -> None:
    make_title(name="Dark City")
    make_person(name="Dark Helmet")
    make_collection(name="Dark Knights")

    answer = suggested(client, "dark")

    groups = re.findall(r'role="group" aria-label="([^"]+)"', answer)
    assert groups == ["Films and TV", "People", "Collections"]
    assert options(answer)[:3] == ["Dark City", "Dark Helmet", "Dark Knights"]


@pytest.mark.parametrize(
    ("make", "values", "facts"),
    [
        (make_title, {"year": 1998}, "1998 · Film"),
        (make_show, {"year": 2017}, "2017 · TV show"),
        (make_title, {"year": None}, "Film"),
        (make_person, {"known_for": "Directing"}, "Directing"),
        (make_person, {}, "Person"),
        (make_collection, {}, "Collection"),
    ],
)
def test_each_says_what_it_is(client: Client, make: Any, values: Any, facts: str) -> None:
    make(name="Dark", **values)

    assert f"<small>{facts}</small>" in suggested(client, "dark")


def test_each_has_its_picture_in_a_box_of_its_size(client: Client) -> None:
    make_title(name="Dark City", poster_path="/city.jpg")
    make_person(name="Dark Helmet", profile_path="/helmet.jpg")

    answer = suggested(client, "dark")

    assert '<img src="/picture/w92/city.jpg" width="32" height="48" alt="">' in answer
    assert '<img src="/picture/w185/helmet.jpg" width="32" height="48" alt="">' in answer


def test_the_last_leads_to_all_results(client: Client) -> None:
    make_title(name="Dark & Stormy")

    answer = suggested(client, "dark & stormy")

    assert options(answer)[-1] == "All results for “dark & stormy”"
    assert 'href="/search?q=dark+%26+stormy"' in answer


def test_where_nothing_has_that_name_it_is_said(client: Client) -> None:
    assert '<b aria-hidden="true">Nothing here has that name</b>' in suggested(client, "zzzqq")


def test_where_nothing_has_that_name_one_can_look_further(client: Client) -> None:
    answer = suggested(client, "zzz & qq")

    assert options(answer) == ["Look further for “zzz & qq”"]
    assert 'href="/search?q=zzz+%26+qq"' in answer


def test_where_something_has_that_name_nobody_is_sent_further(client: Client) -> None:
    make_title(name="Dark City")

    assert "Nothing here has that name" not in suggested(client, "dark")


def test_an_article_suggests_what_begins_with_it(client: Client) -> None:
    make_title(name="The Matrix", vote_count=9000)
    make_person(name="Thea von Harbou", popularity=4)

    assert options(suggested(client, "the"))[:2] == ["The Matrix", "Thea von Harbou"]


@pytest.mark.parametrize(("count", "said"), [(0, "0 suggestions"), (1, "1 suggestion")])
def test_how_many_there_are_is_said(client: Client, count: int, said: str) -> None:
    for _ in range(count):
        make_title(name="Dark City")

    assert f'data-said="{said}"' in suggested(client, "dark")


@pytest.mark.parametrize("words", ["", "  ", "\x00"])
def test_for_nothing_nothing_is_suggested(client: Client, words: str) -> None:
    assert suggested(client, words).strip() == ""


def test_a_latin_letter_is_not_enough(client: Client) -> None:
    make_title(name="M")

    assert options(suggested(client, "m")) == ["All results for “m”"]


def test_a_letter_of_another_script_may_be_a_word(client: Client) -> None:
    make_title(name="龍")

    assert "龍" in options(suggested(client, "龍"))


def test_what_a_pasted_id_is_of_stands_alone(client: Client) -> None:
    make_title(name="Heat", imdb_id="tt0113277")

    assert options(suggested(client, "tt0113277"))[0] == "Heat"


def test_names_are_in_the_reader_s_language(client: Client) -> None:
    make_translation(make_title(name="Jaws"), "de-DE", name="Der weiße Hai")

    assert "Der weiße Hai" in options(suggested(client, "jaws", accept_language="de"))


@pytest.mark.parametrize("query", ["q=%ed%a0%80", "q=%ff%00x", "q=" + "x" * 10_000, "", "type=x"])
def test_nonsense_is_answered(client: Client, query: str) -> None:
    assert client.get(f"/search/suggest?{query}").status_code == 200


def test_a_name_is_text_and_nothing_else(client: Client) -> None:
    make_title(name="Bold <b>move</b>")
    call_command("reindex", verbosity=0)

    assert b"<b>move" not in client.get("/search/suggest?q=bold").content


def test_a_browser_may_keep_it_for_a_minute(client: Client) -> None:
    assert client.get("/search/suggest?q=dark")["Cache-Control"] == "private, max-age=60"


def test_it_is_small_and_costs_little_however_much_is_found(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        make_title(name=f"Dark City {n}", poster_path="/abcdefghijklmnopqrstuvwxyz1.jpg")
        make_person(name=f"Dark Helmet {n}", profile_path="/abcdefghijklmnopqrstuvwxyz1.jpg")
        make_collection(name=f"Dark Knights {n}", poster_path="/abcdefghijklmnopqrstuvwxyz1.jpg")
    call_command("reindex", verbosity=0)

    with django_assert_max_num_queries(8):
        answer = client.get("/search/suggest?q=dark", headers={"accept-language": "de"})

    assert len(answer.content) <= LARGEST
