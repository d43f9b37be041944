"""Whether the pages of who has much on record are as quick as a new member's.

What a new member has fits on less than a page. How long a page takes that is full tells a third
one, who has as much as is shown at once and no more: what is slower for whom has much is beyond it.
"""

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import repeat
from statistics import median, quantiles
from time import perf_counter

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.records import touch
from catalog.models import Episode, Kind, Season, Title
from tests.bench.load import Load, load
from tests.bench.sql import run

# As many as are watched: each of so many seasons and episodes.
SHOWS, SEASONS, EPISODES = 400, 4, 10
HEAVY = {"viewings": 20_000, "ratings": 5_000, "lists": 200, "items": 500}
NEW = {"viewings": 3, "ratings": 1, "lists": 3, "items": 3}
FULL = {"viewings": 400, "ratings": 100, "lists": 20, "items": 60}
AMOUNTS = {"new": NEW, "full": FULL, "heavy": HEAVY}
PAGES = {
    "home": "/",
    "up next": "/up-next",
    "history": "/history",
    "a list": "/@{}/list/evening-1",
    "statistics": "/@{}/stats",
    "a year": "/@{}/year/{year}",
    "progress": "/progress",
    "all lists": "/lists",
    "profile": "/@{}",
}
ROUNDS, ASKED = 3, 60
COLD = 11


@dataclass(frozen=True)
class Reader:
    name: str

    @property
    def session(self) -> str:
        client = Client()
        client.force_login(User.objects.get(username=self.name))
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def at(self, page: str) -> str:
        return PAGES[page].format(self.name, year=date.today().year - 1)


def seed_members() -> None:
    _episodes()
    for name, amounts in AMOUNTS.items():
        began = perf_counter()
        call_command("seed_member", name, **amounts)
        _say(f"  in {perf_counter() - began:.0f} s")
    run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def members(port: int) -> None:
    """Each page for all of them in turns, one reader at a time; the middle round counts."""
    readers = [Reader(name) for name in AMOUNTS]
    names = "".join(f"{reader.name:>8}" for reader in readers)
    _say(f"\n{'':14}{'queries':>24}{'p50 ms':>24}{'p95 ms':>24}{'heavy beside':>16}")
    _say(f"{'':14}{names * 3}{'new':>8}{'full':>8}")
    for page in PAGES:
        asked = [_queries(reader, page) for reader in readers]
        if None in asked:
            _say(f"  {page:12} is not there")
            continue
        _line(page, asked, _in_turns(port, page, readers))
    _cold()


def _in_turns(port: int, page: str, readers: list[Reader]) -> list[Load]:
    told = [
        (reader.at(page), {"Cookie": f"{settings.SESSION_COOKIE_NAME}={reader.session}"})
        for reader in readers
    ]
    rounds = [
        [
            load(port, repeat(address, ASKED), connections=1, seconds=30, **headers)
            for address, headers in told
        ]
        for _round in range(ROUNDS + 1)
    ]
    # The first one warms up.
    both = zip(*rounds[1:], strict=True)
    return [sorted(loads, key=lambda one: one.quantile(0.95))[ROUNDS // 2] for loads in both]


def _cold() -> None:
    """Statistics just after something was written, in this process alone."""
    for name in AMOUNTS:
        member = User.objects.get(username=name)
        client, times = Client(), []
        client.force_login(member)
        for _ in range(COLD + 1):
            touch(member.pk)
            began = perf_counter()
            client.get(f"/@{name}/stats")
            times.append(1000 * (perf_counter() - began))
        p95 = quantiles(times[1:], n=20)[-1]
        _say(f"  statistics worked out anew, {name}: p50 {median(times[1:]):.0f} p95 {p95:.0f} ms")


def _queries(reader: Reader, page: str) -> int | None:
    """The first time, before anything is kept; None where there is no page yet."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = reader.session
    client.get("/about")
    cache.clear()
    asked: list[str] = []
    with connection.execute_wrapper(lambda run, *args: (asked.append(args[0]), run(*args))[1]):
        answer = client.get(reader.at(page))
    return len(asked) if answer.status_code == 200 else None


def _episodes() -> None:
    """The catalogue of `seed` has shows, and nothing in them."""
    shows = list(Title.objects.filter(kind=Kind.TV).by_popularity()[:SHOWS])
    told = {"fetched_at": shows[0].fetched_at, "refresh_at": shows[0].refresh_at}
    seasons = Season.objects.bulk_create(
        Season(title=show, number=n, tmdb_id=show.pk * 100 + n, **told)
        for show in shows
        for n in range(1, SEASONS + 1)
    )
    begun = date.today() - timedelta(days=9 * 365)
    Episode.objects.bulk_create(
        (
            Episode(
                tmdb_id=season.pk * 100 + n,
                season=season,
                number=n,
                name=f"Episode {n}",
                runtime=45,
                air_date=begun + timedelta(days=season.number * 365 + 7 * n),
                **told,
            )
            for season in seasons
            for n in range(1, EPISODES + 1)
        ),
        batch_size=2000,
    )


def _line(page: str, asked: list[int | None], loads: list[Load]) -> None:
    p50, p95 = ([1000 * one.quantile(q) for one in loads] for q in (0.5, 0.95))
    counts = "".join(f"{count:>8}" for count in asked)
    times = "".join(f"{time:8.1f}" for time in [*p50, *p95])
    new, full, heavy = p95
    _say(f"  {page:12}{counts}{times}{heavy / new:8.2f}{heavy / full:8.2f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
