"""What the pages of discover say, whole and in part."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from catalog.models import Company, Network, Title
from tests.catalog.discover.asking import (
    make_company,
    make_country,
    make_keyword,
    make_language,
    make_network,
)
from tests.make import make_credit, make_genre, make_person, make_show, make_title

pytestmark = pytest.mark.django_db

FILMS, SHOWS = "/discover/movie", "/discover/tv"
HTMX = {"HX-Request": "true"}


def text(answer: HttpResponse) -> str:
    """The page's words, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def tag(answer: HttpResponse, start: str) -> str:
    """The first tag that begins so."""
    found = re.search(rf"<{re.escape(start)}[^>]*>", answer.content.decode())
    return found[0] if found else ""


def make_titles(count: int, **values: Any) -> list[Title]:
    return [make_title(popularity=1000 - n, **values) for n in range(count)]


def test_films_are_shown_with_how_many_there_are(client: Client) -> None:
    make_title(name="The Matrix", year=1999)
    make_show(name="Breaking Bad")

    page = client.get(FILMS)

    assert "1 film " in text(page)
    assert "The Matrix" in text(page)
    assert "Breaking Bad" not in text(page)


def test_shows_can_be_narrowed_by_what_only_shows_have(client: Client) -> None:
    assert 'name="status"' in client.get(SHOWS).content.decode()
    assert 'name="status"' not in client.get(FILMS).content.decode()


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", True),
        ("genre=28&from=1990&to=1999", True),
        ("from=1990&to=1999&runtime_min=90&score_min=7", False),
        ("page=2", False),
    ],
)
def test_search_engines_list_what_people_ask_for(client: Client, query: str, listed: bool) -> None:
    make_genre(tmdb_id=28)
    make_titles(60)

    assert ('content="noindex' not in client.get(f"{FILMS}?{query}").content.decode()) is listed


def test_htmx_gets_the_results_alone(client: Client) -> None:
    make_title(name="The Matrix")

    part = client.get(FILMS, headers=HTMX)

    assert "The Matrix" in text(part)
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_the_part_brings_what_in_the_form_depends_on_it(client: Client) -> None:
    part = client.get(FILMS, headers=HTMX).content.decode()

    assert part.count('id="named"') == part.count('id="show"') == 1


def test_the_whole_page_has_every_id_once(client: Client) -> None:
    make_title()
    make_genre(for_movies=True)

    ids = re.findall(r' id="([^"]*)"', client.get(FILMS).content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_htmx_gets_the_whole_page_where_it_walks_back(client: Client) -> None:
    page = client.get(FILMS, headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert "<html" in page.content.decode()


def test_what_is_chosen_is_chosen_in_the_form(client: Client) -> None:
    genre = make_genre(for_movies=True)

    page = client.get(FILMS, {"genre": genre.pk, "from": "1999", "sort": "score"})

    assert f'name="genre" value="{genre.pk}" checked' in page.content.decode()
    assert 'value="1999"' in tag(page, 'input class="in num" id="from"')
    assert "selected" in tag(page, 'option value="score"')


def test_a_chip_leads_to_the_page_without_it(client: Client) -> None:
    genre = make_genre(name="Horror", for_movies=True)

    page = client.get(FILMS, {"genre": genre.pk, "from": "1999"})

    assert "Take off: Genre: Horror" in text(page)
    assert f'<a class="chip" href="{FILMS}?from=1999"' in page.content.decode()


def test_a_page_of_many_filters_asks_little(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    genre, keyword, company = make_genre(), make_keyword(1, "space"), make_company(2, "A24")
    person, german, peru = make_person(), make_language("de"), make_country("PE")
    asked = {
        "genre": genre.pk,
        "keyword": keyword.name,
        "company": company.name,
        "person": person.name,
        "language": german.pk,
        "spoken": german.pk,
        "country": peru.pk,
        "provider": 8,
        "certification": "NR",
        "from": 1990,
        "region": "US",
    }

    with django_assert_max_num_queries(15):
        assert client.get(FILMS, asked).status_code == 200


def test_without_filters_there_are_no_chips(client: Client) -> None:
    assert "Clear all" not in text(client.get(FILMS))


def test_what_was_not_understood_is_said(client: Client) -> None:
    page = client.get(FILMS, {"score_min": "a lot", "person": "<b>Nobody</b>"})

    assert page.status_code == 200
    assert "“a lot” is not known here" in text(page)
    assert escape("<b>Nobody</b>") in page.content.decode()


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "x", "\x00", "9" * 5000])
def test_no_page_number_is_too_strange(client: Client, page: str) -> None:
    make_title(name="The Matrix")

    answer = client.get(FILMS, {"page": page})

    assert "The Matrix" in text(answer)


def test_where_nothing_fits_it_says_what_to_take_off(client: Client) -> None:
    make_title(year=1980, release_date="1980-01-01")

    page = client.get(FILMS, {"from": "2050"})

    assert "0 films" in text(page)
    assert "From: 2050" in text(page)


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Nothing is filed here yet" in text(client.get(FILMS))


def test_more_is_the_next_page_with_and_without_script(client: Client) -> None:
    make_titles(43)

    page = client.get(FILMS)
    more = tag(page, 'a class="button" rel="next"')
    following = re.search('href="([^"]*)"', more)

    assert following
    assert "page=2" in following[1]
    assert "1 film" not in text(client.get(following[1].replace("&amp;", "&")))
    assert 'href="/discover/movie?page=2"' in page.content.decode()


def test_the_last_page_has_no_more(client: Client) -> None:
    make_titles(43)

    page = client.get(FILMS, {"page": 2})

    assert 'rel="next"' not in page.content.decode()
    assert "43 films · page 2" in text(page)


def test_a_table_tells_more_and_says_how_it_is_ordered(client: Client) -> None:
    title = make_title(name="The Matrix", runtime=136, vote_count=26000)
    title.genres.add(make_genre(name="Action"))

    page = client.get(FILMS, {"view": "table", "sort": "votes"})

    assert "The Matrix 2000 2 h 16 min – 26,000 Action" in text(page)
    assert 'aria-sort="descending"' in tag(page, 'th scope="col" aria-sort')


def test_the_column_of_years_turns_the_order_round(client: Client) -> None:
    make_title(release_date="1999-03-31")

    newest = client.get(FILMS, {"view": "table", "sort": "newest"}).content.decode()
    oldest = client.get(FILMS, {"view": "table", "sort": "oldest"}).content.decode()

    assert 'id="by-oldest" href="/discover/movie?sort=oldest&amp;view=table"' in newest
    assert 'id="by-newest" href="/discover/movie?sort=newest&amp;view=table"' in oldest
    assert 'aria-sort="descending"' in newest
    assert 'aria-sort="ascending"' in oldest


@pytest.mark.parametrize("view", ["grid", "table"])
def test_more_titles_cost_no_more_queries(
    client: Client, view: str, django_assert_max_num_queries: Any
) -> None:
    genre = make_genre(for_movies=True)
    for title in make_titles(30):
        title.genres.add(genre)

    with django_assert_max_num_queries(12):
        client.get(FILMS, {"view": view, "genre": genre.pk})


def test_from_films_to_shows_goes_what_makes_sense_there(client: Client) -> None:
    both = make_genre(for_movies=True, for_tv=True)
    only_films = make_genre(for_movies=True)

    page = client.get(FILMS, {"genre": [both.pk, only_films.pk], "from": "1999", "sort": "score"})

    shows = f"{SHOWS}?genre={both.pk}&amp;from=1999&amp;sort=score"
    assert f'<a href="{shows}">Shows</a>' in page.content.decode()


def test_what_only_shows_have_does_not_go_to_films(client: Client) -> None:
    page = client.get(SHOWS, {"status": "Ended", "from": "1999"})

    assert f'<a href="{FILMS}?from=1999">Films</a>' in page.content.decode()


# --- Genre, keyword, company, network, country ---------------------------------------------------


def test_a_genre_has_a_page_of_its_own(client: Client) -> None:
    genre = make_genre(name="Horror")
    make_title(name="Alien").genres.add(genre)
    make_title(name="Amélie")

    page = client.get(genre.get_absolute_url())

    assert "<h1>Horror</h1>" in page.content.decode()
    assert "Alien" in text(page)
    assert "Amélie" not in text(page)


def test_what_is_filed_under_a_keyword_is_on_its_page(client: Client) -> None:
    keyword = make_keyword(4379, "time travel")
    make_title(name="Back to the Future").keywords.add(keyword)

    page = client.get(keyword.get_absolute_url())

    assert "<h1>Time travel</h1>" in page.content.decode()
    assert "Back to the Future" in text(page)


def test_a_country_is_named(client: Client) -> None:
    country = make_country("FR", "France")
    make_title(name="Amélie").countries.add(country)

    page = client.get("/country/FR")

    assert "<h1>France</h1>" in page.content.decode()
    assert "Amélie" in text(page)


def test_a_network_shows_its_shows_and_keeps_to_them(client: Client) -> None:
    network = make_network(174, "AMC")
    make_show(name="Breaking Bad").networks.add(network)

    page = client.get(network.get_absolute_url())

    assert "Breaking Bad" in text(page)
    assert '<a href="/network/174-amc?kind=movie">Films</a>' in page.content.decode()


def test_the_form_stays_with_films_where_they_were_asked_for(client: Client) -> None:
    network = make_network(174, "AMC")
    make_show().networks.add(network)

    page = client.get(network.get_absolute_url(), {"kind": "movie"})

    assert 'value="movie"' in tag(page, 'input type="hidden" name="kind"')


@pytest.mark.parametrize("term", [make_company, make_network], ids=["a company's", "a network's"])
def test_a_logo_stands_beside_the_name(client: Client, term: Any) -> None:
    shown: Company | Network = term(3, "Pixar")
    shown.logo_path = "/pixar.png"
    shown.save()

    page = client.get(shown.get_absolute_url())

    assert 'src="/picture/w300/pixar.png"' in page.content.decode()


def test_a_term_s_page_can_be_narrowed_further(client: Client) -> None:
    genre = make_genre(name="Horror")
    for year in (1979, 2020):
        title = make_title(name=f"Of {year}", release_date=f"{year}-01-01")
        title.genres.add(genre)

    page = client.get(genre.get_absolute_url(), {"to": "1980"})

    assert "Of 1979" in text(page)
    assert "Of 2020" not in text(page)
    assert f'<a class="chip" href="{genre.get_absolute_url()}"' in page.content.decode()


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["kea", "Reev", "KEANU REEVES", "keanu reevs"])
def test_people_are_offered_by_any_part_of_their_name(client: Client, typed: str) -> None:
    make_person(name="Keanu Reeves", popularity=50)
    make_person(name="Carrie-Anne Moss", popularity=20)
    call_command("reindex", verbosity=0)

    offered = client.get("/discover/names/person", {"person": typed})

    assert offered.content.decode().strip() == '<option value="Keanu Reeves"></option>'


def test_the_best_known_person_is_offered_first(client: Client) -> None:
    make_person(name="Keanu Almost", popularity=1)
    make_person(name="Keanu Reeves", popularity=50)
    make_person(name="Keanu Gone", hidden_at="2020-01-01T00:00Z")
    call_command("reindex", verbosity=0)

    offered = client.get("/discover/names/person", {"person": "keanu"}).content.decode()

    assert re.findall('value="(.*?)"', offered) == ["Keanu Reeves", "Keanu Almost"]


def test_a_name_is_offered_as_text(client: Client) -> None:
    make_keyword(1, 'a"><script>')

    offered = client.get("/discover/names/keyword", {"keyword": "a"}).content.decode()

    assert "<script>" not in offered


@pytest.mark.parametrize("words", ["", "\x00", "%", "x" * 5000])
def test_nothing_is_offered_for_nonsense(client: Client, words: str) -> None:
    offered = client.get("/discover/names/person", {"person": words})

    assert offered.status_code == 200
    assert offered.content.strip() == b""


def test_there_is_nothing_to_offer_for_other_fields(client: Client) -> None:
    assert client.get("/discover/names/password", {"password": "a"}).content.strip() == b""


def test_a_name_that_was_found_can_be_taken_off_in_the_form(client: Client) -> None:
    person = make_person(name="Keanu Reeves")
    make_credit(make_title(name="The Matrix"), person)

    page = client.get(FILMS, {"person": "keanu reeves"})

    assert f'name="person" value="{person.pk}" checked>Keanu Reeves' in page.content.decode()
    assert "The Matrix" in text(page)


def test_common_languages_are_at_hand_and_the_others_in_a_list(client: Client) -> None:
    for code in "abcdefghijklm":
        make_title(original_language=make_language(f"{code}{code}"))

    page = client.get(FILMS, {"language": "mm"}).content.decode()

    assert 'type="checkbox" name="language" value="aa"' in page
    assert 'type="checkbox" name="language" value="mm" checked' in page
    assert '<option value="ll">' in page
