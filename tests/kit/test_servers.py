"""What the site leans on: the servers that are named, or what is built in."""

from pathlib import Path

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.utils.module_loading import import_string

from cinehub.kit import env, servers

REDIS = "redis://127.0.0.1:6379/9"


def test_without_redis_each_process_remembers_by_itself() -> None:
    found = servers.caches("")

    backends = {import_string(cache["BACKEND"]) for cache in found.values()}
    assert all(issubclass(backend, LocMemCache) for backend in backends)


def test_with_redis_all_processes_remember_the_same_but_for_what_is_near() -> None:
    found = servers.caches(REDIS)

    assert [name for name, cache in found.items() if cache.get("LOCATION") == REDIS] == [
        "default",
        "pages",
    ]


def test_a_cache_that_is_away_costs_a_page_a_second_and_no_error() -> None:
    for name in ("default", "pages"):
        options = servers.caches(REDIS)[name]["OPTIONS"]

        assert options["IGNORE_EXCEPTIONS"]
        assert (options["SOCKET_CONNECT_TIMEOUT"], options["SOCKET_TIMEOUT"]) == (1, 1)


def test_finished_pages_are_not_compressed_twice() -> None:
    found = servers.caches(REDIS)

    assert "COMPRESSOR" in found["default"]["OPTIONS"]
    assert "COMPRESSOR" not in found["pages"]["OPTIONS"]


def test_sites_on_one_redis_listen_by_their_own_prefix() -> None:
    [layer] = servers.channels(REDIS, "cinehub9").values()

    assert layer["CONFIG"]["prefix"] == "cinehub9"
    assert layer["CONFIG"]["hosts"][0]["address"] == REDIS


def test_sqlite_waits_its_turn_before_it_reads_what_it_will_write() -> None:
    named = env.database("NOT_SET", "sqlite:////tmp/films.sqlite3")

    found = servers.database(named, connections=9)

    assert found["NAME"] == "/tmp/films.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "pool" not in found["OPTIONS"]


def test_postgresql_has_a_connection_for_every_thread() -> None:
    named = env.database("NOT_SET", "postgres://db.example/films?sslmode=require")

    found = servers.database(named, connections=9)

    assert found["OPTIONS"]["pool"]["max_size"] == 9
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["CONN_HEALTH_CHECKS"]


def test_the_address_of_postgresql_has_the_last_word() -> None:
    named = env.database("NOT_SET", "postgres://db.example/films?options=-c%20jit%3Don")

    told = servers.database(named, connections=9)["OPTIONS"]["options"]

    assert told.startswith("-c jit=off ")
    assert told.endswith(" -c jit=on")


@pytest.mark.parametrize(("address", "threshold"), [("", 0), ("?prepare_threshold=off", None)])
def test_the_address_says_where_nothing_may_be_prepared(
    address: str, threshold: int | None
) -> None:
    named = env.database("NOT_SET", f"postgres://db.example/films{address}")

    assert servers.database(named, connections=9)["OPTIONS"]["prepare_threshold"] == threshold


def test_a_queue_in_a_folder_is_written_where_it_is_read(tmp_path: Path) -> None:
    found = servers.queue_options("", tmp_path)

    assert found["data_folder_in"] == found["data_folder_out"] == str(tmp_path)


def test_nobody_waits_for_a_broker_that_is_away(tmp_path: Path) -> None:
    found = servers.queue_options(REDIS, tmp_path)

    assert (found["socket_connect_timeout"], found["max_retries"]) == (1, 0)


def test_pictures_are_on_the_disk_unless_a_bucket_is_named() -> None:
    assert servers.shelf("", endpoint="", region="")["BACKEND"].endswith("WholeFileStorage")


def test_a_bucket_of_amazon_needs_its_name_alone() -> None:
    found = servers.shelf("pictures", endpoint="", region="")

    assert found["OPTIONS"] == {
        "bucket_name": "pictures",
        "endpoint_url": None,
        "region_name": None,
    }
