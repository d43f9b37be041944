"""What is asked of the server, and how it compares."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, repeat
from random import Random

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from catalog.models import Person, Title
from tests.bench.asking import discover, search
from tests.bench.load import Load, load
from tests.bench.server import BARE, ONE_QUERY

CONNECTIONS = 8
# Long enough that what can be kept is.
WARM_UP_SECONDS = 4.0
ROUNDS = 3
COMBINATIONS = 300
BASE = "one query, 20 rows"
Addresses = Callable[[], Iterator[str]]


def pages(port: int, *, seconds: float) -> None:
    """Requests a second, each page three ways: kept, made anew, and for a member.

    Everything is asked in turns, round after round, and the middle one counts: on a machine that
    others use, too, the same view answers half as many from one moment to the next.
    """
    member = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
    turns: list[tuple[str, Callable[[float], Load]]] = []
    queries: dict[str, int] = {}

    def ask(name: str, addresses: Addresses, **headers: str) -> None:
        asked = partial(load, port, connections=CONNECTIONS, **headers)
        turns.append((name, lambda seconds: asked(addresses(), seconds=seconds)))

    ask("bare view", lambda: cycle([BARE]))
    for name, addresses in _addresses().items():
        ask(BASE, lambda: cycle([ONE_QUERY]))
        ask(f"{name}, visitor", addresses, Accept_Encoding="gzip")
        ask(f"{name}, cold", partial(_never_asked, addresses))
        ask(f"{name}, signed in", addresses, **member)
        queries |= _asked_by(name, next(addresses()))
    for _name, warm_up in turns:
        warm_up(WARM_UP_SECONDS)
    found: dict[str, list[Load]] = {}
    for name, one in turns * ROUNDS:
        found.setdefault(name, []).append(one(seconds))
    _tell(found, queries)


def _tell(found: dict[str, list[Load]], queries: dict[str, int]) -> None:
    _say(f"\n{'':34}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'queries':>9}{'kB':>7}  x one query")
    middle = {
        name: sorted(loads, key=lambda one: one.per_second)[len(loads) // 2]
        for name, loads in found.items()
    }
    for name, measured in middle.items():
        _line(name, measured, middle[BASE], queries.get(name))


def _asked_by(name: str, address: str) -> dict[str, int]:
    """How many questions a page puts to the database."""
    own = Client()
    own.cookies[settings.SESSION_COOKIE_NAME] = _session()
    return {
        f"{name}, cold": _queries(Client(), address),
        f"{name}, signed in": _queries(own, address),
    }


def combinations(port: int) -> None:
    """One reader, no page asked twice, nothing kept."""
    base = _alone(port, repeat(ONE_QUERY, COMBINATIONS * 3))
    _say(f"\n{'one reader at a time':34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}  x one query's p95")
    _quantiles(BASE, base, base)
    for name, asked in (("discover, three filters", discover), ("search", search)):
        addresses = list(asked(COMBINATIONS))
        cache.clear()
        _quantiles(name, _alone(port, iter(addresses)), base)


def _alone(port: int, addresses: Iterator[str]) -> Load:
    return load(port, addresses, connections=1, seconds=120)


def _addresses() -> dict[str, Addresses]:
    popular = list(Title.objects.visible().by_popularity()[:20])
    titles = [t.get_absolute_url() for t in popular]
    people = [p.get_absolute_url() for p in Person.objects.visible().order_by("pk")[:20]]
    return {
        "home": lambda: cycle(["/"]),
        "discover": lambda: cycle([f"/discover/movie?genre={n}&from=1990" for n in range(1, 9)]),
        "title": lambda: cycle(titles),
        "person": lambda: cycle(people),
        "search": lambda: cycle([f"/search?q={t.name.split()[-1].lower()}" for t in popular]),
    }


def _never_asked(addresses: Addresses) -> Iterator[str]:
    """The same pages at addresses that nobody has asked for, so that none is kept."""
    run = Random().randrange(10**9)
    for number, address in enumerate(addresses()):
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
