"""What the site leans on where the environment names a server, and what stands in for it."""

from pathlib import Path
from typing import Any

Options = dict[str, Any]

_HERE = "django.core.cache.backends.locmem.LocMemCache"


def caches(redis_url: str) -> dict[str, Options]:
    zlib = {"COMPRESSOR": "django_redis.compressors.zlib.ZlibCompressor"}
    return {
        "default": _cache(redis_url, "cinehub.kit.caches.RedisOrHere", zlib),
        # Pages are compressed for their readers already.
        "pages": _cache(redis_url, "django_redis.cache.RedisCache", {}),
        # What each process keeps to itself for some minutes: small, asked for all the time.
        "near": {
            "BACKEND": "cinehub.kit.caches.Near",
            "LOCATION": "near",
            "OPTIONS": {"MAX_ENTRIES": 500},
        },
        # The same, of sessions that are in use.
        "seen": {"BACKEND": _HERE, "LOCATION": "seen", "OPTIONS": {"MAX_ENTRIES": 5000}},
    }


def _cache(redis_url: str, backend: str, options: Options) -> Options:
    if not redis_url:
        return {"BACKEND": _HERE}
    patience = {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1}
    # Without Redis pages are slower, not gone.
    all_options = patience | {"IGNORE_EXCEPTIONS": True} | options
    return {"BACKEND": backend, "LOCATION": redis_url, "OPTIONS": all_options}


def channels(redis_url: str, prefix: str) -> dict[str, Options]:
    """Where open pages hear what happens."""
    if not redis_url:
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    hosts = [{"address": redis_url, "socket_connect_timeout": 1}]
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": hosts, "prefix": prefix},
        }
    }


def database(named: Options, *, connections: int) -> Options:
    """The one that the address names, as pages want it, and so many connections to it at most."""
    is_postgres = named["ENGINE"] == "django.db.backends.postgresql"
    return _postgres(named, connections) if is_postgres else named | {"OPTIONS": _SQLITE}


def _postgres(named: Options, connections: int) -> Options:
    told = named.get("OPTIONS", {})
    # A page's questions are over before a compiler or another process has begun to help, and what
    # they look up is in memory, where one place is as near as another. The address may say more.
    ours = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    return named | {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": told
        | {
            # What is asked in the same words all day (cinehub/kit/written.py) is planned once. At
            # once: psycopg counts what else is asked, too, and soon forgets what it has counted.
            "prepare_threshold": None if told.get("prepare_threshold") == "off" else 0,
            "options": f"{ours} {told.get('options', '')}".strip(),
            "pool": {"min_size": 1, "max_size": connections, "timeout": 5},
        },
    }


_SQLITE = {
    "timeout": 20,
    # Read-then-write transactions that start as readers fail instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    " PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000",
}


def queue_options(redis_url: str, folder: Path) -> Options:
    """How the broker is spoken to, or how the folder that stands in for one is read."""
    if redis_url:
        return {
            "socket_timeout": 2,
            "socket_connect_timeout": 1,
            # Kombu would go on for seconds before it says that the broker is away.
            "max_retries": 0,
        }
    return {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": f"{folder}/control",
        "polling_interval": 0.1,
    }


def shelf(bucket: str, *, endpoint: str, region: str) -> Options:
    """Where pictures are kept: in a bucket, or on the disk."""
    if not bucket:
        return {"BACKEND": "cinehub.kit.storage.WholeFileStorage"}
    return {
        "BACKEND": "cinehub.kit.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
        },
    }
