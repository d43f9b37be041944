"""What is asked of the server, and how it compares."""

import sys
from collections.abc import Callable, Iterator
from itertools import count, cycle, repeat
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from catalog.models import Person, Title
from tests.bench.load import Load, load
from tests.bench.seed import CODES, COUNTRIES, FIRST, GENRES, LANGUAGES, LAST
from tests.bench.server import BARE, ONE_QUERY

CONNECTIONS = 8
# Long enough that what can be kept is.
WARM_UP_SECONDS = 1.5
COMBINATIONS = 300
Addresses = Callable[[], Iterator[str]]


def pages(port: int, titles: int, *, seconds: float) -> None:
    """Requests a second, each page three ways: kept, made anew, and for a member."""
    member = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
    addresses = _addresses()

    def measure(asked: Iterator[str], **headers: str) -> Load:
        load(port, asked, connections=CONNECTIONS, seconds=WARM_UP_SECONDS, **headers)
        return load(port, asked, connections=CONNECTIONS, seconds=seconds, **headers)

    _say(f"\n{'':34}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'queries':>9}{'kB':>7}  x one query")
    bare = measure(cycle([BARE]))
    base = measure(cycle([ONE_QUERY]))
    _line("bare view", bare, base, 0)
    _line("one query, 20 rows", base, base, 1)
    for name, asked in addresses.items():
        address = next(asked())
        own = Client()
        own.cookies[settings.SESSION_COOKIE_NAME] = _session()
        _line(f"{name}, visitor", measure(asked(), Accept_Encoding="gzip"), base, None)
        _line(f"{name}, cold", measure(_never_asked(asked())), base, _queries(Client(), address))
        _line(f"{name}, signed in", measure(asked(), **member), base, _queries(own, address))


def combinations(port: int, titles: int) -> None:
    """One reader, no page asked twice: three filters of discover at once, and searches."""
    random = Random(7)
    base = _alone(port, repeat(ONE_QUERY, COMBINATIONS * 3))
    _say(f"\n{'one reader at a time':34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}  x one query's p95")
    _quantiles("one query, 20 rows", base, base)
    for name, asked in (
        ("discover, three filters", [_discover(random, titles) for _ in range(COMBINATIONS)]),
        ("search", [_search(random) for _ in range(COMBINATIONS)]),
    ):
        cache.clear()
        _quantiles(name, _alone(port, iter(asked)), base)


def _alone(port: int, addresses: Iterator[str]) -> Load:
    return load(port, addresses, connections=1, seconds=120)


def _discover(random: Random, titles: int) -> str:
    few = random.random() ** 2
    filters = {
        "genre": 1 + int(few * (GENRES - 1)),
        "without": 1 + random.randrange(GENRES),
        "from": 1940 + random.randrange(80),
        "to": 1960 + random.randrange(66),
        "runtime_max": 80 + random.randrange(60),
        "language": LANGUAGES[int(few * len(LANGUAGES))],
        "country": COUNTRIES[int(few * len(COUNTRIES))],
        "certification": random.choice(CODES),
        "keyword": 1 + int(few * few * max(titles // 10, 500) * 0.9),
        "company": 1 + int(few * few * max(titles // 20, 200) * 0.9),
        "person": 1 + int(few * few * max(titles // 2, 1000) * 0.9),
        "provider": 1 + random.randrange(12),
        "score_min": random.randrange(4, 8),
        "votes_min": random.choice([1, 10, 100, 1000]),
    }
    chosen = random.sample(sorted(filters), 3)
    sort = random.choice(["popularity", "score", "newest", "oldest", "name", "runtime", "votes"])
    kind = random.choice(["movie", "movie", "movie", "tv"])
    query = {name: filters[name] for name in chosen} | {"sort": sort, "region": "US"}
    return f"/discover/{kind}?{urlencode(query)}"


def _search(random: Random) -> str:
    """A name, a part of one, and a name with a slip of the finger."""
    name = f"{random.choice(FIRST)} {random.choice(LAST)}"
    place = random.randrange(len(name))
    asked = random.choice([name, name[: 4 + place], name[:place] + name[place + 1 :]])
    return f"/search?{urlencode({'q': asked})}"


def _addresses() -> dict[str, Addresses]:
    titles = [t.get_absolute_url() for t in Title.objects.visible().by_popularity()[:20]]
    people = [p.get_absolute_url() for p in Person.objects.visible().order_by("pk")[:20]]
    return {
        "home": lambda: cycle(["/"]),
        "discover": lambda: cycle([f"/discover/movie?genre={n}&from=1990" for n in range(1, 9)]),
        "title": lambda: cycle(titles),
        "person": lambda: cycle(people),
        "search": lambda: cycle([f"/search?q={word.lower()}" for word in FIRST]),
    }


def _never_asked(addresses: Iterator[str]) -> Iterator[str]:
    """The same pages at addresses that nobody has asked for, so that none is kept."""
    run = Random().randrange(10**9)
    for number in count():
        address = next(addresses)
        yield f"{address}{'&' if '?' in address else '?'}x={run + number}"


def _session() -> str:
    reader, _ = User.objects.get_or_create(username="reader", email="reader@example.org")
    client = Client()
    client.force_login(reader)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _queries(client: Client, address: str) -> int:
    """Made anew."""
    asked: list[str] = []
    with connection.execute_wrapper(lambda run, *args: (asked.append(args[0]), run(*args))[1]):
        response = client.get(
            address, {"x": Random().randrange(10**9)} if "?" not in address else {}
        )
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return len(asked)


def _line(name: str, measured: Load, base: Load, queries: int | None) -> None:
    _say(
        f"  {name:<32}{measured.per_second:9.0f}{1000 * measured.quantile(0.5):9.1f}"
        f"{1000 * measured.quantile(0.99):9.1f}{'' if queries is None else queries:>9}"
        f"{measured.largest / 1000:7.0f}{measured.per_second / base.per_second:11.2f}"
    )


def _quantiles(name: str, measured: Load, base: Load) -> None:
    p50, p95, top = (1000 * measured.quantile(share) for share in (0.5, 0.95, 1))
    _say(f"  {name:<32}{p50:9.1f}{p95:9.1f}{top:9.1f}{p95 / (1000 * base.quantile(0.95)):12.1f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
