"""What is asked once and never again: combinations of filters, and searches."""

from collections.abc import Iterator
from random import Random
from string import ascii_lowercase
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from catalog.discover.orders import ORDERS
from catalog.models import Certification, Credit, Offer, Title

REGION = "US"
# So many of the best known are looked for.
SEARCHED = 5000
Terms = dict[str, list[Any]]


def discover(count: int) -> Iterator[str]:
    """Three filters at once, of the catalogue's own genres, people and the rest, in any order."""
    random, terms = Random(7), _terms()
    return (_combination(random, terms) for _ in range(count))


def search(count: int) -> Iterator[str]:
    """Names, parts of names, and names with a slip of the finger."""
    random = Random(7)
    known = Title.objects.visible().order_by("-vote_count", "pk")[:SEARCHED]
    names = [title.name for title in known.only("name") if len(title.name) > 3]
    return (f"/search?{urlencode({'q': _typed(random, names)})}" for _ in range(count))


def _terms() -> Terms:
    """What titles are filed under, the most common first."""
    titles, offers = Title.objects.all(), Offer.objects.filter(country=REGION)
    rated = Certification.objects.filter(country=REGION)
    return {
        "genre": _common(titles, "genres"),
        "language": _common(titles, "original_language"),
        "country": _common(titles, "countries"),
        "keyword": _common(titles, "keywords"),
        "company": _common(titles, "companies"),
        "person": _common(Credit.objects.all(), "person"),
        "certification": _common(rated, "code"),
        "provider": _common(offers, "provider"),
    }


def _common(rows: QuerySet[Any], term: str) -> list[Any]:
    counted = rows.exclude(**{term: None}).order_by().values_list(term).annotate(of=Count("pk"))
    return [key for key, _count in counted.order_by("-of", term)]


def _combination(random: Random, terms: Terms) -> str:
    few = random.random() ** 2
    filters = {
        "genre": terms["genre"][int(few * len(terms["genre"]))],
        "without": random.choice(terms["genre"]),
        "from": 1940 + random.randrange(80),
        "to": 1960 + random.randrange(66),
        "runtime_max": 80 + random.randrange(60),
        "language": terms["language"][int(few * len(terms["language"]))],
        "country": terms["country"][int(few * len(terms["country"]))],
        "certification": random.choice(terms["certification"]),
        "provider": random.choice(terms["provider"]),
        "score_min": random.randrange(4, 8),
        "votes_min": random.choice([1, 10, 100, 1000]),
    } | {
        # Of these nearly all are rare.
        name: terms[name][int(few * few * 0.9 * len(terms[name]))]
        for name in ("keyword", "company", "person")
    }
    chosen = random.sample(sorted(filters), 3)
    kind = random.choice(["movie", "movie", "movie", "tv"])
    query = {name: filters[name] for name in chosen}
    query |= {"sort": random.choice([*ORDERS]), "region": REGION}
    return f"/discover/{kind}?{urlencode(query)}"


def _typed(random: Random, names: list[str]) -> str:
    name = random.choice(names)
    place, letter = random.randrange(1, len(name)), random.choice(ascii_lowercase)
    before, after = name[:place], name[place:]
    return random.choice(
        [
            name,
            name[: 4 + place],
            random.choice(
                [
                    before + after[1:],
                    before + letter + after,
                    before + letter + after[1:],
                    before[:-1] + after[0] + before[-1] + after[1:],
                ]
            ),
        ]
    )
