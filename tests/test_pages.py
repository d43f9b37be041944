"""The home page and the pages of titles, as visitors get them."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.models import (
    Chart,
    Collection,
    Company,
    Country,
    Keyword,
    Kind,
    Language,
    Network,
    Provider,
    Title,
)
from tests.make import (
    make_chart,
    make_credit,
    make_episode,
    make_genre,
    make_offer,
    make_person,
    make_season,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

PAST, FUTURE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def shown(client: Client, url: str, **headers: str) -> str:
    page = client.get(url, headers=headers)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def headings(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", h).strip() for h in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]


# --- Home ----------------------------------------------------------------------------------------
def test_home_has_its_rows_in_order(client: Client) -> None:
    film, show = make_title(name="Heat"), make_show(name="Dark")
    make_chart(film, name=Chart.Name.TOP_RATED)
    make_chart(show, name=Chart.Name.POPULAR, kind=Kind.TV)
    make_chart(film, name=Chart.Name.TRENDING_DAY)
    make_chart(film, name=Chart.Name.TRENDING_WEEK)

    rows = headings(shown(client, "/"))

    assert rows == [
        "Trending films today",
        "Trending films this week",
        "Popular shows",
        "Top rated films",
    ]


def test_a_row_is_in_the_chart_s_order_and_has_an_end(client: Client) -> None:
    make_chart(*[make_title(name=f"Film no. {n:02}") for n in range(1, 31)])

    names = re.findall(r"Film no\. \d\d", shown(client, "/"))

    assert list(dict.fromkeys(names)) == [f"Film no. {n:02}" for n in range(1, 15)]


def test_home_leaves_out_what_is_hidden(client: Client) -> None:
    gone = make_title(name="Gone", backdrop_path="/b.jpg", overview="About it", hidden_at=PAST)
    make_chart(gone, make_title(name="Here"))

    page = shown(client, "/")

    assert "Here" in page
    assert "Gone" not in page


def test_an_empty_catalogue_says_what_to_do(client: Client) -> None:
    page = shown(client, "/")

    assert "No film or show has arrived yet" in page
    assert "make run" in page


def test_the_first_title_with_a_picture_and_words_opens_the_page(client: Client) -> None:
    plain = make_title(name="Plain")
    fine = make_title(name="Fine", backdrop_path="/b.jpg", overview="A story", tagline="")
    make_chart(plain, fine)

    page = client.get("/")

    assert page.context["hero"] == fine
    assert "A story" in page.content.decode()


def test_home_is_in_the_reader_s_language(client: Client) -> None:
    film = make_title(name="Jaws")
    make_translation(film, "de-DE", name="Der weiße Hai")
    make_chart(film)

    page = shown(client, "/", accept_language="de-CH,de;q=0.9")

    assert "Der weiße Hai" in page
    assert "Jaws" not in page


@pytest.mark.parametrize("language", ["en", "de", "pt-BR"])
def test_home_costs_the_same_however_many_titles_there_are(
    client: Client, django_assert_num_queries: Any, language: str
) -> None:
    charts = [make_chart(name=name) for name in (Chart.Name.POPULAR, Chart.Name.TOP_RATED)]
    headers = {"accept-language": language}

    def fill(count: int) -> None:
        for chart in charts:
            for rank in range(chart.entries.count() + 1, count + 1):
                film = make_title(backdrop_path="/b.jpg", overview="A story")
                film.genres.add(make_genre())
                make_translation(film, "de-DE", name="Film")
                chart.entries.create(title=film, rank=rank)

    fill(5)
    with django_assert_num_queries(15, exact=False) as few:
        client.get("/", headers=headers)
    fill(50)
    with django_assert_num_queries(len(few)):
        client.get("/", headers=headers)


# --- A title's page ------------------------------------------------------------------------------
def test_a_film_s_page_tells_what_there_is_to_tell(client: Client) -> None:
    film = make_title(
        tmdb_id=949,
        name="Heat",
        year=1995,
        overview="A thief and a policeman.",
        tagline="A Los Angeles crime saga.",
        runtime=170,
        vote_average=7.9,
        vote_count=7000,
        imdb_id="tt0113277",
    )
    film.genres.add(make_genre(name="Crime"))
    make_credit(film, character="Neil McCauley")
    make_offer(film, name="Filmhaus")

    page = shown(client, "/movie/949-heat")

    for words in (
        "Heat",
        "1995",
        "A thief and a policeman.",
        "A Los Angeles crime saga.",
        "2 h 50 min",
        "7.9",
        "7,000 votes",
        "Crime",
        "Neil McCauley",
        "Filmhaus",
        "JustWatch",
        "https://www.imdb.com/title/tt0113277/",
        "https://www.themoviedb.org/movie/949",
    ):
        assert words in page


def test_a_show_s_page_has_its_seasons(client: Client) -> None:
    show = make_show(tmdb_id=1396, name="Breaking Bad", season_count=1)
    make_episode(make_season(show, name="The first season", episode_count=7))

    page = shown(client, "/tv/1396-breaking-bad")

    assert "The first season" in page
    assert "7 episodes" in page


@pytest.mark.parametrize(
    "link",
    [
        "/discover/movie?from=1995&to=1995",
        "/discover/movie?certification=R&region=US",
        "/discover/movie?from=1995-12-15&to=1995-12-15",
        "/discover/movie?runtime_min=160&runtime_max=180",
        "/discover/movie?language=en",
        "/discover/movie?spoken=es",
        "/genre/80-crime",
        "/country/US",
        "/keyword/1-heist",
        "/company/2-regency",
        "/collection/3-heats",
        "/person/4-michael-mann",
        "/person/5-al-pacino",
        "/discover/movie?provider=6&offer=flatrate&region=US",
        "/movie/949-heat/credits",
        "/movie/949-heat/releases",
    ],
)
def test_every_fact_of_a_film_leads_to_more_of_the_same(client: Client, link: str) -> None:
    collection = Collection.objects.create(tmdb_id=3, name="Heats")
    english = Language.objects.create(code="en", name="English")
    country = Country.objects.create(code="US", name="United States")
    film = make_title(
        tmdb_id=949,
        name="Heat",
        year=1995,
        release_date="1995-12-15",
        runtime=170,
        original_language=english,
        collection=collection,
    )
    film.languages.add(Language.objects.create(code="es", name="Spanish"))
    make_title(collection=collection)
    film.genres.add(make_genre(tmdb_id=80, name="Crime"))
    film.countries.add(country)
    film.keywords.add(Keyword.objects.create(tmdb_id=1, name="heist"))
    film.companies.add(Company.objects.create(tmdb_id=2, name="Regency"))
    director = make_person(tmdb_id=4, name="Michael Mann")
    make_credit(film, director, department="Directing", job="Director")
    make_credit(film, make_person(tmdb_id=5, name="Al Pacino"))
    provider = Provider.objects.create(tmdb_id=6, name="Filmhaus")
    film.offers.create(provider=provider, country="US", kind="flatrate")
    film.certifications.create(country="US", code="R")

    assert f'href="{link}"' in shown(client, "/movie/949-heat")


@pytest.mark.parametrize(
    "link",
    [
        "/discover/tv?status=Returning%20Series",
        "/discover/tv?type=Talk%20Show",
        "/genre/35-comedy?kind=tv",
        "/network/7-nbc?kind=tv",
    ],
)
def test_every_fact_of_a_show_leads_to_more_shows(client: Client, link: str) -> None:
    show = make_show(status="Returning Series", type="Talk Show")
    show.genres.add(make_genre(tmdb_id=35, name="Comedy"))
    show.networks.add(Network.objects.create(tmdb_id=7, name="NBC"))

    assert f'href="{link}"' in shown(client, show.get_absolute_url())


def test_a_title_is_told_to_machines(client: Client) -> None:
    film = make_title(
        name="Heat </script>", year=1995, runtime=170, vote_average=7.94, vote_count=7000
    )
    make_credit(film, make_person(name="Michael Mann"), department="Directing", job="Director")

    page = client.get(film.get_absolute_url()).content.decode()
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(found)

    assert (told["@type"], told["name"], told["duration"]) == ("Movie", "Heat </script>", "PT170M")
    assert told["director"][0]["name"] == "Michael Mann"
    assert told["aggregateRating"]["ratingValue"] == 7.9


def test_a_trailer_asks_nothing_of_anybody_before_it_is_played(client: Client) -> None:
    film = make_title()
    film.videos.create(tmdb_id="1", site="YouTube", key="abc", type="Trailer", name="Trailer")

    page = shown(client, film.get_absolute_url())

    assert 'data-video="abc"' in page
    assert "<iframe" not in page
    assert "ytimg" not in page


@pytest.fixture
def abroad() -> Title:
    """A film that can be watched in Germany."""
    Country.objects.create(code="US", name="United States")
    Country.objects.create(code="DE", name="Germany")
    film = make_title(tmdb_id=949, name="Heat")
    make_offer(film, name="Filmhaus", country="DE")
    film.certifications.create(country="DE", code="16")
    return film


@pytest.mark.usefixtures("abroad", "with_key")
def test_where_to_watch_it_in_another_country(client: Client) -> None:
    page = shown(client, "/movie/949-heat?region=DE")

    assert "Filmhaus" in page
    assert "Country: Germany. Source: JustWatch." in page


@pytest.mark.usefixtures("abroad")
def test_a_country_that_is_none_is_said(client: Client) -> None:
    page = shown(client, "/movie/949-heat?region=Oz")

    assert "Nothing is known of “Oz” here. Shown instead: United States." in page
    assert "United States: no service is known to have it." in page


@pytest.mark.usefixtures("abroad")
def test_with_script_only_what_the_country_changes_is_sent(client: Client) -> None:
    part = client.get("/movie/949-heat?region=DE", headers={"HX-Request": "true"})
    words = part.content.decode()

    assert "HX-Request" in part["Vary"]
    assert "<html" not in words
    assert "Filmhaus" in words
    assert re.search(r'id="rated" hx-swap-oob="true">.*16</a>', words)


def test_a_page_says_how_old_it_is(client: Client) -> None:
    film = make_title(fetched_at=datetime.now(UTC) - timedelta(hours=2))

    assert re.search(r"as of 2\shours ago", shown(client, film.get_absolute_url()))


def test_a_title_of_which_little_is_known_has_a_page(client: Client) -> None:
    Title.objects.create(kind="movie", tmdb_id=1, name="?", details_at=PAST, refresh_at=FUTURE)

    assert "?" in shown(client, "/movie/1")


def test_words_are_shown_as_words(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    film = make_title(
        tmdb_id=1, name=evil, original_name="x", tagline=evil, overview=evil, homepage="https://e"
    )
    make_credit(film, character=evil)
    make_offer(film, name=evil)

    page = client.get(film.get_absolute_url())

    assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/movie/603", "movie"),
        ("/movie/603-wrong", "movie"),
        ("/movie/603-The-Matrix", "movie"),
        ("/movie/000603", "movie"),
        ("/tv/603", "tv"),
        ("/tv/603-wrong", "tv"),
    ],
)
def test_a_wrong_slug_leads_to_the_right_one(client: Client, address: str, kind: str) -> None:
    make_title(kind=kind, tmdb_id=603, name="The Matrix")

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (301, f"/{kind}/603-the-matrix")


def test_the_right_slug_is_the_same_for_every_reader(client: Client) -> None:
    film = make_title(tmdb_id=578, name="Jaws")
    make_translation(film, "de-DE", name="Der weiße Hai")

    assert "Der weiße Hai" in shown(client, "/movie/578-jaws", accept_language="de")


@pytest.mark.parametrize(
    "address",
    [
        "/movie/999999999999999",
        "/tv/999999999999999",
        "/movie/0",
        "/movie/9999999999999999999999",
        "/movie/-1",
        "/movie/abc",
        "/movie/٣",
        "/movie/",
        "/person/999999999999999",
        "/nonsense",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 404
    assert "Nothing is showing here" in page.content.decode()


def test_a_film_is_not_found_among_shows(client: Client) -> None:
    film = make_title(tmdb_id=999_999_999, name="Heat", overview="A thief.")

    assert client.get(f"/tv/{film.tmdb_id}-heat").status_code == 404


def test_what_is_hidden_is_not_found(client: Client) -> None:
    make_title(tmdb_id=949, name="Heat", hidden_at=PAST)

    assert client.get("/movie/949-heat").status_code == 404
