"""By facets the same titles are found as by the tables, whatever is asked."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection

from catalog.discover import filtering
from catalog.models import (
    Certification,
    Company,
    Country,
    Credit,
    Genre,
    Keyword,
    Language,
    Network,
    Offer,
    Person,
    Provider,
    Title,
)
from catalog.models.facets import Of, facet, offer, worded, years
from tests.catalog.discover.asking import ask, file_everything
from tests.make import make_title

TITLES, QUESTIONS = 400, 150
CODES = {"US": ["PG", "PG-13", "R"], "DE": ["6", "12", "16"]}
LANDS, TONGUES = ["US", "DE", "FR"], ["en", "de", "ja"]
STATUSES, TYPES = ["", "Ended", "Pilot"], ["", "Scripted", "News"]
OFFERS = ["flatrate", "free", "ads", "rent", "buy"]


@pytest.fixture
def back_end() -> None:
    """Each test here asks both by itself."""


# --- Numbers -------------------------------------------------------------------------------------
def test_years_are_decades_where_they_are_whole() -> None:
    decade = facet(Of.DECADE, 199)

    assert list(years(1990, 1999)) == [decade]
    assert list(years(1989, 2000)) == [facet(Of.YEAR, 1989), decade, facet(Of.YEAR, 2000)]
    assert decade not in years(1991, 1999)
    assert list(years(2000, 1999)) == []


@pytest.mark.parametrize(("first", "last"), [(0, 1870), (1, 5), (2040, 9999), (2041, 2050)])
def test_years_beyond_all_films_are_one(first: int, last: int) -> None:
    assert len(list(years(first, last))) == 1


def test_every_number_says_what_it_tells_of() -> None:
    numbers = {
        facet(Of.KEYWORD, 8),
        facet(Of.COMPANY, 8),
        worded(Of.COUNTRY, "US"),
        worded(Of.LANGUAGE, "US"),
        worded(Of.CERTIFICATION, "US", "8"),
        *(offer(land, pk, way) for land in LANDS for pk in (0, 8, 9) for way in ("", *OFFERS)),
    }

    assert len(numbers) == 5 + 3 * 3 * 6
    assert max(numbers) < 2**63


# --- Both back ends ------------------------------------------------------------------------------
def make_catalogue(random: Random) -> None:
    for model, keys in ((Country, LANDS), (Language, TONGUES)):
        model.objects.bulk_create(model(pk=key, name=key) for key in keys)
    for model in (Genre, Keyword, Company, Network, Person, Provider):
        model.objects.bulk_create(model(pk=pk, name=f"{pk}") for pk in range(1, 7))
    for _ in range(TITLES):
        hang_everything_on(make_title(**columns(random)), random)


def columns(random: Random) -> dict[str, Any]:
    day = date(1865, 1, 1) + timedelta(days=random.randrange(180 * 365))
    return {
        "kind": random.choice(["movie", "tv"]),
        "release_date": random.choice([None, day, day, day]),
        "runtime": random.choice([None, random.randrange(400), random.randrange(60, 130)]),
        "popularity": random.randrange(9),
        "score": random.randrange(9),
        "vote_average": random.randrange(101) / 10,
        "vote_count": random.choice([0, 1, 9, 10, 999, 1000, random.randrange(20_000)]),
        "original_language_id": random.choice([None, *TONGUES]),
        "status": random.choice(STATUSES),
        "type": random.choice(TYPES),
        "adult": random.random() < 0.05,
        "hidden_at": "2020-01-01T00:00Z" if random.random() < 0.05 else None,
    }


def hang_everything_on(title: Title, random: Random) -> None:
    def some(choices: Any) -> list[Any]:
        return random.sample(list(choices), random.randrange(min(len(choices), 3) + 1))

    for field in ("genres", "keywords", "companies", "networks"):
        getattr(title, field).set(some(range(1, 7)))
    title.countries.set(some(LANDS))
    for land in some(CODES):
        Certification.objects.create(title=title, country=land, code=random.choice(CODES[land]))
    for pk in some(range(1, 7)):
        Credit.objects.create(title=title, person_id=pk, tmdb_id=f"{pk}", department="Acting")
        for land in some(LANDS):
            kind = random.choice(OFFERS)
            Offer.objects.create(title=title, provider_id=pk, country=land, kind=kind)


def make_question(random: Random) -> str:
    region = random.choice(list(CODES))
    votes, least = random.choice([0, 1, 5, 10, 700, 1000]), random.randrange(0, 150)
    year, minutes = random.randrange(1860, 2050), random.randrange(0, 350)
    codes: Callable[[], str] = lambda: random.choice(CODES[region])  # noqa: E731
    asked: list[list[tuple[str, Any]]] = [
        [(name, random.randrange(1, 7)) for _ in range(random.randrange(1, 3))]
        for name in ("genre", "without", "keyword", "company", "network", "person", "provider")
    ]
    asked += [
        [("genre", 1), ("genre", random.randrange(2, 7)), ("genres", "any")],
        [("country", land) for land in random.sample(LANDS, 2)],
        [("language", tongue) for tongue in random.sample(TONGUES, random.randrange(1, 3))],
        [("certification", codes())],
        [("certification_max", codes())],
        [("certification_min", codes()), ("certification_max", codes())],
        [("offer", way) for way in random.sample(OFFERS, 2)],
        [("provider", random.randrange(1, 7)), ("offer", random.choice(OFFERS))],
        [("from", year)],
        [("to", f"{year}-06-15")],
        [("from", year), ("to", year + random.randrange(-1, 30))],
        [("runtime_min", minutes)],
        [("runtime_min", minutes), ("runtime_max", minutes + random.randrange(40))],
        [("runtime_max", least)],
        [("score_min", least / 15)],
        [("score_max", least / 15)],
        [("votes_min", votes)],
        [("status", status) for status in STATUSES[1:]],
        [("type", random.choice(TYPES[1:]))],
    ]
    pairs = [pair for some in random.sample(asked, random.randrange(1, 4)) for pair in some]
    sort = random.choice(["popularity", "newest", "oldest", "name", "runtime", "votes"])
    return urlencode([*pairs, ("region", region), ("sort", sort)])


@pytest.mark.postgres
@pytest.mark.django_db
def test_both_back_ends_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(3)
    make_catalogue(random)
    file_everything()
    questions = [(make_question(random), random.choice(["movie", "tv"])) for _ in range(QUESTIONS)]

    by_facets = [answer(*question) for question in questions]
    monkeypatch.setattr(filtering, "are_kept", lambda: False)
    by_tables = [answer(*question) for question in questions]

    assert dict(zip(questions, by_facets, strict=True)) == dict(
        zip(questions, by_tables, strict=True)
    )
    # Or nothing was compared.
    assert sum(bool(found) for found, _walked in by_tables) > QUESTIONS / 2


def answer(query: str, kind: str) -> tuple[list[int], list[int]]:
    """All keys in order: as few are found, and as many are walked through."""
    asked = ask(query, kind)
    few = asked.order.keys(asked._narrowed, TITLES)
    walked = asked.order.of(
        asked.order.placed(filtering.in_turn(*asked._asked, asked.order.column))
    )
    return few, list(walked.values_list("pk", flat=True))


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_index_is_what_finds_them() -> None:
    with connection.cursor() as cursor:
        # Among no titles at all, to read them all is quickest.
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = ask("genre=1&language=en&from=2020&offer=rent")._narrowed.explain()

    assert plan.count("facets_numbers") == 1
