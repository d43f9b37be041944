"""The one door to TMDB: the client, set up for this installation."""

from functools import cache
from typing import cast

import requests
from django.conf import settings
from django_redis import get_redis_connection
from redis import Redis
from requests.adapters import BaseAdapter, HTTPAdapter

from catalog.counting import count
from catalog.limiter import RedisStore
from catalog.tmdb import TMDB
from catalog.tmdb.exports import Exports
from catalog.tmdb.limiter import FileStore, Lane, Limiter, Store
from catalog.tmdb.sample import SampleAdapter

# The most requests that one process has under way at once.
CONNECTIONS = 40


@cache
def tmdb(*, hurried: bool = False, lane: Lane = Lane.CHART) -> TMDB:
    """`hurried` for processes that answer readers; the others spend on a lane: see TMDB."""
    return TMDB(
        url=settings.TMDB_BASE_URL,
        token=settings.TMDB_TOKEN,
        api_key=settings.TMDB_API_KEY,
        language=settings.TMDB_LANGUAGE,
        limiter=pace(),
        session=session(),
        lane=lane,
        hurried=hurried,
        observe=count,
    )


def exports() -> Exports:
    return Exports(url=settings.TMDB_EXPORT_URL, session=session())


@cache
def session() -> requests.Session:
    """The pooled connections for TMDB's answers, pictures and exports."""
    made = requests.Session()
    # Neither proxies nor passwords from the surroundings: TMDB's key goes where the settings say.
    made.trust_env = False
    adapter: BaseAdapter = HTTPAdapter(pool_connections=4, pool_maxsize=CONNECTIONS)
    if settings.TMDB_IS_SAMPLE:
        adapter = SampleAdapter()
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def pace() -> Limiter:
    """What all processes share: how often TMDB may be asked, and whether it is up."""
    # Nobody needs sparing when the sample is asked.
    rate, daily = settings.TMDB_RATE, settings.TMDB_DAILY
    if settings.TMDB_IS_SAMPLE:
        rate, daily = 10_000, 0
    return Limiter(_store(), rate, daily=daily)


def _store() -> Store:
    by_itself = FileStore(settings.DATA_DIR / "tmdb-pace")
    if not settings.REDIS_URL:
        return by_itself
    redis = cast("Redis", get_redis_connection("default"))
    return RedisStore(redis, name="cinehub:tmdb-book", without_redis=by_itself)
