"""The one door to TMDB: the client, set up for this installation."""

from functools import cache
from typing import cast

import requests
from django.conf import settings
from django_redis import get_redis_connection
from redis import Redis
from requests.adapters import BaseAdapter, HTTPAdapter

from catalog.limiter import RedisLimiter
from catalog.tmdb import TMDB
from catalog.tmdb.exports import Exports
from catalog.tmdb.limiter import FileLimiter, Limiter
from catalog.tmdb.sample import SampleAdapter

# The most requests that one process has under way at once.
CONNECTIONS = 40


@cache
def tmdb(*, hurried: bool = False) -> TMDB:
    """`hurried` for processes that answer readers: see TMDB."""
    return TMDB(
        url=settings.TMDB_BASE_URL,
        token=settings.TMDB_TOKEN,
        api_key=settings.TMDB_API_KEY,
        language=settings.TMDB_LANGUAGE,
        limiter=limiter(),
        session=session(),
        hurried=hurried,
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


def limiter() -> Limiter:
    # Nobody needs sparing when the sample is asked.
    rate = 10_000 if settings.TMDB_IS_SAMPLE else settings.TMDB_RATE
    by_itself = FileLimiter(settings.DATA_DIR / "tmdb-pace", rate)
    if not settings.REDIS_URL:
        return by_itself
    redis = cast("Redis", get_redis_connection("default"))
    return RedisLimiter(redis, rate, name="cinehub:tmdb-pace", without_redis=by_itself)
