"""When a picture was last looked at: to the day, and many at a time, never a write a request."""

import time
from datetime import datetime
from threading import Lock

from django.utils import timezone

# So often, or as soon as there are so many.
SECONDS, AT_ONCE = 60, 500

_lock = Lock()
_files: set[int] = set()
_told_at = time.monotonic()


def note(file_id: int, used_at: datetime) -> list[int]:
    """The files to be written down now: mostly none.

    What a process had not told when it ended is forgotten, which hardly matters.
    """
    global _told_at
    if used_at.date() >= timezone.now().date():
        return []
    with _lock:
        _files.add(file_id)
        now = time.monotonic()
        if now - _told_at < SECONDS and len(_files) < AT_ONCE:
            return []
        _told_at = now
        told = sorted(_files)
        _files.clear()
    return told
