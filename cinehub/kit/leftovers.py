"""What processes leave behind that were ended."""

import os
import re
from pathlib import Path

_COUNTS = re.compile(r"_(\d+)\.db$")


def forget_counts(folder: Path) -> None:
    """Throw away what was counted by processes that are gone; the living go on counting."""
    for file in folder.glob("*.db"):
        found = _COUNTS.search(file.name)
        if found and not _is_alive(int(found[1])):
            file.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # Somebody else's.
        return True
    return True
