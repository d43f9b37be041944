"""The API's answers beside a bare view of DRF with one query, in the same run."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from random import Random

from django.conf import settings
from django.test import Client

from accounts.models import User
from catalog.models import Title
from tests.bench.load import Load, load
from tests.bench.server import ONE_QUERY_API

CONNECTIONS = 8
WARM_UP_SECONDS = 1.0
ROUNDS = 3
BASE = "a view of DRF, one query, 20 rows"
FULL, KNOWN = "details", "details, known (304)"


def answers(port: int, *, seconds: float) -> None:
    """Asked in turns, round after round; the middle one of each counts."""
    turns = list(_turns(port))
    for _name, ask in turns:
        ask(seconds=WARM_UP_SECONDS)
    found: dict[str, list[Load]] = {}
    for name, ask in turns * ROUNDS:
        found.setdefault(name, []).append(ask(seconds=seconds))
    middle = {
        name: sorted(loads, key=lambda one: one.per_second)[len(loads) // 2]
        for name, loads in found.items()
    }
    _tell(middle)


def _turns(port: int) -> Iterator[tuple[str, Callable[..., Load]]]:
    titles = list(Title.objects.visible().of_kind("movie").by_popularity()[:20])
    one = [f"/api/v1/movies/{title.tmdb_id}/" for title in titles]
    member = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
    ask = partial(load, port, connections=CONNECTIONS)
    yield BASE, lambda **told: ask(cycle([ONE_QUERY_API]), **told)
    yield FULL, lambda **told: ask(cycle(one), **told)
    yield f"{FULL}, signed in", lambda **told: ask(cycle(one), **member, **told)
    yield f"{FULL}, cold", lambda **told: ask(_never_asked(one), **told)
    yield (
        f"{FULL}, with one's own",
        lambda **told: ask(cycle([f"{address}?expand=me" for address in one]), **member, **told),
    )
    known = _known(one[0])
    yield f"{FULL}, one film", lambda **told: ask(cycle(one[:1]), **told)
    yield KNOWN, lambda **told: ask(cycle(one[:1]), **known, **told)
    yield f"{KNOWN}, cold", lambda **told: ask(_never_asked(one[:1]), **known, **told)
    hundred = "/api/v1/movies/?page_size=100"
    yield "a list of 100", lambda **told: ask(cycle([hundred]), **told)
    # As most programs ask: whatever is packed is packed anew.
    packed = {"Accept_Encoding": "gzip, br"}
    yield "a list of 100, packed", lambda **told: ask(cycle([hundred]), **packed, **told)
    every = _known(hundred) | packed
    yield "a list of 100, known (304)", lambda **told: ask(cycle([hundred]), **every, **told)
    yield "a list of 100, cold", lambda **told: ask(_never_asked([hundred]), **told)


def _known(address: str) -> dict[str, str]:
    return {"If_None_Match": Client().get(address)["ETag"]}


def _never_asked(addresses: list[str]) -> Iterator[str]:
    run = Random().randrange(10**9)
    for number, address in enumerate(cycle(addresses)):
        yield f"{address}{'&' if '?' in address else '?'}x={run + number}"


def _session() -> str:
    reader, _ = User.objects.get_or_create(username="reader", email="reader@example.org")
    client = Client()
    client.force_login(reader)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _tell(middle: dict[str, Load]) -> None:
    base = middle[BASE]
    lines = [f"\n{'the API':34}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'kB':>7}  x bare DRF"]
    lines += [
        f"  {name:<34}{one.per_second:9.0f}{1000 * one.quantile(0.5):9.1f}"
        f"{1000 * one.quantile(0.99):9.1f}{one.largest / 1000:7.0f}"
        f"{one.per_second / base.per_second:9.2f}"
        for name, one in middle.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")
