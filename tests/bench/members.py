"""Whether the pages of who has much on record are as quick as those of who has begun."""

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
ROUNDS, ASKED = 3, 100
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
    for name, amounts in (("heavy", HEAVY), ("new", NEW)):
        began = perf_counter()
        call_command("seed_member", name, **amounts)
        _say(f"  in {perf_counter() - began:.0f} s")
    run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def members(port: int) -> None:
    """Each page for both in turns, one reader at a time; the middle round counts."""
    heavy, new = Reader("heavy"), Reader("new")
    _say(f"\n{'':14}{'queries':>18}{'p50 ms':>16}{'p95 ms':>16}   p95")
    _say(f"{'':14}{'new':>9}{'heavy':>9}{'new':>8}{'heavy':>8}{'new':>8}{'heavy':>8}   x new")
    for page in PAGES:
        asked = [_queries(reader, page) for reader in (new, heavy)]
        if None in asked:
            _say(f"  {page:12} is not there")
            continue
        _line(page, asked, _in_turns(port, page, new, heavy))
    _cold()


def _in_turns(port: int, page: str, *readers: Reader) -> list[Load]:
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
    for name in ("new", "heavy"):
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
    (n50, h50), (n95, h95) = ([1000 * one.quantile(q) for one in loads] for q in (0.5, 0.95))
    _say(
        f"  {page:12}{asked[0]:>9}{asked[1]:>9}{n50:8.1f}{h50:8.1f}{n95:8.1f}{h95:8.1f}"
        f"{h95 / n95:8.2f}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
