"""A picture for a reader: from our shelf, or brought here in time; the rest is done behind."""

import logging
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from kombu.exceptions import OperationalError

from catalog import tasks
from catalog.mirror import Missing, Unreachable, circuit, keeping, shelf, using
from catalog.mirror.bringing import Brought, Wanted, bring
from catalog.mirror.shelf import SOURCE
from catalog.mirror.sizes import PLANS, guessed_role, is_known, nearest
from catalog.models import Picture, PictureFile
from catalog.models.pictures import Held
from cinehub.kit.bounded import within
from cinehub.work.models import Claim

log = logging.getLogger(__name__)

PICTURE_SECONDS = 3
QUEUED_AGAIN_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Shown:
    content: bytes
    # Unless another size stands in for it.
    is_asked_size: bool = True


def shown(size: str, name: str) -> Shown:
    """Raises Missing or Unreachable."""
    if not is_known(size, name):
        raise Missing(name)
    path = f"/{name}"
    held = Picture.objects.held(path)
    if held is None:
        return _first(size, path, None)
    return _from_shelf(size, held) or _first(size, path, held)


def _from_shelf(size: str, held: Held) -> Shown | None:
    there = [other for other in held.files if other != SOURCE]
    best = size if size in held.files else nearest(size, there)
    if best is None:
        return None
    file = held.files[best]
    content = shelf.read(file.digest)
    if content is None:
        # Somebody has cleared the shelf: made anew, as if nobody had ever asked.
        PictureFile.objects.filter(digest=file.digest).delete()
        return None
    if told := using.note(file.pk, file.used_at):
        _queue(tasks.use_pictures, ids=told)
    if best != size:
        _finish_behind(held.path, size)
    return Shown(content, is_asked_size=best == size)


def _first(size: str, path: str, held: Held | None) -> Shown:
    """Nobody has asked for it yet. This reader waits for the size asked for, and no longer."""
    if held and held.is_lacking:
        raise Missing(path)
    if not circuit.may_ask():
        raise Unreachable("the host has not answered for a while")
    wanted = Wanted(
        path,
        role=held.role if held else "",
        sizes=(size,),
        guess=guessed_role(size, path),
        source_url=held.source_url if held else "",
    )
    try:
        brought = within(PICTURE_SECONDS, bring, wanted, keep_source=True)
    except (Unreachable, TimeoutError) as error:
        circuit.failed()
        _finish_behind(path, size)
        raise Unreachable(str(error)) from None
    circuit.answered()
    return _keep(size, path, brought)


def _keep(size: str, path: str, brought: Brought) -> Shown:
    try:
        keeping.enter([brought])
    except DatabaseError as error:
        # This reader has the picture; the next one waits for it again.
        log.warning("%s is not written down, the database is busy: %s", path, error)
    if brought.made is None:
        raise Missing(brought.missing)
    if brought.files and set(PLANS[brought.role].sizes) - {size}:
        _finish_behind(path, size)
    return Shown(brought.made.variants[0].content)


def _finish_behind(path: str, size: str) -> None:
    try:
        is_first = Claim.objects.take(f"finish {size} {path}", seconds=QUEUED_AGAIN_SECONDS)
    except DatabaseError:
        return
    if is_first:
        _queue(tasks.finish_picture, path=path, size=size)


def _queue(task: Any, **arguments: Any) -> None:
    try:
        task.delay(**arguments)
    except (OperationalError, OSError) as error:
        log.warning("No broker takes %s: %s", task.name, error)
