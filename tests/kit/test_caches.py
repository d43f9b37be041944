"""What a process keeps near: handed out as it is, for as long as it was told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from cinehub.kit.caches import Near

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def near() -> Iterator[Near]:
    cache = Near("test-near", {"max_entries": 3})
    yield cache
    cache.clear()


def test_what_is_kept_is_handed_out_and_not_a_copy(near: Near) -> None:
    kept = {"name": "Heat"}
    near.set("film", kept)

    assert near.get("film") is kept
    assert near.get("show", "none") == "none"


def test_it_is_forgotten_in_time(near: Near) -> None:
    with time_machine.travel(NOW, tick=False):
        near.set("film", "Heat", 60)
    with time_machine.travel(NOW + timedelta(seconds=59), tick=False):
        assert near.get("film") == "Heat"
    with time_machine.travel(NOW + timedelta(seconds=61), tick=False):
        assert near.get("film") is None


def test_what_is_there_is_not_put_there_again(near: Near) -> None:
    assert near.add("film", "Heat")
    assert not near.add("film", "Alien")
    assert near.get("film") == "Heat"


def test_there_is_an_end_to_what_is_kept(near: Near) -> None:
    for number in range(10):
        near.set(f"film-{number}", number)

    assert len([number for number in range(10) if near.get(f"film-{number}") is not None]) <= 4
