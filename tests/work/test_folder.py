"""The queue in a folder: a message is there until it is done, whoever is killed meanwhile."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from cinehub.work import folder as folders
from cinehub.work.folder import Channel

VISIBLE_AGAIN = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Each look is a new one.
    monkeypatch.setattr(folders, "LOOK_SECONDS", 0)
    return tmp_path


@pytest.fixture
def process(folder: Path) -> Iterator[Callable[[], Channel]]:
    """What each process has: a connection of its own to the same folder."""
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
        "visibility_timeout": VISIBLE_AGAIN,
    }
    opened = []

    def connect() -> Channel:
        connection = Connection(
            "filesystem://", transport="cinehub.work.folder:Transport", transport_options=options
        )
        opened.append(connection)
        channel: Channel = connection.default_channel
        return channel

    yield connect
    for connection in opened:
        connection.release()


def publish(channel: Channel, queue: str, text: str) -> None:
    message = channel.prepare_message(text, content_type="text/plain", content_encoding="utf-8")
    channel.basic_publish(message, exchange="", routing_key=queue)


def take(channel: Channel, queue: str = "mail") -> Any:
    return channel.basic_get(queue)


def left_behind(folder: Path, seconds: float) -> None:
    """As if whoever took what is aside had done so that long ago."""
    then = time.time() - seconds
    for file in (folder / "taken").iterdir():
        os.utime(file, (then, then))


def files(folder: Path) -> list[Path]:
    return [*folder.glob("*.msg"), *folder.glob("taken/*.msg")]


def test_messages_come_in_the_order_in_which_they_were_sent(
    process: Callable[[], Channel],
) -> None:
    channel = process()
    for text in ("one", "two", "three"):
        publish(channel, "mail", text)

    assert [take(channel).payload for _ in range(3)] == ["one", "two", "three"]


def test_a_queue_has_its_own_messages_only(process: Callable[[], Channel]) -> None:
    channel = process()
    publish(channel, "bulk", "an import")

    assert take(channel, "mail") is None


def test_a_message_is_kept_until_it_is_done(process: Callable[[], Channel], folder: Path) -> None:
    channel = process()
    publish(channel, "mail", "hello")
    message = take(channel)
    assert len(files(folder)) == 1

    message.ack()

    assert files(folder) == []


def test_a_message_whose_worker_was_killed_comes_back_marked(
    process: Callable[[], Channel], folder: Path
) -> None:
    killed, other = process(), process()
    publish(killed, "mail", "hello")
    take(killed)
    left_behind(folder, VISIBLE_AGAIN + 1)

    message = take(other)

    assert message.payload == "hello"
    assert message.delivery_info["redelivered"]
    assert len(files(folder)) == 1


def test_a_message_that_somebody_is_busy_with_is_nobody_else_s(
    process: Callable[[], Channel], folder: Path
) -> None:
    busy, other = process(), process()
    publish(busy, "mail", "hello")
    take(busy)
    left_behind(folder, VISIBLE_AGAIN - 1)

    assert take(other) is None


def test_a_message_that_is_handed_back_is_in_the_queue_once(
    process: Callable[[], Channel], folder: Path
) -> None:
    channel = process()
    publish(channel, "mail", "hello")

    take(channel).requeue()

    assert len(files(folder)) == 1
    assert take(process()).payload == "hello"


def test_who_ends_in_order_puts_back_what_was_not_done(
    process: Callable[[], Channel], folder: Path
) -> None:
    ended = process()
    publish(ended, "mail", "hello")
    take(ended)

    ended.connection.client.release()

    assert take(process()).payload == "hello"
    assert len(files(folder)) == 1


def test_nobody_reads_half_a_message(process: Callable[[], Channel], folder: Path) -> None:
    (folder / ".00000000000000000001_x.mail.msg").write_text('{"body": "aGVs')

    assert take(process()) is None


def test_of_two_workers_one_has_the_message(
    process: Callable[[], Channel], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other has seen it in the folder, and comes too late for it."""
    quick, late = process(), process()
    publish(quick, "mail", "hello")
    seen = list(folder.glob("*.msg"))
    take(quick)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: seen if "mail" in pattern else [])

    assert take(late) is None
