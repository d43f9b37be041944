"""What a title's page tells, and that it costs the same however much there is to tell."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.about import people
from catalog.about.page import CARDS_SHOWN, everything_on, known_as
from catalog.models import (
    Certification,
    Collection,
    Company,
    Country,
    Image,
    Keyword,
    Link,
    Network,
    Offer,
    ReleaseDate,
    Title,
    Video,
)
from cinehub.kit.web import Reader
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


def told(
    title: Title, language: str = "en", country: str = "US", region: str = ""
) -> dict[str, Any]:
    shown = known_as(language, title.kind, title.tmdb_id)
    assert shown is not None
    return everything_on(shown, Reader(language, country), region)


def makers_of(title: Title) -> list[tuple[str, list[str]]]:
    return [(made.label, [who.name for who in made.people]) for made in told(title)["makers"]]


def make_video(title: Title, **values: Any) -> Video:
    n = title.videos.count()
    values = {"site": "YouTube", "type": "Trailer", "key": f"key{n}", "name": f"Video {n}"} | values
    return Video.objects.create(title=title, tmdb_id=str(n), **values)


# --- Who made it ---------------------------------------------------------------------------------
def test_the_cast_is_in_the_order_of_the_bill() -> None:
    title = make_title()
    for position in (2, 0, 1):
        make_credit(title, make_person(name=f"Number {position}"), position=position)

    assert [billed.person.name for billed in told(title)["cast"]] == [
        "Number 0",
        "Number 1",
        "Number 2",
    ]


def test_only_the_first_of_a_long_cast_are_shown() -> None:
    title = make_title()
    for position in range(60):
        make_credit(title, position=position)

    assert len(told(title)["cast"]) == people.CAST_SHOWN


def test_the_director_is_named_however_long_the_cast_is() -> None:
    title = make_title()
    for position in range(100):
        make_credit(title, position=position)
    director = make_person(name="Lana Wachowski")
    make_credit(title, director, department="Directing", job="Director", position=300)

    assert makers_of(title) == [("Directed by", ["Lana Wachowski"])]


def test_who_wrote_in_two_ways_is_named_once() -> None:
    title, writer = make_title(), make_person(name="Lilly Wachowski")
    for job in ("Writer", "Screenplay"):
        make_credit(title, writer, department="Writing", job=job)

    assert makers_of(title) == [("Written by", ["Lilly Wachowski"])]


def test_other_jobs_are_not_named_at_the_top() -> None:
    title = make_title()
    make_credit(title, department="Sound", job="Boom Operator")

    assert told(title)["makers"] == []


def test_who_played_two_parts_is_shown_once_with_the_longer_one_s_episodes() -> None:
    show, actor = make_show(), make_person()
    make_credit(show, actor, character="Sarah", episode_count=50)
    make_credit(show, actor, character="Helena", episode_count=30)

    [billed] = told(show)["cast"]

    assert (billed.names, billed.episodes) == ("Sarah / Helena", 50)


def test_who_tmdb_has_dropped_is_not_named() -> None:
    title = make_title()
    make_credit(title, make_person(hidden_at=PAST))

    assert told(title)["cast"] == []


def test_of_many_directors_only_the_first_are_named() -> None:
    show = make_show()
    for n in range(30):
        make_credit(show, department="Directing", job="Director", position=n)

    assert len(told(show)["makers"][0].people) == people.MAKERS_SHOWN


# --- Where to watch it ---------------------------------------------------------------------------
def test_offers_are_those_of_the_reader_s_country() -> None:
    title = make_title()
    make_offer(title, name="Filmhaus", country="DE")
    make_offer(title, name="Cinemax", country="US")

    assert [
        (k.label, [p.name for p in ps]) for k, ps in told(title, country="DE")["where"].offers
    ] == [("Stream", ["Filmhaus"])]


def test_offers_are_grouped_by_how_one_pays() -> None:
    title = make_title()
    for kind in (Offer.Kind.BUY, Offer.Kind.FLATRATE, Offer.Kind.RENT):
        make_offer(title, kind=kind)

    assert [kind.label for kind, _ in told(title)["where"].offers] == ["Stream", "Rent", "Buy"]


@pytest.mark.parametrize(("country", "name"), [("DE", "Germany"), ("XX", "XX")])
def test_the_country_has_its_name_where_that_is_known(country: str, name: str) -> None:
    Country.objects.create(code="DE", name="Germany")

    assert told(make_title(), country=country)["where"].name == name


@pytest.mark.parametrize(("country", "code"), [("DE", "FSK 16"), ("US", "R"), ("FR", "")])
def test_the_certification_is_the_reader_s_country_s(country: str, code: str) -> None:
    title = make_title()
    for known in ("DE", "US", "FR"):
        Country.objects.create(code=known, name=known)
    Certification.objects.create(title=title, country="DE", code="FSK 16")
    Certification.objects.create(title=title, country="US", code="R")

    assert told(title, country=country)["where"].certification == code


def offered_in_germany() -> Title:
    Country.objects.create(code="US", name="United States")
    Country.objects.create(code="DE", name="Germany")
    title = make_title()
    make_offer(title, name="Filmhaus", country="DE")
    return title


@pytest.mark.parametrize("region", ["DE", "de", " DE "])
def test_another_country_can_be_asked_for(region: str) -> None:
    where = told(offered_in_germany(), country="US", region=region)["where"]

    assert (where.country, where.name, where.asked) == ("DE", "Germany", "")


@pytest.mark.parametrize("region", ["ZZ", "FR", "Germany", "\x00", "x" * 10_000, "'; --", "٣"])
def test_a_country_of_which_nothing_is_known_is_said_and_the_reader_s_is_shown(region: str) -> None:
    where = told(offered_in_germany(), country="US", region=region)["where"]

    assert where.country == "US"
    assert where.asked == region[:40]


def test_the_countries_to_choose_from_are_those_of_which_something_is_known() -> None:
    title = offered_in_germany()
    for code, name in (("FR", "France"), ("JP", "Japan")):
        Country.objects.create(code=code, name=name)
    Certification.objects.create(title=title, country="FR", code="12")

    assert told(title)["where"].countries == [
        ("FR", "France"),
        ("DE", "Germany"),
        ("US", "United States"),
    ]


def test_release_dates_are_those_of_the_country_in_their_order() -> None:
    title = make_title()
    for country, kind, day in (("US", 4, 20), ("US", 3, 10), ("DE", 3, 5)):
        ReleaseDate.objects.create(title=title, country=country, type=kind, date=date(1999, 6, day))

    releases = told(title)["where"].releases

    assert [each.get_type_display() for each in releases] == ["Cinemas", "Digital"]


def test_nothing_is_said_about_where_to_watch_what_nothing_is_known_of() -> None:
    assert not told(make_title())["where"].has_something


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


def test_rows_have_an_end() -> None:
    title = make_title()
    for _ in range(30):
        make_link(title, make_title())

    assert len(told(title)["recommended"]) == CARDS_SHOWN


def test_terms_are_in_the_order_of_their_names_each_of_its_kind() -> None:
    title = make_title()
    for name in ("Western", "Action"):
        title.genres.add(make_genre(name=name))
    title.countries.add(Country.objects.create(code="FR", name="France"))

    terms = told(title)["terms"]

    assert [genre.name for genre in terms["genres"]] == ["Action", "Western"]
    assert [country.get_absolute_url() for country in terms["countries"]] == ["/country/FR"]
    assert terms["keywords"] == []


def test_terms_of_other_titles_are_not_shown() -> None:
    make_title().genres.add(make_genre())

    assert told(make_title())["terms"]["genres"] == []


def test_backdrops_are_shown_before_posters_and_logos_not_at_all() -> None:
    title = make_title()
    for kind in ("poster", "logo", "backdrop"):
        Image.objects.create(title=title, kind=kind, path=f"/{kind}.jpg", width=300, height=200)

    assert [image.kind for image in told(title)["pictures"]] == ["backdrop", "poster"]


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
    for site, kind, official in (
        ("YouTube", "Trailer", False),
        ("YouTube", "Trailer", True),
        ("Vimeo", "Trailer", True),
        ("YouTube", "Teaser", True),
    ):
        make_video(title, key=f"{site}&{kind}{official}", site=site, type=kind, official=official)

    url = "https://www.youtube.com/watch?v=YouTube%26TrailerTrue"
    assert told(title)["trailer"].url == url


def test_the_trailer_is_in_the_reader_s_language_where_there_is_one() -> None:
    title = make_title()
    for language in ("en", "de"):
        make_video(title, key=language, language=language, official=language == "en")

    assert told(title, "de-DE", "DE")["trailer"].key == "de"


def test_without_a_trailer_there_are_still_other_videos() -> None:
    title = make_title()
    make_video(title, type="Featurette")

    shown = told(title)

    assert shown["trailer"] is None
    assert len(shown["videos"]) == 1


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
        make_video(title)
        Image.objects.create(title=title, kind="poster", path=f"/{n}.jpg", width=2, height=3)
        country = Country.objects.get_or_create(code=f"X{chr(65 + n % 26)}", name="Somewhere")[0]
        ReleaseDate.objects.create(title=title, country="US", type=3, date=date(1900 + n, 1, 1))
        title.certifications.get_or_create(country=country.code, defaults={"code": "12"})


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
