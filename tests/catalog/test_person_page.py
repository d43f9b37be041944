"""A person's page: who they are, how long they lived, and what they did."""

import html
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import responses
import time_machine
from django.test import Client

from catalog import refreshing, tasks
from catalog.about import filmography, lives
from catalog.models import Person
from cinehub.work.models import Claim
from tests.make import make_credit, make_person, make_show, make_title

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
PAST = datetime(2020, 1, 1, tzinfo=UTC)
TOLD: dict[str, Any] = {"details_at": PAST, "refresh_at": NOW + timedelta(days=30)}
KEANU = "https://tmdb.test/3/person/6384"


def shown(client: Client, person: Person, query: str = "", **headers: str) -> str:
    page = client.get(f"{person.get_absolute_url()}{query}", headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def told_person(**values: Any) -> Person:
    return make_person(**TOLD | values)


def tmdb_person(**values: Any) -> dict[str, Any]:
    return {"id": 6384, "name": "Keanu Reeves", "biography": "Born in Beirut."} | values


# --- How long they lived -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("born", "died", "today", "age"),
    [
        (date(1964, 9, 2), None, date(2026, 9, 1), 61),
        (date(1964, 9, 2), None, date(2026, 9, 2), 62),
        (date(2000, 2, 29), None, date(2026, 2, 28), 25),
        (date(2000, 2, 29), None, date(2026, 3, 1), 26),
        (date(1889, 4, 16), date(1977, 12, 25), date(2026, 1, 1), 88),
        (date(1860, 1, 1), None, date(2026, 1, 1), None),
        (date(2030, 1, 1), None, date(2026, 1, 1), None),
        (date(1990, 1, 1), date(1980, 1, 1), date(2026, 1, 1), None),
        (None, date(1980, 1, 1), date(2026, 1, 1), None),
    ],
)
def test_an_age_is_counted_in_whole_years(
    born: date | None, died: date | None, today: date, age: int | None
) -> None:
    assert lives.age(Person(birthday=born, deathday=died), today) == age


@time_machine.travel(datetime(2026, 9, 2, 12, tzinfo=UTC))
def test_who_lives_has_an_age(client: Client) -> None:
    person = told_person(birthday=date(1964, 9, 2), refresh_at=datetime(2027, 1, 1, tzinfo=UTC))

    page = shown(client, person)

    assert "Sept. 2, 1964 (age 62)" in page
    assert "62 years old" in page


def test_who_died_has_the_age_they_reached(client: Client) -> None:
    page = shown(client, told_person(birthday=date(1889, 4, 16), deathday=date(1977, 12, 25)))

    assert "1889–1977" in page
    assert "Dec. 25, 1977 (aged 88)" in page
    assert "years old" not in page


# --- What is told of them ------------------------------------------------------------------------
def test_a_short_biography_is_shown_whole() -> None:
    assert lives.biography(Person(biography="One.\n\nTwo.")) == (["One.", "Two."], [])


@pytest.mark.parametrize("sentence", ["A sentence of a life. ", "とても長い人生でした。"])
def test_a_long_biography_is_folded_at_the_end_of_a_sentence(sentence: str) -> None:
    person = Person(biography=sentence * 200)

    [start], [rest] = lives.biography(person)

    assert start.endswith((".", "。"))
    assert f"{start}{rest}".replace(" ", "") == person.biography.replace(" ", "")
    assert len(start) < lives.FOLD_AT + len(sentence)


def test_the_paragraphs_of_a_long_biography_are_all_there() -> None:
    paragraphs = [f"{n} {'word ' * 60}".strip() + "." for n in range(12)]

    start, rest = lives.biography(Person(biography="\n\n".join(paragraphs)))

    assert (start + rest, bool(rest)) == (paragraphs, True)


def test_a_long_biography_can_be_read_on_without_script(client: Client) -> None:
    page = shown(client, told_person(biography="A sentence of a life. " * 200))

    assert "<details" in page


def test_links_lead_to_where_more_is_told(client: Client) -> None:
    person = told_person(
        tmdb_id=6384, imdb_id="nm0000206", wikidata_id="Q43416", homepage="https://keanu.example"
    )

    page = shown(client, person)

    for address in (
        "https://www.themoviedb.org/person/6384",
        "https://www.imdb.com/name/nm0000206/",
        "https://www.wikidata.org/wiki/Q43416",
        "https://keanu.example",
    ):
        assert f'href="{address}"' in page


def test_machines_are_told_too_and_nothing_breaks_out(client: Client) -> None:
    person = told_person(name="</script><b>", birthday=date(1964, 9, 2), imdb_id="nm1")

    source = client.get(person.get_absolute_url()).content.decode()

    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    told = json.loads(data)
    assert (told["@type"], told["name"], told["birthDate"]) == (
        "Person",
        "</script><b>",
        "1964-09-02",
    )
    assert "https://www.imdb.com/name/nm1" in told["sameAs"]


# --- What they did -------------------------------------------------------------------------------
def test_a_line_says_what_they_were_and_leads_to_the_title(client: Client) -> None:
    person, film = told_person(), make_title(name="The Matrix", vote_average=8.2)
    make_credit(film, person, character="Neo")

    page = shown(client, person)

    assert f'<a href="{film.get_absolute_url()}">The Matrix</a>' in page
    assert "as Neo" in page
    assert "8.2" in page


def test_a_part_without_a_name_says_in_how_many_episodes(client: Client) -> None:
    person = told_person()
    make_credit(make_show(), person, character="", episode_count=2)

    assert '<span class="line-parts">2 episodes</span>' in shown(client, person)


def test_names_are_not_taken_for_html(client: Client) -> None:
    person = told_person()
    make_credit(make_title(name="<i>Film"), person, character="<i>Part")

    source = client.get(person.get_absolute_url()).content.decode()

    assert "<i>" not in source


def test_who_did_nothing_here_is_shown_all_the_same(client: Client) -> None:
    assert "No film or show of theirs" in shown(client, told_person())


def test_a_short_filmography_offers_no_choice(client: Client) -> None:
    person = told_person()
    make_credit(make_title(), person)

    assert "<select" not in shown(client, person)


def test_a_choice_that_leaves_nothing_can_be_taken_back(client: Client) -> None:
    person = told_person()
    make_credit(make_title(), person)

    page = shown(client, person, "?kind=tv")

    assert "Nothing fits all of that" in page
    assert f'href="{person.get_absolute_url()}#filmography"' in page


@pytest.mark.parametrize("query", ["?department=%00", "?kind=x", "?sort=" + "9" * 9000, "?page=-1"])
def test_nonsense_is_answered_with_the_page_that_says_so(client: Client, query: str) -> None:
    person = told_person()
    make_credit(make_title(), person)

    assert "makes no sense here and was left aside" in shown(client, person, query)


def test_pages_keep_what_was_chosen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filmography, "PER_PAGE", 1)
    person = told_person()
    for _ in range(2):
        make_credit(make_title(), person)

    assert "?kind=movie&page=2#filmography" in shown(client, person, "?kind=movie")


def test_htmx_gets_the_filmography_alone(client: Client) -> None:
    person = told_person(biography="A life.")
    make_credit(make_title(), person)
    headers = {"HX-Request": "true"}

    part = client.get(person.get_absolute_url(), headers=headers)

    assert part.content.decode().lstrip().startswith('<section class="filmography"')
    assert "HX-Request" in part.headers["Vary"]


def test_walking_back_gets_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<!doctype html>" in shown(client, told_person(), **headers)


# --- Where it is ---------------------------------------------------------------------------------
def test_a_wrong_slug_leads_to_the_right_address(client: Client) -> None:
    person = told_person(name="Keanu Reeves")

    page = client.get(f"/person/{person.pk}-somebody")

    assert (page.status_code, page.headers["Location"]) == (301, person.get_absolute_url())


def test_a_name_without_latin_letters_has_its_number_for_an_address(client: Client) -> None:
    person = told_person(name="宮崎 駿")

    assert person.get_absolute_url() == f"/person/{person.pk}"
    assert "宮崎 駿" in shown(client, person)


def test_who_is_hidden_is_not_found(client: Client) -> None:
    assert client.get(told_person(hidden_at=PAST).get_absolute_url()).status_code == 404


# --- The first view, and later ones --------------------------------------------------------------
@responses.activate
@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize("known", [True, False])
def test_the_first_reader_has_tmdb_asked_once(client: Client, known: bool) -> None:
    if known:
        make_person(tmdb_id=6384, name="Keanu Reeves")
    responses.get(KEANU, json=tmdb_person())

    for _ in range(2):
        assert "Born in Beirut." in client.get("/person/6384-keanu-reeves").content.decode()

    assert len(responses.calls) == 1


@responses.activate
@pytest.mark.usefixtures("with_key")
def test_whom_tmdb_does_not_know_is_not_found_and_asked_about_once(client: Client) -> None:
    responses.get(KEANU, status=404, json={"status_code": 34})

    for _ in range(2):
        assert client.get("/person/6384").status_code == 404

    assert len(responses.calls) == 1


def test_while_tmdb_is_away_what_is_known_is_shown(client: Client) -> None:
    person = make_person(name="Keanu Reeves")
    Claim.objects.hold(refreshing.UNREACHABLE, seconds=30)

    assert "TMDB can't be reached just now" in shown(client, person)


def test_who_is_known_by_name_alone_is_said_to_be(client: Client) -> None:
    person = make_person()
    Claim.objects.hold(f"first look person {person.pk}", seconds=60)

    assert "The life and the other work will stand here soon." in shown(client, person)


def test_what_is_old_is_refreshed_behind(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.refresh_person, "delay", lambda **kwargs: queued.append(kwargs))
    person = told_person(refresh_at=PAST, fetched_at=PAST)

    for _ in range(2):
        assert "a fresh copy is on its way" in shown(client, person)

    assert queued == [{"tmdb_id": person.pk}]
