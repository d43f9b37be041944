"""The queue of a site without Redis: a folder, out of which nothing falls.

Kombu's own reads a message and throws its file away at once; who takes one here moves it aside, and
throws it away when the task is done. What is aside for too long is put back: its worker was killed.
"""

import json
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem, virtual

from cinehub.work.queues import QUEUES

# How often somebody looks for what was left behind.
LOOK_SECONDS = 10
MOMENT_SECONDS = 0.5


class QoS(virtual.QoS):
    """A message's file goes when the message is done with, or is in the queue again."""

    channel: "Channel"

    def ack(self, delivery_tag: str) -> None:
        super().ack(delivery_tag)
        self.channel.done(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().reject(delivery_tag, requeue)
        self.channel.done(delivery_tag)

    def restore_unacked(self) -> Any:
        tags = list(self._delivered or ())
        errors = super().restore_unacked()
        for tag in tags:
            self.channel.done(tag)
        return errors


class Channel(filesystem.Channel):
    QoS = QoS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taken: dict[str, Path] = {}
        self._looked_at = 0.0
        self.folder = Path(self.data_folder_in)
        self.aside = self.folder / "taken"
        self.aside.mkdir(exist_ok=True)

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        """It has its name when it is whole: nobody ever reads half a message."""
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        part = self.folder / f".{name}"
        part.write_text(json.dumps(payload))
        part.rename(self.folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        if queue not in QUEUES:
            # What workers tell each other is heard once or never.
            payload: dict[str, Any] = super()._get(queue)
            return payload
        self._put_back()
        for file in sorted(self.folder.glob(f"[0-9]*.{queue}.msg")):
            aside = self.aside / file.name
            try:
                file.rename(aside)
                aside.touch()
            except FileNotFoundError:
                # Another worker was quicker.
                continue
            payload = json.loads(aside.read_text())
            self._taken[payload["properties"]["delivery_tag"]] = aside
            return payload
        raise Empty

    def done(self, delivery_tag: str) -> None:
        if file := self._taken.pop(delivery_tag, None):
            file.unlink(missing_ok=True)

    def _put_back(self) -> None:
        """What nobody has said to be done with in the time that the longest task may take."""
        now = time.time()
        if now - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = now
        for file in self.aside.glob("*.msg"):
            try:
                if now - file.stat().st_mtime < self.transport_options["visibility_timeout"]:
                    continue
                payload = json.loads(file.read_text())
                payload["properties"]["delivery_info"]["redelivered"] = True
                self._put(file.name.split(".")[1], payload)
                file.unlink()
            except FileNotFoundError:
                continue


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """For a moment only: between two of them a worker hears that it is to end."""
        super().drain_events(connection, min(timeout or MOMENT_SECONDS, MOMENT_SECONDS))
