"""A catalogue in which there is something of everything, and questions of every kind."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

from catalog.discover.orders import ORDERS
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
from tests.make import make_title

TITLES = 400
CODES = {"US": ["PG", "PG-13", "R"], "DE": ["6", "12", "16"]}
LANDS, TONGUES = ["US", "DE", "FR"], ["en", "de", "ja"]
STATUSES, TYPES = ["", "Ended", "Pilot"], ["", "Scripted", "News"]
OFFERS = ["flatrate", "free", "ads", "rent", "buy"]


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
        "name": f"{random.choice('019ABCDEZaz')}{random.choice('Akmz')} {random.randrange(99)}",
        "popularity": random.choice([random.randrange(9), random.random(), random.random() * 600]),
        "score": random.choice([random.randrange(9), 6 + random.random()]),
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
    title.languages.set(some(TONGUES))
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
        [("spoken", tongue) for tongue in random.sample(TONGUES, random.randrange(1, 3))],
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
    return urlencode([*pairs, ("region", region), ("sort", random.choice([*ORDERS]))])
