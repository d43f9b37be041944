"""What a title's page tells, and that it costs the same however much there is to tell."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog import about
from catalog.models import (
    Certification,
    Collection,
    Company,
    Country,
    Keyword,
    Link,
    Network,
    Offer,
    Title,
    Video,
)
from tests.make import (
    make_credit,
    make_episode,
    make_genre,
    make_link,
    make_offer,
    make_person,
    make_season,
    make_show,
    make_title,
    make_translation,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
PAST = datetime(2020, 1, 1, tzinfo=UTC)


def told(title: Title, language: str = "en", country: str = "US") -> dict[str, Any]:
    shown = about.titles_for(language, country).get(pk=title.pk)
    return about.everything_on(shown, language, country)


# --- Who made it ---------------------------------------------------------------------------------
def test_the_cast_is_in_the_order_of_the_bill() -> None:
    title = make_title()
    for position in (2, 0, 1):
        make_credit(title, make_person(name=f"Number {position}"), position=position)

    assert [credit.person.name for credit in told(title)["cast"]] == [
        "Number 0",
        "Number 1",
        "Number 2",
    ]


def test_only_the_first_of_a_long_cast_are_shown() -> None:
    title = make_title()
    for position in range(60):
        make_credit(title, position=position)

    assert len(told(title)["cast"]) == about.CAST_SHOWN


def test_the_director_is_named_however_long_the_cast_is() -> None:
    title = make_title()
    for position in range(100):
        make_credit(title, position=position)
    director = make_person(name="Lana Wachowski")
    make_credit(title, director, department="Directing", job="Director", position=300)

    assert told(title)["makers"] == [("Directed by", ["Lana Wachowski"])]


def test_who_wrote_in_two_ways_is_named_once() -> None:
    title, writer = make_title(), make_person(name="Lilly Wachowski")
    for job in ("Writer", "Screenplay"):
        make_credit(title, writer, department="Writing", job=job)

    assert told(title)["makers"] == [("Written by", ["Lilly Wachowski"])]


def test_other_jobs_are_not_named_at_the_top() -> None:
    title = make_title()
    make_credit(title, department="Sound", job="Boom Operator")

    assert told(title)["makers"] == []


# --- Where to watch it ---------------------------------------------------------------------------
def test_offers_are_those_of_the_reader_s_country() -> None:
    title = make_title()
    make_offer(title, name="Filmhaus", country="DE")
    make_offer(title, name="Cinemax", country="US")

    assert [(k, [p.name for p in ps]) for k, ps in told(title, country="DE")["offers"]] == [
        ("Stream", ["Filmhaus"])
    ]


def test_offers_are_grouped_by_how_one_pays() -> None:
    title = make_title()
    for kind in (Offer.Kind.BUY, Offer.Kind.FLATRATE, Offer.Kind.RENT):
        make_offer(title, kind=kind)

    assert [label for label, _ in told(title)["offers"]] == ["Stream", "Rent", "Buy"]


@pytest.mark.parametrize(("country", "name"), [("DE", "Germany"), ("XX", "XX")])
def test_the_country_has_its_name_where_that_is_known(country: str, name: str) -> None:
    Country.objects.create(code="DE", name="Germany")

    assert told(make_title(), country=country)["region"] == name


@pytest.mark.parametrize(("country", "code"), [("DE", "FSK 16"), ("US", "R"), ("FR", "")])
def test_the_certification_is_the_reader_s_country_s(country: str, code: str) -> None:
    title = make_title()
    Certification.objects.create(title=title, country="DE", code="FSK 16")
    Certification.objects.create(title=title, country="US", code="R")

    assert told(title, country=country)["certification"] == code


# --- What belongs to it --------------------------------------------------------------------------
def test_a_similar_title_that_is_also_recommended_is_shown_once() -> None:
    title, both, similar = make_title(), make_title(), make_title()
    make_link(title, both, kind=Link.Kind.RECOMMENDED)
    make_link(title, both, kind=Link.Kind.SIMILAR)
    make_link(title, similar, kind=Link.Kind.SIMILAR)

    shown = told(title)

    assert (shown["recommended"], shown["similar"]) == ([both], [similar])


def test_recommended_titles_are_in_their_order_and_without_the_hidden() -> None:
    title = make_title()
    first, gone, last = make_title(), make_title(hidden_at=PAST), make_title()
    for rank, to in ((3, last), (1, first), (2, gone)):
        make_link(title, to, rank=rank)

    assert told(title)["recommended"] == [first, last]


def test_what_another_title_recommends_is_not_shown() -> None:
    title, other = make_title(), make_title()
    make_link(other, title)

    assert told(title)["recommended"] == []


def test_a_collection_s_others_are_in_the_order_they_came_out() -> None:
    collection = Collection.objects.create(tmdb_id=1, name="Trilogy")
    films = [
        make_title(collection=collection, release_date=date(year, 1, 1))
        for year in (2003, 1999, 2001)
    ]

    assert list(told(films[1])["collection_titles"]) == [films[2], films[0]]


def test_all_names_on_the_page_are_in_the_reader_s_language() -> None:
    collection = Collection.objects.create(tmdb_id=1, name="Trilogy")
    title, sequel, alike = (make_title(collection=c) for c in (collection, collection, None))
    make_link(title, alike)
    for other in (title, sequel, alike):
        make_translation(other, "de-DE", name="Deutsch")

    shown = told(title, "de", "DE")

    related = [*shown["collection_titles"], *shown["recommended"]]
    assert [t.words.name for t in related] == ["Deutsch", "Deutsch"]
    assert shown["words"].name == "Deutsch"


@time_machine.travel(TODAY)
def test_the_next_episode_is_the_first_that_is_still_to_come() -> None:
    season = make_season(make_show())
    make_episode(season, air_date=TODAY - timedelta(days=1))
    later, soon = (make_episode(season, air_date=TODAY + timedelta(days=n)) for n in (7, 0))
    make_episode(season, air_date=TODAY, hidden_at=PAST)
    make_episode(season, air_date=None)

    assert told(season.title)["next_episode"] == soon
    assert later.air_date > soon.air_date


def test_seasons_that_tmdb_has_dropped_are_not_shown() -> None:
    show = make_show()
    kept = make_season(show, number=1)
    make_season(show, number=2, hidden_at=PAST)

    assert list(told(show)["seasons"]) == [kept]


def test_the_trailer_is_the_newest_official_one_on_youtube() -> None:
    title = make_title()
    for n, (site, kind, official) in enumerate(
        [
            ("YouTube", "Trailer", False),
            ("YouTube", "Trailer", True),
            ("Vimeo", "Trailer", True),
            ("YouTube", "Teaser", True),
        ]
    ):
        Video.objects.create(
            title=title, tmdb_id=str(n), key=f"k&{n}", site=site, type=kind, official=official
        )

    assert told(title)["trailer"].url == "https://www.youtube.com/watch?v=k%261"


# --- What it costs -------------------------------------------------------------------------------
def fill(title: Title, count: int) -> None:
    """So many of everything that can hang on it; collections are of films, seasons of shows."""
    collection = Collection.objects.create(tmdb_id=count, name="Saga")
    title.collection = collection if title.is_movie else None
    title.save()
    for n in range(count):
        others = [make_title(), make_title(collection=collection), make_title()]
        for other in (title, *others):
            make_translation(other, "de-" + chr(65 + n // 26) + chr(65 + n % 26), name="Titel")
        make_credit(title, position=n)
        make_credit(title, department="Directing", job="Director", position=n)
        make_offer(title)
        make_link(title, others[0], kind=Link.Kind.RECOMMENDED)
        make_link(title, others[2], kind=Link.Kind.SIMILAR)
        title.genres.add(make_genre())
        number = count * 100 + n
        title.keywords.add(Keyword.objects.create(tmdb_id=number, name=f"keyword {number}"))
        title.companies.add(Company.objects.create(tmdb_id=number, name=f"company {number}"))
        title.networks.add(Network.objects.create(tmdb_id=number, name=f"network {number}"))
        make_episode(make_season(title, number=n), air_date=date(2100, 1, 1))


@pytest.mark.parametrize("language", ["en-US", "de-DE", "xx", ""])
@pytest.mark.parametrize("make", [make_title, make_show])
def test_a_page_costs_the_same_however_much_hangs_on_the_title(
    client: Client,
    django_assert_num_queries: Any,
    make: Callable[..., Title],
    language: str,
) -> None:
    small, large = make(name="Small"), make(name="Large")
    fill(small, 3)
    fill(large, 50)
    headers = {"accept-language": language}

    with django_assert_num_queries(15, exact=False) as few:
        assert client.get(small.get_absolute_url(), headers=headers).status_code == 200
    with django_assert_num_queries(len(few)):
        assert client.get(large.get_absolute_url(), headers=headers).status_code == 200
