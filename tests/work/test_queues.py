"""Queues: which there are, who sees to them, and how long they are."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from kombu import Connection
from redis import Redis

from cinehub.work import queues
from cinehub.work.queues import QUEUES, figures

ROOT = Path(__file__).resolve().parents[2]
NOTHING = {f"queue.{name}.{what}": 0.0 for name in QUEUES for what in ("depth", "lag")}


def publish(url: str, queue: str, *ages: float, **options: Any) -> None:
    """Messages as a task sends them, so many seconds ago."""
    with Connection(url, **options) as connection:
        sender = connection.SimpleQueue(queue)
        for age in ages:
            sender.put({"n": 1}, headers={"sent_at": time.time() - age})
        sender.close()


# --- In Redis ------------------------------------------------------------------------------------
@pytest.mark.redis
def test_redis_tells_how_many_wait_and_for_how_long() -> None:
    publish(django_settings.REDIS_URL, "bulk", 90, 30, 5)

    told = figures()

    assert told["queue.bulk.depth"] == 3
    assert told["queue.bulk.lag"] == pytest.approx(90, abs=5)
    assert told["queue.mail.depth"] == told["queue.mail.lag"] == 0


def test_nothing_is_told_while_redis_is_away(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(queues, "get_redis_connection", lambda name: Redis(port=1))

    assert figures() == {}


# --- In a folder ---------------------------------------------------------------------------------
@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.REDIS_URL, settings.QUEUE_DIR = "", tmp_path
    return tmp_path


def put(folder: Path, queue: str, age: float) -> None:
    sent = int((time.time() - age) * 1e9)
    (folder / f"{sent:020}_x{age}.{queue}.msg").write_text("{}")


def test_the_folder_tells_how_many_wait_and_for_how_long(folder: Path) -> None:
    for age in (30, 90, 5):
        put(folder, "bulk", age)
    put(folder, "mail", 2)

    told = figures()

    assert (told["queue.bulk.depth"], told["queue.mail.depth"]) == (3, 1)
    assert told["queue.bulk.lag"] == pytest.approx(90, abs=5)


def test_an_empty_folder_has_nobody_waiting(folder: Path) -> None:
    assert figures() == NOTHING


def test_a_folder_that_is_not_there_has_nobody_waiting(folder: Path, settings: Any) -> None:
    settings.QUEUE_DIR = folder / "missing"

    assert figures() == NOTHING


# --- Who sees to them ----------------------------------------------------------------------------
def workers() -> dict[str, list[str]]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    found = {line.partition(":")[0]: re.search(r"--queues (\S+)", line) for line in lines}
    return {name: match[1].split(",") for name, match in found.items() if match}


def test_each_queue_is_seen_to_by_one_kind_of_worker() -> None:
    assert sorted(queue for those in workers().values() for queue in those) == sorted(QUEUES)


def test_who_sees_to_mails_does_nothing_that_takes_its_time() -> None:
    [with_mail] = [those for those in workers().values() if "mail" in those]

    assert set(with_mail) == {"interactive", "mail"}
